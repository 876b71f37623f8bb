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

/** Names of which some object may have some, and what to say of others. */
export interface FieldNames {
  /** What such a name is called: a size, an option. */
  readonly kind: string;
  readonly names: readonly string[];
  /** Names that are let through and not read: what follows from the others. */
  readonly following?: readonly string[];
  /** What a name of another library means here: one of `names`, or a sentence. */
  readonly meant: Readonly<Record<string, string>>;
}

const convNames: FieldNames = {
  kind: "size",
  names: ["a", "b", "d", "h", "s", "pad"],
  following: ["aPad", "bPad", "aOut", "bOut"],
  meant: {
    ...{
      stride: "s",
      strides: "s",
      padding: "pad",
      p: "pad",
      kernel: "h",
      kernelSize: "h",
      kernel_size: "h",
    },
    ...{
      k: "h",
      q: "h",
      window: "h",
      height: "a",
      rows: "a",
      width: "b",
      cols: "b",
      channels: "d",
      depth: "d",
    },
  },
};

const poolNames: FieldNames = {
  kind: "size",
  names: ["a", "b", "q"],
  following: ["d", "aOut", "bOut"],
  meant: {
    ...{ stride: "q", strides: "q", s: "q", h: "q", k: "q", kernel: "q", kernelSize: "q", kernel_size: "q" },
    ...{ window: "q", height: "a", rows: "a", width: "b", cols: "b" },
  },
};

/**
 * aOut = floor((aPad − h)/s) + 1 with aPad = a + 2 pad, and bOut alike: rows left over at the end are dropped.
 * Throws RangeError that names the argument, its value and the rule; TypeError for a name that is no size, as `stride`.
 *
 * @example
 * convShape({ a: 28, b: 28, d: 1, h: 5, s: 1, pad: 2 })
 */
export function convShape(size: {
  a: number;
  b: number;
  d: number;
  h: number;
  s?: number;
  pad?: number;
}): ConvShape {
  checkConvSizes("convShape", "the size", size);
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

/**
 * aOut = floor(a/q), bOut = floor(b/q): pooling is a window of side q at stride q. Throws as convShape does.
 *
 * @example
 * poolShape({ a: 7, b: 5, q: 2 })
 */
export function poolShape(size: { a: number; b: number; q: number }): PoolShape {
  checkObject("poolShape", "the size", size, "{ a, b, q }");
  checkNames("poolShape", size, poolNames);
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

/** Throws TypeError unless `size` is an object whose names are sizes of a convolution, or follow from them. */
export function checkConvSizes(operation: string, name: string, size: unknown): asserts size is object {
  checkObject(operation, name, size, "{ a, b, d, h, s, pad }, as convShape gives it");
  checkNames(operation, size, convNames);
}

/** Throws TypeError for a name that is not among those there are, and says which was meant. */
export function checkNames(operation: string, given: object, fields: FieldNames): void {
  const { kind, names, following = [] } = fields;
  for (const name of Object.keys(given)) {
    if (names.includes(name) || following.includes(name)) continue;
    const hint = hintFor(name, fields);
    const help = hint === undefined ? "" : ` (meant: ${hint})`;
    throw new TypeError(`${operation}: no ${kind} is called ${name}${help}; there are ${names.join(", ")}`);
  }
}

function hintFor(name: string, { names, meant }: FieldNames): string | undefined {
  const near = names.find((one) => isNear(name.toLowerCase(), one.toLowerCase()));
  if (near !== undefined || !Object.hasOwn(meant, name)) return near;
  return meant[name].includes(" ") || names.includes(meant[name]) ? meant[name] : undefined;
}

/** Whether one becomes the other by a letter more, less, or another one. */
function isNear(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || Math.min(a.length, b.length) < 3) return a === b;
  let same = 0;
  while (same < Math.min(a.length, b.length) && a[same] === b[same]) same++;
  const rests = [
    [a.slice(same + 1), b.slice(same + 1)],
    [a.slice(same + 1), b.slice(same)],
    [a.slice(same), b.slice(same + 1)],
  ];
  return a === b || rests.some(([x, y]) => x === y);
}

/** Throws TypeError unless `value` is an object, as `needed` describes it. */
export function checkObject(
  operation: string,
  name: string,
  value: unknown,
  needed: string,
): asserts value is object {
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
