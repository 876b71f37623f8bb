/** Proofs for all sizes: both sides of a statement as sums of products of entries, in one form. */

import type { Statement } from "../expression.js";
import { type Polynomial, variable } from "../polynomial.js";
import type { World } from "../world.js";
import { indexed, nothingShared } from "./axes.js";
import { canonicalText } from "./canonical.js";
import { leaves, OutsideError, unify } from "./digits.js";
import { entryOf } from "./indexForm.js";
import { simplified } from "./solve.js";
import type { Term } from "./terms.js";

/**
 * "proved": the statement holds for all sizes. "open": the two forms differ; the statement may be false, or need facts
 * that the form does not know. "outside": a part has no such form; `why` names it.
 */
export type AllSizes =
  | {
      readonly status: "proved" | "open";
      readonly left: string;
      readonly right: string;
      readonly vacuous: boolean;
    }
  | { readonly status: "outside"; readonly why: string };

/** Tries to prove that left = right entry by entry, for all values of the dimensions. The sides must have one size. */
export function proveForAllSizes(world: World, { left, right }: Statement): AllSizes {
  try {
    const [x, y] = normalForms(world, { left, right });
    const [leftText, rightText] = [canonicalText(x), canonicalText(y)];
    const status = leftText === rightText ? "proved" : "open";
    return { status, left: leftText, right: rightText, vacuous: status === "proved" && leftText === "0" };
  } catch (error) {
    if (error instanceof OutsideError) return { status: "outside", why: error.message };
    throw error;
  }
}

/** Both sides at one entry, whose row and column are given by the digits r0, r1, … and c0, c1, … */
export function normalForms(world: World, { left, right }: Statement): [Term[], Term[]] {
  const shared = nothingShared();
  const [x, y] = [indexed(world, left, shared), indexed(world, right, shared)];
  unify(x.rows, y.rows);
  unify(x.cols, y.cols);
  let count = 0;
  const fresh = () => `x${count++}`;
  const named = (letter: string, n: number): Polynomial[] =>
    Array.from({ length: n }, (_, k) => variable(letter + k));
  const at = {
    rows: named("r", leaves(x.rows).length),
    cols: named("c", leaves(x.cols).length),
    instance: variable("instance"),
  };
  return [simplified(entryOf(world, x, at, fresh)), simplified(entryOf(world, y, at, fresh))];
}
