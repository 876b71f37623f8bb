/** Numbers that live in somebody else's memory until they are given back. */

import type { Numbers } from "./storage.js";

/** What a matrix has instead of numbers of its own, as long as its scope lasts. */
export interface Lease {
  /** The numbers where they lie, for operations alone: nobody keeps them. Throws Error once they are given back. */
  readonly numbers: Numbers;
  /** Whether they have been given back. */
  readonly ended: boolean;
  /** The numbers for whoever looks at them: from now on they are his, and outlive the scope. */
  look(): Numbers;
}

/** Memory that has been given back while somebody may still see it. */
const returned = new WeakSet<object>();
let isSomeReturned = false;

/** Remembers that these numbers have been given back: what is asked to use them refuses. */
export function markReturned(numbers: Numbers): void {
  returned.add(numbers.buffer);
  isSomeReturned = true;
}

/** Whether these numbers, or what they are a part of, have been given back. */
export function isReturned(numbers: Numbers): boolean {
  return isSomeReturned && returned.has(numbers.buffer);
}
