/** The same expression run by mathjs's own evaluator on its own matrices: it shares no code with `evaluate`. */

import type { Matrix } from "mathjs";
import { plainMathjs as math } from "../../foreign/mathjs.js";
import type { BuiltIn } from "../language/builtIns.js";
import { apply, binary, children, type Expression, name, withChildren } from "../language/expression.js";
import { print } from "../language/print.js";
import { namesIn } from "../sizes/relevant.js";
import { selectionArguments, selectionOrigins } from "../world/selections.js";
import { type IndexMap, mapOfMatrix, matrixNamed } from "../world/world.js";
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
    const instances = ofInstance(e, 1, setting);
    const own = selectionArguments(setting.world, { left: e, right: e });
    const at = { ...setting, selections: new Map([...(setting.selections ?? []), ...own]) };
    return explicitOf(math.compile(print(instances)).evaluate(scopeOf(instances, at)));
  } catch (error) {
    return { skipped: `mathjs: ${(error as Error).message}` };
  }
}

/** Differentials and losses, which have no value of their own here, and pooling of several images, where mathjs sees values alone. */
function foreignTo(e: Expression, setting: Setting<number>): string | undefined {
  const origins = selectionOrigins(setting.world, { left: e, right: e });
  for (const [name, images] of origins) if (images.length > 1) return `${name} of several images`;
  if (e.kind === "call" && functions[e.name] === "foreign") return e.name;
  if (e.kind === "apply" && setting.world.losses.has(e.name)) return e.name;
  for (const part of children(e)) {
    const foreign = foreignTo(part, setting);
    if (foreign !== undefined) return foreign;
  }
  return undefined;
}

/** The expression with each declared name marked by an instance, and each Sum written out. */
function ofInstance(e: Expression, instance: number, setting: Setting<number>): Expression {
  if (e.kind === "call" && e.name === "Sum") {
    const all = Array.from({ length: setting.instances }, (_, i) => ofInstance(e.args[0], i + 1, setting));
    return all.reduce((sum, one) => binary("+", sum, one));
  }
  const parts = children(e).map((part) => ofInstance(part, instance, setting));
  if (e.kind === "name" && isMarked(e.name, setting)) return name(marked(e.name, instance));
  if (e.kind === "apply" && isMarked(e.name, setting)) return apply(marked(e.name, instance), ...parts);
  return withChildren(e, parts);
}

function isMarked(text: string, { world }: Setting<number>): boolean {
  const isMatrix = matrixNamed(world, text) !== undefined || mapOfMatrix(world, text) !== undefined;
  return isMatrix || world.maps.has(text);
}

const mark = "__";

function marked(text: string, instance: number): string {
  return `${text}${mark}${instance}`;
}

/** Every name of the marked expression; a name that were not in it could be a unit or a constant of mathjs. */
function scopeOf(e: Expression, setting: Setting<number>): Map<string, unknown> {
  const scope = new Map<string, unknown>([...Object.entries(setting.sizes), ...inMathjs]);
  for (const text of new Set(namesIn(e))) {
    const at = text.lastIndexOf(mark);
    if (at < 0 || !isMarked(text.slice(0, at), setting)) continue;
    scope.set(text, meaning(text.slice(0, at), Number(text.slice(at + mark.length)), setting));
  }
  return scope;
}

/** A matrix, the matrix of a map, or a map as a function. */
function meaning(text: string, instance: number, setting: Setting<number>): unknown {
  const { world } = setting;
  if (matrixNamed(world, text)) return numbersOf(setting.value(text, instance));
  const matrix = mapOfMatrix(world, text);
  if (matrix) return matrixByMathjs(matrix, setting, instance);
  const map = world.maps.get(text) as IndexMap;
  return (X: Value) => mapByMathjs(map, matrixFrom(X), setting, instance);
}

type Value = number | Matrix;

/** mathjs multiplies matrices of more entries for more than a tenth of a second. */
const patience = 5000;

type MathjsFunction = (...args: never[]) => unknown;

/** Our functions in mathjs's words. */
const functions: Record<BuiltIn, MathjsFunction | "foreign" | "written out"> = {
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
  diag: (v: Value) => math.diag(math.matrix((matrixFrom(v).toArray() as number[][]).flat())),
  norm2: (A: Value) => math.sum(math.dotMultiply(matrixFrom(A), matrixFrom(A)) as Matrix),
  sigma: (A: Value) => math.map(matrixFrom(A), (x: number) => math.sin(x + 0.5)),
  dsigma: (A: Value) => math.map(matrixFrom(A), (x: number) => math.cos(x + 0.5)),
  d2sigma: (A: Value) => math.map(matrixFrom(A), (x: number) => -math.sin(x + 0.5)),
  relu: (A: Value) => math.map(matrixFrom(A), (x: number) => math.max(x, 0)),
  drelu: (A: Value) => math.map(matrixFrom(A), (x: number) => (x > 0 ? 1 : 0)),
  trace: (A: Value) => math.trace(matrixFrom(A)),
  Sum: "written out",
  d: "foreign",
};

const inMathjs = Object.entries(functions).filter(([, meaning]) => typeof meaning === "function");

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
