/** A statement asked for, and judged where it is accepted. */

import type { Verdict } from "../../../../src/symbolic/check/verdict.js";
import { printStatement } from "../../../../src/symbolic/language/print.js";
import type { Drawn } from "./drawn.js";
import { type Judgement, judge } from "./judge.js";
import type { Random } from "./random.js";
import { counted, type Given, noteCrash, statementDoubt, statementFailure, type Tally } from "./tally.js";
import { conditionsOf, isQuick, type Witness, witnesses } from "./witnesses.js";

/** The prover is asked always, for it is fast; the trials and both together now and then. */
export function statementTried(given: Given, drawn: Drawn, random: Random, tally: Tally): void {
  const isProved = askedOf("the prover", given, drawn, tally);
  if (!isQuick(given.world, printStatement(drawn.statement))) return;
  if (random.oneIn(60)) askedOf("the trials", given, drawn, tally);
  if (random.oneIn(isProved ? 80 : 30)) askedOf("check", given, drawn, tally);
}

function askedOf(witness: Witness, given: Given, drawn: Drawn, tally: Tally): boolean {
  const { statement, kind } = drawn;
  const verdict = verdictOf(witness, given, drawn, tally);
  if (!verdict) return false;
  counted(
    tally,
    `${kind}: ${verdict.ok ? "accepted" : verdict.misfit ? "sizes do not fit" : "refused"} by ${witness}`,
  );
  if (!verdict.ok) {
    if (witness === "check") noteDoubt(given, drawn, verdict, tally);
    return false;
  }
  const { difference, tried } = judgedBy(given, drawn, verdict);
  counted(tally, tried > 0 ? "accepted and judged" : "accepted and without a value");
  if (difference) tally.failures.push(statementFailure(given, statement, witness, difference));
  return true;
}

/** Undefined where there is no verdict. */
function verdictOf(witness: Witness, given: Given, { statement }: Drawn, tally: Tally): Verdict | undefined {
  try {
    return witnesses[witness](given.world, statement);
  } catch (error) {
    noteCrash(given, printStatement(statement), error as Error, tally);
    return undefined;
  }
}

/** Laws are judged at few places: where one is not true, the slips are not either. */
function judgedBy(given: Given, { statement, kind }: Drawn, verdict: Pick<Verdict, "caveats">): Judgement {
  const claim = {
    declared: given.declared,
    lines: [statement.left, statement.right],
    ...conditionsOf([verdict as Verdict]),
  };
  return judge(claim, given.places, kind === "law" || kind === "rewriting" ? 2 : given.places.length);
}

/** True by construction, true by the evaluator, and refused by numbers: one of them is wrong. */
function noteDoubt(given: Given, drawn: Drawn, verdict: Verdict, tally: Tally): void {
  if (!verdict.evidence.counterexample || (drawn.kind !== "law" && drawn.kind !== "rewriting")) return;
  const { difference, tried } = judgedBy(given, { ...drawn, kind: "slip" }, { caveats: [] });
  if (tried > 0 && !difference) tally.doubts.push(statementDoubt(given, drawn.statement, verdict.why ?? ""));
}
