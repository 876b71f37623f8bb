/** Derivations and checked statements as records. */

import { type Level, levels, notChecked } from "../check/badge.js";
import { badgeOf, type Verdict } from "../check/verdict.js";
import { indexView } from "../entries/indexView.js";
import type { Expression, Statement } from "../language/expression.js";
import { print, printStatement } from "../language/print.js";
import { OutsideError } from "../prove/digits.js";
import { texOf, texStatement } from "../world/tex.js";
import type { World } from "../world/world.js";
import type {
  CheckedRecord,
  DerivationRecord,
  EntryRecord,
  LineRecord,
  VerdictRecord,
  Written,
} from "./derivationRecord.js";
import type { Derivation, Line } from "./derive.js";

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
    lines: lines.map((line, at) => recordOfLine(world, line, at)),
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

/** The record of a line; the first, at 0, has no evidence. */
export function recordOfLine(
  world: World,
  { expression, reason, rule, verdict }: Line,
  at: number,
): LineRecord {
  const line = { ...writtenAs(world, expression), reason };
  if (at === 0) return line;
  const byRule = rule && { rule: { name: rule.name, law: rule.law, source: rule.source } };
  return { ...line, ...byRule, ...(verdict ? checkedRecord(verdict) : { badge: notChecked }) };
}

function checkedRecord(verdict: Verdict): CheckedRecord {
  const { level, evidence } = verdict;
  return { level, badge: badgeOf(verdict), evidence, certificate: verdict.certificate() };
}

function writtenAs(world: World, e: Expression): Written {
  return { text: print(e), tex: texOf(world, e) };
}

function writtenStatement(world: World, statement: Statement): Written {
  return { text: printStatement(statement), tex: texStatement(world, statement) };
}

function weakest([, ...lines]: readonly Line[]): Level | undefined {
  const reached = lines.map(({ verdict }) => verdict?.level);
  if (reached.length === 0 || reached.includes(undefined)) return undefined;
  return levels.find((level) => reached.includes(level));
}
