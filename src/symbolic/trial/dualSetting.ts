import { type Dual, dualNumbers } from "./dualNumbers.js";
import { type Explicit, mapped } from "./explicit.js";
import { dualLosses } from "./losses.js";
import { newMemo, type Setting } from "./setting.js";

/** The setting over dual numbers, X moving along dX: each X is X + ε dX. dX and all else stay. */
export function alongside<T>(setting: Setting<T>, X: string): Setting<Dual<T>> {
  const { algebra, value, differential: _, memo, ...rest } = setting;
  const known = new Map<string, Explicit<Dual<T>>>();
  const moving = (name: string, instance: number): Explicit<Dual<T>> => {
    const A = value(name, instance);
    if (name !== X) return mapped(A, (x): Dual<T> => [x, algebra.zero]);
    const { entries } = value(`d${X}`, instance);
    return { ...A, entries: A.entries.map((x, k): Dual<T> => [x, entries[k]]) };
  };
  return {
    ...rest,
    moves: true,
    ...(memo ? { memo: newMemo<Dual<T>>() } : {}),
    algebra: dualNumbers(algebra),
    partial: dualLosses(algebra, setting.partial),
    value: (name, instance) => {
      const key = `${name} ${instance}`;
      const matrix = known.get(key) ?? moving(name, instance);
      known.set(key, matrix);
      return matrix;
    },
  };
}

/** The same, made once where the setting remembers. */
export function movingAlong<T>(setting: Setting<T>, X: string): Setting<Dual<T>> {
  const known = setting.memo?.moving.get(X) ?? alongside(setting, X);
  setting.memo?.moving.set(X, known);
  return known;
}
