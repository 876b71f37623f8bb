/**
 * Who is asked whether a statement holds: the prover by itself, the trials by themselves, and both as a reader asks them.
 * A fault of one of them that the other hides is a fault.
 */

import { checkStatement } from "../../../../src/symbolic/check/check.js";
import { misplacedLetter } from "../../../../src/symbolic/check/oneArgument.js";
import type { Verdict } from "../../../../src/symbolic/check/verdict.js";
import type { Statement } from "../../../../src/symbolic/language/expression.js";
import { printStatement } from "../../../../src/symbolic/language/print.js";
import { proveForAllSizes } from "../../../../src/symbolic/prove/prove.js";
import { sizeConditions } from "../../../../src/symbolic/sizes/conditions.js";
import { shapeFailure, trial } from "../../../../src/symbolic/trial/trial.js";
import { sigmaNeed } from "../../../../src/symbolic/world/selections.js";
import type { Standing } from "../../../../src/symbolic/world/standing.js";
import type { World } from "../../../../src/symbolic/world/world.js";
import { withZeroMatrix } from "../../../../src/symbolic/world/zero.js";

export type Witness = "the prover" | "the trials" | "check";

type Asked = (world: World, statement: Statement, standing?: Standing) => Verdict;

export const witnesses: Readonly<Record<Witness, Asked>> = {
  "the prover": (world, statement, standing) =>
    asked(world, statement, standing, (s) => proveForAllSizes(world, s).status === "proved"),
  "the trials": (world, statement, standing) =>
    asked(world, statement, standing, (s) => trial(world, s).passed),
  check: (world, statement, standing) => checkStatement(world, statement, standing ? { standing } : {}),
};

function asked(
  world: World,
  written: Statement,
  standing: Standing = new Map(),
  holds: (statement: Statement) => boolean,
): Verdict {
  const statement = withZeroMatrix(world, written);
  const failure = shapeFailure(world, statement);
  const why =
    failure?.why ??
    misplacedLetter(
      world,
      statement,
      standing,
      (left, right) => proveForAllSizes(world, { left, right }).status === "proved",
    );
  const ok = why === undefined && holds(statement);
  const where = ok
    ? sizeConditions(world, statement).map((condition) => ({ kind: "where", condition }) as const)
    : [];
  const need = sigmaNeed(world, statement, standing);
  return {
    ok,
    level: "all sizes",
    statement: printStatement(statement),
    ...(failure?.misfit && { misfit: true }),
    ...(why !== undefined && { why }),
    caveats: ok && need !== "any" ? [...where, { kind: need }] : where,
    evidence: {},
    certificate: () => undefined,
  };
}

/** For which sizes and which σ verdicts claim anything. */
export function conditionsOf(verdicts: readonly Verdict[]): { conditions: string[]; rising: boolean } {
  const caveats = verdicts.flatMap((verdict) => verdict.caveats ?? []);
  return {
    conditions: caveats.flatMap((caveat) => (caveat.kind === "where" ? [caveat.condition] : [])),
    rising: caveats.some(({ kind }) => kind === "rising"),
  };
}

/** Whether it is tried on numbers in a moment: a Kronecker product of images has the fourth power of their entries. */
export function isQuick({ maps }: World, text: string): boolean {
  return text.length < 160 && !(maps.size > 0 && /kron|K\(/.test(text));
}
