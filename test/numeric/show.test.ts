import assert from "node:assert/strict";
import { inspect as asNode } from "node:util";
import { fromRows, matrix } from "../../src/numeric/matrix.js";
import { displayKey, inspect, plainGrid, showMatrix, texMatrix, texNumbers } from "../../src/numeric/show.js";
import { isSparse, sparse } from "../../src/numeric/sparse.js";

const place = (i: number, j: number) => `${i},${j}`;
const texOf = (...row: number[]) =>
  showMatrix(fromRows([row], { nonFinite: true }))["text/latex"].replace(/^.*?\{[cr]*\}|\\end.*$/g, "");
const textOf = (...row: number[]) =>
  showMatrix(fromRows([row], { nonFinite: true }))["text/plain"].split("\n")[1];

describe("a grid", () => {
  it("is right-aligned to the longest entry of each column", () => {
    const M = fromRows([
      [1, -20, 3],
      [400, 5, 6],
    ]);
    assert.equal(showMatrix(M)["text/plain"], "Matrix 2 × 3\n  1  -20  3\n400    5  6");
  });

  it("of twelve rows or columns is whole; of thirteen it is the first six and the last", () => {
    const whole = plainGrid(12, 12, place).split("\n");
    assert.deepEqual([whole.length, whole[11]!.split(/ +/).length], [12, 12]);
    assert.ok(!/[⋯⋮⋱]/.test(whole.join("")));
    const cut = plainGrid(13, 13, place)
      .split("\n")
      .map((line) => line.trim().split(/ +/));
    assert.deepEqual(cut[0], ["0,0", "0,1", "0,2", "0,3", "0,4", "0,5", "⋯", "0,12"]);
    assert.deepEqual(cut[6], ["⋮", "⋮", "⋮", "⋮", "⋮", "⋮", "⋱", "⋮"]);
    assert.deepEqual(
      cut.map(([first]) => first),
      ["0,0", "1,0", "2,0", "3,0", "4,0", "5,0", "⋮", "12,0"],
    );
  });

  it("in LaTeX has as many columns as it says, and dots of its own", () => {
    assert.equal(texMatrix(1, 2, place), "\\left[\\begin{array}{cc}0,0 & 0,1\\end{array}\\right]");
    const cut = texMatrix(13, 13, place);
    assert.match(cut, /^\\left\[\\begin\{array\}\{cccccccc\}0,0 & /);
    assert.match(cut, / & 0,5 & \\cdots & 0,12 \\\\ /);
    assert.match(cut, / \\\\ (\\vdots & ){6}\\ddots & \\vdots \\\\ 12,0 & /);
  });
});

describe("a matrix of numbers in LaTeX", () => {
  it("has the points of a column below each other, with blanks where a number has fewer digits", () => {
    const values = [
      [0.25, -1],
      [10, 2],
      [0.125, 1e-9],
    ];
    assert.equal(
      texNumbers(3, 2, (i, j) => values[i]![j]!),
      "\\left[\\begin{array}{rr}0.25\\phantom{0} & -1 \\\\ 10\\phantom{.000} & 2 \\\\ 0.125 & 1 \\cdot 10^{-9}\\end{array}\\right]",
    );
  });

  it("keeps its dots in the middle", () => {
    assert.match(
      texNumbers(1, 13, () => 1),
      /\{rrrrrrcr\}1 & 1 & 1 & 1 & 1 & 1 & \\cdots & 1\\end/,
    );
  });
});

describe("a number in a matrix", () => {
  it("is written with five digits, whole numbers below 10⁹ with all", () => {
    assert.equal(textOf(123456789, 999999999), "123456789  999999999");
    assert.equal(textOf(1e9 + 1, -1e9 - 1), "1000000000  -1000000000");
    assert.equal(textOf(1.23456789, -0.000123456789), "1.2346  -0.00012346");
    assert.equal(textOf(1234567.25), "1234600");
  });

  it("in LaTeX has its power of ten as a power, and names for what is no number", () => {
    assert.equal(texOf(1.5e-9, 2e21), "1.5 \\cdot 10^{-9} & 2 \\cdot 10^{21}");
    assert.equal(
      texOf(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2),
      "\\mathrm{NaN} & \\infty & -\\infty & 2",
    );
  });
});

describe("a matrix", () => {
  it("shows itself in a terminal as in a cell, and says that it is float32", () => {
    const M = matrix(1, 2, new Float32Array([1, 2]));
    assert.equal(asNode(M), "Matrix 1 × 2, float32\n1  2");
    assert.equal((M as never as Record<symbol, () => string>)[inspect]!(), asNode(M));
  });

  it("that is sparse says how many entries it stores", () => {
    const P = sparse(2, 3, { row: Int32Array.of(0, 1), col: Int32Array.of(2, 0) });
    const text = "SparseMatrix 2 × 3, 2 entries stored";
    assert.deepEqual([String(P), asNode(P)], [text, text]);
    assert.deepEqual((P as never as Record<symbol, () => object>)[displayKey]!(), { "text/plain": text });
    assert.deepEqual([isSparse(P), isSparse(matrix(2, 3)), isSparse(null)], [true, false, false]);
  });
});
