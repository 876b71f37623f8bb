/** The same expression run by mathjs's own evaluator on its own matrices: it shares no code with `evaluate`. */

import type { MathNode, Matrix } from "mathjs";
import math from "mathjs/lib/browser/math.js";
import { children, type Expression } from "../expression.js";
import { print } from "../print.js";
import { mapOfMatrix, matrixNamed } from "../world.js";
import type { Explicit } from "./explicit.js";
import { mapByMathjs, matrixByMathjs } from "./mathjsMaps.js";
import type { Setting } from "./setting.js";

/** What mathjs makes of an expression in a setting of doubles, or why it was not asked or could not. */
export function evaluateByMathjs(
  e: Expression,
  setting: Setting<number>,
): Explicit<number> | { readonly skipped: string } {
  const foreign = foreignTo(e, setting);
  if (foreign !== undefined) return { skipped: `${foreign} is nothing mathjs knows` };
  try {
    return explicitOf(math.compile(print(e)).evaluate(scopeOf(e, setting, 1)));
  } catch (error) {
    return { skipped: `mathjs: ${(error as Error).message}` };
  }
}

/** Differentials and losses, which have no value of their own here. */
function foreignTo(e: Expression, setting: Setting<number>): string | undefined {
  if (e.kind === "call" && (e.name === "d" || setting.world.losses.has(e.name))) return e.name;
  for (const part of children(e)) {
    const foreign = foreignTo(part, setting);
    if (foreign !== undefined) return foreign;
  }
  return undefined;
}

/** Every name of the expression for one instance; names that are not in it could be units or constants of mathjs. */
function scopeOf(e: Expression, setting: Setting<number>, instance: number): Map<string, unknown> {
  const scope = new Map<string, unknown>([...Object.entries(setting.sizes), ...Object.entries(functions)]);
  for (const name of namesIn(e)) {
    const { world } = setting;
    const [map, matrix] = [world.maps.get(name), mapOfMatrix(world, name)];
    if (matrixNamed(world, name)) scope.set(name, numbersOf(setting.value(name, instance)));
    else if (matrix) scope.set(name, matrixByMathjs(matrix, setting, instance));
    else if (map) scope.set(name, (X: Value) => mapByMathjs(map, matrixFrom(X), setting, instance));
  }
  scope.set("Sum", sumOver(e, setting));
  return scope;
}

function namesIn(e: Expression): string[] {
  const own = e.kind === "name" || e.kind === "call" ? [e.name] : [];
  return [...new Set([...own, ...children(e).flatMap(namesIn)])];
}

/** A function that gets its argument unevaluated, to evaluate it for each instance. */
function sumOver(e: Expression, setting: Setting<number>): unknown {
  const sum = ([of]: readonly MathNode[]) => {
    const instances = Array.from({ length: setting.instances }, (_, i) =>
      of.compile().evaluate(scopeOf(e, setting, i + 1)),
    );
    return instances.reduce((x, y) => math.add(x, y));
  };
  return Object.assign(sum, { rawArgs: true });
}

type Value = number | Matrix;

/** mathjs multiplies matrices of more entries for more than a tenth of a second. */
const patience = 5000;

/** Our functions in mathjs's words. */
const functions: Record<string, unknown> = {
  vec: (A: Value) => {
    const M = matrixFrom(A);
    return math.reshape(math.transpose(M), [M.size()[0] * M.size()[1], 1]);
  },
  mat: (v: Value, rows: number, cols: number) => math.transpose(math.reshape(matrixFrom(v), [cols, rows])),
  I: (n: number) => math.identity(n),
  ones: (rows: number, cols = 1) => math.matrix(math.ones(rows, cols) as Matrix),
  K: (m: number, n: number) => {
    const rows = Array.from({ length: m * n }, () => new Array<number>(m * n).fill(0));
    for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) rows[i * n + j][j * m + i] = 1;
    return math.matrix(rows);
  },
  kron: (A: Value, B: Value) => {
    const entries = [A, B].flatMap((M) => matrixFrom(M).size()).reduce((x, y) => x * y);
    if (entries > patience) throw new RangeError(`a Kronecker product of ${entries} entries is too slow`);
    return math.kron(matrixFrom(A), matrixFrom(B));
  },
  diag: (v: Value) => math.diag((matrixFrom(v).toArray() as number[][]).flat()),
  norm2: (A: Value) => math.sum(math.dotMultiply(matrixFrom(A), matrixFrom(A)) as Matrix),
  sigma: (A: Value) => math.map(matrixFrom(A), (x: number) => math.sin(x + 0.5)),
  dsigma: (A: Value) => math.map(matrixFrom(A), (x: number) => math.cos(x + 0.5)),
};

function matrixFrom(A: Value): Matrix {
  return typeof A === "number" ? math.matrix([[A]]) : A;
}

/** A number where it is 1 × 1: mathjs multiplies no matrix by a 1 × 1 matrix. */
function numbersOf({ rows, cols, entries }: Explicit<number>): Value {
  if (rows * cols === 1) return entries[0];
  return math.matrix(
    Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (_, j) => entries[i + rows * j])),
  );
}

function explicitOf(value: Value): Explicit<number> {
  const [rows, cols] = matrixFrom(value).size();
  return { rows, cols, entries: (math.transpose(matrixFrom(value)).toArray() as number[][]).flat() };
}
