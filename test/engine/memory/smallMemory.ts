/** A memory with an arena, and no engine. */

import { Arena } from "../../../src/engine/memory/arena.js";

export interface SmallMemory {
  readonly memory: WebAssembly.Memory;
  readonly arena: Arena;
}

/** A memory of `pages` pages of 64 KiB, which may grow to `most`. */
export function smallMemory({
  pages = 32,
  most = 64,
  shared = true,
}: {
  pages?: number;
  most?: number;
  shared?: boolean;
} = {}): SmallMemory {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: most, shared });
  return { memory, arena: new Arena(memory) };
}
