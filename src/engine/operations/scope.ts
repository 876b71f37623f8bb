import { isMatrix } from "../../numeric/check.js";
import { leaseOf } from "../../numeric/storage.js";
import { type MemoryScope, runInside } from "../machine/scope.js";

/**
 * What `work` returns, and all other engine memory that results took inside given back: for loops, in which the
 * collector does not come to run. Kept are matrices in what is returned: a Matrix, or arrays, objects, Maps and Sets
 * that hold some, however deep; they belong to the scope around this one, if there is one. An async function's scope
 * ends when its promise is settled; in a page, only what it makes before its first `await` is inside.
 *
 * A matrix of a scope that has ended is refused by every operation, and its `data` throw Error: to keep it, return it.
 * Looking at `data` inside the scope makes it a copy of its own, which stays. `into:` targets are the caller's.
 */
export function scope<T>(work: () => T): T {
  if (typeof work !== "function") {
    throw new TypeError(`scope: ${String(work)}; needed a function: scope(() => …)`);
  }
  const inside = runInside(work);
  const { result } = inside;
  if (!isThenable(result)) return close(inside.scope, result);
  return result.then(
    (value) => close(inside.scope, value),
    (error: unknown) => {
      inside.scope.close(new Set());
      throw error;
    },
  ) as T;
}

function close<T>(inner: MemoryScope, result: T): T {
  const kept = new Set<unknown>();
  collect(result, kept, new Set());
  inner.close(kept);
  return result;
}

/** Adds what stands for the memory of each matrix in a value: its lease, or its numbers. */
function collect(value: unknown, keys: Set<unknown>, seen: Set<object>): void {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value) || seen.has(value)) return;
  seen.add(value);
  if (isMatrix(value)) keys.add(leaseOf(value) ?? value.data);
  else for (const part of partsOf(value)) collect(part, keys, seen);
}

function* partsOf(value: object): Iterable<unknown> {
  if (value instanceof Map) for (const [key, part] of value) yield* [key, part];
  else if (value instanceof Set) yield* value;
  yield* Object.values(value);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}
