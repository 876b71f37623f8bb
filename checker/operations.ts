/** The signs and functions whose value is known, by their definitions. */
import {
  bilinear,
  constant,
  type Dual,
  type Entries,
  kron,
  linear,
  moved,
  product,
  scaled,
  sum,
  zero,
} from "./dual.js";
import { type Fraction, over, plus, times } from "./fraction.js";
import { exactly, wholeOf } from "./sizes.js";
import { Stop } from "./stop.js";
import { entrywise } from "./taylor.js";
import type { At, Operation, Trial } from "./trial.js";

type OfValues = (trial: Trial, A: Dual, B: Dual, at: At) => Dual;
type OfSizes = (m: number, n: number) => Dual;

/** The arguments are evaluated first. */
const values: Readonly<Record<string, OfValues>> = {
  negative: (_, A) => scaled(A, -1n),
  "+": (_, A, B) => sum(A, same(A, B)),
  "-": (_, A, B) => sum(A, scaled(same(A, B), -1n)),
  "*": ({ work }, A, B) => {
    if (A.columns === B.rows) return product(A, B, work);
    return isNumber(A) ? multiple(A, B) : multiple(B, A);
  },
  ".*": (_, A, B) =>
    bilinear(A, same(A, B), A.rows, A.columns, (a, b) => a.map((entry, k) => times(entry, b[k]!))),
  "/": (_, A, c, { moves }) => multiple(entrywise(c, moves.length, inverse), A),
  transpose: (_, A) => moved(A, A.columns, A.rows, (row, column) => column + row * A.rows),
  vec: (_, A) => linear(A, A.rows * A.columns, 1, (part) => part),
  kron: ({ work }, A, B) => kron(A, B, work),
  diag: (_, v) => diagonal(column(v)),
  trace: (_, A) =>
    linear(square(A), 1, 1, (part) => [total(part.filter((_entry, k) => k % (A.rows + 1) === 0))]),
  norm2: (_, A) => bilinear(A, A, 1, 1, (a, b) => [total(a.map((entry, k) => times(entry, b[k]!)))]),
};

/** Of sizes alone. */
const ofSizes: Readonly<Record<string, OfSizes>> = {
  I: (n) => constant(n, n, (row, column) => BigInt(row === column)),
  ones: (m, n = 1) => constant(m, n, () => 1n),
  K: (m, n) =>
    constant(m * n, m * n, (row, column) => {
      const [j, i] = [row % n, Math.floor(row / n)]; // the row of entry (j, i) of X'
      return BigInt(column === i + m * j);
    }),
};

const others: Readonly<Record<string, Operation>> = {
  number: (_, { name }) => constant(1, 1, () => BigInt(name)),
  size: ({ shape }, { name }) => constant(1, 1, () => exactly({ op: name, args: [] }, shape.sizes)),
  mat: (trial, { args, sizes }, at) => {
    const [m, n] = sizes.map((size) => wholeOf(size, trial.shape.sizes)) as [number, number];
    const v = column(trial.value(args[0]!, at));
    return v.rows === m * n ? linear(v, m, n, (part) => part) : misfit("mat", v);
  },
  Sum: (trial, { args }, { moves }) => {
    const instances = Array.from({ length: instancesAt(trial) }, (_, k) => k + 1);
    return instances.map((instance) => trial.value(args[0]!, { instance, moves })).reduce(sum);
  },
  /** The parts with the t of this derivative, which is the innermost. */
  d: (trial, { args: [E, X] }, { instance, moves }) => {
    if (moves.length === 4) throw new Stop("too large", "a fifth derivative");
    const moving = trial.value(E!, { instance, moves: [...moves, X!.name] });
    const t = 2 ** moves.length;
    return { ...moving, parts: Array.from({ length: t }, (_, m) => moving.parts[m | t]) };
  },
};

export const operations: ReadonlyMap<string, Operation> = new Map([
  ...Object.entries(values).map(([op, value]): [string, Operation] => [
    op,
    (trial, { args }, at) => {
      const [A, B] = args.map((arg) => trial.value(arg, at));
      return value(trial, A!, B!, at);
    },
  ]),
  ...Object.entries(ofSizes).map(([op, value]): [string, Operation] => [
    op,
    ({ shape }, { sizes }) => {
      const [m, n] = sizes.map((size) => wholeOf(size, shape.sizes));
      return value(m!, n!);
    },
  ]),
  ...Object.entries(others),
]);

/** The size l; three where there is none. */
function instancesAt({ world, shape }: Trial): number {
  const instances = world.declared.sizes.has("l") ? wholeOf({ op: "l", args: [] }, shape.sizes) : 3;
  if (instances > 100) throw new Stop("too large", `${instances} instances`);
  return instances;
}

export function misfit(what: string, A: Dual, B?: Dual): never {
  const and = B ? ` and ${B.rows} x ${B.columns}` : "";
  throw new Stop("sizes do not fit", `${what} of ${A.rows} x ${A.columns}${and}`);
}

function isNumber(A: Dual): boolean {
  return A.rows === 1 && A.columns === 1;
}

function multiple(c: Dual, A: Dual): Dual {
  if (!isNumber(c)) misfit("the product, or a quotient,", c, A);
  return bilinear(c, A, A.rows, A.columns, ([factor], a) => a.map((entry) => times(factor!, entry)));
}

function same(A: Dual, B: Dual): Dual {
  return A.rows === B.rows && A.columns === B.columns ? B : misfit("a sum or .*", A, B);
}

function square(A: Dual): Dual {
  return A.rows === A.columns ? A : misfit("the trace", A);
}

function column(v: Dual): Dual {
  return v.columns === 1 ? v : misfit("diag or mat", v);
}

function diagonal(v: Dual): Dual {
  return linear(v, v.rows, v.rows, (part) => {
    const entries = [...zero(v.rows, v.rows)];
    for (const [k, entry] of part.entries()) entries[k * (v.rows + 1)] = entry;
    return entries;
  });
}

function total(entries: Entries): Fraction {
  return entries.reduce(plus, 0n);
}

/** The k-th derivative of 1/x: (-1)^k k!/x^(k + 1). */
function inverse(k: number, x: Fraction): Fraction {
  return k === 0 ? over(1n, x) : times(over(BigInt(-k), x), inverse(k - 1, x));
}
