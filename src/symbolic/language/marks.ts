/** What stands below, above and around an operand: σ′, I_{n}, mat(v)_{m × n}, ‖A‖², Σ_{i=1}^{l} A. */

import type { BuiltIn } from "./builtIns.js";
import type { Cursor } from "./cursor.js";
import { call, type Expression, name } from "./expression.js";
import { exponent } from "./powers.js";

/** What reads the parts: between signs, in _{…}, up to the next + or −. */
export interface ReadsParts {
  readonly cursor: Cursor;
  inside(at: number, open: string, close: string): Expression;
  sizesWithin(): Expression[];
  product(): Expression;
}

/** σ'(S), σ''(S) and relu'(S): a function is not transposed. */
export function primed({ cursor }: ReadsParts, text: string): BuiltIn | undefined {
  const names = derivatives.get(text);
  const primes = names && /^('{1,2})\(/.exec(cursor.ahead(3).join(""))?.[1].length;
  if (!primes) return undefined;
  const known = names[primes - 1];
  if (!known) throw cursor.error(`${text}″, which is 0 wherever there is one; needed ${text} or ${text}′`);
  cursor.skip(cursor.is("''") ? 1 : primes);
  return known;
}

/** What is written with a prime, and with two. */
const derivatives: ReadonlyMap<string, readonly BuiltIn[]> = new Map<string, readonly BuiltIn[]>([
  ["sigma", ["dsigma", "d2sigma"]],
  ...["relu", "ReLU"].map((word) => [word, ["drelu"]] as const),
]);

/** I_{n}, K_{m,n}, 𝟙_{m × n}, mat_{m × n}(v), where _ stands here. */
export function withSizes(parts: ReadsParts, text: BuiltIn): Expression {
  const { cursor } = parts;
  const sizes = indices(parts);
  if (text !== "mat") return call(text, ...sizes);
  const { at } = cursor.token;
  if (!cursor.take("(")) throw cursor.error(`${cursor.here()}; needed mat(v)`);
  return call("mat", parts.inside(at, "(", ")"), ...sizes);
}

/** _{m × n}, _{m, n}, _n */
export function indices(parts: ReadsParts): Expression[] {
  const { cursor } = parts;
  cursor.take("_");
  if (cursor.token.kind === "name") return [name(cursor.skip().text)];
  cursor.expect("{", "the sizes");
  const sizes = parts.sizesWithin();
  cursor.expect("}", "the sizes");
  return sizes;
}

/** ‖A‖², behind the first ‖. */
export function squaredNorm(parts: ReadsParts, at: number): Expression {
  const { cursor } = parts;
  const e = parts.inside(at, "‖", "‖");
  const isSquare = cursor.take("^2") || (cursor.take("^") && exponent(cursor) === "2");
  if (!isSquare) throw cursor.error("a norm without its square; needed ‖A‖² or norm2(A)");
  return call("norm2", e);
}

/** Σ A, Σ_i A, Σ_{i=1}^{l} A, behind Σ: over the instances, up to the next + or −. */
export function instances(parts: ReadsParts): Expression {
  const { cursor } = parts;
  const { at } = cursor.token;
  const isMarked = cursor.take("ᵢ");
  const below = isMarked ? "i" : cursor.take("_") ? mark(cursor) : "";
  const above = cursor.take("^") ? mark(cursor) : "";
  if (!bounds.has(`${below}^${above}`))
    throw cursor.error("these bounds; needed Σ, Σ_i or Σ_{i=1}^{l}, the sum over all instances", at);
  return call("Sum", parts.product());
}

/** Σ says nothing else than that i runs over all instances: other bounds would be passed over. */
const bounds: ReadonlySet<string> = new Set(["^", "i^", "i=1^", "i^l", "i=1^l", "i_l^"]);

/** i, {i=1} */
function mark(cursor: Cursor): string {
  const { text } = cursor.skip();
  if (text !== "{") return text;
  let inside = "";
  while (!cursor.take("}")) {
    if (cursor.token.kind === "end") throw cursor.error("the text ends here; needed }");
    inside += cursor.skip().text;
  }
  return inside;
}
