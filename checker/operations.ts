/** What belongs to a shape, an instance or a derivative: sizes, sums, differentials, index maps, selections; and relu. */
import { applied, compare, type Exact, over, parts, plus } from "./exact.js";
import { largest, type Table } from "./maps.js";
import { entrywise, type Matrix, matchSizes, matrix, sum } from "./matrix.js";
import { Stop } from "./stop.js";
import type { Operation, Trial } from "./trial.js";
import { unknown } from "./unknown.js";

export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ...unknown,
  ["number", (_, { name }) => matrix(1, 1, () => BigInt(name))],
  ["size", ({ shape }, { name }) => matrix(1, 1, () => shape.size(name))],
  ["relu", reluOf(0)],
  ["drelu", reluOf(1)],
  ["mat", mat],
  ["Sum", sumOf],
  ["d", differential],
  ["map", mapped],
  ["selector", selector],
]);

function mat(...[trial, { args, sizes }, at]: Parameters<Operation>): Matrix {
  const [m, n] = sizes.map((size) => trial.shape.whole(size));
  const v = trial.value(args[0], at);
  matchSizes(v.columns === 1 && v.rows === m * n, "mat", v);
  return matrix(m, n, (i, j) => v.entries[i + j * m]);
}

function sumOf(...[trial, { args }, { moves }]: Parameters<Operation>): Matrix {
  const { instances } = trial.shape;
  if (instances > 100) throw new Stop("too large", `${instances} instances`);
  const all = Array.from({ length: instances }, (_, k) => k + 1);
  return all.map((instance) => trial.value(args[0], { instance, moves })).reduce(sum);
}

/** What stands at the t of this derivative, which is the innermost. */
function differential(
  ...[
    trial,
    {
      args: [E, X],
    },
    { instance, moves },
  ]: Parameters<Operation>
): Matrix {
  if (moves.length === 4) throw new Stop("not judged", "a fifth derivative");
  const moving = trial.value(E, { instance, moves: [...moves, X.name] });
  return entrywise(moving, (x) => parts(x, moves.length + 1)[1]);
}

function reluOf(order: number): Operation {
  const relu = (k: number, x: Exact): Exact => {
    if (compare(x, 0n) <= 0 || k > 1) return 0n;
    return k === 0 ? x : 1n;
  };
  return (trial, { args }, at) => {
    const A = trial.value(args[0], at);
    return entrywise(A, (x) => applied((k, here) => relu(order + k, here), x));
  };
}

function mapped(...[trial, { name, args }, at]: Parameters<Operation>): Matrix {
  const [A, table] = [trial.value(args[0], at), trial.shape.table(name)];
  const windows = windowsFor(trial, name, table, A);
  const [rows, columns] = table.result;
  return matrix(rows, columns, (i, j) => {
    const window = windows[i + j * rows].map((k) => A.entries[k]);
    return weighted(window.reduce(plus, 0n), table);
  });
}

/** P with vec(f(Z)) = P vec(Z); that of a max pooling where it stands, or any one. */
function selector(...[trial, { name }, { instance }]: Parameters<Operation>): Matrix {
  const map = trial.world.declared.selectors.get(name)!;
  const [table, standing] = [trial.shape.table(map), trial.world.standing.get(map)];
  const isChosen = table.kind === "maxpool";
  const image = isChosen && standing ? trial.value(standing, { instance, moves: [] }) : undefined;
  const windows = windowsFor(trial, map, table, image);
  return matrix(windows.length, table.source[0] * table.source[1], (i, j) =>
    windows[i].includes(j) ? weighted(1n, table) : 0n,
  );
}

/** The entries of which each entry of the result is made; of max pooling the largest of the image, or any one where there is none. */
function windowsFor(
  trial: Trial,
  map: string,
  { kind, windows, source }: Table,
  image?: Matrix,
): Table["windows"] {
  if (image) matchSizes(image.rows === source[0] && image.columns === source[1], map, image);
  if (kind !== "maxpool") return windows;
  if (!image)
    return windows.map((window, k) => [window[Number(trial.number(`${map} ${k}`) & 0xffn) % window.length]]);
  const first = largest(windows, image.entries);
  trial.tie ||= first.tie;
  return first.windows;
}

/** Average pooling takes the mean of its window. */
function weighted(value: Exact, { kind, windows }: Table): Exact {
  return kind === "avgpool" ? over(value, BigInt(windows[0].length)) : value;
}
