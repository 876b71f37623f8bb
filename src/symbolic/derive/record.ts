/** Derivations as records. */

import { badge, type Level } from "../check/verdict.js";
import { indexView } from "../entries/indexView.js";
import type { Expression } from "../language/expression.js";
import { print, printStatement } from "../language/print.js";
import { OutsideError } from "../prove/digits.js";
import { tex, texStatement } from "../world/tex.js";
import type { World } from "../world/world.js";
import type { DerivationRecord, EntryRecord, LineRecord, Written } from "./derivationRecord.js";
import type { Derivation, Line } from "./derive.js";

/** The record of a derivation, with the declarations of its world. */
export function recordOf(derivation: Derivation): DerivationRecord {
  const { world, lines, statement } = derivation;
  const level = weakest(lines);
  const entry = level === "all sizes" ? entryOfLine(world, derivation.last) : undefined;
  return {
    version: 1,
    declarations: world.declarations,
    statement: { text: printStatement(statement), tex: texStatement(world, statement) },
    ...(level && { level }),
    lines: lines.map((line, at) => recordOfLine(world, line, at)),
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

function recordOfLine(world: World, { expression, reason, rule, verdict }: Line, at: number): LineRecord {
  const line = { ...writtenAs(world, expression), reason };
  if (at === 0) return line;
  const byRule = rule && { rule: { name: rule.name, law: rule.law, source: rule.source } };
  if (!verdict) return { ...line, ...byRule, badge: "not checked" };
  const { level, evidence } = verdict;
  return { ...line, ...byRule, level, badge: badge(verdict), evidence, certificate: verdict.certificate() };
}

function writtenAs(world: World, e: Expression): Written {
  return { text: print(e), tex: tex(world, e) };
}

const weakestFirst: readonly Level[] = ["float", "identity", "here", "all sizes"];

function weakest([, ...lines]: readonly Line[]): Level | undefined {
  const levels = lines.map(({ verdict }) => verdict?.level);
  if (levels.length === 0 || levels.includes(undefined)) return undefined;
  return weakestFirst.find((level) => levels.includes(level));
}
