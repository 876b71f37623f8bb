/** Derivations and checked statements as records. */

import { type Level, levels, notChecked } from "../check/badge.js";
import { badgeOf, type Verdict } from "../check/verdict.js";
import { indexView } from "../entries/indexView.js";
import type { Expression, Statement } from "../language/expression.js";
import { print, printStatement } from "../language/print.js";
import { OutsideError } from "../prove/digits.js";
import type { Rule } from "../rules/rule.js";
import { bookkeeping, ruleWords } from "../rules/ruleWords.js";
import type { Written } from "../world/cardRecord.js";
import { spoken, spokenStatement } from "../world/spoken.js";
import { texOf, texStatement } from "../world/tex.js";
import type { World } from "../world/world.js";
import type {
  CheckedRecord,
  DerivationRecord,
  EntryRecord,
  LineRecord,
  RuleRecord,
  VerdictRecord,
} from "./derivationRecord.js";
import type { Derivation, Line } from "./derive.js";
import { changeOf } from "./lineChange.js";

/** The record of a derivation, with the declarations of its world. */
export function recordOf(derivation: Derivation): DerivationRecord {
  const { world, lines, statement } = derivation;
  const level = weakest(lines);
  const entry = level === "all sizes" ? entryOfLine(world, derivation.last) : undefined;
  return {
    version: 1,
    declarations: world.declarations,
    statement: writtenStatement(world, statement),
    ...(level && { level }),
    lines: lines.map((_, at) => recordOfLine(world, lines, at)),
    ...(entry && { entry }),
  };
}

/** The record of a statement that holds, under its name, with the declarations of its world. */
export function recordOfVerdict(
  world: World,
  statement: Statement,
  { tag, ...verdict }: Verdict & { readonly tag: string },
): VerdictRecord {
  const entry = verdict.level === "all sizes" ? entryOfLine(world, statement.right) : undefined;
  return {
    version: 1,
    declarations: world.declarations,
    tag,
    statement: writtenStatement(world, statement),
    ...checkedRecord(verdict),
    ...(entry && { entry }),
  };
}

/** The entry that proved lines share, where a reader can take it in. */
function entryOfLine(world: World, e: Expression): EntryRecord | undefined {
  try {
    const { rows, cols, text, tex } = indexView(world, e);
    const at = [rows.join(", "), cols.join(", ")].filter((part) => part !== "").join("; ");
    return text.length > longestEntry ? undefined : { at, text, tex };
  } catch (error) {
    if (error instanceof OutsideError) return undefined;
    throw error;
  }
}

const longestEntry = 300;

/** The record of the line at a place; the first, at 0, has no evidence. */
export function recordOfLine(world: World, lines: readonly Line[], at: number): LineRecord {
  const { expression, reason, rule, verdict } = lines[at];
  const line = { ...writtenAs(world, expression), reason };
  if (at === 0) return line;
  return {
    ...line,
    ...(rule && { rule: recordOfRule(rule, isTidied(lines[at])) }),
    ...(verdict ? checkedRecord(verdict) : { badge: notChecked }),
    ...changes(world, lines, at),
  };
}

function recordOfRule({ name, law, source }: Rule, tidied: boolean): RuleRecord {
  const words = Object.hasOwn(ruleWords, name) ? { words: ruleWords[name] } : {};
  return { name, law, source, ...words, ...(tidied && { bookkeeping: true }) };
}

/** What is not proved is never passed over. */
function isTidied({ rule, verdict }: Line): boolean {
  return rule !== undefined && bookkeeping.has(rule.name) && verdict?.level === "all sizes";
}

/** Against the line before; and where lines of bookkeeping are folded, against the last line before them. */
function changes(
  world: World,
  lines: readonly Line[],
  at: number,
): Pick<LineRecord, "change" | "foldedChange"> {
  const { expression: after, rule } = lines[at];
  const change = changeOf(world, { before: lines[at - 1].expression, after, ...(rule && { rule }) });
  const first = firstOfFold(lines, at);
  const made = lines[first].rule;
  const folded =
    first < at &&
    changeOf(world, { before: lines[first - 1].expression, after, ...(made && { rule: made }) });
  return { ...(change && { change }), ...(folded && { foldedChange: folded }) };
}

/** The line that the bookkeeping up to this line belongs to. */
function firstOfFold(lines: readonly Line[], at: number): number {
  let first = at;
  while (first > 1 && isTidied(lines[first])) first--;
  return first;
}

function checkedRecord(verdict: Verdict): CheckedRecord {
  const { level, evidence } = verdict;
  return { level, badge: badgeOf(verdict), evidence, certificate: verdict.certificate() };
}

function writtenAs(world: World, e: Expression): Written {
  return { text: print(e), tex: texOf(world, e), words: spoken(world, e) };
}

function writtenStatement(world: World, statement: Statement): Written {
  const words = spokenStatement(world, statement);
  return { text: printStatement(statement), tex: texStatement(world, statement), words };
}

function weakest([, ...lines]: readonly Line[]): Level | undefined {
  const reached = lines.map(({ verdict }) => verdict?.level);
  if (reached.length === 0 || reached.includes(undefined)) return undefined;
  return levels.find((level) => reached.includes(level));
}
