/** Completions: by prefix, ranked by TypeScript, each with its kind. */
import type * as TypeScript from "typescript";
import type { Completions } from "../pipe/languageWords.js";
import type { Compiler } from "./compiler.js";

/** What can stand at `position`. Names that merely contain the typed letters are left out: they are noise. */
export function complete(
  compiler: Compiler,
  declarations: string,
  code: string,
  position: number,
): Completions {
  const { candidates, original, ...found } = compiler.converter.complete(declarations, code, position);
  const { start, end } = found.start === position ? wordAround(code, position, original) : found;
  const typed = code.slice(start, position).toLowerCase();
  const kinds = new Map((original?.entries ?? []).map(({ name, kind }) => [name, kind as string]));
  const fitting = candidates.filter((text) => text.toLowerCase().startsWith(typed));
  const items = fitting.map((text, i) => ({
    text,
    kind: kindOf(compiler, declarations, text, kinds.get(text), i),
  }));
  return { start, end, items };
}

/** In quotes tslab finds no identifier to replace; TypeScript says what to replace, but of a plain word. */
function wordAround(
  code: string,
  position: number,
  original: { readonly optionalReplacementSpan?: TypeScript.TextSpan } | undefined,
): { start: number; end: number } {
  const { start = -1, length = 0 } = original?.optionalReplacementSpan ?? {};
  const end = start + length;
  if (start >= 0 && start <= position && position <= end && end <= code.length) return { start, end };
  const before = /[\p{L}\p{N}_$]*$/u.exec(code.slice(0, position))?.[0] ?? "";
  const after = /^[\p{L}\p{N}_$]*/u.exec(code.slice(position))?.[0] ?? "";
  return { start: position - before.length, end: position + after.length };
}

/** So many imported names are looked up for their kind: each costs a question to the compiler, once. */
const lookedUp = 40;
const knownKinds = new Map<string, string>();

/** An imported name is of kind "alias" to TypeScript; the reader wants to know whether it is a function. */
function kindOf(
  compiler: Compiler,
  declarations: string,
  name: string,
  kind: string | undefined,
  rank: number,
): string {
  if (kind !== "alias" || rank >= lookedUp) return kind ?? "";
  const known = knownKinds.get(name) ?? aliasedKind(compiler, declarations, name);
  knownKinds.set(name, known);
  return known;
}

function aliasedKind({ converter }: Compiler, declarations: string, name: string): string {
  const info = converter.inspect(declarations, name, 0) as TypeScript.QuickInfo | undefined;
  const text = (info?.displayParts ?? []).map((part) => part.text).join("");
  return /^\(alias\) (\w+)/.exec(text)?.[1] ?? "alias";
}
