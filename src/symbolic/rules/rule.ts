/** Named rewriting rules: each states a law, cites where it is proved, and applies it at one place. */

import type { Expression } from "../language/expression.js";
import type { World } from "../world/world.js";

/** What a rule may look at besides the expression. */
export interface Context {
  readonly world: World;
  /** The factor to keep, as "W" or "phi(Z)": vec(W*phi(Z)) is linear in both. */
  readonly keep?: string;
}

/** A law of the form left = right, read from left to right. */
export interface Rule {
  /** As a notebook calls it: "vec-of-product". */
  readonly name: string;
  /** The law as LaTeX. */
  readonly law: string;
  /** Where it is proved independently: a lemma of Lean's mathlib, or a chapter of Magnus and Neudecker (2019). */
  readonly source: string;
  /** The expression rewritten at its root; undefined where the law says nothing about it. */
  readonly apply: (e: Expression, context: Context) => Expression | undefined;
}
