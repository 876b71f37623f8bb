/** How many cases a property is tried on, and the seed that they are drawn from. */

/** The number of cases of a property, as fast-check's option: `usual`, or PHILAB_RUNS times as many, at least one. */
export function cases(usual: number): { readonly numRuns: number } {
  return { numRuns: Math.ceil(usual * Number(process.env.PHILAB_RUNS || 1)) };
}

/** The seed of `npm test`: what is red here is red everywhere, and what was changed made it so. */
export const usualSeed = 20261128;

/**
 * The seed of a run: PHILAB_SEED where it is given, "day" for the day (UTC) as YYYYMMDD, else the usual one. Throws RangeError
 * for another.
 */
export function seedOf(given: string | undefined, day: Date): number {
  if (!given) return usualSeed;
  if (given === "day") return Number(day.toISOString().slice(0, 10).replaceAll("-", ""));
  const seed = Number(given);
  if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31) return seed;
  throw new RangeError(`PHILAB_SEED is ${given}; needed "day" or a whole number from 0 to 2147483647`);
}
