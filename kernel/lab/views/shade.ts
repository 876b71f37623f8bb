/** How a number looks: its grey, and its digits. */

/** The values that are drawn black and white. */
export interface Range {
  readonly lo: number;
  readonly hi: number;
}

/** [0, 1] or [0, 255] where the values lie there as pixels do, otherwise from the least to the greatest. */
export function rangeOf(values: Float64Array): Range {
  let [lo, hi] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < lo) lo = value;
    if (value > hi) hi = value;
  }
  if (lo > hi) return { lo: 0, hi: 1 };
  if (lo >= 0 && hi <= 1) return { lo: 0, hi: 1 };
  if (lo >= 0 && hi > 100 && hi <= 255) return { lo: 0, hi: 255 };
  return { lo, hi };
}

/** 0 (black) to 255 (white); NaN stays NaN. */
export function greyShade(value: number, { lo, hi }: Range): number {
  if (hi === lo) return 128;
  return Math.max(0, Math.min(255, (255 * (value - lo)) / (hi - lo)));
}

/** A background and a text colour that can be read on it, as CSS. Values that are no number get none. */
export function shadeCss(value: number, range: Range): string {
  const level = Math.round(greyShade(value, range));
  if (Number.isNaN(level)) return "";
  // At grey 118 black and white stand out alike, 4.6 to 1.
  return `background: rgb(${level} ${level} ${level}); color: ${level < 118 ? "#fff" : "#000"}`;
}

/** At most three digits, with a true minus. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "NaN" : value > 0 ? "∞" : "−∞";
  const digits = Number.isInteger(value) && Math.abs(value) < 1e5 ? value : Number(value.toPrecision(3));
  return String(digits).replace("-", "−");
}
