/** Random statements and derivations, what philab says of them, and whether the evaluator agrees. */

import { checkStatement } from "../../../../src/symbolic/check/check.js";
import type { Verdict } from "../../../../src/symbolic/check/verdict.js";
import { declare } from "../../../../src/symbolic/declare/declare.js";
import { type Derivation, derive, StepError } from "../../../../src/symbolic/derive/derive.js";
import type { Expression, Statement } from "../../../../src/symbolic/language/expression.js";
import { parse, parseStatement } from "../../../../src/symbolic/language/parse.js";
import { print, printStatement } from "../../../../src/symbolic/language/print.js";
import { slipsOf } from "../../../../src/symbolic/refute/slips.js";
import { ShapeError, shapeOf } from "../../../../src/symbolic/world/shapes.js";
import type { World } from "../../../../src/symbolic/world/world.js";
import { drawDeclared } from "./declarations.js";
import { type Declared, declarationText } from "./declared.js";
import { type Difference, judge } from "./judge.js";
import { equalities, laws, temptations } from "./laws.js";
import { linesOf } from "./lines.js";
import { Random } from "./random.js";
import { Terms } from "./terms.js";

/** What was seen in a run: how often, and each failure as text for a test. */
export interface Tally {
  readonly counts: Record<string, number>;
  readonly failures: string[];
}

export interface Given {
  readonly declared: Declared;
  readonly text: string;
  readonly world: World;
}

/** Cases number k, k + 1, … of a seed, each with declarations of its own, as long as there is time. */
export function fuzzed(seed: number, hasTime: () => boolean): Tally {
  const tally: Tally = { counts: {}, failures: [] };
  for (let k = 0; hasTime(); k++) {
    const random = new Random(seed, k);
    const given = givenBy(drawDeclared(random));
    if (!given) {
      count(tally, "declarations refused");
      continue;
    }
    count(tally, "declarations");
    const terms = new Terms(random, given.declared);
    for (let m = 0; m < statementsEach && hasTime(); m++) statementsTried(given, terms, tally);
    for (let m = 0; m < chainsEach && hasTime(); m++) chainTried(given, terms, tally);
  }
  return tally;
}

const statementsEach = 12;
const chainsEach = 5;

/** Undefined where no sizes fit, as for two offsets that leave every image. */
export function givenBy(declared: Declared): Given | undefined {
  const text = declarationText(declared);
  try {
    return { declared, text, world: declare(text) };
  } catch {
    return undefined;
  }
}

function count({ counts }: Tally, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}

/** A statement, and where it is a law, one that is a slip away from it. */
function statementsTried(given: Given, terms: Terms, tally: Tally): void {
  const { random } = terms;
  const kinds = { law: laws, temptation: temptations, equality: equalities } as const;
  const kind = random.of(["law", "law", "temptation", "equality"] as const);
  const sides = random.of<(t: Terms) => readonly [string, string] | undefined>(kinds[kind])(terms);
  if (!sides) return;
  const statement = parseStatement(sides.join(" = "));
  tried(given, statement, kind, tally);
  if (kind !== "law" || !hasShape(given.world, statement)) return;
  const slips = slipsOf(given.world, statement);
  if (slips.length > 0) tried(given, { left: statement.left, right: random.of(slips).e }, "slip", tally);
}

function hasShape(world: World, { left, right }: Statement): boolean {
  try {
    return [left, right].every((e) => shapeOf(world, e));
  } catch {
    return false;
  }
}

function tried(given: Given, statement: Statement, kind: string, tally: Tally): void {
  const verdict = verdictOf(given, statement, tally);
  if (!verdict) return;
  const outcome = verdict.ok ? verdict.level : verdict.misfit ? "sizes do not fit" : "refused";
  count(tally, `${kind}: ${outcome}`);
  if (!verdict.ok) return;
  const { difference, tried: places } = judge(
    { declared: given.declared, lines: [statement.left, statement.right], ...conditionsOf([verdict]) },
    new Random(printStatement(statement)),
  );
  count(tally, places > 0 ? "accepted and judged" : "accepted and without a value");
  if (difference) tally.failures.push(statementFailure(given, statement, verdict.level, difference));
}

/** Undefined where there is no verdict: an error that is not the statement's fault is a failure. */
function verdictOf(given: Given, statement: Statement, tally: Tally): Verdict | undefined {
  const begin = performance.now();
  try {
    return checkStatement(given.world, statement);
  } catch (error) {
    const { name, message } = error as Error;
    count(tally, `threw ${name}`);
    if (name === "ContradictionError") tally.failures.push(errorFailure(given, statement, message));
    else noteCrash(given, statement, error as Error);
    return undefined;
  } finally {
    if (performance.now() - begin > slow) count(tally, "slower than 5 s");
  }
}

const slow = 5000;

/** Errors that accept nothing are shown where PHILAB_FUZZ_ERRORS is set: they are no fault of soundness. */
function noteCrash(given: Given, statement: Statement, { name, message }: Error): void {
  if (process.env.PHILAB_FUZZ_ERRORS)
    console.log(`${name}: ${message.split("\n")[0]}\n${given.text}\n${printStatement(statement)}\n`);
}

function conditionsOf(verdicts: readonly Verdict[]): { conditions: string[]; rising: boolean } {
  const caveats = verdicts.flatMap((verdict) => verdict.caveats ?? []);
  return {
    conditions: caveats.flatMap((caveat) => (caveat.kind === "where" ? [caveat.condition] : [])),
    rising: caveats.some(({ kind }) => kind === "rising"),
  };
}

/** Lines that are accepted one by one, and whether the last is the first. */
function chainTried(given: Given, terms: Terms, tally: Tally): void {
  const chain = drawChain(given, terms, tally);
  if (!chain || chain.lines.length < 3) return;
  count(tally, `chains of ${chain.lines.length} lines`);
  const lines = chain.lines.map(({ expression }) => expression);
  const verdicts = chain.lines.flatMap(({ verdict }) => verdict ?? []);
  const { difference } = judge(
    { declared: given.declared, lines, ...conditionsOf(verdicts) },
    new Random(...lines.map(print)),
  );
  if (difference) tally.failures.push(chainFailure(given, lines, difference));
}

function drawChain(given: Given, terms: Terms, tally: Tally): Derivation | undefined {
  const texts = linesOf(terms);
  if (!texts) return undefined;
  try {
    const check = (statement: Statement, standing?: Standing) =>
      checkStatement(given.world, statement, standing ? { standing } : {});
    return texts
      .slice(1)
      .reduce((chain, text) => next(chain, text, tally), derive(given.world, texts[0], check));
  } catch (error) {
    count(tally, `chain threw ${(error as Error).name}`);
    if ((error as Error).name === "ContradictionError")
      tally.failures.push(`${given.text}\n\n${texts.join("\n= ")}\n${(error as Error).message}`);
    return undefined;
  }
}

type Standing = ReadonlyMap<string, Expression>;

/** The derivation with the line where it is accepted, and without it where it is refused. */
function next(chain: Derivation, text: string, tally: Tally): Derivation {
  try {
    const longer = chain.eq(parse(text));
    count(tally, `line: ${longer.lines[longer.lines.length - 1].verdict?.level}`);
    return longer;
  } catch (error) {
    if (!(error instanceof StepError || error instanceof ShapeError)) throw error;
    count(tally, "line: refused");
    return chain;
  }
}

function statementFailure(given: Given, statement: Statement, level: string, found: Difference): string {
  return `${lectureOf(given)}
assert.throws(() => L.check("", "${printStatement(statement)}")); // accepted as "${level}"
${shown(found)}`;
}

function errorFailure(given: Given, statement: Statement, message: string): string {
  return `${lectureOf(given)}\nL.check("", "${printStatement(statement)}"); // ${message}`;
}

function chainFailure(given: Given, lines: readonly Expression[], found: Difference): string {
  const texts = lines.map((line, k) => `${k === 0 ? "derive" : ".eq"}("${print(line)}")`);
  return `${lectureOf(given)}
assert.throws(() => L.${texts.join("")}); // each line was accepted
${shown(found)}`;
}

function lectureOf({ text }: Given): string {
  return `const L = lecture\`\n${text}\n\`;`;
}

function shown({ sizes, seed, sigma, why }: Difference): string {
  const all = Object.entries(sizes).map(([name, value]) => `${name}=${value}`);
  return `// at ${all.join(" ")}, seed ${seed}, σ(x) = ${sigma}: ${why}`;
}
