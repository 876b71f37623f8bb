import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { type BuiltIn, builtInNames, builtIns, otherWords } from "../../../src/symbolic/language/builtIns.js";
import type { CallExpression } from "../../../src/symbolic/language/expression.js";
import { parse } from "../../../src/symbolic/language/parse.js";
import { print } from "../../../src/symbolic/language/print.js";
import { proveForAllSizes } from "../../../src/symbolic/prove/prove.js";
import { trial } from "../../../src/symbolic/trial/trial.js";
import { ShapeError, shapeOf, shapeText } from "../../../src/symbolic/world/shapes.js";
import { texOf } from "../../../src/symbolic/world/tex.js";

const world = declare(
  "dims m n rows columns; A : m x n; B : n x m; E : m x n; S : m x n; X : m x n; v : rows*columns x 1; T : m x m",
);

/** How each is written in the catalogue, its size in this world, and its TeX. */
const examples: Record<BuiltIn, readonly [e: string, size: string, tex: string]> = {
  vec: ["vec(A)", "m·n × 1", "\\operatorname{vec}(A)"],
  mat: [
    "mat(v, rows, columns)",
    "rows × columns",
    "\\operatorname{mat}(v)_{\\mathrm{rows} \\times \\mathrm{columns}}",
  ],
  kron: ["kron(A, B)", "m·n × m·n", "A \\otimes B"],
  I: ["I(n)", "n × n", "\\mathcal{I}_{n}"],
  ones: ["ones(m, n)", "m × n", "\\mathbb{1}_{m \\times n}"],
  K: ["K(m, n)", "m·n × m·n", "K_{m,n}"],
  diag: ["diag(v)", "columns·rows × columns·rows", "\\operatorname{diag}(v)"],
  sigma: ["sigma(S)", "m × n", "\\sigma(S)"],
  dsigma: ["dsigma(S)", "m × n", "\\sigma'(S)"],
  d2sigma: ["d2sigma(S)", "m × n", "\\sigma''(S)"],
  relu: ["relu(S)", "m × n", "\\operatorname{ReLU}(S)"],
  drelu: ["drelu(S)", "m × n", "\\operatorname{ReLU}'(S)"],
  trace: ["trace(T)", "1 × 1", "\\operatorname{tr}(T)"],
  norm2: ["norm2(A)", "1 × 1", "\\|A\\|^{2}"],
  Sum: ["Sum(A)", "m × n", "\\sum_{i=1}^{l} A"],
  d: ["d(E, X)", "m × n", "\\mathrm{d}_{X}(E)"],
};

describe("the catalogue of functions that need no declaration", () => {
  for (const name of builtInNames) {
    const [text, size, written] = examples[name];
    const e = parse(text) as CallExpression;

    it(`has ${name} with as many arguments as it takes, its size and its TeX`, () => {
      const { count, matrices } = builtIns[name];
      assert.deepEqual([e.kind, e.name], ["call", name]);
      assert.ok(count[0] <= e.args.length && e.args.length <= count[1]);
      assert.ok(matrices <= count[0]);
      assert.deepEqual([shapeText(shapeOf(world, e)), texOf(world, e)], [size, written]);
      assert.equal(print(e), text);
    });

    it(`has ${name} in the prover and in the trials`, () => {
      const itself = { left: e, right: parse(`1 * ${text}`) };
      assert.equal(proveForAllSizes(world, itself).status, "proved");
      assert.ok(trial(world, itself).passed);
    });

    it(`says how ${name} is written where it has too many arguments`, () => {
      const more = { ...e, args: [...e.args, ...new Array(builtIns[name].count[1]).fill(parse("m"))] };
      assert.throws(
        () => shapeOf(world, more),
        (error) => error instanceof ShapeError && error.message.includes(`needed ${builtIns[name].form}`),
      );
    });
  }

  it("takes other words for them", () => {
    for (const [word, name] of otherWords) assert.deepEqual(parse(`${word}(A)`), parse(`${name}(A)`));
  });
});
