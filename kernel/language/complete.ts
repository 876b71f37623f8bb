/** Completions: by prefix, ranked by TypeScript, each with its kind. */
import type { Compiler } from "./compiler.js";
import type { Completions } from "./protocol.js";

/** What can stand at `position`. Names that merely contain the typed letters are left out: they are noise. */
export function complete(
  { converter }: Compiler,
  declarations: string,
  code: string,
  position: number,
): Completions {
  const { start, end, candidates, original } = converter.complete(declarations, code, position);
  const typed = code.slice(start, position).toLowerCase();
  const kinds = new Map((original?.entries ?? []).map(({ name, kind }) => [name, kind as string]));
  const items = candidates
    .filter((text) => text.toLowerCase().startsWith(typed))
    .map((text) => ({ text, kind: kinds.get(text) ?? "" }));
  return { start, end, items };
}
