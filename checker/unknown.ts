/** What is drawn: matrices and their differentials, σ, losses; and relu, which is known. */
import { N } from "./draw.js";
import { applied, compare, dual, type Exact, floor, minus, plus, real, times, written } from "./exact.js";
import { entrywise, type Matrix, matchSizes, matrix, pay } from "./matrix.js";
import type { Operation } from "./operations.js";
import { need } from "./stop.js";
import type { At, Trial } from "./trial.js";

export const unknown: Readonly<Record<string, Operation>> = {
  matrix: (trial, { name }, at) => derivativeNamed(trial, name, at) ?? movingMatrix(trial, name, at),
  differential: (trial, { name }, { instance }) => trial.drawn(name.slice(1), name, instance),
  sigma: smooth(sigma, 0),
  dsigma: smooth(sigma, 1),
  d2sigma: smooth(sigma, 2),
  relu: smooth(relu, 0),
  drelu: smooth(relu, 1),
  loss: (trial, { name, args }, at) => {
    const A = trial.value(args[0], at);
    const f = lossAt(trial, name, A, placeOf(trial, name, at));
    return matrix(1, 1, () => applied(f, A.entries));
  },
};

/** X + t dX, with the t of each derivative by X. */
function movingMatrix(trial: Trial, name: string, { instance, moves }: At): Matrix {
  const X = trial.drawn(name, name, instance);
  if (!moves.includes(name)) return X;
  const dX = trial.drawn(name, `d${name}`, instance).entries;
  const moved = (x: Exact, k: number): Exact =>
    moves.reduce((at, by, t) => (by === name ? dual(t + 1, at, dX[k]) : at), x);
  return { ...X, entries: X.entries.map(moved) };
}

/** A function by its derivatives of each order at an x without any t. */
type Derivatives = (trial: Trial, order: number, x: Exact) => Exact;

function smooth(f: Derivatives, order: number): Operation {
  return (trial, { args }, at) =>
    entrywise(trial.value(args[0], at), (x) => applied((by) => f(trial, order + by.length, real(x)), [x]));
}

function relu(_: Trial, order: number, x: Exact): Exact {
  if (compare(x, 0n) <= 0 || order > 1) return 0n;
  return order === 0 ? x : 1n;
}

/** Fractions of arguments whose values are drawn where σ rises; it goes straight in between. */
const knots = 720_720n;

/** Each derivative at each argument is drawn; one that rises is flat below 0, or above, where that is drawn and may be. */
function sigma(trial: Trial, order: number, x: Exact): Exact {
  trial.met.add(`sigma ${written(x)}`);
  const any = trial.number(`sigma ${order} ${written(x)}`);
  if (!trial.world.rising) return any;
  const isBelow = compare(x, 0n) < 0;
  const isFlat = trial.number(`flat ${isBelow}`) % 2n !== 0n;
  if (order > 0) {
    const slope = isFlat ? 0n : trial.number(`sigma 1 ${written(x)}`);
    return slope === 0n || order > 1 ? slope && any : slope < 0n ? -slope : slope;
  }
  const place = isFlat ? BigInt(isBelow ? -1 : 0) : times(x, knots);
  const knot = floor(place);
  const [low, high] = [knot, knot + 1n].map((k) => 2n * BigInt(N) * k + trial.number(`sigma 0 ${k}`));
  return plus(low, times(minus(place, knot), high - low));
}

/** A loss by its derivatives at A: G and H where it stands; else, and further ones, numbers which no order changes. */
function lossAt(trial: Trial, loss: string, A: Matrix, { instance }: At): (by: readonly number[]) => Exact {
  const [G, H] = trial.world.names.get(loss)!.others.map((letter) => trial.drawn(letter, letter, instance));
  matchSizes(A.rows === G.rows && A.columns === G.columns, loss, A, G);
  if (H) matchSizes(H.entries.length === A.entries.length ** 2, loss, A, H);
  const pointOf = ({ entries }: Matrix): string => `${loss} ${instance} ${entries.map(written)}`;
  const point = pointOf(A);
  const standing = trial.world.standing.get(loss);
  const stands = standing && point === pointOf(trial.value(standing, { instance, moves: [] }));
  trial.met.add(point);
  return (by) => {
    pay(trial.work, 1);
    if (stands && by.length === 1) return G.entries[by[0]];
    if (stands && by.length === 2 && H) return H.entries[by[0] + by[1] * A.entries.length];
    return trial.number(`${point} ${by.toSorted((i, j) => i - j)}`);
  };
}

/** Where a gradient that is not one for each instance stands: at the first. */
function placeOf(trial: Trial, loss: string, at: At): At {
  const { names } = trial.world;
  return names.get(names.get(loss)!.others[0])!.each ? at : { ...at, instance: 1 };
}

/** A gradient or a Hessian where something moves: that at the argument where its loss stands; unknown where there is none. */
function derivativeNamed(trial: Trial, name: string, at: At): Matrix | undefined {
  const { names, standing } = trial.world;
  const [loss = ""] = names.get(name)!.others;
  if (loss === "" || at.moves.length === 0) return undefined;
  need(!at.moves.includes(name), "not judged", `a derivative by ${name}, which a loss has`);
  const here = trial.drawn(name, name, at.instance);
  const where = standing.get(loss);
  if (!where) {
    const moving = at.moves.map((_, k) => dual(k + 1, 0n, 1n));
    const key = `${name} ${names.get(name)!.each ? at.instance : ""} by`;
    const entry = (k: number, by: readonly number[]): Exact =>
      by.length === 0 ? here.entries[k] : trial.number(`${key} ${by.map((t) => at.moves[t]).sort()} ${k}`);
    return { ...here, entries: here.entries.map((_, k) => applied((by) => entry(k, by), moving)) };
  }
  const place = placeOf(trial, loss, at);
  const A = trial.value(where, place);
  const f = lossAt(trial, loss, A, place);
  const n = A.entries.length;
  const isGradient = name === names.get(loss)!.others[0];
  matchSizes(here.entries.length === (isGradient ? n : n * n), name, here, A);
  const by = (k: number): number[] => (isGradient ? [k] : [k % n, Math.floor(k / n)]);
  return { ...here, entries: here.entries.map((_, k) => applied(f, A.entries, by(k))) };
}
