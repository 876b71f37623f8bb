/** Losses known by their gradient (and Hessian) at one place only, so that what holds for them holds for any loss. */

import { drawWhole } from "../sizes/draws.js";
import type { Loss, World } from "../world/world.js";
import { type Algebra, differenceOf, inner, type OracleAlgebra } from "./algebra.js";
import type { Dual } from "./dualNumbers.js";
import type { MatrixOf, Partials } from "./setting.js";

/**
 * A loss has the declared gradient where it is differentiated first (for each instance); its values, and its
 * derivatives elsewhere, are unknown and unrelated. So ξ(A) and ξ(B) do not share a gradient unless A = B.
 */
export function unknownLosses<T>(world: World, algebra: OracleAlgebra<T>, value: MatrixOf<T>): Partials<T> {
  const places = new Places(algebra);
  return (loss, instance, by, x) => {
    const isPlace = by.length > 0 && places.isFirst(loss, instance, x);
    const declared = isPlace ? declaredPartial(loss, instance, by, x, value) : undefined;
    // One function for all instances, unless its gradient is declared for each of them.
    const f = world.matrices.get(loss.gradient)?.each ? `${loss.name} ${instance}` : loss.name;
    return declared ?? algebra.unknown(f, by, x);
  };
}

/**
 * A loss as a quadratic function with the declared gradient and Hessian where it is differentiated first, for numbers
 * that are compared by differences. Without a declared Hessian it has one of small whole numbers.
 */
export function quadraticLosses<T>(algebra: Algebra<T>, value: MatrixOf<T>, seed: number): Partials<T> {
  const places = new Places(algebra);
  return (loss, instance, by, x) => {
    if (by.length > 0) places.isFirst(loss, instance, x);
    const place = places.firstOf(loss, instance) ?? x.map(() => algebra.zero);
    const gradient = gradientAt(loss, instance, x, value);
    const dx = x.map((entry, k) => differenceOf(algebra, entry, place[k]));
    const second = (k: number, m: number) =>
      declaredSecond(loss, instance, k, m, x, value) ?? algebra.whole(2 * smallWhole(seed, loss, k, m));
    const slope = (k: number) =>
      dx.reduce((sum, d, m) => algebra.add(sum, algebra.multiply(second(k, m), d)), gradient[k]);
    if (by.length === 0)
      return quadratic(
        algebra,
        gradient,
        dx,
        x.map((_, k) => slope(k)),
      );
    if (by.length === 1) return slope(by[0]);
    return by.length === 2 ? second(by[0], by[1]) : algebra.zero;
  };
}

/** ξ₀ + ½ (g + (g + H dx))ᵀ dx, with ξ₀ = 7. */
function quadratic<T>(algebra: Algebra<T>, gradient: readonly T[], dx: readonly T[], slope: readonly T[]): T {
  const twice = algebra.add(inner(algebra, gradient, dx), inner(algebra, slope, dx));
  return algebra.add(algebra.whole(7), algebra.multiply(algebra.inverse(algebra.whole(2)), twice));
}

/** The same losses for dual arguments: f(x + ε x′) = f(x) + ε Σ ∂f/∂x_k x′_k. */
export function dualLosses<T>(algebra: Algebra<T>, partial: Partials<T>): Partials<Dual<T>> {
  const valuesOf = new WeakMap<readonly Dual<T>[], readonly T[]>(); // one array for one argument: others key by it
  return (loss, instance, by, x) => {
    const at = valuesOf.get(x) ?? x.map(([value]) => value);
    valuesOf.set(x, at);
    const tangent = x.reduce((sum, [, dx], k) => {
      if (algebra.isZero(dx)) return sum;
      return algebra.add(sum, algebra.multiply(partial(loss, instance, [...by, k], at), dx));
    }, algebra.zero);
    return [partial(loss, instance, by, at), tangent];
  };
}

/** Where each loss was differentiated first, for each instance. */
class Places<T> {
  private readonly first = new Map<string, readonly T[]>();
  private readonly found = new WeakMap<readonly T[], boolean>();

  constructor(private readonly algebra: Algebra<T>) {}

  firstOf(loss: Loss, instance: number): readonly T[] | undefined {
    return this.first.get(`${loss.name} ${instance}`);
  }

  /** Whether x is that place; it becomes it where there was none. */
  isFirst(loss: Loss, instance: number, x: readonly T[]): boolean {
    const known = this.found.get(x);
    if (known !== undefined) return known;
    const place = this.firstOf(loss, instance) ?? x;
    this.first.set(`${loss.name} ${instance}`, place);
    const isSame =
      place.length === x.length &&
      place.every((entry, k) => this.algebra.isZero(differenceOf(this.algebra, entry, x[k])));
    this.found.set(x, isSame);
    return isSame;
  }
}

function declaredPartial<T>(
  loss: Loss,
  instance: number,
  by: readonly number[],
  x: readonly T[],
  value: MatrixOf<T>,
): T | undefined {
  if (by.length === 1) return gradientAt(loss, instance, x, value)[by[0]];
  return by.length === 2 ? declaredSecond(loss, instance, by[0], by[1], x, value) : undefined;
}

function gradientAt<T>(loss: Loss, instance: number, x: readonly T[], value: MatrixOf<T>): readonly T[] {
  const { entries } = value(loss.gradient, instance);
  if (entries.length === x.length) return entries;
  throw new RangeError(
    `${loss.name} of ${x.length} entries, but its gradient ${loss.gradient} has ${entries.length}`,
  );
}

function declaredSecond<T>(
  { name, hessian }: Loss,
  instance: number,
  k: number,
  m: number,
  x: readonly T[],
  value: MatrixOf<T>,
): T | undefined {
  if (hessian === undefined) return undefined;
  const { rows, entries } = value(hessian, instance);
  if (rows === x.length) return entries[k + rows * m];
  throw new RangeError(`${name} of ${x.length} entries, but its Hessian ${hessian} has ${rows} rows`);
}

function smallWhole(seed: number, { name }: Loss, k: number, m: number): number {
  return drawWhole(-2, 2, seed, "hessian", name, Math.min(k, m), Math.max(k, m));
}
