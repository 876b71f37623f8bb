/** From what a notebook holds to what the explorer of φ knows. */

import { PHI_MIME, type PhiPayload } from "../../../src/mime/types.js";
import { matrix } from "../../../src/numeric/matrix.js";
import { pad } from "../../../src/numeric/pad.js";
import { phiIndex } from "../../../src/numeric/phi.js";
import { convShape } from "../../../src/shape.js";
import type { PhiModel } from "./phiModel.js";

/** More entries than this and a page would hang; the image is then too large to explore whole. */
const mostEntries = 2 ** 24;

/** Values of the padded image, which is painted pixel by pixel. */
const mostPadded = 2 ** 22;

/** Reads and checks a payload; throws an Error that names what came and what was needed. */
export function readPhi(payload: unknown): PhiModel {
  const { z: encoded, a, b, d, h, s, pad: frame } = checkFields(payload);
  const shape = convShape({ a, b, d, h, s, pad: frame });
  const [rows, cols] = [shape.h * shape.h * shape.d, shape.aOut * shape.bOut];
  if (rows * cols > mostEntries) {
    const [came, most] = [rows * cols, mostEntries].map((n) => n.toLocaleString("en"));
    throw new RangeError(
      `φ(Z) would have ${came} entries; the explorer shows up to ${most}: take a part of the image`,
    );
  }
  const values = shape.d * shape.aPad * shape.bPad;
  if (values > mostPadded) {
    const [came, most] = [values, mostPadded].map((n) => n.toLocaleString("en"));
    throw new RangeError(`pad(Z) would have ${came} values; the explorer shows up to ${most}: pad less`);
  }
  const data = decode(encoded.base64, shape.d * shape.a * shape.b);
  const padded = pad(matrix(shape.d, shape.a * shape.b, data, { nonFinite: true }), shape);
  return {
    shape,
    rows,
    cols,
    z: padded.data as Float64Array,
    index: phiIndex(shape),
    notFinite: data.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0),
  };
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
  return fields;
}

/** The float64 numbers of a base64 string (little-endian, as every browser's typed arrays are). */
function decode(base64: string, length: number): Float64Array {
  const bytes = bytesOf(base64);
  if (bytes.length !== 8 * length) {
    throw new RangeError(
      `${PHI_MIME}: z holds ${bytes.length} bytes; d·a·b = ${length} numbers need ${8 * length}`,
    );
  }
  return new Float64Array(bytes.buffer);
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch (cause) {
    throw new TypeError(`${PHI_MIME}: z.base64 is not base64`, { cause });
  }
}
