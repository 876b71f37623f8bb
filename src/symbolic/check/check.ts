/** Does left = right hold? All levels of evidence in one verdict. */

import type { Statement } from "../language/expression.js";
import { print, printStatement } from "../language/print.js";
import { type AllSizes, type MayHold, proveForAllSizes } from "../prove/prove.js";
import { counterexample } from "../refute/counterexample.js";
import type { Counterexample } from "../refute/counterexampleText.js";
import { suggestions } from "../refute/suggestions.js";
import { sizeConditions } from "../sizes/conditions.js";
import { relevantWorld } from "../sizes/relevant.js";
import { type Sizes, sizesText } from "../sizes/sizes.js";
import { NoSizesError, shapesFor } from "../sizes/testShapes.js";
import { DivisionError } from "../trial/algebra.js";
import { NowhereError } from "../trial/evaluate.js";
import { tryWithLargest } from "../trial/largestTrial.js";
import { largestPrime } from "../trial/primeField.js";
import { outcomeOrDivision, type TrialOutcome, tryOnce } from "../trial/primeFieldTrial.js";
import { type PassedTrial, shapeFailure, type TrialOptions, trial } from "../trial/trial.js";
import { sigmaNeed } from "../world/selections.js";
import type { Standing } from "../world/standing.js";
import type { World } from "../world/world.js";
import { withZeroMatrix } from "../world/zero.js";
import { type Caveat, caveatText, type Level } from "./badge.js";
import { mayHold } from "./mayHold.js";
import { misplacedLetter } from "./oneArgument.js";
import { proverVersion } from "./proverVersion.js";
import type { CounterexampleRecord, Evidence, Trials, Verdict } from "./verdict.js";

/** A statement that can be verified again: plain JSON. */
export interface Certificate {
  /** The version of this form. */
  readonly version: 1;
  /** The number of the prover that wrote it; a greater number proves more. Absent: 1. */
  readonly prover?: number;
  /** The names it speaks of, as a `lecture` declares them. */
  readonly declarations: string;
  /** "left = right" as text. */
  readonly statement: string;
  /** How far the evidence reached when it was written. */
  readonly level: Level;
  /** The prime p of the trials over GF(p). */
  readonly prime: number;
  /** The sizes of the trials. */
  readonly shapes: readonly Readonly<Record<string, number>>[];
  /** The seed of each trial, which gives its numbers again. */
  readonly seeds: readonly number[];
  /** The chance, at most, that a false statement passes these trials. */
  readonly bound?: number;
  /** Where losses and maps that choose stand in the lines before, as text: what their gradients and selections are taken at. */
  readonly standing?: Readonly<Record<string, string>>;
  /** What the badge says besides the level; a statement counts only where nothing more is to be said. */
  readonly caveats?: readonly Caveat[];
}

/**
 * Checks a statement: its sizes, a proof for all sizes, and trials; a proof too is tried on numbers, at every test shape,
 * so that two ways that share no code agree; where they do not, ContradictionError is thrown, whoever the prover is. A
 * statement that fails carries a counterexample and, where one slip explains it, verified suggestions. Nothing is thrown for
 * a false statement.
 */
export function checkStatement(
  world: World,
  written: Statement,
  options: TrialOptions = {},
  prove: Prove = proveForAllSizes,
): Verdict {
  const statement = withZeroMatrix(world, written);
  try {
    return verdictOf(world, statement, options, prove);
  } catch (error) {
    if (error instanceof NowhereError || error instanceof NoSizesError)
      return refusedFor(statement, error.message);
    throw error;
  }
}

/** Whether it is proved for all sizes, and tried: the verdict's best level, without what is said of a statement that fails. */
export function holdsForAllSizes(world: World, written: Statement, options: TrialOptions = {}): boolean {
  const statement = withZeroMatrix(world, written);
  if (shapeFailure(world, statement) || proveForAllSizes(world, statement).status !== "proved") return false;
  const verdict = checkStatement(world, statement, options);
  return verdict.ok && verdict.level === "all sizes";
}

function verdictOf(world: World, statement: Statement, options: TrialOptions, prove: Prove): Verdict {
  const misshapen = shapeFailure(world, statement);
  if (misshapen) {
    const verdict = refused(world, statement, misshapen.why, options);
    return misshapen.misfit ? { ...verdict, misfit: true } : verdict;
  }
  const misplaced = misplacedLetter(world, statement, options.standing ?? new Map(), (left, right) =>
    isEqual(world, { left, right }),
  );
  if (misplaced !== undefined) return refusedFor(statement, misplaced);
  const proof = prove(world, statement, mayHold(world, statement, options));
  if (proof.status === "proved") {
    const tried = witnessed(world, statement, options);
    if (!tried) return refused(world, statement, "a divisor is 0 wherever it was tried", options);
    return accepted(
      statement,
      options,
      world,
      { level: "all sizes", vacuous: proof.vacuous || tried.isZero },
      {
        normalForm: proof.left,
      },
    );
  }
  const tried = trial(world, statement, options);
  if (!tried.passed) return refused(world, statement, tried.why, options);
  const evidence = evidenceOf(proof, tried);
  const level = evidence.here ? "here" : tried.fractions ? "float" : "identity";
  return accepted(statement, options, world, { level, vacuous: tried.vacuous, tried }, evidence);
}

/** Who proves for all sizes. */
export type Prove = (world: World, statement: Statement, mayHold: MayHold) => AllSizes;

function textsOf(standing: Standing): Record<string, string> {
  return Object.fromEntries(Array.from(standing, ([name, argument]) => [name, print(argument)]));
}

function isEqual(world: World, statement: Statement): boolean {
  return checkStatement(world, statement).ok;
}

/**
 * A proof is tried in GF(p) at every test shape, and with the largest entries where a map chooses, by code that shares
 * nothing with it; undefined where no trial has a value. Throws ContradictionError where the numbers say otherwise: then one
 * of the two has a fault, and nothing is certified.
 */
function witnessed(world: World, statement: Statement, options: TrialOptions): TrialOutcome | undefined {
  const shapes = options.shapes ?? shapesFor(world, statement);
  const relevant = relevantWorld(world, statement);
  let outcome: TrialOutcome | undefined;
  for (const sizes of shapes) {
    const at = tryWithSeeds(relevant, statement, sizes, outcome?.isZero === false);
    if (at) outcome = { ...at, isZero: at.isZero && (outcome?.isZero ?? true) };
    if (at?.difference) break;
  }
  if (!outcome) return undefined;
  const difference =
    outcome.difference ?? tryWithLargest(relevant, statement, shapes[0], sigmaNeed(world, statement));
  if (!difference) return outcome;
  throw new ContradictionError(
    `internal error: philab contradicts itself. ${printStatement(statement)} was proved for all sizes, but entry (${difference.entry.join(", ")}) differs at ${sizesText(difference.at)}. This is a fault of philab, not yours; please report it with the lecture's declarations`,
  );
}

/** Where a divisor is 0 with one, or all is 0 and nothing was seen yet, the next is taken. */
const seedsOfWitness = [1, 2, 3, 4, 5, 6];

function tryWithSeeds(
  world: World,
  statement: Statement,
  sizes: Sizes,
  isSeen: boolean,
): TrialOutcome | undefined {
  let found: TrialOutcome | undefined;
  for (const seed of seedsOfWitness) {
    const outcome = outcomeOrDivision(() => tryOnce(world, statement, sizes, seed));
    if (outcome instanceof DivisionError) continue;
    found = outcome;
    if (isSeen || outcome.difference || !outcome.isZero) return outcome;
  }
  return found;
}

/** The proof and the trials disagree: a fault of this program, never of the statement. */
export class ContradictionError extends Error {
  override readonly name = "ContradictionError";
}

function evidenceOf(proof: AllSizes, { polynomials, primeField, fractions, floats }: PassedTrial): Evidence {
  const outOfReach = proof.status === "outside" ? proof.why : "the normal forms of the two sides differ";
  return {
    outOfReach,
    ...("at" in polynomials ? { here: polynomials.at } : {}),
    ...(primeField && { trials: trialsOf(primeField) }),
    ...(fractions && { numbers: fractions }),
    ...(floats && { float: [{ method: "float64", error: floats.error }] }),
  };
}

function trialsOf({ shapes, seeds, prime, bound }: NonNullable<PassedTrial["primeField"]>): Trials {
  return { prime, shapes, seeds, bound };
}

function accepted(
  statement: Statement,
  options: TrialOptions,
  world: World,
  found: { level: Level; vacuous: boolean; tried?: PassedTrial },
  evidence: Evidence,
): Verdict {
  const text = printStatement(statement);
  const caveats = caveatsOf(world, statement, options.standing, found.vacuous);
  const certificate = (): Certificate => ({
    version: 1,
    prover: proverVersion,
    declarations: world.declarations,
    statement: text,
    level: found.level,
    prime: largestPrime,
    shapes: options.shapes ?? shapesFor(world, statement),
    seeds: options.seeds ?? [1, 2, 3],
    ...(found.tried?.primeField ? { bound: found.tried.primeField.bound } : {}),
    ...(options.standing?.size ? { standing: textsOf(options.standing) } : {}),
    ...(caveats.length > 0 && { caveats }),
  });
  return {
    ok: true,
    level: found.level,
    statement: text,
    ...(caveats.length > 0 && { caveats, warning: caveats.map(caveatText).join("; ") }),
    evidence,
    certificate,
  };
}

/** For which sizes and which σ it holds, and whether anything was seen at all. */
function caveatsOf(
  world: World,
  statement: Statement,
  standing: Standing | undefined,
  isVacuous: boolean,
): readonly Caveat[] {
  const need = sigmaNeed(world, statement, standing);
  return [
    ...sizeConditions(world, statement).map((condition) => ({ kind: "where", condition }) as const),
    ...(need === "any" ? [] : [{ kind: need } as const]),
    ...(isVacuous ? [{ kind: "vacuous" } as const] : []),
  ];
}

/** A statement that has no value, as one that divides by 0, has no counterexample. */
function counterexampleIfAny(
  world: World,
  statement: Statement,
  options: TrialOptions,
): Counterexample | undefined {
  try {
    return counterexample(world, statement, options);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Refused for a reason that no numbers show. */
function refusedFor(statement: Statement, why: string): Verdict {
  const text = printStatement(statement);
  return {
    ok: false,
    level: "identity",
    statement: text,
    why,
    evidence: {},
    certificate: () => nothingHolds(text),
  };
}

function nothingHolds(text: string): never {
  throw new Error(`${text} does not hold: there is nothing to certify`);
}

function recordOfCounterexample({ sizes, entry, left, right, sigma }: Counterexample): CounterexampleRecord {
  return { sizes, entry, left: String(left), right: String(right), ...(sigma && { sigma }) };
}

function refused(world: World, statement: Statement, why: string, options: TrialOptions): Verdict {
  const found = counterexampleIfAny(world, statement, options);
  const text = printStatement(statement);
  return {
    ok: false,
    level: "identity",
    statement: text,
    why: found?.text ?? why,
    suggestions: suggestions(world, statement, options),
    ...(found && { counterexample: found }),
    evidence: found ? { counterexample: recordOfCounterexample(found) } : {},
    certificate: () => nothingHolds(text),
  };
}
