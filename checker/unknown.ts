/** What is drawn: matrices and their differentials, σ, losses. */
import { N } from "./draw.js";
import {
  applied,
  compare,
  dual,
  type Exact,
  floor,
  greatest,
  minus,
  parts,
  plus,
  times,
  written,
} from "./exact.js";
import { entrywise, type Matrix, matchSizes, matrix, pay } from "./matrix.js";
import { Stop } from "./stop.js";
import type { At, Operation, Trial } from "./trial.js";
import type { Expression } from "./words.js";

export const unknown: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ["matrix", (trial, { name }, at) => derivativeNamed(trial, name, at) ?? movingMatrix(trial, name, at)],
  ["differential", (trial, { name }, at) => drawnMatrix(trial, name.slice(1), name, at.instance)],
  ["sigma", sigmaOf(0)],
  ["dsigma", sigmaOf(1)],
  ["d2sigma", sigmaOf(2)],
  ["loss", loss],
]);

/** A matrix of a declared one's size, with numbers of this key; a Hessian is symmetric. */
function drawnMatrix(trial: Trial, name: string, key: string, instance: number): Matrix {
  const { matrices, losses } = trial.world.declared;
  const { size, each, loss } = matrices.get(name)!;
  const [rows, columns] = size.map((one) => trial.shape.whole(one));
  const isSymmetric = name === key && losses.get(loss)?.hessian === name;
  const own = `${key} ${each ? instance : ""}`;
  return matrix(rows, columns, (i, j) =>
    trial.number(isSymmetric && j < i ? `${own} ${j} ${i}` : `${own} ${i} ${j}`),
  );
}

/** X + t dX, with the t of each derivative by X. */
function movingMatrix(trial: Trial, name: string, { instance, moves }: At): Matrix {
  const X = drawnMatrix(trial, name, name, instance);
  if (!moves.includes(name)) return X;
  const dX = drawnMatrix(trial, name, `d${name}`, instance);
  const moved = (x: Exact, dx: Exact): Exact =>
    moves.reduce((at, by, k) => (by === name ? dual(k + 1, at, dx) : at), x);
  return { ...X, entries: X.entries.map((x, k) => moved(x, dX.entries[k])) };
}

function sigmaOf(order: number): Operation {
  return (trial, { args }, at) => {
    const A = trial.value(args[0], at);
    const sigma = trial.world.rising ? risingSigma : anySigma;
    return entrywise(A, (x) => applied((k, here) => sigma(trial, order + k, here), x));
  };
}

/** Each derivative at each argument is drawn. */
function anySigma(trial: Trial, order: number, x: Exact): Exact {
  trial.met.add(`sigma ${written(x)}`);
  return trial.number(`sigma ${order} ${written(x)}`);
}

/** Fractions of arguments whose values are drawn; σ goes straight in between. */
const knots = 720_720n;

/** One that does not decrease: it grows from knot to knot, and is flat below 0, or above, where that is drawn and may be. */
function risingSigma(trial: Trial, order: number, x: Exact): Exact {
  trial.met.add(`sigma ${written(x)}`);
  const isBelow = compare(x, 0n) < 0;
  const isFlat = trial.number(`flat ${isBelow}`) % 2n !== 0n;
  if (order > 0) {
    const slope = isFlat ? 0n : trial.number(`sigma 1 ${written(x)}`);
    if (order === 1) return slope < 0n ? -slope : slope;
    return slope === 0n ? 0n : trial.number(`sigma ${order} ${written(x)}`);
  }
  const place = isFlat ? BigInt(isBelow ? -1 : 0) : times(x, knots);
  const knot = floor(place);
  const [low, high] = [knot, knot + 1n].map((k) => 2n * BigInt(N) * k + trial.number(`sigma 0 ${k}`));
  return plus(low, times(minus(place, knot), high - low));
}

function loss(trial: Trial, { name, args }: Expression, at: At): Matrix {
  const A = trial.value(args[0], at);
  const { gradient } = trial.world.declared.losses.get(name)!;
  const G = drawnMatrix(trial, gradient, gradient, at.instance);
  matchSizes(A.rows === G.rows && A.columns === G.columns, name, A, G);
  const values = derivativesAt(trial, name, A, at);
  return matrix(1, 1, () => lossAt(trial, values, A.entries, []));
}

/** The derivatives of a loss at a matrix without any t, each by the entries with these numbers. */
type Derivatives = (by: readonly number[]) => Exact;

/** The derivative by these entries at A: f(A + B t) = f(A) + Σ f′ₖ(A) bₖ t. */
function lossAt(trial: Trial, values: Derivatives, A: readonly Exact[], by: readonly number[]): Exact {
  const t = A.reduce<number>((most, a) => Math.max(most, greatest(a)), 0);
  if (t === 0) return values(by);
  const [at, slopes] = [A.map((a) => parts(a, t)[0]), A.map((a) => parts(a, t)[1])];
  pay(trial.work, slopes.filter((slope) => slope !== 0n).length);
  const slope = slopes.reduce<Exact>(
    (sum, b, k) => (b === 0n ? sum : plus(sum, times(b, lossAt(trial, values, at, [...by, k])))),
    0n,
  );
  return dual(t, lossAt(trial, values, at, by), slope);
}

/** G and H where the loss stands; else, and further ones, numbers of their own, which no order changes. */
function derivativesAt(trial: Trial, name: string, A: Matrix, at: At): Derivatives {
  const { losses, matrices } = trial.world.declared;
  const { gradient, hessian } = losses.get(name)!;
  const instance = matrices.get(gradient)!.each ? at.instance : 1;
  const here = { instance, moves: [] };
  const pointOf = ({ entries }: Matrix): string => `${name} ${instance} ${entries.map(written)}`;
  const standing = trial.world.standing.get(name);
  const stands = standing && pointOf(A) === pointOf(trial.value(standing, here));
  const [G, H] = [gradient, hessian].map((one) => one && drawnMatrix(trial, one, one, instance));
  if (H) matchSizes(H.entries.length === A.entries.length ** 2, hessian, A, H);
  trial.met.add(pointOf(A));
  return (by) => {
    if (stands && by.length === 1 && G) return G.entries[by[0]];
    if (stands && by.length === 2 && H) return H.entries[by[0] + by[1] * A.entries.length];
    return trial.number(`${pointOf(A)} ${by.toSorted((i, j) => i - j)}`);
  };
}

/** A gradient or a Hessian where something moves: it is that at the argument at which its loss stands. */
function derivativeNamed(trial: Trial, name: string, at: At): Matrix | undefined {
  const { losses, matrices } = trial.world.declared;
  const owner = matrices.get(name)!.loss;
  if (owner === "" || at.moves.length === 0) return undefined;
  if (at.moves.includes(name)) throw new Stop("not judged", `a derivative by ${name}, which a loss has`);
  const here = drawnMatrix(trial, name, name, at.instance);
  const standing = trial.world.standing.get(owner);
  if (!standing) return unknownMoving(trial, name, here, at);
  const { gradient } = losses.get(owner)!;
  const instance = matrices.get(gradient)!.each ? at.instance : 1;
  const A = trial.value(standing, { instance, moves: at.moves });
  const values = derivativesAt(trial, owner, A, at);
  const n = A.entries.length;
  matchSizes(here.entries.length === (name === gradient ? n : n * n), name, here, A);
  const by = (k: number): number[] => (name === gradient ? [k] : [k % n, Math.floor(k / n)]);
  return matrix(here.rows, here.columns, (i, j) => lossAt(trial, values, A.entries, by(i + j * here.rows)));
}

/** Where its loss stands nowhere, it moves somehow, with whatever moves. */
function unknownMoving(trial: Trial, name: string, here: Matrix, { instance, moves }: At): Matrix {
  const moved = (by: readonly string[]): Matrix =>
    by.length === 0 ? here : drawnMatrix(trial, name, `${name} by ${by.toSorted()}`, instance);
  const entry = (k: number, t: number, by: readonly string[]): Exact =>
    t === 0 ? moved(by).entries[k] : dual(t, entry(k, t - 1, by), entry(k, t - 1, [...by, moves[t - 1]]));
  return { ...here, entries: here.entries.map((_, k) => entry(k, moves.length, [])) };
}
