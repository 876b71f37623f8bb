/** What a check says of a statement: whether it holds, and how strong the evidence is. */

import type { Counterexample } from "../refute/counterexampleText.js";
import type { Suggestion } from "../refute/suggestions.js";
import type { Sizes } from "../sizes/sizes.js";
import type { Badge, Bound, Caveat, Level } from "./badge.js";

/** Random trials over GF(p): a false statement passes all of them with a chance of at most `bound`. */
export interface Trials {
  readonly prime: number;
  readonly shapes: readonly Sizes[];
  readonly seeds: readonly number[];
  readonly bound: number;
}

/** Agreement in floating point: the largest difference, relative to the values, and how it was found. */
export interface FloatAgreement {
  readonly method: string;
  readonly error: number;
}

/** A counterexample as plain JSON, which has no NaN: an entry (from 1) at small sizes with small whole numbers. */
export interface CounterexampleRecord {
  readonly sizes: Sizes;
  readonly entry: readonly [row: number, col: number];
  readonly left: string;
  readonly right: string;
  /** Where σ stands: the σ(x) that was taken, as "σ(x) = x²". */
  readonly sigma?: string;
}

/** What the levels found; each where it was tried. */
export interface Evidence {
  /** The normal form that both sides have for all sizes. */
  readonly normalForm?: string;
  /** Why there is no proof for all sizes. */
  readonly outOfReach?: string;
  /** The sizes at which both sides are the same polynomials over ℤ. */
  readonly here?: Sizes;
  readonly trials?: Trials;
  /** Where signs decide: the trials in whole numbers and fractions, exact, which bound nothing. */
  readonly numbers?: Pick<Trials, "shapes" | "seeds">;
  readonly float?: readonly FloatAgreement[];
  readonly counterexample?: CounterexampleRecord;
}

/** The answer to "does left = right hold?". */
export interface Verdict {
  /** Whether it holds, as far as the evidence reaches. */
  readonly ok: boolean;
  /** How far the evidence reaches: "all sizes", "here", "identity" or "float". */
  readonly level: Level;
  /** "left = right" as text. */
  readonly statement: string;
  /** Where it does not hold, in words: the sizes that do not fit, or where the sides differ. */
  readonly why?: string;
  /** Whether it has no value, because sizes of its parts do not fit. */
  readonly misfit?: boolean;
  /** Where it holds, what a reader should know. */
  readonly caveats?: readonly Caveat[];
  /** The same in words; none where there is nothing to know. */
  readonly warning?: string;
  /** For which sizes it says anything, as "m ≥ n": where a size in it might be negative. */
  readonly conditions?: readonly string[];
  /** Where it does not hold: the numbers that show it, and all that they are calculated from. */
  readonly counterexample?: Counterexample;
  /** Where it does not hold: right sides one slip away, each verified. */
  readonly suggestions?: readonly Suggestion[];
  /** What each way of looking at it found. */
  readonly evidence: Evidence;
  /** Plain JSON from which the statement can be verified again. */
  certificate(): unknown;
}

/** What a verdict says, in one line. */
export function badgeOf({ ok, level, evidence, caveats = [] }: Claimed): Badge {
  if (!ok) return { mark: "fails", caveats: [] };
  const bound = boundOf(level, evidence);
  return { mark: level === "float" ? "nearly" : "holds", claim: level, ...(bound && { bound }), caveats };
}

type Claimed = Pick<Verdict, "ok" | "level" | "evidence" | "caveats">;

function boundOf(level: Level, { trials, here }: Evidence): Bound | undefined {
  if (level === "here" && here && Object.keys(here).length > 0) return { at: here };
  if (level === "identity" && trials) return { shapes: trials.shapes.length, error: trials.bound };
  return undefined;
}
