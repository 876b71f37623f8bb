import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parse } from "../../../src/symbolic/language/parse.js";
import { ShapeError, shapeOf, shapeText } from "../../../src/symbolic/world/shapes.js";
import { lecture } from "../lectureWorld.js";

const shape = (text: string) => shapeText(shapeOf(lecture, parse(text)));

describe("sizes for all values of the dimensions", () => {
  const known: [string, string][] = [
    ["W * phi(Z) + b * ones(a_out*b_out)'", "d_out × a_out·b_out"],
    ["vec(W)", "h·h·d_in·d_out × 1"],
    ["mat(P*vec(Z), h*h*d_in, a_out*b_out)", "h·h·d_in × a_out·b_out"],
    ["P", "h·h·d_in·a_out·b_out × d_in·a_in·b_in"],
    ["kron(phi(Z)', I(d_out))", "d_out·a_out·b_out × h·h·d_in·d_out"],
    ["V * vec(sigma(W*phi(Z)))", "n_L × 1"],
    ["norm2(y) / (2*C)", "1 × 1"],
    ["C * W", "d_out × h·h·d_in"],
    ["d(xi(W*phi(Z)), W)", "1 × 1"],
    ["diag(vec(G))", "d_out·a_out·b_out × d_out·a_out·b_out"],
    ["K(d_out, d_in)", "d_in·d_out × d_in·d_out"],
    ["Sum(y)", "n_L × 1"],
    ["vec(dW)", "h·h·d_in·d_out × 1"],
  ];
  for (const [text, size] of known)
    it(`gives ${text} the size ${size}`, () => assert.equal(shape(text), size));

  const wrong: [string, RegExp][] = [
    [
      "phi(Z) * W",
      /phi\(Z\) is h·h·d_in × a_out·b_out and W is d_out × h·h·d_in; a_out·b_out is not d_out\n {2}in phi\(Z\) \* W/,
    ],
    ["W + Z", /the left side of \+ is d_out × h·h·d_in, the right side d_in × a_in·b_in/],
    ["phi(W)", /W is d_out × h·h·d_in; phi needs d_in × a_in·b_in/],
    ["mat(vec(Z), d_in, a_out*b_out)", /mat into d_in × a_out·b_out needs d_in·a_out·b_out × 1/],
    ["W / b", /the divisor is d_out × 1; needed a number/],
    ["diag(W)", /W is d_out × h·h·d_in; diag needs a column/],
    ["Q * W", /Q is not declared; declared are C, Z, W, b, V, y, G, P/],
    ["psi(Z)", /psi is no function of the lecture/],
    ["I(W)", /W is no size/],
    ["kron(W)", /kron has 1 argument; needed kron\(A, B\)/],
  ];
  for (const [text, message] of wrong) {
    it(`refuses ${text}, naming both sizes and the part`, () => {
      assert.throws(
        () => shape(text),
        (error) => error instanceof ShapeError && message.test(error.message),
      );
    });
  }
});

describe("declarations", () => {
  it("read padding, pooling and a map of one's own", () => {
    const world = declare(`
      dims h s p q d a b
      a_pad = a + 2*p; b_pad = b + 2*p
      a_half = floor(a/q); b_half = floor(b/q)
      a_dil = floor((a - 2*(h - 1) - 1)/1) + 1; b_dil = floor((b - 2*(h - 1) - 1)/1) + 1
      Z : d x a*b
      pad, P_pad = padding(p, d, a, b)
      pool, P_pool = maxpool(q, d, a, b)
      mean, P_mean = avgpool(q, d, a, b)
      map dil, P_dil(i:h, j:h, c:d; u:a_dil, v:b_dil) = (c; u + 2*i, v + 2*j) from d x a*b
    `);
    const size = (text: string) => shapeText(shapeOf(world, parse(text)));
    assert.equal(size("pad(Z)"), "d × a_pad·b_pad");
    assert.equal(size("pool(Z)"), "d × a_half·b_half");
    assert.equal(size("P_mean"), "d·a_half·b_half × d·a·b");
    assert.equal(size("dil(Z)"), "h·h·d × a_dil·b_dil");
  });

  for (const [text, message] of [
    [
      "dims a; W : a x n",
      /n is no size; the declared dimensions are a\n {2}in the declaration W : a x n\n {29}\^$/,
    ],
    [
      "dims h s d a b; phi, P = conv(h, s, d, a, b)",
      /no dimension is floor\(\(a - h\) \/ s\) \+ 1; declare one before/,
    ],
    ["vec : 1 x 1", /vec is a function already/],
    ["W is a matrix", /is no declaration; for example/],
    ["dims d; xi(S) with gradient G", /G is not declared/],
    ["dims d; f, P = shear(d)", /shear is no kind of index map; there are conv, padding, maxpool, avgpool/],
  ] as const) {
    it(`refuse ${text}`, () => assert.throws(() => declare(text), message));
  }
});
