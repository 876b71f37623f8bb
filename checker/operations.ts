/** What belongs to a shape, an instance or a derivative: sizes, sums, differentials, index maps and their matrices. */
import { compare, type Exact, over, parts, plus } from "./exact.js";
import { entrywise, type Matrix, matchSizes, matrix, pairwise } from "./matrix.js";
import type { Expression } from "./parser.js";
import type { Table } from "./shapes.js";
import { need } from "./stop.js";
import type { At, Trial } from "./trial.js";
import { unknown } from "./unknown.js";

export type Operation = (trial: Trial, e: Expression, at: At) => Matrix;

export const operations: Readonly<Record<string, Operation>> = {
  ...unknown,
  number: (_, { name }) => matrix(1, 1, () => BigInt(name)),
  size: ({ shape }, { name }) => matrix(1, 1, () => shape.sizes.get(name)!),
  mat: (trial, { args: [V, ...sizes] }, at) => {
    const [m, n] = sizes.map((size) => trial.whole(size));
    const v = trial.value(V, at);
    matchSizes(v.columns === 1 && v.rows === m * n, "mat", v);
    return { rows: m, columns: n, entries: v.entries };
  },
  Sum: (trial, { args: [A] }, { moves }) => {
    const instances = Number(trial.shape.sizes.get("l") ?? 3n);
    need(instances <= 100, "too large", `${instances} instances`);
    const all = Array.from({ length: instances }, (_, k) => trial.value(A, { instance: k + 1, moves }));
    return all.reduce((sum, one) => pairwise(sum, one, plus));
  },
  // what stands at the t of this derivative, which is the innermost
  d: (trial, { args: [E, X] }, { instance, moves }) => {
    need(moves.length < 4, "not judged", "a fifth derivative");
    const moving = trial.value(E, { instance, moves: [...moves, X.name] });
    return entrywise(moving, (x) => parts(x, moves.length + 1)[1]);
  },
  map: (trial, { name, args: [A] }, at) => {
    const [table, Z] = [trial.shape.tables.get(name)!, trial.value(A, at)];
    const windows = windowsOf(trial, name, Z);
    const [rows, columns] = table.result;
    return matrix(rows, columns, (i, j) => {
      const window = windows[i + j * rows].map((k) => Z.entries[k]);
      return weighted(window.reduce(plus, 0n), table);
    });
  },
  // P with vec(f(Z)) = P vec(Z); that of a max pooling where it stands, or any one
  selector: (trial, { name }, { instance }) => {
    const [map] = trial.world.names.get(name)!.others;
    const [table, standing] = [trial.shape.tables.get(map)!, trial.world.standing.get(map)];
    const image = standing && table.kind === "maxpool" && trial.value(standing, { instance, moves: [] });
    const windows = windowsOf(trial, map, image || undefined);
    return matrix(windows.length, table.source[0] * table.source[1], (i, j) =>
      windows[i].includes(j) ? weighted(1n, table) : 0n,
    );
  },
};

/** Average pooling takes the mean of its window. */
function weighted(value: Exact, { kind, windows }: Table): Exact {
  return kind === "avgpool" ? over(value, BigInt(windows[0].length)) : value;
}

/** The entries of which each entry is made: of max pooling the first of the largest, or any one where there is no image. */
function windowsOf(trial: Trial, map: string, image?: Matrix): Table["windows"] {
  const { kind, windows, source } = trial.shape.tables.get(map)!;
  if (image) matchSizes(image.rows === source[0] && image.columns === source[1], map, image);
  if (kind !== "maxpool") return windows;
  return windows.map((window, k) => {
    if (!image) return [window[Number(trial.number(`${map} ${k}`) & 0xffn) % window.length]];
    const less = (i: number, j: number): boolean => compare(image.entries[i], image.entries[j]) < 0;
    const first = window.reduce((best, one) => (less(best, one) ? one : best));
    trial.tie ||= window.some((one) => one !== first && !less(one, first));
    return [first];
  });
}
