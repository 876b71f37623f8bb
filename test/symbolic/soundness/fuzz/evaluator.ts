/**
 * What an expression is at given sizes, by definitions alone. It knows no rule, no proof and no normal form: of the program
 * it takes the parsed tree. Gradients, Hessians and selections are those at the argument where their loss or map stands.
 */

import type { Expression } from "../../../../src/symbolic/language/expression.js";
import type { Declared, IndexMap, Loss } from "./declared.js";
import { evaluator, stepOf } from "./definitions.js";
import {
  entrywise,
  filled,
  type Jets,
  linear,
  Misfit,
  NoValue,
  newPlane,
  plus,
  single,
  times,
  values,
} from "./jets.js";
import { gradientOf, hessianOf, lossAt } from "./polynomialLoss.js";
import { Random } from "./random.js";
import { type Sizes, sizeOf, sizeOfExpression, type Windows, windowsOf } from "./windows.js";

/** σ as a function with two derivatives: even, odd, with a kink, and one that is not 0 at 0. */
export const sigmas = ["x²", "x³ + x", "max(x, 0)", "x² + 1"] as const;

export interface Here {
  readonly declared: Declared;
  readonly sizes: Sizes;
  readonly seed: number;
  readonly sigma: (typeof sigmas)[number];
  /** Where losses and maps that choose stand, by name. */
  readonly standing: ReadonlyMap<string, Expression>;
  /** The instance of which the statement speaks, and that of the term of a sum. */
  readonly outer: number;
  readonly instance: number;
  /** What moves along ε₁, ε₂, … */
  readonly moving: readonly string[];
  /** Names whose argument is being evaluated. */
  readonly within: readonly string[];
}

/**
 * The first argument of each loss in the lines in their order; of each map that chooses, what is within all its arguments
 * when σ, relu and positive factors are taken off, and the first where nothing is.
 */
export function standingIn(declared: Declared, lines: readonly Expression[]): Map<string, Expression> {
  const found = new Map<string, Expression[]>();
  for (const line of lines) note(line);
  return new Map(
    [...found].map(([name, all]) => [name, isLoss(declared, name) ? all[0] : common(declared, all)]),
  );
  function note(e: Expression): void {
    if (e.kind === "apply" && belongsToArgument(declared, e.name))
      found.set(e.name, [...(found.get(e.name) ?? []), e.args[0]]);
    for (const part of parts(e)) note(part);
  }
}

function isLoss({ losses }: Declared, name: string): boolean {
  return losses.some((loss) => loss.name === name);
}

function common(declared: Declared, images: readonly Expression[]): Expression {
  const chains = images.map((image) => unwrapped(declared, image));
  return (
    chains[0].find((part) => chains.every((chain) => chain.some((other) => isSame(other, part)))) ?? images[0]
  );
}

function isSize({ sizes, defined }: Declared, name: string): boolean {
  return sizes.includes(name) || defined.some((one) => one.name === name);
}

function isSame(x: Expression, y: Expression): boolean {
  return JSON.stringify(x) === JSON.stringify(y);
}

function unwrapped(declared: Declared, e: Expression): Expression[] {
  const isPositive = (by: Expression) =>
    by.kind === "number" ? by.value > 0 : by.kind === "name" && isSize(declared, by.name);
  if (e.kind === "call" && (e.name === "sigma" || e.name === "relu"))
    return [e, ...unwrapped(declared, e.args[0])];
  if (e.kind !== "binary") return [e];
  if (e.op === "*" && isPositive(e.left)) return [e, ...unwrapped(declared, e.right)];
  if ((e.op === "*" || e.op === "/") && isPositive(e.right)) return [e, ...unwrapped(declared, e.left)];
  return [e];
}

function belongsToArgument({ losses, maps }: Declared, name: string): boolean {
  return [...losses, ...maps.filter(({ kind }) => kind === "maxpool")].some((one) => one.name === name);
}

function parts(e: Expression): readonly Expression[] {
  if (e.kind === "binary") return [e.left, e.right];
  if (e.kind === "unary") return [e.of];
  return e.kind === "call" || e.kind === "apply" ? e.args : [];
}

/** Throws NoValue, or Misfit where sizes do not fit. */
export const evaluate: (e: Expression, here: Here) => Jets = evaluator<Here>({
  named,
  applied,
  sigma: sigmaOf,
  sizeAt: (e, { sizes }) => sizeOfExpression(e, sizes),
  instances: (here) => Array.from({ length: here.sizes.l }, (_, instance) => ({ ...here, instance })),
});

function named(name: string, here: Here): Jets {
  const { declared, sizes } = here;
  if (Object.hasOwn(sizes, name)) return single(sizes[name]);
  const map = declared.maps.find(({ matrix }) => matrix === name);
  if (map) return matrixOfMap(map, here);
  const loss = declared.losses.find(({ gradient, hessian }) => gradient === name || hessian === name);
  const derivative = loss && derivativeOf(loss, name, here);
  if (derivative) return derivative;
  const A = drawn(name, here);
  const planes = [...A.planes];
  for (const [k, moving] of here.moving.entries())
    if (moving === name) planes[1 << k] = values(drawn(`d${name}`, here));
  return { ...A, planes: Array.from(planes) };
}

const known = new WeakMap<Sizes, Map<string, Jets>>();

/** A matrix of small whole numbers, or the differential of one; of one seed always the same. */
function drawn(name: string, here: Here): Jets {
  const matrices = known.get(here.sizes) ?? new Map<string, Jets>();
  known.set(here.sizes, matrices);
  const key = `${here.seed} ${here.instance} ${name}`;
  const matrix = matrices.get(key) ?? drawnMatrix(name, here);
  matrices.set(key, matrix);
  return matrix;
}

function drawnMatrix(name: string, { declared, sizes, seed, instance }: Here): Jets {
  const matrix =
    declared.matrices.find((one) => one.name === name) ??
    declared.matrices.find((one) => `d${one.name}` === name);
  if (!matrix) throw new Misfit(`${name} is not declared`);
  const random = new Random(seed, name, matrix.each ? instance : "all");
  const A = filled(sizeOf(matrix.rows, sizes), sizeOf(matrix.cols, sizes), () => random.whole(-2, 3));
  return declared.losses.some(({ hessian }) => hessian === matrix.name) ? symmetric(A) : A;
}

/** A Hessian is symmetric, and stays so where it moves, also where its loss stands nowhere. */
function symmetric(A: Jets): Jets {
  const [n, data] = [A.rows, values(A)];
  return filled(n, n, (i, j) => data[Math.max(i, j) + n * Math.min(i, j)]);
}

/** The gradient or the Hessian at the argument of the loss; undefined where the loss stands nowhere. */
function derivativeOf(loss: Loss, name: string, here: Here): Jets | undefined {
  const argument = here.standing.get(loss.name);
  if (!argument) return undefined;
  if (here.within.includes(loss.name)) throw new NoValue(`${name} stands in the argument of ${loss.name}`);
  const matrix = here.declared.matrices.find((one) => one.name === name);
  if (!matrix) throw new Misfit(`${name} is not declared`);
  const instance = matrix.each ? here.instance : here.outer;
  const x = evaluate(argument, { ...here, instance, within: [...here.within, loss.name] });
  const f = { name: `${loss.name} ${eachOf(loss, here) ? instance : "all"}`, seed: here.seed };
  const found = loss.gradient === name ? gradientOf(f, x) : hessianOf(f, x);
  const [rows, cols] = [sizeOf(matrix.rows, here.sizes), sizeOf(matrix.cols, here.sizes)];
  if (found.rows * found.cols !== rows * cols) throw new Misfit(`${name} for an argument of another size`);
  return { ...found, rows, cols };
}

function eachOf({ gradient }: Loss, { declared }: Here): boolean {
  return declared.matrices.some(({ name, each }) => name === gradient && each);
}

function applied(name: string, argument: Expression, here: Here): Jets {
  const A = evaluate(argument, here);
  const loss = here.declared.losses.find((one) => one.name === name);
  if (loss)
    return lossAt({ name: `${name} ${eachOf(loss, here) ? here.instance : "all"}`, seed: here.seed }, A);
  const map = here.declared.maps.find((one) => one.name === name);
  if (!map) throw new Misfit(`${name} is not declared`);
  const { reads } = readsOf(map, argument, here);
  const { rows, cols } = sizeOfResult(map, here.sizes);
  const weight = weightOf(map, here.sizes);
  return linear(A, rows, cols, (x) =>
    newPlane(rows, cols).map((_, k) => reads[k].reduce((sum, from) => sum + x[from], 0) / weight),
  );
}

function weightOf({ kind, ...map }: IndexMap, sizes: Sizes): number {
  return kind === "avgpool" && "args" in map ? sizes[map.args[0]] ** 2 : 1;
}

function sizeOfResult(map: IndexMap, sizes: Sizes): { rows: number; cols: number } {
  const length = (list: readonly string[]) => list.reduce((all, size) => all * sizeOf(size, sizes), 1);
  if (map.kind === "own")
    return {
      rows: length(map.rowCounters.map(({ size }) => size)),
      cols: length(map.colCounters.map(({ size }) => size)),
    };
  const [h, d] = [map.args[0], map.args[map.args.length - 3]];
  return { rows: length(map.kind === "conv" ? [h, h, d] : [d]), cols: length(map.out) };
}

function matrixOfMap(map: IndexMap, here: Here): Jets {
  const { reads, length } = readsOf(map, here.standing.get(map.name), here);
  const P = newPlane(reads.length, length);
  for (const [k, from] of reads.entries())
    for (const m of from) P[k + reads.length * m] += 1 / weightOf(map, here.sizes);
  return { rows: reads.length, cols: length, planes: [P] };
}

/** Of a map that chooses, the largest of each window at its argument: the first of them. */
function readsOf(map: IndexMap, argument: Expression | undefined, here: Here): Windows {
  const windows = windowsOf(map, here.sizes);
  if (map.kind !== "maxpool") return windows;
  if (!argument) {
    const random = new Random(here.seed, map.name, here.instance);
    return { ...windows, reads: windows.reads.map((window) => [random.of(window)]) };
  }
  if (here.within.includes(map.name)) throw new NoValue(`${map.name} within its own argument`);
  const keys = keysOf(argument, { ...here, moving: [], within: [...here.within, map.name] });
  const isLarger = (k: number, m: number) => {
    const key = keys.find((list) => list[k] !== list[m]);
    return key !== undefined && key[k] > key[m];
  };
  const largest = (window: readonly number[]) => window.reduce((best, k) => (isLarger(k, best) ? k : best));
  return { ...windows, reads: windows.reads.map((window) => [largest(window)]) };
}

/** Where σ makes entries equal, as max(x, 0) does, what it was taken of decides. */
function keysOf(e: Expression, here: Here): Float64Array[] {
  const own = values(evaluate(e, here));
  if (e.kind === "call" && (e.name === "sigma" || e.name === "relu"))
    return [own, ...keysOf(e.args[0], here)];
  if (e.kind !== "binary" || !["*", "/"].includes(e.op)) return [own];
  const isFactor = (x: Expression) => x.kind === "number" || (x.kind === "name" && x.name in here.sizes);
  if (e.op === "*" && isFactor(e.left)) return [own, ...keysOf(e.right, here)];
  return isFactor(e.right) ? [own, ...keysOf(e.left, here)] : [own];
}

function sigmaOf(order: 0 | 1 | 2, S: Jets, { sigma }: Here): Jets {
  const constant = (k: number) => filled(S.rows, S.cols, () => k);
  const square = () => entrywise(S, S);
  if (sigma === "x²" || sigma === "x² + 1") {
    const value = () => plus(square(), constant(sigma === "x²" ? 0 : 1));
    return [value, () => times(S, 2), () => constant(2)][order]();
  }
  if (sigma === "x³ + x")
    return [
      () => plus(entrywise(square(), S), S),
      () => plus(times(square(), 3), constant(1)),
      () => times(S, 6),
    ][order]();
  return [() => entrywise(stepOf(S), S), () => stepOf(S), () => constant(0)][order]();
}
