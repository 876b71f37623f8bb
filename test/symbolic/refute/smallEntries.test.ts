import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { counterexample } from "../../../src/symbolic/refute/counterexample.js";

const world = declare("dims m n; scalar t; x : m x 1; A : m x n; B : m x n; C : m x n; D : m x n");

/** The matrices of a counterexample, by their names, and the sides at the entry that differs. */
function found(text: string): { given: Record<string, unknown>; sides: readonly number[] } {
  const { matrices, left, right } = counterexample(world, parseStatement(text))!;
  return { given: Object.fromEntries(matrices.map(({ name, rows }) => [name, rows])), sides: [left, right] };
}

describe("the numbers of a counterexample where signs decide", () => {
  it("are halves or tenths where no whole numbers show it", () => {
    assert.deepEqual(found("relu(x .* (ones(m, 1) - x)) = 0*x"), { given: { x: [[0.5]] }, sides: [0.25, 0] });
    assert.deepEqual(found("relu(x .* x - x) = x .* x - x"), { given: { x: [[0.5]] }, sides: [0, -0.25] });
    assert.deepEqual(found("drelu(5*t - 3)*drelu(4 - 5*t) = 0"), { given: { t: [[0.7]] }, sides: [1, 0] });
  });

  it("are as small as the statement's own numbers let them be", () => {
    assert.deepEqual(found("relu(x - 40*ones(m, 1)) = 0*x"), { given: { x: [[41]] }, sides: [1, 0] });
    assert.deepEqual(found("relu(-x - 20*ones(m, 1)) = relu(x)"), { given: { x: [[1]] }, sides: [0, 1] });
    assert.deepEqual(found("relu(-x - 20*ones(m, 1)) = relu(x) - relu(x)").given, { x: [[-21]] });
  });

  it("have the signs that the statement asks for together", () => {
    const isThere = (name: string): string => `drelu(norm2(${name}))`;
    const { given } = found(
      `(1 - ${isThere("A")})*${isThere("B")}*(1 - ${isThere("C")})*${isThere("D")} = 0`,
    );
    assert.deepEqual(given, { A: [[0]], B: [[1]], C: [[0]], D: [[1]] });
  });
});
