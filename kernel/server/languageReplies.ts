/** Requests that the language service answers: completion, inspection, completeness. */

import type { Json } from "../wire/wire.js";
import { codePointPosition, utf16Offset } from "./codePoints.js";
import type { Language } from "./languageProcess.js";

/** The content of a complete_reply. */
export async function completeReply(language: Language, declarations: string, request: Json): Promise<Json> {
  const { code, position } = place(request);
  const { start, end, items } = await language.complete(declarations, code, position);
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

/** The content of an inspect_reply. */
export async function inspectReply(language: Language, declarations: string, request: Json): Promise<Json> {
  const { code, position } = place(request);
  const data = await language.inspect(declarations, code, position);
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
