/** Conversions that were made before: a cell that is run again, with the same declarations before it, is the same. */
import type { Converted } from "../pipe/languageWords.js";

export type Convert = (declarations: string, code: string) => Converted;

/** So many conversions are kept, and so many characters of what they were made of; the oldest are forgotten first. */
const [kept, keptLength] = [64, 4 * 2 ** 20];

interface Made {
  readonly declarations: string;
  readonly code: string;
  readonly converted: Converted;
}

/** Remembers what `convert` made of cells without problems (a missing module may be there the next time). */
export class Conversions {
  readonly #convert: Convert;
  /** The oldest first. They are few: a table would read all declarations to find one. */
  #made: Made[] = [];
  /** Characters of what they were made of. */
  #length = 0;

  constructor(convert: Convert) {
    this.#convert = convert;
  }

  convert(declarations: string, code: string): Converted {
    const known = this.#made.find((each) => each.code === code && each.declarations === declarations);
    return known?.converted ?? this.#convertAnew(declarations, code);
  }

  /** A file changed: what was made with it is made anew. */
  forget(): void {
    this.#made = [];
    this.#length = 0;
  }

  #convertAnew(declarations: string, code: string): Converted {
    const converted = this.#convert(declarations, code);
    if (!isLasting(converted)) return converted;
    const made = { declarations, code, converted };
    this.#made.push(made);
    this.#length += lengthOf(made);
    while (this.#made.length > kept || this.#length > keptLength)
      this.#length -= lengthOf(this.#made.shift() as Made);
    return converted;
  }
}

function lengthOf({ declarations, code }: Made): number {
  return declarations.length + code.length;
}

/** Local modules are sent to the runner once, when they have changed: a cell that brings one is converted each time. */
function isLasting(converted: Converted): boolean {
  return "declarations" in converted && (converted.script?.modules.length ?? 0) === 0;
}
