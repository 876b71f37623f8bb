import type { PhiPayload } from "../../src/mime/types.js";

/** The payload of an image whose pixel in row i, column j, channel c (counted from 1) is `value`. */
export function phiPayload(
  size: Omit<PhiPayload, "version" | "z">,
  value: (i: number, j: number, c: number) => number,
): PhiPayload {
  const z: number[] = [];
  for (let j = 1; j <= size.b; j++) {
    for (let i = 1; i <= size.a; i++) for (let c = 1; c <= size.d; c++) z.push(value(i, j, c));
  }
  return { version: 1, ...size, z: { dtype: "float64", base64: base64(z) } };
}

/** The bytes of float64 numbers. */
export function base64(numbers: readonly number[]): string {
  return Buffer.from(new Float64Array(numbers).buffer).toString("base64");
}

/** Pixels that say where they are: row 2, column 5, channel 3 is 325. */
export function placeName(i: number, j: number, c: number): number {
  return 100 * c + 10 * i + j;
}
