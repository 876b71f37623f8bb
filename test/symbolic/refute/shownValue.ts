/**
 * What an expression is for the numbers that a counterexample shows, by definitions alone: of the program it takes the
 * parsed tree and the counterexample.
 */

import type { Expression, Statement } from "../../../src/symbolic/language/expression.js";
import type { Counterexample } from "../../../src/symbolic/refute/counterexampleText.js";
import { column, evaluator, transpose } from "../soundness/fuzz/definitions.js";
import {
  entrywise,
  filled,
  type Jets,
  linear,
  newPlane,
  plus,
  product,
  single,
  times,
  values,
} from "../soundness/fuzz/jets.js";

export type Sizes = Readonly<Record<string, number>>;

export interface Shown {
  readonly found: Counterexample;
  readonly statement: Statement;
  /** All sizes, also those with a definition. */
  readonly sizes: Sizes;
  readonly maps: Readonly<Record<string, HandMap>>;
}

/** For the entry (row, column) of the result the entries of the source, counted down the columns. */
export interface HandMap {
  readonly size: (sizes: Sizes) => readonly [rows: number, cols: number];
  readonly reads: (sizes: Sizes, row: number, col: number) => readonly number[];
  readonly selects?: boolean;
}

interface Here extends Shown {
  readonly instance: number;
  readonly moving: readonly string[];
}

/** The rows of the value. */
export function shownValue(e: Expression, shown: Shown): number[][] {
  return rowsOf(valueIn(e, { ...shown, instance: 1, moving: [] }));
}

/** The 0/1 matrix of a map, from its windows. */
export function matrixOfHandMap(map: HandMap, sizes: Sizes, length: number): number[][] {
  const [rows, cols] = map.size(sizes);
  return Array.from({ length: rows * cols }, (_, k) => {
    const reads = map.reads(sizes, k % rows, Math.floor(k / rows));
    return Array.from({ length }, (_, m) => (reads.includes(m) ? 1 : 0));
  });
}

function rowsOf(A: Jets): number[][] {
  const data = values(A);
  return Array.from({ length: A.rows }, (_, i) =>
    Array.from({ length: A.cols }, (_, j) => data[i + A.rows * j]),
  );
}

function fromRows(rows: readonly (readonly number[])[]): Jets {
  return filled(rows.length, rows[0].length, (i, j) => rows[i][j]);
}

const valueIn: (e: Expression, here: Here) => Jets = evaluator<Here>({
  named,
  applied,
  sigma: sigmaAt,
  sizeAt: (e, here) => values(valueIn(e, { ...here, moving: [] }))[0],
  instances: (here) =>
    Array.from({ length: here.sizes.l ?? here.found.instances }, (_, k) => ({ ...here, instance: k + 1 })),
});

function named(name: string, here: Here): Jets {
  if (Object.hasOwn(here.sizes, name)) return single(here.sizes[name]);
  const loss = here.found.losses.find(({ gradientName }) => gradientName === name);
  const argument = here.moving.length > 0 && loss && argumentOf(loss.name, here.statement);
  if (loss && argument) {
    const { rows, cols } = letter(name, here);
    return { ...slope(loss.name, column(valueIn(argument, here)), here), rows, cols };
  }
  const A = letter(name, here);
  const planes = [...A.planes];
  for (const [k, moving] of here.moving.entries())
    if (moving === name) planes[1 << k] = values(letter(`d${name}`, here));
  return { ...A, planes: Array.from(planes) };
}

function letter(name: string, { found, instance }: Here): Jets {
  const all = found.matrices.filter((one) => one.name === name);
  const own = all.find((one) => one.instance === undefined || one.instance === instance);
  if (!own) throw new Error(`${name} of instance ${instance} is not shown`);
  return fromRows(own.rows);
}

function argumentOf(loss: string, { left, right }: Statement): Expression | undefined {
  const all: Expression[] = [left, right];
  for (const e of all) {
    if (e.kind === "apply" && e.name === loss) return e.args[0];
    if (e.kind === "binary") all.push(e.left, e.right);
    if (e.kind === "unary") all.push(e.of);
    if (e.kind === "call" || e.kind === "apply") all.push(...e.args);
  }
  return undefined;
}

function applied(name: string, argument: Expression, here: Here): Jets {
  const X = valueIn(argument, here);
  const map = here.maps[name];
  if (!map) return lossAt(name, column(X), here);
  const [rows, cols] = map.size(here.sizes);
  const windows = Array.from({ length: rows * cols }, (_, k) =>
    map.reads(here.sizes, k % rows, Math.floor(k / rows)),
  );
  const data = values(X);
  const largest = (window: readonly number[]) =>
    window.reduce((best, k) => (data[k] > data[best] ? k : best));
  const taken = map.selects ? windows.map((window) => [largest(window)]) : windows;
  return linear(X, rows, cols, (x) =>
    newPlane(rows, cols).map((_, k) => taken[k].reduce((sum, from) => sum + x[from], 0)),
  );
}

function lossOf(name: string, { found, instance }: Here): Counterexample["losses"][number] {
  const loss = found.losses.find((one) => one.name === name && [0, instance].includes(one.instance));
  if (!loss) throw new Error(`${name} of instance ${instance} is not shown`);
  return loss;
}

/** ξ(X) = c + gᵀ vec(X) + ½ vec(X − X₀)ᵀ H vec(X − X₀) */
function lossAt(name: string, x: Jets, here: Here): Jets {
  const { constant, gradient, hessian, at } = lossOf(name, here);
  const linear = plus(single(constant), product(fromRows([gradient]), x));
  if (!hessian || !at) return linear;
  const dx = plus(x, times(fromRows(at.map((entry) => [entry])), -1));
  return plus(linear, times(product(transpose(dx), product(fromRows(hessian), dx)), 0.5));
}

function slope(name: string, x: Jets, here: Here): Jets {
  const { gradient, hessian, at } = lossOf(name, here);
  const g = fromRows(gradient.map((entry) => [entry]));
  if (!hessian || !at) return g;
  return plus(g, product(fromRows(hessian), plus(x, times(fromRows(at.map((entry) => [entry])), -1))));
}

/** The coefficients of 1, x, x², x³. */
const polynomials: Readonly<Record<string, readonly number[]>> = {
  "σ(x) = x²": [0, 0, 1, 0],
  "σ(x) = x³": [0, 0, 0, 1],
  "σ(x) = x² + 1": [1, 0, 1, 0],
  "σ(x) = x³ + 1": [1, 0, 0, 1],
  "σ(x) = x³ + x² + x + 1": [1, 1, 1, 1],
};

function sigmaAt(order: number, S: Jets, { found }: Here): Jets {
  let coefficients = [...polynomials[found.sigma ?? ""]];
  for (let k = 0; k < order; k++) coefficients = coefficients.slice(1).map((c, at) => c * (at + 1));
  const constant = (c: number) => filled(S.rows, S.cols, () => c);
  return coefficients.reduceRight((sum, c) => plus(entrywise(sum, S), constant(c)), constant(0));
}
