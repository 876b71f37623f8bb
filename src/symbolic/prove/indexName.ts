/**
 * The prover's own indices. Their names begin with a sign that no word of the lecture can hold (`language/tokens.ts`), so
 * that no declared size can be one of them: were an index called r0 and a size too, two different numbers would be one.
 */

import { type Polynomial, variable } from "../language/polynomial.js";

const sign = "%";

/** The name of the k-th index of that letter. */
export function indexName(letter: string, k: number): string {
  return `${sign}${letter}${k}`;
}

/** Which instance an entry belongs to. */
export const instanceIndex: Polynomial = variable(`${sign}instance`);

/** A text in which indices stand, for a reader. */
export function readableIndices(text: string): string {
  return text.replaceAll(sign, "");
}
