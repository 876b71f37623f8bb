/** Conversions that were made before: a cell that is run again, with the same declarations before it, is the same. */
import type { Converted } from "../pipe/languageWords.js";

export type Convert = (declarations: string, code: string) => Converted;

export interface Remembering {
  readonly convert: Convert;
  /** A file changed: what was made with it is made anew. */
  forget(): void;
}

/** So many conversions are kept, the oldest forgotten first. */
const kept = 64;

/** Remembers what `convert` made of cells without problems (a missing module may be there the next time). */
export function remembering(convert: Convert): Remembering {
  const made = new Map<string, Converted>();

  function anew(key: string, declarations: string, code: string): Converted {
    const converted = convert(declarations, code);
    if (!isLasting(converted)) return converted;
    const [oldest] = made.keys();
    if (made.size === kept && oldest !== undefined) made.delete(oldest);
    made.set(key, converted);
    return converted;
  }

  return {
    convert(declarations, code) {
      const key = `${code.length} ${code}${declarations}`;
      return made.get(key) ?? anew(key, declarations, code);
    },
    forget: () => made.clear(),
  };
}

/** Local modules are sent to the runner once, when they have changed: a cell that brings one is converted each time. */
function isLasting(converted: Converted): boolean {
  return "declarations" in converted && (converted.script?.modules.length ?? 0) === 0;
}
