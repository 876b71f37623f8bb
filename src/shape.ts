/** Sizes: the one place that knows how large a padded image, φ(Z) and a pooled image are. */

/** An image Z ∈ R^{d × a·b}: a rows and b columns of pixels, d channels. */
export interface ImageShape {
  /** The number of rows of pixels, a. */
  readonly a: number;
  /** The number of columns of pixels, b. */
  readonly b: number;
  /** The number of channels, d. */
  readonly d: number;
}

/** The shape of one convolution: image, window h × h, stride s, zero padding, and what follows from them. */
export interface ConvShape extends ImageShape {
  /** The side of the window: h × h pixels. */
  readonly h: number;
  /** The stride. */
  readonly s: number;
  /** The width of the frame of zeros around the image, p. */
  readonly pad: number;
  /** The rows of the padded image: a + 2 pad. */
  readonly aPad: number;
  /** The columns of the padded image: b + 2 pad. */
  readonly bPad: number;
  /** The rows of output places: floor((aPad − h)/s) + 1. */
  readonly aOut: number;
  /** The columns of output places: floor((bPad − h)/s) + 1. */
  readonly bOut: number;
}

/** The shape of one pooling: windows q × q at stride q, remainders dropped. */
export interface PoolShape {
  /** The number of rows of pixels, a. */
  readonly a: number;
  /** The number of columns of pixels, b. */
  readonly b: number;
  /** The side of the window, and its stride. */
  readonly q: number;
  /** The rows of output places: floor(a/q). */
  readonly aOut: number;
  /** The columns of output places: floor(b/q). */
  readonly bOut: number;
}

/**
 * aOut = floor((aPad − h)/s) + 1 with aPad = a + 2 pad, and bOut alike: rows left over at the end are dropped.
 * Throws RangeError that names the argument, its value and the rule.
 */
export function convShape(size: {
  a: number;
  b: number;
  d: number;
  h: number;
  s?: number;
  pad?: number;
}): ConvShape {
  checkObject("convShape", "the size", size, "{ a, b, d, h, s, pad }");
  const { a, b, d, h, s = 1, pad = 0 } = size;
  checkSize("convShape", "a", a);
  checkSize("convShape", "b", b);
  checkSize("convShape", "d", d);
  checkSize("convShape", "h", h);
  checkSize("convShape", "s", s);
  checkSize("convShape", "pad", pad, 0);
  const [aPad, bPad] = [paddedSize(a, pad), paddedSize(b, pad)];
  checkFits("convShape", { h, pad }, "a", a);
  checkFits("convShape", { h, pad }, "b", b);
  return { a, b, d, h, s, pad, aPad, bPad, aOut: outputSize(aPad, h, s), bOut: outputSize(bPad, h, s) };
}

/** aOut = floor(a/q), bOut = floor(b/q): pooling is a window of side q at stride q. Throws as convShape does. */
export function poolShape(size: { a: number; b: number; q: number }): PoolShape {
  checkObject("poolShape", "the size", size, "{ a, b, q }");
  const { a, b, q } = size;
  for (const [name, value] of Object.entries({ a, b, q })) checkSize("poolShape", name, value);
  if (q > Math.min(a, b))
    throw new RangeError(
      `poolShape: q = ${q}, but the image is ${a} × ${b}; q must be at most ${Math.min(a, b)}`,
    );
  return { a, b, q, aOut: outputSize(a, q, q), bOut: outputSize(b, q, q) };
}

/** A line of n pixels in its frame: n + 2 pad. */
export function paddedSize(n: number, pad: number): number {
  return n + 2 * pad;
}

/** The rows of φ(Z), or the columns of W: h h d. */
export function phiRows({ h, d }: Pick<ConvShape, "h" | "d">): number {
  return h * h * d;
}

/** The columns of φ(Z): aOut·bOut. */
export function phiCols({ aOut, bOut }: Pick<ConvShape, "aOut" | "bOut">): number {
  return aOut * bOut;
}

/** How many windows of side h at stride s lie in a line of n pixels: floor((n − h)/s) + 1. */
export function outputSize(n: number, h: number, s: number): number {
  return Math.floor((n - h) / s) + 1;
}

/** Throws TypeError unless `value` is an object, as `needed` describes it. */
export function checkObject(operation: string, name: string, value: unknown, needed: string): void {
  if (typeof value === "object" && value !== null) return;
  throw new TypeError(`${operation}: ${name} is ${written(value)}; needed ${needed}`);
}

/** Throws RangeError unless `value` is a whole number of at least `least` (and below 2³¹). */
export function checkSize(operation: string, name: string, value: unknown, least = 1): void {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) < 2 ** 31) return;
  throw new RangeError(
    `${operation}: ${name} = ${written(value)}; needed a whole number from ${least} to 2³¹ − 1`,
  );
}

/** Throws RangeError unless an h × h window fits into n padded pixels. */
function checkFits(
  operation: string,
  { h, pad }: { readonly h: number; readonly pad: number },
  name: string,
  n: number,
): void {
  const room = paddedSize(n, pad);
  if (h <= room) return;
  throw new RangeError(
    `${operation}: h = ${h}, but ${name} + 2·pad = ${room}; h must be at most ${name} + 2·pad`,
  );
}

/** A value as a message shows it: strings in quotes, the rest as they print. */
function written(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
