/** How a mathjs matrix looks in a notebook: exact entries as fractions, symbols with their subscripts. */

import type { Matrix as MathMatrix } from "mathjs";
import { plainGrid, shows, texMatrix } from "../numeric/show.js";
import { bare, isNode, matrixSize } from "./bare.js";

/** Gives the matrices of our mathjs instance the method by which a value shows itself. */
export function showMathMatrices(): void {
  const { DenseMatrix, SparseMatrix } = bare as unknown as Record<string, { prototype: MathMatrix & object }>;
  for (const values of [DenseMatrix, SparseMatrix]) shows(values, showMathMatrix);
}

/** text/plain and, for one or two dimensions, text/latex. */
export function showMathMatrix(m: MathMatrix): Record<string, string> {
  if (m.size().length > 2) return { "text/plain": String(m) };
  const [rows, cols] = matrixSize("show", m);
  const at = (i: number, j: number) => m.get(m.size().length === 1 ? [i] : [i, j]) as unknown;
  const name = m.storage() === "sparse" ? "mathjs SparseMatrix" : "mathjs DenseMatrix";
  return {
    "text/plain": `${name} ${rows} × ${cols}\n${plainGrid(rows, cols, (i, j) => textOf(at(i, j)))}`,
    "text/latex": `$$${texMatrix(rows, cols, (i, j) => texOf(at(i, j)))}$$`,
  };
}

function textOf(x: unknown): string {
  return typeof x === "number"
    ? String(Number(x.toPrecision(5)))
    : isFraction(x)
      ? x.toFraction()
      : String(x);
}

function texOf(x: unknown): string {
  if (isNode(x)) return x.toTex({ handler: subscripted });
  if (isFraction(x)) return texFraction(x.toFraction());
  return textOf(x).replace(/e\+?(-?\d+)$/, " \\cdot 10^{$1}");
}

/** A symbol that already carries its subscript, as z_{1,2,1}, is TeX as it stands. */
function subscripted(node: unknown): string | undefined {
  const { name } = node as { name?: unknown };
  return typeof name === "string" && /^\w+_\{[\w,]+\}$/.test(name) ? name : undefined;
}

function texFraction(fraction: string): string {
  const [, sign, over, under] = /^(-?)(\d+)(?:\/(\d+))?$/.exec(fraction) ?? [];
  return under === undefined ? `${sign}${over}` : `${sign}\\frac{${over}}{${under}}`;
}

function isFraction(x: unknown): x is { toFraction(): string } {
  return bare.isFraction(x);
}
