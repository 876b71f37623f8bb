/** From which size what pays: the one home of all thresholds, in multiplications of a tile or in numbers. */

/** From which size the engine computes what plain TypeScript could. */
export const worthwhile = {
  /**
   * Multiplications of a layer. A call costs 2 µs, less than the reference's checks; but the engine takes a tenth of a
   * second to start, and a lecture's small example has the bits of the sum as it is written.
   */
  layer: 2_000,
  /** Multiplications of a product of matrices. */
  product: 30_000,
  /** Numbers in φ(Z), or in an image to pool. */
  moved: 8_000,
  /** Numbers of an elementwise operation or ⟨A, B⟩ in the engine's memory: 4 µs at 2048, and plain loops 5.5. */
  elements: 2_048,
  /** The same where some have to be copied there first: at 2 MiB σ takes 0.26 ms (0.13 in place), and plain loops 4.4. */
  copiedElements: 8_192,
} as const;

/**
 * Multiplications, or what takes as long, from which a second thread pays. Two took as long as one at 1.3 million, and
 * were 1.2 times as fast at 3.6 and 1.6 times at 14 million: each core's cache has half of the operands.
 */
export const worthThreads = 1_000_000;

/** How many multiplications take as long as moving a number, looking at one to pool it, or an elementwise operation. */
export const workOf = { moved: 4, pooled: 8, element: 4 } as const;
