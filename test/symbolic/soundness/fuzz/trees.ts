/** An expression's places, and the expression with another part at one of them. */

import type { Expression } from "../../../../src/symbolic/language/expression.js";

export function parts(e: Expression): readonly Expression[] {
  if (e.kind === "binary") return [e.left, e.right];
  if (e.kind === "unary") return [e.of];
  return e.kind === "call" || e.kind === "apply" ? e.args : [];
}

function withParts(e: Expression, list: readonly Expression[]): Expression {
  if (e.kind === "binary") return { ...e, left: list[0], right: list[1] };
  if (e.kind === "unary") return { ...e, of: list[0] };
  return e.kind === "call" || e.kind === "apply" ? { ...e, args: list } : e;
}

/** How many of the parts are matrices; the others are sizes, or what a differential is taken by. */
function matrices(e: Expression): number {
  if (e.kind !== "call") return parts(e).length;
  return ["I", "ones", "K"].includes(e.name) ? 0 : e.name === "mat" || e.name === "d" ? 1 : e.args.length;
}

/** A place: the number of a part, of a part of that, and so on. */
export type Path = readonly number[];

/** Every place of a matrix, the expression itself first. */
export function placesIn(e: Expression): Path[] {
  const inside = parts(e)
    .slice(0, matrices(e))
    .flatMap((part, k) => placesIn(part).map((path) => [k, ...path]));
  return [[], ...inside];
}

/** Every place, also of sizes and names. */
export function allPlacesIn(e: Expression): Path[] {
  return [[], ...parts(e).flatMap((part, k) => allPlacesIn(part).map((path) => [k, ...path]))];
}

export function at(e: Expression, path: Path): Expression {
  return path.reduce((part, k) => parts(part)[k], e);
}

export function replacedAt(e: Expression, [k, ...rest]: Path, by: Expression): Expression {
  if (k === undefined) return by;
  return withParts(
    e,
    parts(e).map((part, n) => (n === k ? replacedAt(part, rest, by) : part)),
  );
}
