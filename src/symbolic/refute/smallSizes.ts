/** Which sizes a counterexample is shown at: the smallest ones that do. */

import type { SizeModel } from "../sizes/sizeModel.js";
import type { Sizes } from "../sizes/sizes.js";

/** How many sizes are looked at, and at how many of them that fit the sides are compared, at most. */
const limits = { looked: 20_000, compared: 150 } as const;

/** Whether the sides differ at all at free sizes, and what is found there in full. */
export interface Look<T> {
  readonly differs: (free: Sizes) => boolean;
  readonly find: (free: Sizes) => T | undefined;
}

/**
 * What is found at the free sizes with the smallest total (of those the smallest product, then the smallest first ones),
 * from sizes at which the sides are known to differ.
 */
export function atSmallestSizes<T>(model: SizeModel, known: Sizes, look: Look<T>): T | undefined {
  const names = model.free;
  const differs = remembered(names, look.differs);
  const totalOf = (free: Sizes): number => names.reduce((sum, name) => sum + free[name], 0);
  let [looked, compared] = [0, 0];
  let least: Sizes | undefined; // above which nothing is looked for, once nothing was found where the sides differ
  for (const values of inOrder(names.length, totalOf(known))) {
    if (looked++ > limits.looked || compared > limits.compared) break;
    const free = Object.fromEntries(names.map((name, k) => [name, values[k]]));
    if (least && totalOf(free) > totalOf(least)) break;
    if (!fits(model, free)) continue;
    compared++;
    if (!differs(free)) continue;
    const found = look.find(free);
    if (found !== undefined) return found;
    least ??= shrunk(model, known, differs);
  }
  return look.find(least ?? shrunk(model, known, differs)) ?? look.find(known);
}

/** The same, asked once at each sizes: what was looked at to make one size smaller comes again in their order. */
function remembered(names: readonly string[], differs: Look<never>["differs"]): Look<never>["differs"] {
  const known = new Map<string, boolean>();
  return (free) => {
    const key = names.map((name) => free[name]).join();
    const answer = known.get(key) ?? differs(free);
    known.set(key, answer);
    return answer;
  };
}

function fits(model: SizeModel, free: Sizes): boolean {
  const sizes = model.complete(free);
  return model.requirements.every(({ miss }) => miss(sizes) === 0);
}

/** Makes each size as small as the sides still differ at, until none can be smaller. */
function shrunk(model: SizeModel, known: Sizes, differs: (free: Sizes) => boolean): Sizes {
  let [free, changed] = [known, true];
  while (changed) {
    changed = false;
    for (const name of model.free)
      for (let value = 1; value < free[name]; value++) {
        const smaller = { ...free, [name]: value };
        if (!fits(model, smaller) || !differs(smaller)) continue;
        [free, changed] = [smaller, true];
      }
  }
  return free;
}

/** All lists of whole numbers from 1 up to a total, by their total, product and first numbers. */
function* inOrder(length: number, largest: number): Generator<readonly number[]> {
  if (length === 0) return;
  for (let total = length; total <= largest; total++) {
    let most = limits.looked;
    const lists: (readonly number[])[] = [];
    for (const list of withTotal(length, total)) {
      if (most-- === 0) break;
      lists.push(list);
    }
    yield* lists.sort((x, y) => productOf(x) - productOf(y)); // stable: the first numbers stay in order
  }
}

function* withTotal(length: number, total: number): Generator<readonly number[]> {
  if (length === 1) yield [total];
  else
    for (let first = 1; first <= total - length + 1; first++)
      for (const rest of withTotal(length - 1, total - first)) yield [first, ...rest];
}

function productOf(list: readonly number[]): number {
  return list.reduce((x, y) => x * y, 1);
}
