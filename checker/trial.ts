/** A trial: what expressions are at a shape, with numbers that are drawn. */
import type { Claim } from "./certificate.js";
import { compare, type Exact, need, over, parts, plus } from "./exact.js";
import { entrywise, type Matrix, matchSizes, matrix, ofMatrices, ofSizes, pairwise } from "./matrix.js";
import type { Expression } from "./parser.js";
import { type Shape, type Table, whole } from "./shapes.js";
import { unknown } from "./unknown.js";

/** The instance that is meant, and the matrices that move, that of the outermost derivative first. */
export type At = { readonly instance: number; readonly moves: readonly string[] };

export type Operation = (trial: Trial, e: Expression, at: At) => Matrix;

export class Trial {
  /** The arguments of σ and of losses that were met. */
  readonly met: Set<string> = new Set();
  /** Of two largest entries one was chosen. */
  tie = false;
  readonly #values = new Map<string, Matrix>();

  /** A number is the same for the same key, the first word of which names what it belongs to. */
  constructor(
    readonly claim: Claim,
    readonly shape: Shape,
    readonly number: (key: string) => bigint,
  ) {}

  sizes(written: readonly Expression[]): number[] {
    return written.map((size) => whole(size, this.shape.sizes));
  }

  get instances(): number {
    return Number(this.shape.sizes.get("l") ?? 3n);
  }

  value(e: Expression, at: At): Matrix {
    const key = `${at.instance} ${at.moves} ${e.text}`;
    const value = this.#values.get(key) ?? this.#evaluated(e, at);
    this.#values.set(key, value);
    return value;
  }

  #evaluated(e: Expression, at: At): Matrix {
    if (operations[e.op]) return operations[e.op](this, e, at);
    if (ofSizes[e.op]) return ofSizes[e.op](...this.sizes(e.args));
    const [A, B] = e.args.map((arg) => this.value(arg, at));
    return ofMatrices[e.op](A, B, (multiplications) => this.pay(multiplications));
  }

  pay(multiplications: number): void {
    this.shape.work -= multiplications;
    need(this.shape.work >= 0, "more multiplications than a shape may have", "no shape");
  }

  /** A matrix of a declared one's size, with numbers of this key; a Hessian is symmetric. */
  drawn(name: string, key: string, instance: number): Matrix {
    const { sizes, each, others } = this.claim.names.get(name)!;
    const [rows, columns] = this.sizes(sizes);
    const isSymmetric = name === key && this.claim.names.get(others[0])?.others[1] === name;
    const own = `${key} ${each ? instance : ""}`;
    return matrix(rows, columns, (i, j) =>
      this.number(isSymmetric && j < i ? `${own} ${j} ${i}` : `${own} ${i} ${j}`),
    );
  }
}

const operations: Readonly<Record<string, Operation>> = {
  ...unknown,
  number: (_, { name }) => matrix(1, 1, () => BigInt(name)),
  size: ({ shape }, { name }) => matrix(1, 1, () => shape.sizes.get(name)!),
  mat: (trial, { args: [V, ...sizes] }, at) => {
    const [m, n] = trial.sizes(sizes);
    const v = trial.value(V, at);
    matchSizes(v.columns === 1 && v.rows === m * n, "mat", v);
    return { rows: m, columns: n, entries: v.entries };
  },
  Sum: (trial, { args: [A] }, { moves }) => {
    const length = trial.instances;
    need(length <= 100, `${length} instances`, "no shape");
    const all = Array.from({ length }, (_, k) => trial.value(A, { instance: k + 1, moves }));
    return all.reduce((sum, one) => pairwise(sum, one, plus));
  },
  // what stands at the t of this derivative, which is the innermost
  d: (trial, { args: [E, X] }, { instance, moves }) => {
    need(moves.length < 4, "a fifth derivative");
    const moving = trial.value(E, { instance, moves: [...moves, X.name] });
    return entrywise(moving, (x) => parts(x, moves.length + 1)[1]);
  },
  map: (trial, { name, args: [A] }, at) => {
    const [table, Z] = [trial.shape.tables.get(name)!, trial.value(A, at)];
    const windows = windowsOf(trial, name, at.moves.length > 0, Z);
    const [rows, columns] = table.result;
    return matrix(rows, columns, (i, j) => {
      const window = windows[i + j * rows].map((k) => Z.entries[k]);
      return weighted(window.reduce(plus, 0n), table);
    });
  },
  // P with vec(f(Z)) = P vec(Z); that of a max pooling where it stands, or any one
  selector: (trial, { name }, { instance }) => {
    const [map] = trial.claim.names.get(name)!.others;
    const [table, standing] = [trial.shape.tables.get(map)!, trial.claim.standing.get(map)];
    const image = standing && table.kind === "maxpool" && trial.value(standing, { instance, moves: [] });
    const windows = windowsOf(trial, map, true, image || undefined);
    return matrix(windows.length, table.source[0] * table.source[1], (i, j) =>
      windows[i].includes(j) ? weighted(1n, table) : 0n,
    );
  },
};

/** Average pooling takes the mean of its window. */
function weighted(value: Exact, { kind, windows }: Table): Exact {
  return kind === "avgpool" ? over(value, BigInt(windows[0].length)) : value;
}

/**
 * The entries of which each entry is made: of max pooling the first of the largest, or any one where there is no image.
 * A tie matters to derivatives and to P; the largest number is the same, whichever entry it is.
 */
function windowsOf(trial: Trial, map: string, isChosen: boolean, image?: Matrix): Table["windows"] {
  const { kind, windows, source } = trial.shape.tables.get(map)!;
  if (image) matchSizes(image.rows === source[0] && image.columns === source[1], map, image);
  if (kind !== "maxpool") return windows;
  return windows.map((window, k) => {
    if (!image) return [window[Number(trial.number(`${map} ${k}`) & 0xffn) % window.length]];
    const less = (i: number, j: number): boolean => compare(image.entries[i], image.entries[j]) < 0;
    const first = window.reduce((best, one) => (less(best, one) ? one : best));
    trial.tie ||= isChosen && window.some((one) => one !== first && !less(one, first));
    return [first];
  });
}
