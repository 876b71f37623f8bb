/** What is drawn, and functions of it: matrices, σ, losses, index maps and selections. */
import { constant, type Dual, type Entries, linear, zero } from "./dual.js";
import { compare, type Fraction, over, plus, times, written } from "./fraction.js";
import { misfit } from "./operations.js";
import { wholeOf } from "./sizes.js";
import type { Expression } from "./statement.js";
import { Stop } from "./stop.js";
import { type Selected, selectedBy } from "./tables.js";
import { entrywise, ofMatrix } from "./taylor.js";
import type { At, Operation, Trial } from "./trial.js";

export const unknown: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ["matrix", (trial, { name }, at) => derivativeNamed(trial, name, at) ?? movingMatrix(trial, name, at)],
  ["differential", (trial, { name }, at) => drawnMatrix(trial, name, name.slice(1), at)],
  ["sigma", sigmaOf(0)],
  ["dsigma", sigmaOf(1)],
  ["d2sigma", sigmaOf(2)],
  ["relu", reluOf(0)],
  ["drelu", reluOf(1)],
  ["map", mapped],
  ["selector", selector],
  ["loss", loss],
]);

/** The matrix with this key, of the size of the declared one. */
function drawnMatrix({ world, shape, drawn }: Trial, key: string, name: string, { instance }: At): Dual {
  const { size, each } = world.declared.matrices.get(name)!;
  const [rows, columns] = size.map((one) => wholeOf(one, shape.sizes)) as [number, number];
  const symmetric = [...world.declared.losses.values()].some(
    ({ hessian }) => hessian === name && key === name,
  );
  const own = `${key} ${each ? instance : ""}`;
  return constant(rows, columns, (i, j) =>
    drawn.number(symmetric && j < i ? `${own} ${j} ${i}` : `${own} ${i} ${j}`),
  );
}

/** X + t dX, with the t of each derivative by X. */
function movingMatrix(trial: Trial, name: string, at: At): Dual {
  const X = drawnMatrix(trial, name, name, at);
  const parts: (Entries | undefined)[] = Array.from({ length: 2 ** at.moves.length }, () => undefined);
  parts[0] = X.parts[0];
  for (const [k, moving] of at.moves.entries())
    if (moving === name) parts[2 ** k] = drawnMatrix(trial, `d${name}`, name, at).parts[0];
  return { ...X, parts };
}

function sigmaOf(order: number): Operation {
  return (trial, { args }, at) =>
    entrywise(trial.value(args[0]!, at), at.moves.length, (k, x) => {
      if (trial.world.rising) return risingSigma(trial, order + k, x);
      return trial.drawn.number(`sigma ${order + k} ${metAt(trial, `sigma ${written(x)}`)}`);
    });
}

/** The derivative of order k of an increasing polynomial: that with σ′ = (a + b x + c x²)² + e² + 1. */
function risingSigma({ drawn }: Trial, k: number, x: Fraction): Fraction {
  const [a, b, c, e] = ["a", "b", "c", "e"].map((name) => drawn.number(`sigma ${name}`)) as [
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const slope = [a * a + e * e + 1n, 2n * a * b, b * b + 2n * a * c, 2n * b * c, c * c];
  let polynomial: Fraction[] = [drawn.number("sigma"), ...slope.map((s, n) => over(s, BigInt(n + 1)))];
  for (let n = 0; n < k; n++) polynomial = polynomial.slice(1).map((s, m) => times(BigInt(m + 1), s));
  return polynomial.reduceRight((value, s) => plus(times(value, x), s), 0n as Fraction);
}

function reluOf(order: number): Operation {
  return (trial, { args }, at) =>
    entrywise(trial.value(args[0]!, at), at.moves.length, (k, x) => {
      if (compare(x, 0n) <= 0 || order + k > 1) return 0n;
      return order + k === 0 ? x : 1n;
    });
}

function mapped(trial: Trial, { name, args }: Expression, at: At): Dual {
  const A = trial.value(args[0]!, at);
  const table = trial.shape.tables.get(name)!;
  if (A.rows !== table.source[0] || A.columns !== table.source[1]) misfit(name, A);
  const { windows } = table.kind === "largest" ? selection(trial, name, A) : table;
  const [rows, columns] = table.result;
  return linear(A, rows, columns, (part) =>
    windows.map((window) =>
      weighted(window.map((k) => part[k]!).reduce(plus, 0n), table.kind, window.length),
    ),
  );
}

function weighted(value: Fraction, kind: string, count: number): Fraction {
  return kind === "mean" ? over(value, BigInt(count)) : value;
}

/** P with vec(f(Z)) = P vec(Z); that of a max pooling where it stands, or any one. */
function selector(trial: Trial, { name }: Expression, { instance }: At): Dual {
  const map = trial.world.declared.selectors.get(name)!;
  const table = trial.shape.tables.get(map)!;
  const standing = trial.world.standing.get(map);
  let { windows } = table;
  if (table.kind === "largest" && standing)
    windows = selection(trial, map, trial.value(standing, { instance, moves: [] })).windows;
  else if (table.kind === "largest")
    windows = windows.map((window, k) => [
      window[Number(trial.drawn.number(`${map} ${k}`) & 0xffn) % window.length]!,
    ]);
  const [rows, columns] = [windows.length, table.source[0] * table.source[1]];
  const entries = [...zero(rows, columns)];
  for (const [row, window] of windows.entries())
    for (const place of window) entries[row + place * rows] = weighted(1n, table.kind, window.length);
  return { rows, columns, parts: [entries] };
}

function selection(trial: Trial, map: string, image: Dual): Selected {
  const table = trial.shape.tables.get(map)!;
  if (image.rows !== table.source[0] || image.columns !== table.source[1]) misfit(map, image);
  const selected = selectedBy(table, image.parts[0] ?? zero(image.rows, image.columns));
  if (selected.tie) trial.tie = true;
  return selected;
}

function loss(trial: Trial, { name, args }: Expression, at: At): Dual {
  const A = trial.value(args[0]!, at);
  const { gradient } = trial.world.declared.losses.get(name)!;
  const G = drawnMatrix(trial, gradient, gradient, at);
  if (A.rows !== G.rows || A.columns !== G.columns) misfit(name, A, G);
  return {
    rows: 1,
    columns: 1,
    parts: ofMatrix(A, at.moves.length, [[]], derivatives(trial, name, A, at), trial.work),
  };
}

/** A gradient or a Hessian, which moves with the argument at which the loss stands; where it stands nowhere, it moves somehow. */
function derivativeNamed(trial: Trial, matrix: string, at: At): Dual | undefined {
  const { declared, standing } = trial.world;
  const named = [...declared.losses].find(([, { gradient, hessian }]) =>
    [gradient, hessian].includes(matrix),
  );
  if (!named || at.moves.length === 0) return undefined;
  const [name, { gradient }] = named;
  if (at.moves.includes(matrix)) throw new Stop("unreadable", `a derivative by ${matrix}, which a loss has`);
  const here = drawnMatrix(trial, matrix, matrix, at);
  const where = standing.get(name);
  if (!where) {
    const part = (m: number): Dual =>
      drawnMatrix(trial, m === 0 ? matrix : `${matrix} by ${m} ${at.moves}`, matrix, at);
    return { ...here, parts: Array.from({ length: 2 ** at.moves.length }, (_, m) => part(m).parts[0]) };
  }
  const each = declared.matrices.get(gradient)!.each;
  const A = trial.value(where, { instance: each ? at.instance : 1, moves: at.moves });
  const indices = Array.from({ length: A.rows * A.columns }, (_, k) => k);
  const free = indices.flatMap((i) => (matrix === gradient ? [[i]] : indices.map((j) => [j, i])));
  if (free.length !== here.rows * here.columns) misfit(matrix, here);
  return { ...here, parts: ofMatrix(A, at.moves.length, free, derivatives(trial, name, A, at), trial.work) };
}

/** The derivatives of a loss at A: G and H where it stands, else numbers of their own, which no order changes. */
function derivatives(trial: Trial, name: string, A: Dual, at: At): (indices: readonly number[]) => Fraction {
  const { gradient, hessian } = trial.world.declared.losses.get(name)!;
  const each = trial.world.declared.matrices.get(gradient)!.each;
  const instance = each ? at.instance : 1;
  const standing = trial.world.standing.get(name);
  const point = textOf(A);
  const stands = standing && point === textOf(trial.value(standing, { instance, moves: [] }));
  const G = drawnMatrix(trial, gradient, gradient, { instance, moves: [] }).parts[0]!;
  const H =
    hessian === "" ? undefined : drawnMatrix(trial, hessian, hessian, { instance, moves: [] }).parts[0]!;
  if (H && H.length !== (A.rows * A.columns) ** 2) misfit(hessian, A);
  const own = `${name} ${metAt(trial, `${name} ${each ? instance : ""} ${point}`)}`;
  return (indices) => {
    if (stands && indices.length === 1) return G[indices[0]!]!;
    if (stands && indices.length === 2 && H) return H[indices[0]! + indices[1]! * A.rows * A.columns]!;
    return trial.drawn.number(`${own} ${[...indices].sort((i, j) => i - j)}`);
  };
}

/** The number of an argument of a function that is drawn. */
function metAt({ met }: Trial, argument: string): number {
  if (!met.has(argument)) met.set(argument, met.size);
  return met.get(argument)!;
}

function textOf(A: Dual): string {
  return (A.parts[0] ?? zero(A.rows, A.columns)).map(written).join(" ");
}
