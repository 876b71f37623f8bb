/** Inside the quotes of `.by("…")`: the rules that apply to the derivation's last line, and what each of them says. */

/** Where the reader is within the quotes of a rule's name. */
export interface RuleWord {
  /** What stands before the point: a derivation, written with strings alone. */
  readonly derivation: string;
  /** Where the name begins, and where it ends. */
  readonly start: number;
  readonly end: number;
  /** What is written of it before the cursor. */
  readonly typed: string;
}

const text = String.raw`"[^"\\\n]*"|'[^'\\\n]*'|\x60[^\x60\\\$]*\x60`;
const call = String.raw`\s*\.\s*(?:derive|by|byEverywhere|eq)\(\s*(?:${text})(?:\s*,\s*(?:${text}))*\s*\)`;
const before = new RegExp(
  String.raw`([\p{L}_$][\p{L}\d_$]*(?:${call})*)\s*\.\s*(?:by|byEverywhere)\(\s*(["'\x60])([^"'\x60\\\n$]*)$`,
  "u",
);

/** The rule's name around the position; undefined elsewhere, and where more than strings would have to be run. */
export function ruleWordAt(code: string, position: number): RuleWord | undefined {
  const found = before.exec(code.slice(0, position));
  if (!found) return undefined;
  const [, derivation, , typed] = found;
  const rest = /^[^"'`\\\n$,]*(?=["'`])/.exec(code.slice(position))?.[0] ?? "";
  return { derivation, start: position - typed.length, end: position + rest.length, typed };
}

/** What a cell has to be asked for the names of the rules that apply. */
export function rulesExpression({ derivation }: RuleWord): string {
  return `({ [Symbol.for("Jupyter.display")]: () => ({ "application/json": (${derivation}).rules() }) })`;
}

/** The names among the answer that begin like what was typed. */
export function fittingRules(
  { typed }: RuleWord,
  answer: Readonly<Record<string, unknown>> | undefined,
): string[] {
  const names = answer?.["application/json"];
  if (!Array.isArray(names)) return [];
  return names.map(String).filter((name) => name.startsWith(typed));
}
