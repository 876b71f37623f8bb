/** Declarations as the lecture writes them → the plain form that `declare` reads. */

import { greekName } from "../language/letters.js";

/**
 * Z^{in,i} ∈ R^{d_in × a_in b_in} is `Z_in : d_in x a_in b_in each`, b ∈ R^{d_out} is `b : d_out x 1`; Greek letters get
 * their names, ⌊n/q⌋ is floor(n/q).
 */
export function plainDeclaration(line: string): string {
  const plain = Array.from(line, (sign) => greekName(sign) ?? signs[sign] ?? sign).join("");
  const isEach = /^\s*\w+(?:_\{\w+\})?\^\{\s*(?:\w+\s*,\s*)?i\s*\}/.test(plain);
  const named = plain
    .replace(/\^\{\s*i\s*\}/g, "")
    .replace(/(?<!(?:∈|\bin)\s*[Rℝ]\s*)[_^]\{\s*(\w+)\s*(?:,\s*i\s*)?\}/g, "_$1")
    .replace(/^\s*(\w+)\s*(?:∈|in)\s*(?:ℝ|R)\s*\^\s*(?:\{(.*)\}|\((.*)\)|(\w+))\s*(each)?\s*$/, spaceOf);
  return isEach && !/\beach\s*$/.test(named) ? `${named} each` : named;
}

const signs: Readonly<Record<string, string>> = {
  "×": " x ",
  "−": "-",
  "·": "*",
  "⋅": "*",
  "⌊": "floor(",
  "⌋": ")",
  "²": "^2",
};

/** ∈ R^{m × n} */
function spaceOf(
  _all: string,
  name: string,
  braced?: string,
  inParentheses?: string,
  single?: string,
  each?: string,
): string {
  const size = braced ?? inParentheses ?? single ?? "";
  const shape = / x /.test(size) ? size : `${size} x 1`;
  return `${name} : ${shape}${each ? " each" : ""}`;
}
