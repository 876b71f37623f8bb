/** Whether a console should run what was typed, or ask for another line. */

import type { Completeness } from "../pipe/languageWords.js";
import type { Compiler } from "./compiler.js";

/** "incomplete" when more text can mend it (an open bracket, template or comment), "invalid" when none can. */
export function isComplete({ ts, isCompleteCode }: Compiler, code: string): Completeness {
  const { completed, indent } = isCompleteCode(code);
  if (!completed) return { status: "incomplete", indent: indent ?? "" };
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, false, ts.ScriptKind.TS);
  const problems = (file as unknown as { parseDiagnostics: { messageText: unknown }[] }).parseDiagnostics;
  const messages = problems.map(({ messageText }) => String(messageText));
  if (messages.length === 0) return { status: "complete" };
  const open = messages.some((message) => /^(Unterminated template|'\*\/' expected)/.test(message));
  return open ? { status: "incomplete", indent: "" } : { status: "invalid" };
}
