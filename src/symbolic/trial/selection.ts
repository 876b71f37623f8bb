/** Which entries max pooling takes in a trial: of one image always the same, of another image others. */

import type { Expression } from "../language/expression.js";
import { drawWhole } from "../sizes/draws.js";
import { selectionOrigin } from "../world/selections.js";
import type { IndexMap } from "../world/world.js";
import { type Algebra, differenceOf } from "./algebra.js";
import { explicitOf } from "./evaluate.js";
import type { Explicit } from "./explicit.js";
import { indexTable } from "./indexTable.js";
import { newMemo, type OptionOf, type Setting } from "./setting.js";

/** The setting in which selections are drawn from a seed and the image's values: any selection, which only the image decides. */
export function withDrawnSelections<T>(base: Omit<Setting<T>, "choice">, seed: number): Setting<T> {
  const images = new Images<T>(base.algebra);
  const setting: Setting<T> = { ...base, choice: choiceOf };
  const still: Setting<T> = { ...setting, memo: newMemo<T>() };
  function choiceOf(
    map: IndexMap,
    instance: number,
    entry: number,
    options: number,
    image?: Expression,
  ): number {
    const of = image && selectionOrigin(base.world, image);
    const key = of ? `image ${images.numberOf(map, of, instance, still)}` : `instance ${instance}`;
    return drawWhole(0, options - 1, seed, "choice", map.name, key, entry);
  }
  return setting;
}

/** The setting in which the largest entry is taken, of equal ones the first. */
export function withLargestSelected<T>(base: Setting<T>): Setting<T> {
  const setting: Setting<T> = { ...base, choice: largest };
  const still: Setting<T> = { ...setting, memo: newMemo<T>() };
  const isLarger = (x: T, y: T) => base.algebra.isPositive(differenceOf(base.algebra, x, y));
  function largest(...[map, instance, entry, options, image]: Parameters<OptionOf>): number {
    if (!image) return base.choice(map, instance, entry, options, image);
    const { entries } = explicitOf(image, still, instance);
    const window = indexTable(map, base.sizes).options[entry].map((place) => entries[place]);
    return window.reduce((best, x, k) => (isLarger(x, window[best]) ? k : best), 0);
  }
  return setting;
}

/** The images at which maps were asked for their selection, numbered in that order; images of the same values are one. */
class Images<T> {
  readonly #seen = new Map<string, Explicit<T>[]>();
  readonly #numbers = new Map<Expression, Map<number, number>>();
  readonly #algebra: Algebra<T>;

  constructor(algebra: Algebra<T>) {
    this.#algebra = algebra;
  }

  numberOf(map: IndexMap, image: Expression, instance: number, still: Setting<T>): number {
    const known = this.#numbers.get(image) ?? new Map<number, number>();
    this.#numbers.set(image, known);
    const number = known.get(instance) ?? this.#numbered(map, explicitOf(image, still, instance));
    known.set(instance, number);
    return number;
  }

  #numbered(map: IndexMap, image: Explicit<T>): number {
    const seen = this.#seen.get(map.name) ?? [];
    this.#seen.set(map.name, seen);
    const number = seen.findIndex((other) => this.#isSame(other, image));
    return number >= 0 ? number : seen.push(image) - 1;
  }

  #isSame(x: Explicit<T>, y: Explicit<T>): boolean {
    const isZero = (value: T, k: number) =>
      this.#algebra.isZero(differenceOf(this.#algebra, value, y.entries[k]));
    return x.entries.length === y.entries.length && x.entries.every(isZero);
  }
}
