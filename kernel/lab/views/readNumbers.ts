/** Float64 numbers and sizes out of a payload, checked. */

import { checkedNumber, checkedObject, checkedText } from "./checked.js";

/** The numbers of { dtype: "float64", base64 }, as many as are needed. Throws TypeError or RangeError that names them. */
export function checkedNumbers(value: unknown, name: string, length: number): Float64Array {
  const { dtype, base64 } = checkedObject(value, name);
  if (dtype !== "float64") throw new TypeError(`${name}.dtype is ${JSON.stringify(dtype)}; needed "float64"`);
  const bytes = bytesOf(checkedText(base64, `${name}.base64`), name);
  if (bytes.length !== 8 * length)
    throw new RangeError(`${name} holds ${bytes.length} bytes; ${length} numbers need ${8 * length}`);
  return new Float64Array(bytes.buffer);
}

/** A whole number from `least` to `most`. */
export function checkedSize(value: unknown, name: string, least = 1, most = 2 ** 20): number {
  const n = checkedNumber(value, name);
  if (Number.isInteger(n) && n >= least && n <= most) return n;
  throw new RangeError(`${name} = ${n}; needed a whole number from ${least} to ${most}`);
}

/** The payload as an object of the version that is read here. */
export function checkedVersion(payload: unknown, mime: string): Record<string, unknown> {
  const fields = checkedObject(payload, mime);
  if (fields.version === 1) return fields;
  throw new TypeError(`${mime}: version is ${JSON.stringify(fields.version)}; this plugin reads version 1`);
}

function bytesOf(base64: string, name: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch (cause) {
    throw new TypeError(`${name}.base64 is not base64`, { cause });
  }
}
