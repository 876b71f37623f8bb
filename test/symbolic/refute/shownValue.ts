/**
 * What an expression is for the numbers that a counterexample shows, by definitions alone: of the program it takes the
 * parsed tree and the counterexample.
 */

import type { CallExpression, Expression, Statement } from "../../../src/symbolic/language/expression.js";
import type { Counterexample } from "../../../src/symbolic/refute/counterexampleText.js";
import {
  entrywise,
  filled,
  type Jets,
  kronecker,
  linear,
  moved,
  newPlane,
  plus,
  product,
  reciprocal,
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

function valueIn(e: Expression, here: Here): Jets {
  switch (e.kind) {
    case "number":
      return single(e.value);
    case "name":
      return named(e.name, here);
    case "unary":
      return e.op === "-" ? times(valueIn(e.of, here), -1) : transpose(valueIn(e.of, here));
    case "binary":
      return combined(e.op, valueIn(e.left, here), valueIn(e.right, here));
    case "call":
      return calls[e.name](e.args, here);
    case "apply":
      return applied(e.name, valueIn(e.args[0], here), here);
  }
}

function transpose(A: Jets): Jets {
  return moved(A, A.cols, A.rows, (k) => Math.floor(k / A.cols) + A.rows * (k % A.cols));
}

function combined(op: string, A: Jets, B: Jets): Jets {
  if (op === "+") return plus(A, B);
  if (op === "-") return plus(A, times(B, -1));
  if (op === "*") return product(A, B);
  return op === "/" ? product(A, reciprocal(B)) : entrywise(A, B);
}

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

function column(X: Jets): Jets {
  return { ...X, rows: X.rows * X.cols, cols: 1 };
}

function applied(name: string, X: Jets, here: Here): Jets {
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

type Call = (args: readonly Expression[], here: Here) => Jets;

const calls: Readonly<Record<string, Call>> & Readonly<Record<CallExpression["name"], Call>> = {
  vec: ([A], here) => column(valueIn(A, here)),
  mat: ([v, m, n], here) => ({ ...valueIn(v, here), rows: sizeAt(m, here), cols: sizeAt(n, here) }),
  kron: ([A, B], here) => kronecker(valueIn(A, here), valueIn(B, here)),
  I: ([n], here) => filled(sizeAt(n, here), sizeAt(n, here), (i, j) => (i === j ? 1 : 0)),
  ones: ([m, n], here) => filled(sizeAt(m, here), n ? sizeAt(n, here) : 1, () => 1),
  K: ([m, n], here) => {
    const [rows, cols] = [sizeAt(m, here), sizeAt(n, here)];
    const isMoved = (k: number, from: number) => k === Math.floor(from / rows) + cols * (from % rows);
    return filled(rows * cols, rows * cols, (k, from) => (isMoved(k, from) ? 1 : 0));
  },
  diag: ([v], here) => {
    const x = valueIn(v, here);
    const n = x.rows;
    return linear(x, n, n, (plane) =>
      newPlane(n, n).map((_, k) => (k % (n + 1) === 0 ? plane[k / (n + 1)] : 0)),
    );
  },
  sigma: ([S], here) => sigmaAt(0, valueIn(S, here), here),
  dsigma: ([S], here) => sigmaAt(1, valueIn(S, here), here),
  d2sigma: ([S], here) => sigmaAt(2, valueIn(S, here), here),
  relu: ([S], here) => entrywise(stepOf(valueIn(S, here)), valueIn(S, here)),
  drelu: ([S], here) => stepOf(valueIn(S, here)),
  trace: ([A], here) => {
    const x = valueIn(A, here);
    return linear(x, 1, 1, (plane) =>
      Float64Array.of(plane.reduce((sum, entry, k) => (k % (x.rows + 1) === 0 ? sum + entry : sum), 0)),
    );
  },
  norm2: ([A], here) => {
    const x = column(valueIn(A, here));
    return product(transpose(x), x);
  },
  Sum: ([A], here) =>
    Array.from({ length: here.sizes.l ?? here.found.instances }, (_, k) =>
      valueIn(A, { ...here, instance: k + 1 }),
    ).reduce(plus),
  d: ([A, by], here) => {
    if (by.kind !== "name") throw new Error("d by what is no name");
    const value = valueIn(A, { ...here, moving: [...here.moving, by.name] });
    const bit = 1 << here.moving.length;
    return { ...value, planes: Array.from({ length: bit }, (_, set) => value.planes[set | bit]) };
  },
};

function sizeAt(e: Expression, here: Here): number {
  return values(valueIn(e, { ...here, moving: [] }))[0];
}

/** The coefficients of 1, x, x², x³. */
const polynomials: Readonly<Record<string, readonly number[]>> = {
  "σ(x) = x²": [0, 0, 1, 0],
  "σ(x) = x³": [0, 0, 0, 1],
  "σ(x) = x² + 1": [1, 0, 1, 0],
  "σ(x) = x³ + 1": [1, 0, 0, 1],
};

/** 1 where an entry is positive, 0 elsewhere; it does not move. */
function stepOf(S: Jets): Jets {
  const data = values(S);
  return filled(S.rows, S.cols, (i, j) => (data[i + S.rows * j] > 0 ? 1 : 0));
}

function sigmaAt(order: number, S: Jets, { found }: Here): Jets {
  let coefficients = [...polynomials[found.sigma ?? ""]];
  for (let k = 0; k < order; k++) coefficients = coefficients.slice(1).map((c, at) => c * (at + 1));
  const constant = (c: number) => filled(S.rows, S.cols, () => c);
  return coefficients.reduceRight((sum, c) => plus(entrywise(sum, S), constant(c)), constant(0));
}
