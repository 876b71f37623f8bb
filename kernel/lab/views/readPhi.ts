/** From what a notebook holds to what the explorer of φ knows. */

import { PHI_MIME, type PhiPayload } from "../../../src/mime/types.js";
import { matrix } from "../../../src/numeric/matrix.js";
import { pad } from "../../../src/numeric/pad.js";
import { phiIndex } from "../../../src/numeric/phi.js";
import { convShape } from "../../../src/shape.js";
import type { PhiModel } from "./phiModel.js";

/** An image and the sizes that it is looked at by; of its channels the first `d` are taken. */
export interface PhiImage {
  readonly a: number;
  readonly b: number;
  /** All channels that there are. */
  readonly channels: number;
  /** vec(Z), the channel fastest. */
  readonly z: Float64Array;
}

/** The sizes that a reader may change. */
export interface PhiSizes {
  readonly d: number;
  readonly h: number;
  readonly s: number;
  readonly pad: number;
}

/** What a payload says: an image, sizes to begin with, and for those sizes a row of W with its b. */
export interface PhiBeginning {
  readonly image: PhiImage;
  readonly sizes: PhiSizes;
  readonly filter?: Float64Array;
  readonly bias: number;
}

/** More entries than this and a page would hang; the image is then too large to explore whole. */
const mostEntries = 2 ** 24;

/** Values of the padded image, which is painted pixel by pixel. */
const mostPadded = 2 ** 22;

/** Reads and checks a payload; throws an Error that names what came and what was needed. */
export function readPhi(payload: unknown): PhiBeginning {
  const { z: encoded, a, b, d, h, s, pad: frame, filter, bias = 0 } = checkFields(payload);
  const shape = convShape({ a, b, d, h, s, pad: frame });
  checkRoom(shape.h * shape.h * shape.d * shape.aOut * shape.bOut);
  checkPadded(shape.d * shape.aPad * shape.bPad);
  const z = decode("z", encoded.base64, shape.d * shape.a * shape.b);
  const w = filter === undefined ? undefined : decode("filter", filter.base64, shape.h * shape.h * shape.d);
  const image = { a: shape.a, b: shape.b, channels: shape.d, z };
  const sizes = { d: shape.d, h: shape.h, s: shape.s, pad: shape.pad };
  return { image, sizes, bias: Number(bias), ...(w === undefined ? {} : { filter: w }) };
}

/** φ of the image's first channels at these sizes. Throws RangeError where they do not fit, or φ(Z) would be too large. */
export function phiModel(image: PhiImage, sizes: PhiSizes, given?: Float64Array, bias = 0): PhiModel {
  const shape = convShape({ a: image.a, b: image.b, ...sizes });
  const [rows, cols] = [shape.h * shape.h * shape.d, shape.aOut * shape.bOut];
  checkRoom(rows * cols);
  checkPadded(shape.d * shape.aPad * shape.bPad);
  const data = firstChannels(image, shape.d);
  const padded = pad(matrix(shape.d, shape.a * shape.b, data, { nonFinite: true }), shape);
  return {
    shape,
    rows,
    cols,
    z: padded.data as Float64Array,
    index: phiIndex(shape),
    notFinite: data.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0),
    filter: given?.length === rows ? given : slopeFilter(rows, shape.h),
    bias,
  };
}

function firstChannels({ z, channels }: PhiImage, d: number): Float64Array {
  return d === channels ? z : z.filter((_, k) => k % channels < d);
}

/** Where no filter is given: right minus left of the middle, −1, 0, 1 by columns of the sub-image. */
function slopeFilter(rows: number, h: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) =>
    h === 1 ? 1 : Math.sign((Math.floor(row / h) % h) - (h - 1) / 2),
  );
}

/** Throws RangeError where pad(Z) is too large to paint. */
function checkPadded(values: number): void {
  if (values <= mostPadded) return;
  const [came, most] = [values, mostPadded].map((n) => n.toLocaleString("en"));
  throw new RangeError(`pad(Z) would have ${came} values; the explorer shows up to ${most}: pad less`);
}

function checkRoom(entries: number): void {
  if (entries <= mostEntries) return;
  const [came, most] = [entries, mostEntries].map((n) => n.toLocaleString("en"));
  throw new RangeError(
    `φ(Z) would have ${came} entries; the explorer shows up to ${most}: take a part of the image`,
  );
}

function checkFields(payload: unknown): PhiPayload {
  const fields = payload as PhiPayload | null;
  if (typeof fields !== "object" || fields === null || Array.isArray(fields)) {
    throw new TypeError(`${PHI_MIME}: came ${JSON.stringify(payload)?.slice(0, 40)}; needed an object`);
  }
  if (fields.version !== 1) {
    throw new TypeError(
      `${PHI_MIME}: version is ${JSON.stringify(fields.version)}; this plugin reads version 1`,
    );
  }
  if (fields.z?.dtype !== "float64" || typeof fields.z.base64 !== "string") {
    throw new TypeError(`${PHI_MIME}: z is not { dtype: "float64", base64: "…" }`);
  }
  if (fields.filter !== undefined && typeof fields.filter?.base64 !== "string")
    throw new TypeError(`${PHI_MIME}: filter is not { dtype: "float64", base64: "…" }`);
  return fields;
}

/** The float64 numbers of a base64 string (little-endian, as every browser's typed arrays are). */
function decode(name: "z" | "filter", base64: string, length: number): Float64Array {
  const bytes = bytesOf(name, base64);
  if (bytes.length !== 8 * length) {
    throw new RangeError(
      `${PHI_MIME}: ${name} holds ${bytes.length} bytes; ${name === "z" ? "d·a·b" : "h·h·d"} = ${length} numbers need ${8 * length}`,
    );
  }
  return new Float64Array(bytes.buffer);
}

function bytesOf(name: string, base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch (cause) {
    throw new TypeError(`${PHI_MIME}: ${name}.base64 is not base64`, { cause });
  }
}
