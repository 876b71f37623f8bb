import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare.js";
import { parse } from "../../../src/symbolic/parse.js";
import { entryView } from "../../../src/symbolic/proof/entryView.js";

const world = declare(`
  dims h s d a b m n
  a_out = floor((a - h)/s) + 1;  b_out = floor((b - h)/s) + 1
  Z : d x a*b;  W : m x h*h*d;  M : m x n
  phi, P = conv(h, s, d, a, b)
`);
const cells = (text: string) =>
  entryView(world, parse(text))
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
      ["z_{1,1,1}", "z_{s + 1,1,1}", "\\cdots", "z_{a_{\\text{out}} s - s + 1,b_{\\text{out}} s - s + 1,1}"],
      ["z_{2,1,1}", "z_{s + 2,1,1}", "\\cdots", "z_{a_{\\text{out}} s - s + 2,b_{\\text{out}} s - s + 1,1}"],
      ["\\vdots", "\\vdots", "\\ddots", "\\vdots"],
      ["z_{h,h,d}", "z_{h + s,h,d}", "\\cdots", "z_{a_{\\text{out}} s + h - s,b_{\\text{out}} s + h - s,d}"],
    ]);
  });

  it("refuses an entry that is a sum", () => {
    assert.throws(() => entryView(world, parse("W*phi(Z)")), /an entry that is more than one entry/);
  });
});
