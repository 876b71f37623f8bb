/** Derivations: lines that are accepted one by one, and whether the last is the first; their ends, and exercises. */

import { type Derivation, derive, StepError } from "../../../../src/symbolic/derive/derive.js";
import { exercise } from "../../../../src/symbolic/exercise/exercise.js";
import type { Expression, Statement } from "../../../../src/symbolic/language/expression.js";
import { parse } from "../../../../src/symbolic/language/parse.js";
import { print } from "../../../../src/symbolic/language/print.js";
import { ShapeError } from "../../../../src/symbolic/world/shapes.js";
import type { Standing } from "../../../../src/symbolic/world/standing.js";
import { judge } from "./judge.js";
import { linesOf } from "./lines.js";
import { chainFailure, counted, type Given, noteCrash, type Tally } from "./tally.js";
import type { Terms } from "./terms.js";
import { conditionsOf, isQuick, witnesses } from "./witnesses.js";

/** A chain by the prover, and now and then by both witnesses. */
export function chainTried(given: Given, terms: Terms, tally: Tally): void {
  const texts = linesOf(terms);
  if (!texts) return;
  const witness =
    terms.random.oneIn(20) && texts.every((text) => isQuick(given.world, text)) ? "check" : "the prover";
  const check = (statement: Statement, standing?: Standing) =>
    witnesses[witness](given.world, statement, standing);
  try {
    const start = derive(given.world, texts[0], check);
    const chain = texts.slice(1).reduce((longer, text) => next(longer, text, tally), start);
    const lines = chain.lines.map(({ expression }) => expression);
    if (lines.length < 2) return;
    counted(tally, `chains of ${Math.min(lines.length, 5)} lines`);
    judged(given, lines, chain, witness, tally);
    if (terms.random.oneIn(3)) answered(given, lines, texts, check, tally);
  } catch (error) {
    noteCrash(given, texts.join("\n= "), error as Error, tally);
  }
}

/** The derivation with the line where it is accepted, by eq or as its end, and without it where it is refused. */
function next(chain: Derivation, text: string, tally: Tally): Derivation {
  try {
    const longer = text.length % 3 === 0 ? chain.done(text) : chain.eq(parse(text));
    counted(tally, "line: accepted");
    return longer;
  } catch (error) {
    if (!(error instanceof StepError || error instanceof ShapeError)) throw error;
    counted(tally, "line: refused");
    return chain;
  }
}

function judged(
  given: Given,
  lines: readonly Expression[],
  chain: Derivation,
  by: string,
  tally: Tally,
): void {
  const verdicts = chain.lines.flatMap(({ verdict }) => verdict ?? []);
  const { difference } = judge({ declared: given.declared, lines, ...conditionsOf(verdicts) }, given.places);
  if (difference) tally.failures.push(chainFailure(given, lines, by, difference));
}

/** An exercise of which the last line is open: what is called right there is what the first line is. */
function answered(
  given: Given,
  lines: readonly Expression[],
  texts: readonly string[],
  check: (statement: Statement, standing?: Standing) => ReturnType<(typeof witnesses)["check"]>,
  tally: Tally,
): void {
  const shown = lines.slice(1, -1).map(print);
  const start = exercise(given.world, print(lines[0]), { check, options: {} });
  const sheet = shown
    .reduce((longer, line) => longer.eq(line), start)
    .blankEq(print(lines[lines.length - 1]), "so");
  for (const text of texts) {
    const { outcome } = sheet.answer(text, lines.length);
    counted(tally, `answer: ${outcome}`);
    if (outcome !== "right") continue;
    const all = [...lines.slice(0, -1), parse(text)];
    const verdicts = all.slice(1).map((right, k) => check({ left: all[k], right }));
    const { difference } = judge(
      { declared: given.declared, lines: all, ...conditionsOf(verdicts) },
      given.places,
    );
    if (difference) tally.failures.push(chainFailure(given, all, "an exercise", difference));
  }
}
