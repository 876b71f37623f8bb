/** Losses that a reader can calculate: ξ(X) = c + gᵀ vec(X), and where that shows nothing, a quadratic term. */

import type { MatrixOf } from "../trial/setting.js";
import type { Loss, World } from "../world/world.js";

/** A number for an entry of something that has a name; `of` is the instance, 0 where all share it. */
export type EntryOf = (name: string, of: number, at: number) => number;

/** ξ(X) = c + gᵀ vec(X) + ½ vec(X − X₀)ᵀ H vec(X − X₀), whose gradient is g at X₀; H is 0 where it is not given. */
export interface ShownLoss {
  readonly name: string;
  /** 0 where it is one function for all instances. */
  readonly instance: number;
  /** The name of g, and its entries. */
  readonly gradientName: string;
  readonly gradient: readonly number[];
  readonly constant: number;
  readonly hessian?: readonly (readonly number[])[];
  /** vec(X₀). */
  readonly at?: readonly number[];
}

interface Seen {
  readonly loss: Loss;
  readonly instance: number;
  /** Where it is differentiated first: there it has its gradient. */
  place?: readonly number[];
  size: number;
}

export class ShownLosses {
  private readonly seen = new Map<string, Seen>();

  constructor(
    private readonly world: World,
    private readonly value: MatrixOf<number>,
    private readonly entry: EntryOf,
    private readonly isQuadratic: boolean,
  ) {}

  /** The loss or a derivative of it by the entries in `by`, for one instance, at x. */
  partial(loss: Loss, instance: number, by: readonly number[], x: readonly number[]): number {
    const known = this.noted(loss, instance, by, x);
    const place = known.place ?? x.map(() => 0);
    const gradient = this.gradientOf(known);
    const slope = (k: number) =>
      x.reduce((sum, value, m) => sum + this.second(known, k, m) * (value - place[m]), 0);
    if (by.length > 2) return 0;
    if (by.length === 2) return this.second(known, by[0], by[1]);
    if (by.length === 1) return gradient[by[0]] + slope(by[0]);
    return x.reduce(
      (sum, value, k) => sum + gradient[k] * value + ((value - place[k]) * slope(k)) / 2,
      this.constantOf(known),
    );
  }

  /** Those that were asked for. */
  shown(): ShownLoss[] {
    return [...this.seen.values()].map((known) => {
      const { loss, size } = known;
      const indices = Array.from({ length: size }, (_, k) => k);
      const hessian = indices.map((k) => indices.map((m) => this.second(known, k, m)));
      const isBent = hessian.some((row) => row.some((x) => x !== 0));
      return {
        name: loss.name,
        instance: this.ownInstance(known),
        gradientName: loss.gradient,
        gradient: this.gradientOf(known),
        constant: this.constantOf(known),
        ...(isBent && { hessian, at: known.place ?? indices.map(() => 0) }),
      };
    });
  }

  private noted(loss: Loss, instance: number, by: readonly number[], x: readonly number[]): Seen {
    const key = `${loss.name} ${this.ownInstance({ loss, instance })}`;
    const known = this.seen.get(key) ?? { loss, instance, size: x.length };
    this.seen.set(key, known);
    known.size = x.length;
    if (by.length > 0) known.place ??= x;
    return known;
  }

  private gradientOf({ loss, instance, size }: Seen): readonly number[] {
    const { entries } = this.value(loss.gradient, instance);
    if (entries.length === size) return entries;
    const { name, gradient } = loss;
    throw new RangeError(`${name} of ${size} entries, but its gradient ${gradient} has ${entries.length}`);
  }

  private constantOf({ loss, instance }: Seen): number {
    return this.entry(`constant of ${loss.name}`, this.ownInstance({ loss, instance }), 0);
  }

  private second({ loss, instance, size }: Seen, k: number, m: number): number {
    if (loss.hessian !== undefined) return this.value(loss.hessian, instance).entries[k + size * m];
    if (!this.isQuadratic) return 0;
    const at = Math.min(k, m) + size * Math.max(k, m);
    return this.entry(`Hessian of ${loss.name}`, this.ownInstance({ loss, instance }), at);
  }

  /** The instance whose own function it is; 0 where all share one. */
  private ownInstance({ loss, instance }: Pick<Seen, "loss" | "instance">): number {
    return this.world.matrices.get(loss.gradient)?.each ? instance : 0;
  }
}
