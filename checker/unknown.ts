/** What is drawn: matrices and their differentials, σ, losses; and relu, which is known. */
import { N } from "./draw.js";
import { applied, compare, dual, type Exact, floor, need, plus, real, times, written } from "./exact.js";
import { entrywise, type Matrix, matchSizes, matrix } from "./matrix.js";
import type { Expression } from "./parser.js";
import type { At, Operation, Trial } from "./trial.js";

export const unknown: Readonly<Record<string, Operation>> = {
  matrix: (trial, { name }, at) => derivativeNamed(trial, name, at) ?? movingMatrix(trial, name, at),
  differential: (trial, { name }, { instance }) => trial.drawn(name.slice(1), name, instance),
  ...{ sigma: smooth(sigma, 0), dsigma: smooth(sigma, 1), d2sigma: smooth(sigma, 2) },
  ...{ relu: smooth(relu, 0), drelu: smooth(relu, 1) },
  loss: (trial, { name, args }, at) => {
    const value = lossAt(trial, name, args[0], at)([]);
    return matrix(1, 1, () => value);
  },
};

/** X + t dX, with the t of each derivative by X. */
function movingMatrix(trial: Trial, name: string, { instance, moves }: At): Matrix {
  const X = trial.drawn(name, name, instance);
  if (!moves.includes(name)) return X;
  const dX = trial.drawn(name, `d${name}`, instance).entries;
  const entries = X.entries.map((x, k) =>
    moves.reduce((at, by, t) => (by === name ? dual(t + 1, at, dX[k]) : at), x),
  );
  return { ...X, entries };
}

/** A function of each entry, by its derivatives of each order at an x without any t. */
function smooth(f: (trial: Trial, order: number, x: Exact) => Exact, order: number): Operation {
  return (trial, { args: [A] }, at) =>
    entrywise(trial.value(A, at), (x) => applied((by) => f(trial, order + by.length, real(x)), [x]));
}

function relu(_: Trial, order: number, x: Exact): Exact {
  return compare(x, 0n) <= 0 || order > 1 ? 0n : order === 0 ? x : 1n;
}

/** Fractions of arguments whose values are drawn where σ rises; it goes straight in between. */
const knots = 720_720n;

/** Each derivative at each argument is drawn; one that rises is flat below 0, or above, where that is drawn and may be. */
function sigma(trial: Trial, order: number, x: Exact): Exact {
  trial.met.add(`sigma ${written(x)}`);
  const drawn = (key: unknown): bigint => trial.number(`sigma ${key}`);
  if (!trial.claim.rising) return drawn(`${order} ${written(x)}`);
  const isBelow = compare(x, 0n) < 0;
  const isFlat = trial.number(`flat ${isBelow}`) % 2n !== 0n;
  const slope = isFlat ? 0n : drawn(`1 ${written(x)}`);
  if (order > 0 && slope === 0n) return 0n;
  if (order > 0) return order > 1 ? drawn(`${order} ${written(x)}`) : slope < 0n ? -slope : slope;
  const place = isFlat ? BigInt(isBelow ? -1 : 0) : times(x, knots);
  const knot = floor(place);
  const [low, high] = [knot, knot + 1n].map((k) => 2n * BigInt(N) * k + drawn(`0 ${k}`));
  return plus(low, times(plus(place, -knot), high - low));
}

/** The derivatives of a loss by entries: G and H where it stands; else, and further ones, numbers that no order changes. */
function lossAt(trial: Trial, loss: string, where: Expression, at: At): (by: number[]) => Exact {
  const { names, standing } = trial.claim;
  const letters = names.get(loss)!.others;
  const instance = names.get(letters[0])!.each ? at.instance : 1;
  const [A, [G, H]] = [trial.value(where, at), letters.map((name) => trial.drawn(name, name, instance))];
  matchSizes(A.rows === G.rows && A.columns === G.columns, loss, A, G);
  if (H) matchSizes(H.entries.length === A.entries.length ** 2, loss, A, H);
  const pointOf = ({ entries }: Matrix): string => `${loss} ${instance} ${entries.map(written)}`;
  const [point, there] = [pointOf(A), standing.get(loss)!];
  const stands = point === pointOf(trial.value(there, { instance, moves: [] }));
  trial.met.add(point);
  const derivative = (by: number[]): Exact => {
    trial.pay(1);
    if (stands && by.length === 1) return G.entries[by[0]];
    if (stands && by.length === 2 && H) return H.entries[by[0] + by[1] * A.entries.length];
    return trial.number(`${point} ${by.toSorted((i, j) => i - j)}`);
  };
  return (by) => applied(derivative, A.entries, by);
}

/** A gradient or a Hessian where something moves: that at the argument where its loss stands; unknown where there is none. */
function derivativeNamed(trial: Trial, name: string, at: At): Matrix | undefined {
  const { names, standing } = trial.claim;
  const [loss = ""] = names.get(name)!.others;
  if (loss === "" || at.moves.length === 0) return undefined;
  need(!at.moves.includes(name), `a derivative by ${name}, which a loss has`);
  const here = trial.drawn(name, name, at.instance);
  const [where, [gradient]] = [standing.get(loss), names.get(loss)!.others];
  if (!where) return { ...here, entries: here.entries.map((x, k) => unknownMoving(trial, name, at, x, k)) };
  const value = lossAt(trial, loss, where, names.get(gradient)!.each ? at : { ...at, instance: 1 });
  const n = trial.drawn(gradient, gradient, at.instance).entries.length;
  const by = (k: number): number[] => (name === gradient ? [k] : [k % n, Math.floor(k / n)]);
  return { ...here, entries: here.entries.map((_, k) => value(by(k))) };
}

/** An entry that moves somehow, with whatever moves. */
function unknownMoving(trial: Trial, name: string, { instance, moves }: At, x: Exact, k: number): Exact {
  const key = `${name} ${trial.claim.names.get(name)!.each ? instance : ""} ${k} by`;
  const moved = (by: number[]): Exact => trial.number(`${key} ${by.map((t) => moves[t]).sort()}`);
  const moving = moves.map((_, t) => dual(t + 1, 0n, 1n));
  return applied((by) => (by.length > 0 ? moved(by) : x), moving);
}
