/** Conversions that were made before: a cell that is run again, with the same declarations before it, is the same. */
import type { Converted } from "../pipe/languageWords.js";

export type Convert = (declarations: string, code: string) => Converted;

/** So many conversions are kept, and so many characters of what they were made of; the oldest are forgotten first. */
const [kept, keptLength] = [64, 4 * 2 ** 20];

/** Remembers what `convert` made of cells without problems (a missing module may be there the next time). */
export class Conversions {
  readonly #convert: Convert;
  readonly #made = new Map<string, Converted>();
  /** Characters of its keys. */
  #length = 0;

  constructor(convert: Convert) {
    this.#convert = convert;
  }

  convert(declarations: string, code: string): Converted {
    const key = `${code.length} ${code}${declarations}`;
    return this.#made.get(key) ?? this.#convertAnew(key, declarations, code);
  }

  /** A file changed: what was made with it is made anew. */
  forget(): void {
    this.#made.clear();
    this.#length = 0;
  }

  #convertAnew(key: string, declarations: string, code: string): Converted {
    const converted = this.#convert(declarations, code);
    if (!isLasting(converted)) return converted;
    this.#made.set(key, converted);
    this.#length += key.length;
    for (const oldest of this.#made.keys()) {
      if (this.#made.size <= kept && this.#length <= keptLength) break;
      this.#made.delete(oldest);
      this.#length -= oldest.length;
    }
    return converted;
  }
}

/** Local modules are sent to the runner once, when they have changed: a cell that brings one is converted each time. */
function isLasting(converted: Converted): boolean {
  return "declarations" in converted && (converted.script?.modules.length ?? 0) === 0;
}
