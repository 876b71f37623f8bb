import assert from "node:assert/strict";
import type { Statement } from "../../../src/symbolic/language/expression.js";
import { parse, parseStatement } from "../../../src/symbolic/language/parse.js";
import { print } from "../../../src/symbolic/language/print.js";
import { alike } from "../../../src/symbolic/rules/alike.js";
import { readTex } from "../../../src/symbolic/world/readTex.js";
import { texStatement } from "../../../src/symbolic/world/tex.js";
import { TexError } from "../../../src/symbolic/world/texWords.js";
import type { World } from "../../../src/symbolic/world/world.js";
import { foreignNames, WrittenNames } from "../../../src/symbolic/world/writtenNames.js";
import { lecture } from "../lectureWorld.js";
import { provedStatements, provedWorld } from "../provedStatements.js";

function readBack(world: World, tex: string): Statement {
  const names = new WrittenNames(world);
  const { left, right } = parseStatement(readTex(tex, names));
  const [l, r] = names.declared([left, right]) as [Statement["left"], Statement["right"]];
  return { left: l, right: r };
}

const read = (tex: string): string => {
  const names = new WrittenNames(lecture);
  return names
    .declared([parse(readTex(tex, names))])
    .map(print)
    .join();
};

describe("LaTeX of the lecture", () => {
  for (const [tag, text] of provedStatements) {
    it(`is read as what was set: ${tag}`, () => {
      const statement = parseStatement(text);
      const { left, right } = readBack(provedWorld, texStatement(provedWorld, statement));
      assert.ok(alike(provedWorld, left, statement.left), print(left));
      assert.ok(alike(provedWorld, right, statement.right), print(right));
    });
  }

  it("is read in the ways in which a lecturer writes it", () => {
    const written: Readonly<Record<string, string>> = {
      "W\\,\\phi(Z^{\\text{in}}) + b\\,\\mathbb{1}^T": "W * phi(Z) + b * ones(unwritten_size_1)'",
      "\\mathrm{mat}\\big(P_\\phi\\,\\mathrm{vec}(Z)\\big)_{h h d_{\\text{in}} \\times a_{\\text{out}}b_{\\text{out}}}":
        "mat(P * vec(Z), h * h * d_in, a_out * b_out)",
      "\\left[W (Z + Z)\\right]^\\top": "(W * (Z + Z))'",
      "{W + Z} b": "W + Z * b",
      "\\frac1l\\sum_{i=1}^{l} \\|V Z^i - y^{i}\\|^2": "1 / l * Sum(norm2(V * Z - y))",
      "\\tfrac{W}{2C}": "W / (2 * C)",
      "\\mathcal I_{hhd_{\\mathrm{in}}} \\otimes W^{\\mathsf T}": "kron(I(h * h * d_in), W')",
      "\\sigma'(W) ⊙ σ(W)": "dsigma(W) .* sigma(W)",
      "\\mathrm{d}_{W}(\\xi(W)) \\cdot \\mathrm{d}W": "d(xi(W), W) * dW",
      "\\frac{\\partial\\xi}{\\partial S}": "G",
      "h^2 d_{in}": "h * h * d_in",
      "W^1": "W",
    };
    for (const [tex, text] of Object.entries(written)) assert.equal(read(tex), text);
  });

  it("is refused where it is not the lecture's notation, by the sign that is not", () => {
    for (const [tex, sign] of [
      ["\\max(x, 0)", /\\max/],
      ["\\begin{bmatrix} 1 \\end{bmatrix}", /\\begin/],
      ["W % \\phi", /a comment/],
      ["\\phantom{W} b", /\\phantom/],
      ["\\textcolor{white}{W}", /\\textcolor/],
      ["W^{-1}", /-1/],
      ["W^\\dagger", /dagger/],
      ["W^H", /H/],
      ["\\hat{W}", /\\hat/],
      ["(W)_1", /a subscript/],
      ["W^T_1", /a mark behind/],
      ["\\frac{W}", /ends/],
      ["(W", /ends/],
    ] as const)
      assert.throws(
        () => readTex(tex, new WrittenNames(lecture)),
        (error: Error) => error instanceof TexError && sign.test(error.message),
        tex,
      );
  });

  it("has names that no declaration has as they are written, and never one name for two", () => {
    const names = new WrittenNames(lecture);
    const of = (...tex: string[]): string[] =>
      names.declared(tex.map((one) => parse(readTex(one, names)))).map(print);
    assert.deepEqual(of("Z^{\\text{out}}"), ["Z"]);
    assert.deepEqual(of("Z^{\\text{out}}", "Z^{\\text{in}}"), ["Z", "Z_in"]);
    assert.deepEqual(of("Z^{\\text{out}}", "Z"), ["Z_out", "Z"]);
    assert.deepEqual(of("P_\\phi", "P_\\psi", "d_{\\text{x}}"), ["P", "P_psi", "d_x"]);
    const [e] = names.declared([parse(readTex("Q\\,\\psi(Z) + P_\\psi", names))]);
    assert.deepEqual(foreignNames(lecture, e as Statement["left"]), ["Q", "psi()", "P_psi"]);
  });
});
