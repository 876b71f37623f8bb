/**
 * What an expression of `statements.ts` is at given numbers, from the definitions alone: ReLU is max(x, 0), its derivative 1
 * where x > 0, pooling takes the largest. Of the program it knows the parsed tree. σ is (x + 1)³ + x.
 */

import assert from "node:assert/strict";
import type { Expression } from "../../../src/symbolic/language/expression.js";

/** x + ε dx, where the ε of each level is one of its own; a number does not move. */
type Value = number | { readonly level: number; readonly x: Value; readonly dx: Value };

/** Rows of values. */
type Matrix = readonly (readonly Value[])[];

export interface Numbers {
  readonly sizes: Readonly<Record<string, number>>;
  /** The entry of a letter, for an instance from 0. */
  readonly entry: (name: string, instance: number, i: number, j: number) => number;
}

interface Here extends Numbers {
  readonly instance: number;
  /** What moves, the outermost differential first. */
  readonly moving: readonly string[];
  /** The image at which pool stands first. */
  readonly image: Expression | undefined;
}

/** Both sides as numbers, column by column. */
export function sidesOf(left: Expression, right: Expression, numbers: Numbers): [number[], number[]] {
  const here = { ...numbers, instance: 0, moving: [], image: imageIn(left) ?? imageIn(right) };
  const [x, y] = [left, right].map((e) => {
    const M = e.kind === "number" ? filled(1, 1, () => e.value) : valueAt(e, here);
    return columns(M).map(primal);
  });
  const zeros = (side: number[], e: Expression, other: number[]) =>
    e.kind === "number" && e.value === 0 ? other.map(() => 0) : side;
  return [zeros(x, left, y), zeros(y, right, x)];
}

function imageIn(e: Expression): Expression | undefined {
  if (e.kind === "apply" && e.name === "pool") return e.args[0];
  for (const part of parts(e)) {
    const found = imageIn(part);
    if (found) return found;
  }
  return undefined;
}

function parts(e: Expression): readonly Expression[] {
  if (e.kind === "binary") return [e.left, e.right];
  if (e.kind === "unary") return [e.of];
  return e.kind === "call" || e.kind === "apply" ? e.args : [];
}

function valueAt(e: Expression, here: Here): Matrix {
  switch (e.kind) {
    case "number":
      return [[e.value]];
    case "name":
      return named(e.name, here);
    case "unary":
      return e.op === "-" ? mapped(valueAt(e.of, here), negative) : turned(valueAt(e.of, here));
    case "binary":
      return combined(e.op, valueAt(e.left, here), valueAt(e.right, here));
    case "call":
      return called(e.name, e.args, here);
    default:
      return applied(e.name, e.args[0], here);
  }
}

const sizesOfLetters: Readonly<Record<string, string>> = {
  ...{ A: "m n", B: "m n", Y: "m n", H: "m n", Q: "n n", X: "n k", y: "n 1", w: "n 1", c: "1 1", t: "1 1" },
  ...{
    Z: "d a·b",
    Z0: "d a·b",
    W: "d_out h·h·d",
    bias: "d_out 1",
    V: "k d_out·a_out·b_out",
    U: "h·h·d a_out·b_out",
  },
  ...{ G: "d_out a_out·b_out", g: "k 1", Gp: "d u·v" },
};

function named(name: string, here: Here): Matrix {
  if (name in here.sizes) return [[here.sizes[name]]];
  if (name in maps) return matrixOf(name, here);
  const letter = name in sizesOfLetters ? name : name.slice(1);
  const [rows, cols] = sizesOfLetters[letter]
    .split(" ")
    .map((size) => size.split("·").reduce((all, factor) => all * (here.sizes[factor] ?? Number(factor)), 1));
  const instance = letter === "Y" ? here.instance : 0;
  const M: Matrix = filled(rows, cols, (i, j) => here.entry(name, instance, i, j));
  return here.moving.reduce<Matrix>(
    (moved, by, level) =>
      by === name
        ? moved.map((row, i) => row.map((x, j) => ({ level, x, dx: here.entry(`d${name}`, instance, i, j) })))
        : moved,
    M,
  );
}

function combined(op: string, A: Matrix, B: Matrix): Matrix {
  if (op === "/") return mapped(A, (x) => times(x, reciprocal(B[0][0])));
  if (op === "+") return filled(A.length, A[0].length, (i, j) => plus(A[i][j], B[i][j]));
  if (op === "-") return filled(A.length, A[0].length, (i, j) => plus(A[i][j], negative(B[i][j])));
  if (op === ".*") return filled(A.length, A[0].length, (i, j) => times(A[i][j], B[i][j]));
  if (A[0].length === B.length)
    return filled(A.length, B[0].length, (i, j) => total(A[i].map((x, k) => times(x, B[k][j]))));
  const [number, M] = A.length * A[0].length === 1 ? [A, B] : [B, A];
  return mapped(M, (x) => times(number[0][0], x));
}

function called(name: string, args: readonly Expression[], here: Here): Matrix {
  const size = (k: number) => primal(valueAt(args[k], here)[0][0]);
  const of = (k = 0) => valueAt(args[k], here);
  switch (name) {
    case "I":
      return filled(size(0), size(0), (i, j) => (i === j ? 1 : 0));
    case "ones":
      return filled(size(0), args[1] ? size(1) : 1, () => 1);
    case "K": {
      const [m, n] = [size(0), size(1)];
      return filled(m * n, m * n, (i, j) => (j === Math.floor(i / n) + m * (i % n) ? 1 : 0));
    }
    case "vec":
      return columns(of()).map((x) => [x]);
    case "mat":
      return filled(size(1), size(2), (i, j) => of()[i + size(1) * j][0]);
    case "kron": {
      const [A, B] = [of(), of(1)];
      const [p, q] = [B.length, B[0].length];
      return filled(A.length * p, A[0].length * q, (i, j) =>
        times(A[Math.floor(i / p)][Math.floor(j / q)], B[i % p][j % q]),
      );
    }
    case "diag":
      return filled(of().length, of().length, (i, j) => (i === j ? of()[i][0] : 0));
    case "trace":
      return [[total(of().map((row, i) => row[i]))]];
    case "norm2":
      return [[total(columns(of()).map((x) => times(x, x)))]];
    case "relu":
      return mapped(of(), (x) => (primal(x) > 0 ? x : 0));
    case "drelu":
      return mapped(of(), (x) => (primal(x) > 0 ? 1 : 0));
    case "sigma":
      return mapped(of(), (x) => plus(cube(plus(x, 1)), x));
    case "dsigma":
      return mapped(of(), (x) => plus(times(3, times(plus(x, 1), plus(x, 1))), 1));
    case "Sum":
      return Array.from({ length: here.sizes.l }, (_, instance) =>
        valueAt(args[0], { ...here, instance }),
      ).reduce((A, B) => combined("+", A, B));
    default:
      return differential(args, here);
  }
}

function differential([E, by]: readonly Expression[], here: Here): Matrix {
  assert.ok(by.kind === "name");
  const level = here.moving.length;
  const M = valueAt(E, { ...here, moving: [...here.moving, by.name] });
  return mapped(M, (x) => (typeof x !== "number" && x.level === level ? x.dx : 0));
}

/** The loss whose gradient is the letter, at whatever it stands: 7 and its argument's squares, and G · (S − S₀). */
const gradients: Readonly<Record<string, string>> = { xi: "G", rho: "H", eta: "g", psi: "Gp" };

function applied(name: string, argument: Expression, here: Here): Matrix {
  const M = valueAt(argument, here);
  if (name in gradients) {
    const slope = columns(named(gradients[name], here));
    const from = columns(M).map((x, k) => times(slope[k], plus(x, -primal(x))));
    return [
      [plus(total(from), 7 + columns(M).reduce<number>((sum, x, k) => sum + (k + 1) * primal(x) ** 2, 0))],
    ];
  }
  const P = name === "pool" ? poolAt(argument, here) : matrixOf(`P_${name}`.replace("P_phi", "P"), here);
  const vector = columns(M);
  const result = P.map((row) => total(row.map((x, k) => (x === 0 ? 0 : times(x, vector[k])))));
  const rows = name === "phi" ? here.sizes.h ** 2 * here.sizes.d : here.sizes.d;
  return filled(rows, result.length / rows, (i, j) => result[i + rows * j]);
}

/** One row for each entry of the result: which entry of Z, d × a b, the channel fastest, it is. */
const maps: Readonly<Record<string, (here: Here) => Matrix>> = {
  P: ({ sizes: { d, a, b, h, s, a_out, b_out } }) =>
    rowsOf(d * a * b, [h, h, d, a_out, b_out], ([i, j, c, p, q]) => [c + d * (p * s + i + a * (q * s + j))]),
  P_pad: ({ sizes: { d, a, b, p, a_pad, b_pad } }) =>
    rowsOf(d * a * b, [d, a_pad, b_pad], ([c, y, x]) => {
      const isInside = y >= p && y < a + p && x >= p && x < b + p;
      return isInside ? [c + d * (y - p + a * (x - p))] : [];
    }),
  P_mean: ({ sizes }) =>
    mapped(
      rowsOf(sizes.d * sizes.a * sizes.b, [sizes.d, sizes.u, sizes.v], (at) => windowAt(at, sizes)),
      (x) => times(x, 1 / sizes.q ** 2),
    ),
  P_pool: (here) => poolAt(here.image as Expression, here),
};

function matrixOf(name: string, here: Here): Matrix {
  return maps[name](here);
}

function windowAt([c, u, v]: readonly number[], { d, a, q }: Here["sizes"]): number[] {
  return Array.from({ length: q * q }, (_, k) => c + d * (u * q + (k % q) + a * (v * q + Math.floor(k / q))));
}

/** The first of the largest; where ReLU made them equal, what it was taken of decides. */
function poolAt(image: Expression, here: Here): Matrix {
  const { d, a, b, u, v } = here.sizes;
  const keys = imagesBelow(image).map((e) => columns(valueAt(e, here)).map(primal));
  const isLarger = (k: number, other: number) => {
    const key = keys.find((values) => values[k] !== values[other]);
    return key !== undefined && key[k] > key[other];
  };
  return rowsOf(d * a * b, [d, u, v], (at) => [
    windowAt(at, here.sizes).reduce((best, k) => (isLarger(k, best) ? k : best)),
  ]);
}

function imagesBelow(e: Expression): Expression[] {
  return e.kind === "call" && e.name === "relu" ? [e, ...imagesBelow(e.args[0])] : [e];
}

/** A row for each setting of the counters, the first fastest, with 1 at the given places. */
function rowsOf(
  length: number,
  counts: readonly number[],
  at: (counters: readonly number[]) => readonly number[],
): Matrix {
  const rows = counts.reduce((all, count) => all * count, 1);
  return Array.from({ length: rows }, (_, row) => {
    let rest = row;
    const counters = counts.map((count) => {
      const digit = rest % count;
      rest = Math.floor(rest / count);
      return digit;
    });
    const places = at(counters);
    return Array.from({ length }, (_unused, k) => (places.includes(k) ? 1 : 0));
  });
}

function primal(x: Value): number {
  return typeof x === "number" ? x : primal(x.x);
}

function plus(x: Value, y: Value): Value {
  const level = Math.max(levelOf(x), levelOf(y));
  if (level < 0) return (x as number) + (y as number);
  const [p, q] = [split(x, level), split(y, level)];
  return { level, x: plus(p.x, q.x), dx: plus(p.dx, q.dx) };
}

function times(x: Value, y: Value): Value {
  const level = Math.max(levelOf(x), levelOf(y));
  if (level < 0) return (x as number) * (y as number);
  const [p, q] = [split(x, level), split(y, level)];
  return { level, x: times(p.x, q.x), dx: plus(times(p.x, q.dx), times(p.dx, q.x)) };
}

function reciprocal(x: Value): Value {
  if (typeof x === "number") return 1 / x;
  const inverse = reciprocal(x.x);
  return { ...x, x: inverse, dx: negative(times(x.dx, times(inverse, inverse))) };
}

function levelOf(x: Value): number {
  return typeof x === "number" ? -1 : x.level;
}

function split(x: Value, level: number): { x: Value; dx: Value } {
  return typeof x !== "number" && x.level === level ? x : { x, dx: 0 };
}

function negative(x: Value): Value {
  return times(-1, x);
}

function cube(x: Value): Value {
  return times(x, times(x, x));
}

function total(list: readonly Value[]): Value {
  return list.reduce(plus, 0);
}

function filled(rows: number, cols: number, at: (i: number, j: number) => Value): Matrix {
  return Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (_unused, j) => at(i, j)));
}

function mapped(M: Matrix, f: (x: Value) => Value): Matrix {
  return M.map((row) => row.map(f));
}

function turned(M: Matrix): Matrix {
  return filled(M[0].length, M.length, (i, j) => M[j][i]);
}

function columns(M: Matrix): Value[] {
  return M[0].flatMap((_, j) => M.map((row) => row[j]));
}
