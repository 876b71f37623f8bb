import assert from "node:assert/strict";
import { lecture } from "../../../src/lecture/lecture.js";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { ParseError, parse, parseStatement } from "../../../src/symbolic/language/parse.js";
import { print, printStatement } from "../../../src/symbolic/language/print.js";
import { shapeOf } from "../../../src/symbolic/world/shapes.js";
import { lecture as world } from "../lectureWorld.js";

describe("the lecture's own notation", () => {
  const read: [written: string, plain: string][] = [
    ["W φ(Z) + b 𝟙_{a_out b_out}ᵀ", "W * phi(Z) + b * ones(a_out * b_out)'"],
    ["b 1_{a_{out} b_{out}}^T", "b * ones(a_out * b_out)'"],
    ["mat(P_φ vec(Z^{in}))_{h h d_in × a_out b_out}", "mat(P_phi * vec(Z_in), h * h * d_in, a_out * b_out)"],
    ["mat_{m × n}(v)", "mat(v, m, n)"],
    ["mat(A x)_{m x n}", "mat(A * x, m, n)"],
    ["(Bᵀ ⊗ A) vec(X)", "kron(B', A) * vec(X)"],
    ["(I_{a_out b_out} ⊗ W) P_φ vec(Z)", "kron(I(a_out * b_out), W) * P_phi * vec(Z)"],
    ["A B ⊗ C D", "kron(A * B, C * D)"],
    ["G ⊙ σ'(S)", "G .* dsigma(S)"],
    ["relu'(S) + relu′(S) + ReLU(S)", "drelu(S) + drelu(S) + relu(S)"],
    ["σ′(S) + σ''(S) + σ″(S)", "dsigma(S) + d2sigma(S) + d2sigma(S)"],
    ["K_{m,n} vec(A)", "K(m, n) * vec(A)"],
    ["h² d_in", "h * h * d_in"],
    ["h^{2} d_in", "h * h * d_in"],
    ["‖A − B‖² + ||A||^2", "norm2(A - B) + norm2(A)"],
    ["vec(W)ᵀvec(W)/(2C)", "vec(W)' * vec(W) / (2 * C)"],
    ["1/l Σᵢ ‖V vec(Zᵢ) − y‖²", "1 / l * Sum(norm2(V * vec(Z) - y))"],
    ["Σ_{i=1}^{l} ξ(S) + θᵀθ", "Sum(xi(S)) + theta' * theta"],
    ["Σ_i^{l} Zᵢ + Σ_{i} Z^{i} - Σ_{i = 1}^l Z", "Sum(Z) + Sum(Z) - Sum(Z)"],
    ["tr(A' B)", "trace(A' * B)"],
    ["A^T B^⊤ C.'", "A' * B' * C'"],
    ["W^{1} φ(Z^{1,i})", "W_1 * phi(Z_1)"],
    ["W^1", "W_1"],
    ["Z^{i}", "Z"],
    ["2A", "2 * A"],
    ["1/2 A", "1 / 2 * A"],
    ["-A B", "-A * B"],
  ];
  for (const [written, plain] of read)
    it(`${written} is ${plain}`, () => {
      assert.equal(print(parse(written)), plain);
      assert.deepEqual(parse(plain), parse(written));
    });

  it("states an equation with = or ==", () => {
    assert.equal(printStatement(parseStatement("σ(S) == relu(S)")), "sigma(S) = relu(S)");
  });

  const refused: [string, RegExp][] = [
    ["vec(W phi(Z)", /a \( is never closed; needed \)\n {2}vec\(W phi\(Z\)\n {5}\^$/],
    ["A)", /here stands \); needed an operator or the end\n {2}A\)\n {3}\^$/],
    ["A, B", /here stands ,; needed an operator/],
    ["1 +* 2", /here stands \*; needed a name, a number or \(/],
    ["a/b C", /a product without a sign after a division; needed parentheses or \*/],
    ["‖A‖", /a norm without its square; needed ‖A‖² or norm2\(A\)/],
    ["A^{-1}", /a power; needed a whole exponent from 1 to 8, or ' for a transpose/],
    ["0.5 A", /the number 0.5; needed whole numbers, and fractions as 1\/2/],
    ["∂ξ", /∂ has no meaning here; there are/],
    ["", /nothing is written; needed a name/],
    ["mat_{m × n} v", /here stands v; needed mat\(v\)/],
    ["I_{m", /the text ends here; needed } around the sizes/],
    ["Σ_{i", /the text ends here; needed }/],
    ["Σ_{i=1}^{3} Z", /these bounds; needed Σ, Σ_i or Σ_{i=1}\^{l}, the sum over all instances\n.*\n {3}\^$/],
    ["Σ_{i=2}^{l} Z", /these bounds/],
    ["Σ_j Z", /these bounds/],
    ["Σ_{i=1}^{n} Z", /these bounds/],
  ];
  for (const [text, message] of refused)
    it(`shows where ${JSON.stringify(text)} goes wrong`, () =>
      assert.throws(
        () => parse(text),
        (error) => error instanceof ParseError && message.test(error.message),
      ));
});

describe("declarations in the lecture's notation", () => {
  const L = lecture`
    dims h, s, d_in, a_in, b_in, d_out, l
    a_out = ⌊(a_in − h)/s⌋ + 1
    b_{out} = floor((b_in - h + s)/s)
    Z^{in,i} ∈ R^{d_in × a_in b_in}
    W ∈ ℝ^{d_out × h² d_in}
    b ∈ R^{d_out};  G in R^(d_out x a_out b_out)
    φ, P_φ = conv(h, s, d_in, a_in, b_in)
    ξ(S) with gradient G
  `;

  it("give sizes, one matrix for each instance, and maps", () => {
    assert.equal(L.shape("Z_in"), "d_in × a_in·b_in");
    assert.equal(L.world.matrices.get("Z_in")?.each, true);
    assert.equal(L.shape("b"), "d_out × 1");
    assert.equal(L.shape("P_φ"), "h·h·d_in·a_out·b_out × d_in·a_in·b_in");
  });

  it("let eq. (1) and (4) be checked as they stand in the lecture", () => {
    const S = "W φ(Z^{in,i}) + b 𝟙_{a_out b_out}ᵀ";
    const right = "(I_{a_out b_out} ⊗ W) P_φ vec(Z^{in,i}) + (𝟙_{a_out b_out} ⊗ I_{d_out}) b";
    assert.equal(L.check("(1)", `vec(${S}) = ${right}`).level, "all sizes");
    assert.equal(
      L.check("(4)", "φ(Z^{in,i}) = mat(P_φ vec(Z^{in,i}))_{h h d_in × a_out b_out}").level,
      "all sizes",
    );
  });

  it("may define a size in another form than the map needs it", () => {
    const forms = [
      "1 + floor((a - h)/s)",
      "floor((a - h)/s + 1)",
      "floor((a - h + s)/s)",
      "floor((a + s - h)/s)",
    ];
    for (const form of forms)
      declare(`dims h s d a b; a_o = ${form}; b_o = floor((b - h)/s) + 1; phi, P = conv(h, s, d, a, b)`);
    assert.throws(
      () =>
        declare(
          "dims h s d a b; a_o = floor((a - h)/s); b_o = floor((b - h)/s) + 1; phi, P = conv(h, s, d, a, b)",
        ),
      /no dimension is floor\(\(a - h\) \/ s\) \+ 1/,
    );
  });

  it("let a map cut out a part, where the part fits", () => {
    declare("dims h d a b; map crop(c:d; y:h, x:h) = (c; y, x) from d x a*b");
  });

  for (const [text, message] of [
    ["dims a d; W : d x a; S = W*a", /W is no size; = defines a size here/],
    ["dims a; W : a x a; W : a x 1", /W is declared already/],
    ["dims h h", /h is a dimension already/],
    [
      "dims h d a b; a_o = floor((a - h)/1) + 1; b_o = floor((b - h)/1) + 1; map dil(i:h, j:h, c:d; p:a_o, q:b_o) = (c; p + 2*i, q + 2*j) from d x a*b",
      /dil has indices from 0 to \d+; needed from 0 to \d+, at h=\d .*; no sizes were found at which it stays inside/,
    ],
  ] as const)
    it(`refuse ${text}`, () => assert.throws(() => declare(text), message));
});

describe("a name that is not declared", () => {
  const hints: [string, RegExp][] = [
    ["W*phi(Zin)", /Zin is not declared; declared are/],
    ["W*phi(z)", /z is not declared; did you mean Z\?/],
    ["I_n*W", /I_n is not declared; write I\(n\)/],
    ["W*ones'", /ones is not declared; write ones\(n\) or ones\(m, n\)/],
    ["W*phi", /phi is an index map, write phi\(Z\)/],
    ["xi", /xi is a loss, write xi\(S\)/],
    ["W(Z)", /W is a matrix, a product is W\*\(…\)/],
    ["transpose(W)", /write A'/],
    ["simga(W)", /did you mean sigma\?/],
    ["W*phi(Z) + b", /to add a column to each column: b \* ones\(a_out \* b_out\)'/],
    ["b + W*phi(Z)", /to add a column to each column: b \* ones\(a_out \* b_out\)'/],
  ];
  for (const [text, message] of hints)
    it(`${text}: ${message.source}`, () => assert.throws(() => shapeOf(world, parse(text)), message));
});
