/** From which size on something pays, all in one place, and what was measured. */

/** Sizes from which the engine, or a part of it, is worth its while. */
export const worthwhile = {
  /**
   * Multiplications of a layer from which the engine computes it. A call costs it 2 µs, less than the reference's checks;
   * but it takes a tenth of a second to start, and a lecture's small example has the bits of the sum as it is written.
   */
  layer: 2_000,
  /**
   * Multiplications of A B. At 32 000 the engine takes 5 to 7 µs and the reference 70 to 90. For a single column of B both
   * read A once: at 37 000 it takes 25 µs against 31 in float64, 13 against 72 in float32.
   */
  product: 30_000,
  /** Numbers in φ(Z), or in images that are pooled. */
  numbers: 8_000,
  /** Numbers of an elementwise operation or ⟨A, B⟩ in the engine's memory: 4 µs at 2048, and plain loops 5.5. */
  elements: 2_048,
  /** The same where some have to be copied there first: at 2 MiB σ takes 0.26 ms (0.13 in place), and plain loops 4.4. */
  copiedElements: 8_192,
  /**
   * Multiplications, or what takes as long, from which a second thread pays. Two took as long as one at 1.3 million, and
   * were 1.2 times as fast at 3.6 and 1.6 times at 14 million: each core's cache has half of the operands.
   */
  threads: 1_000_000,
  /** Bytes of a result that stays in the engine's memory: below this a copy costs less than a home. */
  home: 2_048,
} as const;

/** As many multiplications take as long as moving a number, looking at one in a pooling window, or an elementwise operation. */
export const workOf = { moved: 4, pooled: 8, element: 4 } as const;
