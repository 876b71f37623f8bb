/**
 * What a formula is, entry by entry from the definitions, on nested arrays. Shares nothing with `src/verify`, and of
 * `src/symbolic` only the tree that the parser makes; the maps are written out by hand.
 */

import type { ApplyExpression, CallExpression, Expression } from "../../src/symbolic/language/expression.js";

/** x, and how large the numbers were that it was added up from: what rounding is measured by. */
interface Entry {
  readonly x: number;
  readonly size: number;
}

/** Rows of entries. */
export type Plain = readonly (readonly Entry[])[];

/** Numbers for names; a name that differs between instances has a list. */
export interface Given {
  readonly sizes: Readonly<Record<string, number>>;
  readonly one: Readonly<Record<string, Plain>>;
  readonly each: Readonly<Record<string, readonly Plain[]>>;
}

/** A jump of σ' or a divisor that is so close to 0 that rounding decides. */
export class Undecided extends Error {}

/** The formula's value in one instance, counted from 0. */
export function plain(e: Expression, given: Given, instance = 0): Plain {
  const part = (of: Expression) => plain(of, given, instance);
  switch (e.kind) {
    case "number":
      return [[exact(e.value)]];
    case "name":
      return named(e.name, given, instance);
    case "unary": {
      const A = part(e.of);
      return e.op === "-" ? A.map((row) => row.map(negative)) : filled(width(A), A.length, (i, j) => A[j][i]);
    }
    case "binary":
      return combined(e.op, part(e.left), part(e.right));
    default:
      return called(e, given, instance);
  }
}

export function exact(x: number): Entry {
  return { x, size: Math.abs(x) };
}

export function filled<T>(rows: number, cols: number, at: (i: number, j: number) => T): T[][] {
  return Array.from({ length: rows }, (_, i) => Array.from({ length: cols }, (_, j) => at(i, j)));
}

function width(A: Plain): number {
  return A[0].length;
}

function negative({ x, size }: Entry): Entry {
  return { x: -x, size };
}

function plus(a: Entry, b: Entry): Entry {
  return { x: a.x + b.x, size: a.size + b.size };
}

function times(a: Entry, b: Entry): Entry {
  return { x: a.x * b.x, size: a.size * b.size };
}

function total(entries: readonly Entry[]): Entry {
  return entries.reduce(plus, exact(0));
}

function over(a: Entry, b: Entry): Entry {
  if (Math.abs(b.x) <= 1e-3 * b.size) throw new Undecided("a divisor is close to 0");
  return { x: a.x / b.x, size: (a.size * b.size) / (b.x * b.x) };
}

/** Sums of whole numbers are exact; what is close to 0 otherwise may lie on either side. */
function decided({ x, size }: Entry): number {
  const isExact = Number.isInteger(x) && Number.isInteger(size) && size < 2 ** 50;
  if (!isExact && Math.abs(x) <= 1e-9 * size) throw new Undecided("an argument of σ is close to 0");
  return x;
}

function combined(op: string, A: Plain, B: Plain): Plain {
  if (op === "*") return product(A, B);
  if (op === "/") return A.map((row) => row.map((x) => over(x, B[0][0])));
  if (A.length !== B.length || width(A) !== width(B)) throw new Error("sizes of terms differ");
  const together = { "+": plus, "-": (a: Entry, b: Entry) => plus(a, negative(b)), ".*": times }[op];
  if (!together) throw new Error(op);
  return filled(A.length, width(A), (i, j) => together(A[i][j], B[i][j]));
}

function product(A: Plain, B: Plain): Plain {
  if (width(A) === B.length)
    return filled(A.length, width(B), (i, j) => total(B.map((row, k) => times(A[i][k], row[j]))));
  const [number, M] = A.length * width(A) === 1 ? [A, B] : [B, A];
  if (number.length * width(number) !== 1) throw new Error("sizes of factors do not fit");
  return M.map((row) => row.map((x) => times(number[0][0], x)));
}

function named(name: string, { sizes, one, each }: Given, instance: number): Plain {
  if (Object.hasOwn(sizes, name)) return [[exact(sizes[name])]];
  if (Object.hasOwn(each, name)) return each[name][instance];
  if (Object.hasOwn(one, name)) return one[name];
  return matrixOfMap(mapOfName[name], sizes);
}

function called(e: CallExpression | ApplyExpression, given: Given, instance: number): Plain {
  const size = (k: number) => plain(e.args[k], given)[0][0].x;
  if (e.name === "I") return filled(size(0), size(0), (i, j) => exact(i === j ? 1 : 0));
  if (e.name === "ones") return filled(size(0), e.args[1] ? size(1) : 1, () => exact(1));
  if (e.name === "K") {
    const [m, n] = [size(0), size(1)];
    return filled(m * n, m * n, (i, j) => exact(j === Math.floor(i / n) + m * (i % n) ? 1 : 0));
  }
  if (e.name === "Sum") {
    const terms = Array.from({ length: given.sizes.l }, (_, i) => plain(e.args[0], given, i));
    return terms.reduce((A, B) => combined("+", A, B));
  }
  const A = plain(e.args[0], given, instance);
  if (e.name === "kron") return kron(A, plain(e.args[1], given, instance));
  if (e.name === "mat") return filled(size(1), size(2), (i, j) => A[i + size(1) * j][0]);
  return ofOne(e.name, A, given.sizes);
}

function ofOne(name: string, A: Plain, sizes: Given["sizes"]): Plain {
  const column = A[0].flatMap((_, j) => A.map((row) => row[j]));
  switch (name) {
    case "vec":
      return column.map((x) => [x]);
    case "diag":
      return filled(A.length, A.length, (i, j) => (i === j ? A[i][0] : exact(0)));
    case "trace":
      return [[total(A.map((row, i) => row[i]))]];
    case "norm2":
      return [[total(column.map((x) => times(x, x)))]];
    case "sigma":
    case "relu":
      return A.map((row) => row.map(({ x, size }) => ({ x: Math.max(x, 0), size })));
    case "dsigma":
    case "drelu":
      return A.map((row) => row.map((s) => exact(decided(s) > 0 ? 1 : 0)));
    case "pool":
      return pooled(A, sizes);
    default:
      return applied(maps[name], A, sizes);
  }
}

function kron(A: Plain, B: Plain): Plain {
  const [rows, cols] = [B.length, width(B)];
  return filled(A.length * rows, width(A) * cols, (i, j) =>
    times(A[Math.floor(i / rows)][Math.floor(j / cols)], B[i % rows][j % cols]),
  );
}

/** The largest entry of each window, by hand. */
function pooled(A: Plain, { q, a, a_half, b_half }: Given["sizes"]): Plain {
  return filled(A.length, a_half * b_half, (c, column) => {
    const [u, v] = [column % a_half, Math.floor(column / a_half)];
    const window = filled(q, q, (i, j) => A[c][u * q + i + a * (v * q + j)]).flat();
    return { x: Math.max(...window.map(({ x }) => x)), size: Math.max(...window.map(({ size }) => size)) };
  });
}

/** A map as the size of its result and, for each entry of it, the entries of the argument that are added and their weight. */
interface PlainMap {
  readonly rows: number;
  readonly cols: number;
  readonly argument: readonly [rows: number, cols: number];
  readonly from: (i: number, j: number) => readonly (readonly [row: number, col: number])[];
  readonly weight: number;
}

const maps: Record<string, (sizes: Given["sizes"]) => PlainMap> = {
  phi: ({ h, s, d, a, b, a_out, b_out }) => ({
    ...{ rows: h * h * d, cols: a_out * b_out, argument: [d, a * b], weight: 1 },
    from: (row, col) => {
      const [i, j, c] = [row % h, Math.floor(row / h) % h, Math.floor(row / (h * h))];
      const [p, q] = [col % a_out, Math.floor(col / a_out)];
      return [[c, p * s + i + a * (q * s + j)]];
    },
  }),
  pad: ({ p, d, a, b, a_pad, b_pad }) => ({
    ...{ rows: d, cols: a_pad * b_pad, argument: [d, a * b], weight: 1 },
    from: (c, col) => {
      const [y, x] = [(col % a_pad) - p, Math.floor(col / a_pad) - p];
      return y >= 0 && x >= 0 && y < a && x < b ? [[c, y + a * x]] : [];
    },
  }),
  mean: ({ q, d, a, b, a_half, b_half }) => ({
    ...{ rows: d, cols: a_half * b_half, argument: [d, a * b], weight: 1 / (q * q) },
    from: (c, col) => {
      const [u, v] = [col % a_half, Math.floor(col / a_half)];
      return filled(q, q, (i, j) => [c, u * q + i + a * (v * q + j)] as const).flat();
    },
  }),
  // channels and columns exchanged, rows from below: (x, c; y) reads (c; a − 1 − y, x)
  turn: ({ d, a, b }) => ({
    ...{ rows: b * d, cols: a, argument: [d, a * b], weight: 1 },
    from: (row, y) => [[Math.floor(row / b), a - 1 - y + a * (row % b)]],
  }),
};

const mapOfName: Record<string, (sizes: Given["sizes"]) => PlainMap> = {
  P: maps.phi,
  P_pad: maps.pad,
  P_mean: maps.mean,
  P_turn: maps.turn,
};

function applied(map: (sizes: Given["sizes"]) => PlainMap, A: Plain, sizes: Given["sizes"]): Plain {
  const { rows, cols, from, weight } = map(sizes);
  return filled(rows, cols, (i, j) => times(exact(weight), total(from(i, j).map(([r, c]) => A[r][c]))));
}

function matrixOfMap(map: (sizes: Given["sizes"]) => PlainMap, sizes: Given["sizes"]): Plain {
  const { rows, cols, argument, from, weight } = map(sizes);
  return filled(rows * cols, argument[0] * argument[1], (i, j) => {
    const places = from(i % rows, Math.floor(i / rows));
    return exact(weight * places.filter(([r, c]) => r + argument[0] * c === j).length);
  });
}
