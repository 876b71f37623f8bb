/** Does left = right hold? All levels of evidence in one verdict. */

import type { Statement } from "../language/expression.js";
import { printStatement } from "../language/print.js";
import { type AllSizes, proveForAllSizes } from "../prove/prove.js";
import { type Counterexample, counterexample } from "../refute/counterexample.js";
import { suggestions } from "../refute/suggestions.js";
import { shapesFor } from "../sizes/testShapes.js";
import { largestPrime } from "../trial/primeField.js";
import { type TrialOutcome, tryOnce } from "../trial/primeFieldTrial.js";
import { type PassedTrial, shapeFailure, type TrialOptions, trial } from "../trial/trial.js";
import type { World } from "../world/world.js";
import { type Caveat, caveatText, type Level } from "./badge.js";
import type { CounterexampleRecord, Evidence, Verdict } from "./verdict.js";

/** A statement that can be verified again: plain JSON. */
export interface Certificate {
  readonly version: 1;
  readonly declarations: string;
  readonly statement: string;
  readonly level: Level;
  readonly prime: number;
  readonly shapes: readonly Readonly<Record<string, number>>[];
  readonly seeds: readonly number[];
  readonly bound?: number;
  /** What the badge says besides the level; a statement counts only where nothing more is to be said. */
  readonly caveats?: readonly Caveat[];
}

/**
 * Checks a statement: its sizes, a proof for all sizes, and trials; a proof too is tried on numbers once, so that two
 * ways that share no code agree. A statement that fails carries a counterexample and, where one slip explains it,
 * verified suggestions. Nothing is thrown for a false statement.
 */
export function checkStatement(
  world: World,
  declarations: string,
  statement: Statement,
  options: TrialOptions = {},
): Verdict {
  const misshapen = shapeFailure(world, statement);
  if (misshapen) {
    const verdict = refused(world, statement, misshapen.why, options);
    return misshapen.misfit ? { ...verdict, misfit: true } : verdict;
  }
  const proof = proveForAllSizes(world, statement);
  const once = proof.status === "proved" ? triedOnce(world, statement, options) : undefined;
  if (proof.status === "proved" && once && !once.difference) {
    return accepted(
      statement,
      declarations,
      options,
      world,
      { level: "all sizes", vacuous: proof.vacuous || once.isZero },
      {
        normalForm: proof.left,
      },
    );
  }
  const tried = trial(world, statement, options);
  if (!tried.passed) return refused(world, statement, tried.why, options);
  const evidence = evidenceOf(proof, tried);
  const level = evidence.here ? "here" : "identity";
  return accepted(
    statement,
    declarations,
    options,
    world,
    { level, vacuous: tried.vacuous, tried },
    evidence,
  );
}

/** A single trial in GF(p): enough to find a proof wrong, should the prover ever be. */
function triedOnce(world: World, statement: Statement, options: TrialOptions): TrialOutcome {
  const shape = (options.shapes ?? shapesFor(world, statement))[0];
  return tryOnce(world, statement, shape, 1, largestPrime);
}

function evidenceOf(proof: AllSizes, { polynomials, primeField, floats }: PassedTrial): Evidence {
  const outOfReach = proof.status === "outside" ? proof.why : "the normal forms of the two sides differ";
  const { shapes, seeds, prime, bound } = primeField;
  return {
    outOfReach,
    ...("at" in polynomials ? { here: polynomials.at } : {}),
    trials: { prime, shapes, seeds, bound },
    float: [{ method: "float64", error: floats.error }],
  };
}

function accepted(
  statement: Statement,
  declarations: string,
  options: TrialOptions,
  world: World,
  found: { level: Level; vacuous: boolean; tried?: PassedTrial },
  evidence: Evidence,
): Verdict {
  const text = printStatement(statement);
  const caveats: readonly Caveat[] = found.vacuous ? [{ kind: "vacuous" }] : [];
  const certificate = (): Certificate => ({
    version: 1,
    declarations,
    statement: text,
    level: found.level,
    prime: largestPrime,
    shapes: options.shapes ?? shapesFor(world, statement),
    seeds: options.seeds ?? [1, 2, 3],
    ...(found.tried ? { bound: found.tried.primeField.bound } : {}),
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

function recordOfCounterexample({ sizes, seed, entry, left, right }: Counterexample): CounterexampleRecord {
  return { sizes, seed, entry, left: String(left), right: String(right) };
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
    evidence: found ? { counterexample: recordOfCounterexample(found) } : {},
    certificate: () => {
      throw new Error(`${text} does not hold: there is nothing to certify`);
    },
  };
}
