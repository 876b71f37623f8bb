/**
 * What an expression is at given sizes, modulo a prime: entry by entry from the definitions, so that a rule can be
 * compared with something that knows no rule. Each number carries its derivative in one direction.
 */

import assert from "node:assert/strict";
import type { BuiltIn } from "../../src/symbolic/language/builtIns.js";
import type { ApplyExpression, CallExpression, Expression } from "../../src/symbolic/language/expression.js";
import { evaluate, type Polynomial } from "../../src/symbolic/language/polynomial.js";
import { shapeOf, sizeOf } from "../../src/symbolic/world/shapes.js";
import { type IndexMap, mapOfMatrix, matrixNamed, type World } from "../../src/symbolic/world/world.js";

const prime = 33554393;

/** x + ε dx modulo the prime. */
interface Dual {
  readonly x: number;
  readonly dx: number;
}

/** Entries in column order. */
export interface Residues {
  readonly rows: number;
  readonly cols: number;
  readonly data: readonly Dual[];
}

/** Values of the dimensions, and a seed that every matrix is drawn from. */
export interface Place {
  readonly sizes: Readonly<Record<string, number>>;
  readonly seed: number;
}

interface Here extends Place {
  readonly world: World;
  readonly instance: number;
  readonly by?: string;
}

/** All entries of the expression for the first instance. */
export function residuesOf(world: World, e: Expression, place: Place): Residues {
  const sizes = { ...place.sizes };
  for (const { name, definition } of world.dimensions.values())
    if (definition) sizes[name] = sizeValue(definition, sizes);
  return entriesOf({ world, sizes, seed: place.seed, instance: 0 }, e);
}

/** Throws unless both expressions have the same entries there. */
export function assertSameValue(
  world: World,
  x: Expression,
  y: Expression,
  place: Place,
  what: string,
): void {
  const [left, right] = [residuesOf(world, x, place), residuesOf(world, y, place)];
  assert.deepEqual([right.rows, right.cols], [left.rows, left.cols], what);
  assert.deepEqual(
    right.data.map(({ x }) => x),
    left.data.map(({ x }) => x),
    what,
  );
}

function entriesOf(here: Here, e: Expression): Residues {
  switch (e.kind) {
    case "number":
      return single(residue(e.value));
    case "name":
      return named(here, e.name);
    case "unary": {
      const of = entriesOf(here, e.of);
      if (e.op === "-") return mapped(of, (x) => times(x, constant(prime - 1)));
      return filled(of.cols, of.rows, (i, j) => entry(of, j, i));
    }
    case "call":
      return called(here, e);
    case "apply":
      return mapOrLoss(here, e);
    default:
      return combined(here, e);
  }
}

function combined(here: Here, e: Extract<Expression, { kind: "binary" }>): Residues {
  const [A, B] = [entriesOf(here, e.left), entriesOf(here, e.right)];
  if (e.op === "/") return mapped(A, (x) => quotient(x, B.data[0]));
  if (e.op === ".*") return zipped(A, B, times);
  if (e.op !== "*") {
    const sign = constant(e.op === "+" ? 1 : prime - 1);
    return zipped(A, B, (x, y) => plus(x, times(sign, y)));
  }
  if (A.cols === B.rows)
    return filled(A.rows, B.cols, (i, j) => total(A.cols, (k) => times(entry(A, i, k), entry(B, k, j))));
  const [scalar, M] = A.data.length === 1 ? [A, B] : [B, A];
  assert.equal(scalar.data.length, 1);
  return mapped(M, (x) => times(scalar.data[0], x));
}

function named(here: Here, name: string): Residues {
  const { world } = here;
  if (world.dimensions.has(name)) return single(residue(here.sizes[name]));
  const map = mapOfMatrix(world, name);
  if (map) return matrixOfMap(here, map);
  const matrix = matrixNamed(world, name);
  assert.ok(matrix, `${name} is not declared`);
  const instance = matrix.each ? here.instance : 0;
  return filled(size(here, matrix.rows), size(here, matrix.cols), (i, j) => ({
    x: drawn(`${here.seed} ${name} ${instance} ${i} ${j}`),
    dx: name === here.by ? drawn(`${here.seed} d${name} ${instance} ${i} ${j}`) : 0,
  }));
}

function called(here: Here, e: CallExpression): Residues {
  const { world } = here;
  const sizeAt = (k: number) => size(here, sizeOf(world, e.args[k]));
  const delta = (i: number, j: number) => constant(i === j ? 1 : 0);
  switch (e.name) {
    case "I":
      return filled(sizeAt(0), sizeAt(0), delta);
    case "ones":
      return filled(sizeAt(0), e.args[1] ? sizeAt(1) : 1, () => constant(1));
    case "K": {
      const [m, n] = [sizeAt(0), sizeAt(1)];
      return filled(m * n, m * n, (i, j) => delta(Math.floor(i / n) + m * (i % n), j));
    }
    case "d": {
      const by = (e.args[1] as { name: string }).name;
      return mapped(entriesOf({ ...here, by }, e.args[0]), ({ dx }) => constant(dx));
    }
    case "Sum": {
      const all = Array.from({ length: here.sizes.l }, (_, instance) =>
        entriesOf({ ...here, instance }, e.args[0]),
      );
      return all.reduce((A, B) => zipped(A, B, plus));
    }
    default:
      return calledOf(here, e, e.name);
  }
}

function calledOf(
  here: Here,
  e: CallExpression,
  name: Exclude<BuiltIn, "I" | "ones" | "K" | "d" | "Sum">,
): Residues {
  const A = entriesOf(here, e.args[0]);
  switch (name) {
    case "vec":
      return { rows: A.data.length, cols: 1, data: A.data };
    case "mat": {
      const { rows, cols } = shapeOf(here.world, e);
      return { rows: size(here, rows), cols: size(here, cols), data: A.data };
    }
    case "kron": {
      const B = entriesOf(here, e.args[1]);
      return filled(A.rows * B.rows, A.cols * B.cols, (i, j) =>
        times(entry(A, Math.floor(i / B.rows), Math.floor(j / B.cols)), entry(B, i % B.rows, j % B.cols)),
      );
    }
    case "diag":
      return filled(A.rows, A.rows, (i, j) => (i === j ? A.data[i] : constant(0)));
    case "sigma":
      return mapped(A, (s) => plus(times(s, times(s, s)), times(constant(2), s)));
    case "dsigma":
      return mapped(A, (s) => plus(times(constant(3), times(s, s)), constant(2)));
    case "d2sigma":
      return mapped(A, (s) => times(constant(6), s));
    // No residue is positive; what is asked here holds whichever are called so.
    case "relu":
      return mapped(A, (s) => (s.x < prime / 2 ? s : constant(0)));
    case "drelu":
      return mapped(A, (s) => constant(s.x < prime / 2 ? 1 : 0));
    case "trace":
      return { rows: 1, cols: 1, data: [total(A.rows, (k) => entry(A, k, k))] };
    case "norm2":
      return { rows: 1, cols: 1, data: [total(A.data.length, (k) => times(A.data[k], A.data[k]))] };
  }
}

/** A loss is any number with the declared gradient; a map is its matrix times vec. */
function mapOrLoss(here: Here, e: ApplyExpression): Residues {
  const A = entriesOf(here, e.args[0]);
  const loss = here.world.losses.get(e.name);
  if (loss) {
    const G = named({ ...here, by: undefined }, loss.gradient);
    const slope = total(A.data.length, (k) => times(G.data[k], constant(A.data[k].dx)));
    return { rows: 1, cols: 1, data: [{ x: total(A.data.length, (k) => A.data[k]).x, dx: slope.x }] };
  }
  const map = here.world.maps.get(e.name);
  assert.ok(map, `${e.name} is no function`);
  const { rows, cols } = shapeOf(here.world, e);
  const P = matrixOfMap(here, map);
  const data = Array.from({ length: P.rows }, (_, i) =>
    total(P.cols, (j) => times(entry(P, i, j), A.data[j])),
  );
  return { rows: size(here, rows), cols: size(here, cols), data };
}

/** The matrix of a map at given sizes, made once. */
function matrixOfMap(here: Here, map: IndexMap): Residues {
  const known = matrices.get(map) ?? new Map<string, Residues>();
  matrices.set(map, known);
  const key = JSON.stringify([here.sizes, here.seed, here.instance]);
  const P = known.get(key) ?? newMatrixOfMap(here, map);
  known.set(key, P);
  return P;
}

const matrices = new WeakMap<IndexMap, Map<string, Residues>>();

/** The 0/1 matrix by its index formula, counter by counter. */
function newMatrixOfMap(here: Here, map: IndexMap): Residues {
  const counters = [...map.rows, ...map.cols];
  const places = [...map.placeRows, ...map.placeCols];
  const [from, to] = [lengthOf(here, places), lengthOf(here, counters)];
  const [rows, cols] = map.kind === "read" ? [to, from] : [from, to];
  const entries = new Map<string, number>();
  const weight = quotient(constant(1), constant(size(here, map.weight))).x;
  for (let at = 0; at < to; at++) {
    const values = digits(
      at,
      counters.map(({ size: n }) => size(here, n)),
    );
    for (const offset of offsets(here, map, at)) {
      const sizes = { ...here.sizes };
      for (const [k, { name }] of counters.entries()) sizes[name] = values[k];
      for (const [k, { name }] of map.sums.entries()) sizes[name] = offset[k];
      let [position, step] = [0, 1];
      for (const { at: formula, size: n } of places) {
        position += step * evaluate(formula, sizes);
        step *= size(here, n);
      }
      const [i, j] = map.kind === "read" ? [at, position] : [position, at];
      entries.set(`${i} ${j}`, ((entries.get(`${i} ${j}`) ?? 0) + weight) % prime);
    }
  }
  return filled(rows, cols, (i, j) => constant(entries.get(`${i} ${j}`) ?? 0));
}

/** The values of the counters in `sums`: all of them, or one where the map chooses. */
function offsets(here: Here, map: IndexMap, at: number): number[][] {
  const sizes = map.sums.map(({ size: n }) => size(here, n));
  const count = sizes.reduce((x, y) => x * y, 1);
  const chosen = drawn(`${here.seed} ${map.name} ${here.instance} ${at}`) % count;
  const all = Array.from({ length: count }, (_, k) => digits(k, sizes));
  return map.chosen ? [all[chosen]] : all;
}

function digits(at: number, sizes: readonly number[]): number[] {
  let rest = at;
  return sizes.map((n) => {
    const digit = rest % n;
    rest = Math.floor(rest / n);
    return digit;
  });
}

function lengthOf(here: Here, parts: readonly { readonly size: Polynomial }[]): number {
  return parts.reduce((product, { size: n }) => product * size(here, n), 1);
}

function size(here: Here, n: Polynomial): number {
  return evaluate(n, here.sizes);
}

function sizeValue(e: Expression, sizes: Readonly<Record<string, number>>): number {
  if (e.kind === "number") return e.value;
  if (e.kind === "name") return sizes[e.name];
  if (e.kind === "apply") return Math.floor(sizeValue(e.args[0], sizes));
  assert.equal(e.kind, "binary");
  const [x, y] = e.kind === "binary" ? [sizeValue(e.left, sizes), sizeValue(e.right, sizes)] : [0, 0];
  const op = e.kind === "binary" ? e.op : "+";
  return op === "+" ? x + y : op === "-" ? x - y : op === "*" ? x * y : x / y;
}

/** A number of the text (FNV-1a). */
function drawn(text: string): number {
  let hash = 2166136261;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619);
  return (hash >>> 0) % prime;
}

function residue(x: number): Dual {
  return constant(((x % prime) + prime) % prime);
}

function constant(x: number): Dual {
  return { x, dx: 0 };
}

function plus(a: Dual, b: Dual): Dual {
  return { x: (a.x + b.x) % prime, dx: (a.dx + b.dx) % prime };
}

function times(a: Dual, b: Dual): Dual {
  return { x: (a.x * b.x) % prime, dx: (((a.x * b.dx) % prime) + ((a.dx * b.x) % prime)) % prime };
}

function quotient(a: Dual, b: Dual): Dual {
  const y = power(b.x, prime - 2);
  const inverse = { x: y, dx: (prime - ((((y * y) % prime) * b.dx) % prime)) % prime };
  return times(a, inverse);
}

function power(x: number, n: number): number {
  if (n === 0) return 1;
  const half = power((x * x) % prime, Math.floor(n / 2));
  return n % 2 === 1 ? (half * x) % prime : half;
}

function total(count: number, term: (k: number) => Dual): Dual {
  let sum = constant(0);
  for (let k = 0; k < count; k++) sum = plus(sum, term(k));
  return sum;
}

function single(x: Dual): Residues {
  return { rows: 1, cols: 1, data: [x] };
}

function entry(A: Residues, i: number, j: number): Dual {
  return A.data[i + A.rows * j];
}

function filled(rows: number, cols: number, at: (i: number, j: number) => Dual): Residues {
  return {
    rows,
    cols,
    data: Array.from({ length: rows * cols }, (_, k) => at(k % rows, Math.floor(k / rows))),
  };
}

function mapped(A: Residues, change: (x: Dual) => Dual): Residues {
  return { ...A, data: A.data.map(change) };
}

function zipped(A: Residues, B: Residues, together: (x: Dual, y: Dual) => Dual): Residues {
  assert.deepEqual([A.rows, A.cols], [B.rows, B.cols]);
  return { ...A, data: A.data.map((x, k) => together(x, B.data[k])) };
}
