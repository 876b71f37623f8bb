/** Requests that the language service answers: completion, inspection, completeness. */

import type { Completions } from "../pipe/languageWords.js";
import type { Json } from "../wire/wire.js";
import { codePointPosition, utf16Offset } from "./codePoints.js";
import type { Language } from "./languageProcess.js";
import { rulePage } from "./rulePage.js";
import { fittingRules, rulesExpression, ruleWordAt } from "./ruleWords.js";

/** The value of an expression in the notebook; undefined while a cell runs. */
export type Ask = (code: string) => Promise<Json | undefined>;

/** The content of a complete_reply: within .by("…") the rules that apply, elsewhere what TypeScript knows. */
export async function completeReply(
  language: Language,
  declarations: string,
  request: Json,
  ask: Ask,
): Promise<Json> {
  const { code, position } = place(request);
  const completions =
    (await ruleCompletions(code, position, ask)) ?? (await language.complete(declarations, code, position));
  return completionContent(code, completions);
}

async function ruleCompletions(code: string, position: number, ask: Ask): Promise<Completions | undefined> {
  const word = ruleWordAt(code, position);
  if (!word) return undefined;
  const names = fittingRules(word, await ask(rulesExpression(word)));
  if (names.length === 0) return undefined;
  return { start: word.start, end: word.end, items: names.map((text) => ({ text, kind: "rule" })) };
}

function completionContent(code: string, { start, end, items }: Completions): Json {
  const [cursor_start, cursor_end] = [
    codePointPosition(code, start),
    codePointPosition(code, Math.max(end, start)),
  ];
  const typed = items.map(({ text, kind }) => ({ text, type: kind, start: cursor_start, end: cursor_end }));
  const matches = items.map(({ text }) => text);
  return {
    status: "ok",
    matches,
    cursor_start,
    cursor_end,
    metadata: { _jupyter_types_experimental: typed },
  };
}

/** Within .by("…") the law of the rule that is written there. */
function ruleInspection(code: string, position: number): Record<string, string> | undefined {
  const word = ruleWordAt(code, position);
  return word && rulePage(code.slice(word.start, word.end));
}

/** The content of an inspect_reply. */
export async function inspectReply(language: Language, declarations: string, request: Json): Promise<Json> {
  const { code, position } = place(request);
  const data = ruleInspection(code, position) ?? (await language.inspect(declarations, code, position));
  return { status: "ok", found: data !== undefined, data: data ?? {}, metadata: {} };
}

/** The content of an is_complete_reply. */
export async function isCompleteReply(language: Language, request: Json): Promise<Json> {
  return { ...(await language.isComplete(String(request.code ?? ""))) };
}

function place(request: Json): { code: string; position: number } {
  const code = String(request.code ?? "");
  return { code, position: utf16Offset(code, Number(request.cursor_pos ?? code.length)) };
}
