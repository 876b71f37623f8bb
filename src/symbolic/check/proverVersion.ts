/**
 * The number of the prover, which its certificates carry: one with a greater number proves more. To be raised by one
 * whenever statements are proved, or caveats left out, that were not before, so that who verifies with an older philab
 * is told that the newer one may well be right. Certificates without a number were written by number 1.
 */
export const proverVersion: number = 6;
