import assert from "node:assert/strict";
import { convShape, Pphi } from "../../../src/index.js";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { entryView } from "../../../src/symbolic/entries/entryView.js";
import { parse } from "../../../src/symbolic/language/parse.js";

const world = declare(`
  dims h s d a b m n
  a_out = floor((a - h)/s) + 1;  b_out = floor((b - h)/s) + 1
  Z : d x a*b;  W : m x h*h*d;  M : m x n
  phi, P = conv(h, s, d, a, b)
`);
const cells = (text: string | readonly string[], sizes = {}) =>
  entryView(world, [text].flat().map(parse), sizes)
    .replace(/^.*?\}\{c+\}|\\end.*$/g, "")
    .split(" \\\\ ")
    .map((row) => row.split(" & "));

describe("a matrix as on a slide", () => {
  it("shows a plain matrix by its corners", () => {
    assert.deepEqual(cells("M"), [
      ["m_{1,1}", "m_{1,2}", "\\cdots", "m_{1,n}"],
      ["m_{2,1}", "m_{2,2}", "\\cdots", "m_{2,n}"],
      ["\\vdots", "\\vdots", "\\ddots", "\\vdots"],
      ["m_{m,1}", "m_{m,2}", "\\cdots", "m_{m,n}"],
    ]);
  });

  it("shows an image by its pixels, the vertical place first", () => {
    assert.deepEqual(cells("Z")[0], ["z_{1,1,1}", "z_{2,1,1}", "\\cdots", "z_{a,b,1}"]);
    assert.deepEqual(cells("Z")[3], ["z_{1,1,d}", "z_{2,1,d}", "\\cdots", "z_{a,b,d}"]);
  });

  it("stacks the columns of vec, the first on top", () => {
    assert.deepEqual(cells("vec(M)"), [["m_{1,1}"], ["m_{2,1}"], ["\\vdots"], ["m_{m,n}"]]);
  });

  it("shows φ(Z) as eq. (4)'s slide does: z_{i,j,c}, i down the rows and across the columns", () => {
    assert.deepEqual(cells("phi(Z)"), [
      [
        "z_{1,1,1}",
        "z_{1 + s,1,1}",
        "\\cdots",
        "z_{1 + (a_{\\text{out}} - 1)s,1 + (b_{\\text{out}} - 1)s,1}",
      ],
      [
        "z_{2,1,1}",
        "z_{2 + s,1,1}",
        "\\cdots",
        "z_{2 + (a_{\\text{out}} - 1)s,1 + (b_{\\text{out}} - 1)s,1}",
      ],
      ["\\vdots", "\\vdots", "\\ddots", "\\vdots"],
      [
        "z_{h,h,d}",
        "z_{h + s,h,d}",
        "\\cdots",
        "z_{h + (a_{\\text{out}} - 1)s,h + (b_{\\text{out}} - 1)s,d}",
      ],
    ]);
  });

  it("shows filters as U2 does: one filter a row, its number above, i fastest and the channel slowest", () => {
    assert.deepEqual(cells("W")[0], ["w^{1}_{1,1,1}", "w^{1}_{2,1,1}", "\\cdots", "w^{1}_{h,h,d}"]);
    assert.deepEqual(cells("W")[3], ["w^{m}_{1,1,1}", "w^{m}_{2,1,1}", "\\cdots", "w^{m}_{h,h,d}"]);
  });

  it("stacks θ = [vec(W); vec(M)], U9, with a line between the parts", () => {
    const theta = entryView(world, [parse("vec(W)"), parse("vec(M)")]);
    assert.match(theta, /w\^\{1\}_\{1,1,1\} .*w\^\{m\}_\{h,h,d\} \\\\ \\hline m_\{1,1\} .*m_\{m,n\}\\end/);
    assert.throws(
      () => entryView(world, [parse("vec(W)"), parse("M")]),
      /ShapeError: a stack needs parts of one width/,
    );
  });

  it("shows factors, signs, zeros and ones, and what an entry depends on", () => {
    assert.deepEqual(cells("2*M + kron(I(1), M)")[0][0], "2 m_{1,1} + m_{1,1}");
    assert.deepEqual(cells("-3*M/2")[0].slice(0, 2), ["-\\frac{3 m_{1,1}}{2}", "-\\frac{3 m_{1,2}}{2}"]);
    assert.deepEqual(cells("I(n)"), [
      ["1", "0", "\\cdots", "0"],
      ["0", "1", "\\cdots", "0"],
      ["\\vdots", "\\vdots", "\\ddots", "\\vdots"],
      ["0", "0", "\\cdots", "1"],
    ]);
    assert.equal(cells("kron(I(n), M)")[0][3], "0");
    assert.equal(cells("P")[3][3], "[a = h + (a_{\\text{out}} - 1)s] [b = h + (b_{\\text{out}} - 1)s]");
  });

  it("refuses an entry that is a sum over letters, and a size that nobody declared", () => {
    assert.throws(() => cells("W*phi(Z)"), /is a sum over a range that is a symbol; give sizes as numbers/);
    assert.throws(() => cells("Z", { x: 1 }), /ShapeError: x is no declared dimension/);
    assert.throws(() => cells("Z", { h: 2.5 }), /RangeError: h is 2.5/);
    assert.throws(() => cells("phi(Z)", { h: 5, s: 1, a: 3, b: 9 }), /RangeError: a_out is -1 at h=5/);
  });
});

describe("a matrix of small numbers", () => {
  const small = { h: 2, s: 1, d: 1, a: 3, b: 3, m: 1, n: 2 };

  it("shows every entry of φ(Z), and of W φ(Z) with its sums", () => {
    assert.deepEqual(cells("phi(Z)", small), [
      ["z_{1,1,1}", "z_{2,1,1}", "z_{1,2,1}", "z_{2,2,1}"],
      ["z_{2,1,1}", "z_{3,1,1}", "z_{2,2,1}", "z_{3,2,1}"],
      ["z_{1,2,1}", "z_{2,2,1}", "z_{1,3,1}", "z_{2,3,1}"],
      ["z_{2,2,1}", "z_{3,2,1}", "z_{2,3,1}", "z_{3,3,1}"],
    ]);
    assert.equal(
      cells("W*phi(Z)", small)[0][1],
      "w^{1}_{1,1,1} z_{2,1,1} + w^{1}_{2,1,1} z_{3,1,1} + w^{1}_{1,2,1} z_{2,2,1} + w^{1}_{2,2,1} z_{3,2,1}",
    );
  });

  it("shows P_φ as the reference lists it, also with a stride, a remainder and two channels", () => {
    for (const [h, s, d, a, b] of [
      [2, 1, 1, 3, 3],
      [2, 2, 1, 5, 3],
      [1, 2, 2, 3, 3],
    ]) {
      const reference = Pphi(convShape({ h, s, d, a, b }));
      const { row, col } = reference.triplets();
      const ones = new Set(Array.from(row, (at, k) => `${at},${col[k]}`));
      const shown = cells("P", { h, s, d, a, b });
      assert.deepEqual([shown.length, shown[0].length], [reference.rows, reference.cols]);
      for (const [i, line] of shown.entries())
        for (const [j, cell] of line.entries()) assert.equal(cell, ones.has(`${i},${j}`) ? "1" : "0");
    }
  });

  it("shows two rows as two, and cuts what is long", () => {
    assert.equal(cells("M", { m: 2, n: 2 }).length, 2);
    assert.deepEqual(cells("Z", { d: 1, a: 30, b: 30 }), [
      ["z_{1,1,1}", "z_{2,1,1}", "z_{3,1,1}", "z_{4,1,1}", "\\cdots", "z_{30,30,1}"],
    ]);
    assert.deepEqual(cells("M", { n: 2 })[0], ["m_{1,1}", "m_{1,2}"]);
  });

  it("takes sizes that are numbers by definition", () => {
    const numbers = declare("m = 2; n = m + 1; A : m x n");
    assert.match(entryView(numbers, [parse("vec(A)")]), /a_\{1,1\} .*a_\{2,1\} .*a_\{2,3\}\\end/);
  });
});
