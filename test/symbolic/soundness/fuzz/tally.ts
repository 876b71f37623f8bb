/** What was seen in a run. */

import type { Expression, Statement } from "../../../../src/symbolic/language/expression.js";
import { print, printStatement } from "../../../../src/symbolic/language/print.js";
import type { World } from "../../../../src/symbolic/world/world.js";
import type { Declared } from "./declared.js";
import type { Difference } from "./judge.js";
import type { Sizes } from "./windows.js";

/** How often, each failure as text for a test, and what is true by construction and was refused. */
export interface Tally {
  readonly counts: Record<string, number>;
  readonly failures: string[];
  readonly doubts: string[];
}

export interface Given {
  readonly declared: Declared;
  readonly text: string;
  readonly world: World;
  /** Sizes at which statements are judged. */
  readonly places: readonly Sizes[];
}

export function counted({ counts }: Tally, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}

/** Errors that accept nothing are shown where PHILAB_FUZZ_ERRORS is set: they are no fault of soundness. */
export function noteCrash(given: Given, text: string, { name, message }: Error, tally: Tally): void {
  counted(tally, `threw ${name}`);
  if (name === "ContradictionError") tally.failures.push(`${lectureOf(given)}\n// ${text}: ${message}`);
  else if (process.env.PHILAB_FUZZ_ERRORS)
    console.log(`${name}: ${message.split("\n")[0]}\n${given.text}\n${text}\n`);
}

export function statementFailure(given: Given, statement: Statement, by: string, found: Difference): string {
  return `${lectureOf(given)}
assert.throws(() => L.check("", "${printStatement(statement)}")); // accepted by ${by}
${shown(found)}`;
}

export function statementDoubt(given: Given, statement: Statement, why: string): string {
  return `${lectureOf(given)}\nL.check("", "${printStatement(statement)}"); // true, and refused: ${why}`;
}

export function chainFailure(
  given: Given,
  lines: readonly Expression[],
  by: string,
  found: Difference,
): string {
  const texts = lines.map((line, k) => `${k === 0 ? "derive" : ".eq"}("${print(line)}")`);
  return `${lectureOf(given)}
assert.throws(() => L.${texts.join("")}); // each line was accepted by ${by}
${shown(found)}`;
}

function lectureOf({ text }: Given): string {
  return `const L = lecture\`\n${text}\n\`;`;
}

function shown({ sizes, seed, sigma, why }: Difference): string {
  const all = Object.entries(sizes).map(([name, value]) => `${name}=${value}`);
  return `// at ${all.join(" ")}, seed ${seed}, σ(x) = ${sigma}: ${why}`;
}
