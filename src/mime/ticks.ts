/** Places at a round step (1, 2 or 5 times a power of ten) in a range, in at most `most` steps; `whole`: at whole numbers alone. */
export function roundPlaces(range: readonly [number, number], most: number, whole = false): number[] {
  const [least, greatest] = [Math.min(...range), Math.max(...range)];
  const rough = (greatest - least) / Math.max(1, most) || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const round = power * ([1, 2, 5, 10].find((k) => k * power >= rough * (1 - 1e-12)) ?? 10);
  const step = whole ? Math.max(1, round) : round;
  const first = Math.ceil(least / step);
  const count = Math.floor(greatest / step) - first + 1;
  return Array.from({ length: count }, (_, k) => (first + k) * step);
}
