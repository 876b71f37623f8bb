/** Wall-clock times of a function that is called again and again. */

/** Milliseconds of one call, from windows of at least `least` ms: a clock's tick must not count. */
export function window(call: () => void, least = 1): number {
  let calls = 0;
  const from = performance.now();
  let passed = 0;
  do {
    call();
    calls++;
    passed = performance.now() - from;
  } while (passed < least);
  return passed / calls;
}

/**
 * Samples of several functions in turn, A B A B …, so that a disturbance meets all: first a warm-up of each, then
 * rounds until each has had `budget` ms, at least `least` and at most `most` rounds.
 */
export function inTurn(
  calls: readonly (() => void)[],
  { budget = 400, least = 5, most = 40 }: { budget?: number; least?: number; most?: number } = {},
): readonly (readonly number[])[] {
  for (const call of calls) window(call, budget / 8);
  const samples = calls.map((): number[] => []);
  const end = performance.now() + budget * calls.length;
  for (let round = 0; round < most && (round < least || performance.now() < end); round++) {
    for (const [at, call] of calls.entries()) samples[at]!.push(window(call));
  }
  return samples;
}
