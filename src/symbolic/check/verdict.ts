/** What a check says of a statement: whether it holds, and how strong the evidence is. */

import { type Sizes, sizesText } from "../sizes/sizes.js";

/**
 * How far the evidence reaches. "all sizes": proved for every value of the dimensions. "here": an identity of
 * polynomials over ℤ at one choice of the dimensions. "identity": random trials over GF(p), with a bound on the
 * chance of error. "float": agreement in floating point only, which proves nothing.
 */
export type Level = "all sizes" | "here" | "identity" | "float";

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

/** Where the two sides differ: an entry (from 1) at small sizes with small whole numbers. */
export interface Counterexample {
  readonly sizes: Sizes;
  readonly seed: number;
  readonly entry: readonly [row: number, col: number];
  readonly left: string;
  readonly right: string;
}

/** A right side that was verified, one slip away from the one that was written. */
export interface Suggestion {
  /** What the slip was, as "Kronecker factors swapped". */
  readonly slip: string;
  /** The repaired side as text. */
  readonly expression: string;
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
  readonly float?: readonly FloatAgreement[];
  readonly counterexample?: Counterexample;
}

/** The answer to "does left = right hold?". */
export interface Verdict {
  readonly ok: boolean;
  readonly level: Level;
  /** "left = right" as text. */
  readonly statement: string;
  /** Where it does not hold, in words: the sizes that do not fit, or where the sides differ. */
  readonly why?: string;
  /** Whether it has no value, because sizes of its parts do not fit. */
  readonly misfit?: boolean;
  /** Where it holds, what a reader should know: both sides are 0 in every trial. */
  readonly warning?: string;
  /** For which sizes it says anything, as "m ≥ n": where a size in it might be negative. */
  readonly conditions?: readonly string[];
  readonly suggestions?: readonly Suggestion[];
  readonly evidence: Evidence;
  /** Plain JSON from which the statement can be verified again. */
  certificate(): unknown;
}

/** One line for a reader, as "✓ all sizes" or "✓ 3 shapes, error ≤ 1e-21". */
export function badge({
  ok,
  level,
  evidence,
  warning,
  conditions = [],
}: Omit<Verdict, "certificate" | "statement">): string {
  if (!ok) return "✗";
  const where = conditions.length > 0 ? ` where ${conditions.join(", ")}` : "";
  const text = holds(level, evidence) + where;
  return warning === undefined ? text : `${text}, but ${warning}`;
}

function holds(level: Level, { trials, here }: Evidence): string {
  switch (level) {
    case "all sizes":
      return "✓ all sizes";
    case "here":
      return here && Object.keys(here).length > 0 ? `✓ exactly at ${sizesText(here)}` : "✓ exactly";
    case "identity":
      return trials ? `✓ ${trials.shapes.length} shapes, error ≤ ${bound(trials.bound)}` : "✓ random trials";
    default:
      return "≈ floating point only";
  }
}

/** A bound is rounded up: 8.9e-22 is at most 1e-21. */
function bound(x: number): string {
  return x > 0 ? `1e${Math.ceil(Math.log10(x))}` : "0";
}
