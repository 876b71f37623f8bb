/** What a training hands out is the reader's own: whatever he does to it, the training goes on as if he had not. */

/** The same value with vectors and lists of its own; what is frozen stays as it is. */
export function ownCopy<T>(value: T): T {
  if (value instanceof Float64Array) return value.slice() as T;
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  if (Array.isArray(value)) return value.map(ownCopy) as T;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, ownCopy(part)])) as T;
}

/** The same with more properties; what is worked out when it is asked for still is. */
export function extended<T extends object, More extends object>(value: T, more: More): T & More {
  return Object.defineProperties({ ...more }, Object.getOwnPropertyDescriptors(value)) as T & More;
}

/** Names and values, but for what is worked out when it is asked for. */
export function storedEntries(value: object): [string, unknown][] {
  return Object.entries(Object.getOwnPropertyDescriptors(value)).flatMap(
    ([name, { enumerable, get, value }]) => (enumerable && get === undefined ? [[name, value]] : []),
  );
}

/** The same value, which nobody can change any more, nor what is in it. */
export function frozenAll<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const [, part] of storedEntries(value)) frozenAll(part);
  return Object.freeze(value);
}
