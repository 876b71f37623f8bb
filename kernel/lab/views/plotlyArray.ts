/** The arrays of a trace: plotly's base64 form, and the values in them that are no numbers. */

/** plotly's own form of a typed array: its type, its bytes in base64, and "rows, columns" where it is a matrix. */
interface EncodedArray {
  readonly dtype: string;
  readonly bdata: string;
  readonly shape?: string | number[];
}

/** The names of the number types in plotly's form. */
const types = {
  i1: Int8Array,
  u1: Uint8Array,
  u1c: Uint8ClampedArray,
  i2: Int16Array,
  u2: Uint16Array,
  i4: Int32Array,
  u4: Uint32Array,
  f4: Float32Array,
  f8: Float64Array,
} as const;

type Numbers = InstanceType<(typeof types)[keyof typeof types]>;

/** Whether an object is such a form, by its own keys. */
export function isEncodedArray(value: object): value is EncodedArray {
  return Object.hasOwn(value, "bdata") && Object.hasOwn(value, "dtype");
}

/** The numbers of the form: a typed array, or a list of them, one for each row. Infinite ones become NaN: gaps. */
export function decodeArray({ dtype, bdata, shape }: EncodedArray): Numbers | Numbers[] {
  const type = Object.hasOwn(types, dtype) ? types[dtype as keyof typeof types] : undefined;
  if (!type || typeof bdata !== "string")
    throw new TypeError(`an array of dtype ${JSON.stringify(dtype)} cannot be read`);
  const bytes = Uint8Array.from(atob(bdata), (letter) => letter.charCodeAt(0));
  const numbers: Numbers = new type(bytes.buffer);
  for (let k = 0; k < numbers.length; k++) if (Math.abs(numbers[k]) === Infinity) numbers[k] = NaN;
  const sides = (typeof shape === "string" ? shape.split(",").map(Number) : shape) ?? [];
  return sides.length === 2 ? lineRows(numbers, sides as [number, number]) : numbers;
}

function lineRows(numbers: Numbers, [rows, cols]: [number, number]): Numbers[] {
  if (!(rows >= 0 && rows <= numbers.length && rows * cols === numbers.length))
    throw new RangeError(`${numbers.length} numbers are not ${rows} × ${cols}`);
  return Array.from({ length: rows }, (_, k) => numbers.subarray(k * cols, (k + 1) * cols));
}

/** How many values of the trace's x, y and z are null or no finite number. */
export function gapCount(trace: Record<string, unknown>): number {
  return gaps(trace.x) + gaps(trace.y) + gaps(trace.z);
}

function gaps(values: unknown): number {
  if (!isArray(values)) return 0;
  let count = 0;
  for (const value of values) {
    if (isArray(value)) count += gaps(value);
    else if (value === null || (typeof value === "number" && !Number.isFinite(value))) count++;
    else if (typeof value === "string" && /^[-+]?(?:nan|inf(?:inity)?)$/i.test(value)) count++;
  }
  return count;
}

/** A list or a typed array. */
export function isArray(value: unknown): value is ArrayLike<unknown> & Iterable<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}
