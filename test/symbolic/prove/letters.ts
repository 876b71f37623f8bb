import { type Polynomial, variable } from "../../../src/symbolic/language/polynomial.js";

/** The variables of these names, one for each. */
export function letters<const Names extends readonly string[]>(
  ...names: Names
): { readonly [K in keyof Names]: Polynomial } {
  return names.map(variable) as unknown as { readonly [K in keyof Names]: Polynomial };
}
