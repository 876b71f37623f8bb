/** The words and signs of a formula in LaTeX. */

/** LaTeX that is not the lecture's notation. */
export class TexError extends Error {
  override readonly name = "TexError";
}

/** Commands that set a formula and say nothing: sizes of parentheses, spaces. */
const silent =
  /^\\(?:left|right|middle|[bB]igg?[lrm]?|q?quad|displaystyle|textstyle|limits|nolimits|[,;:!> ]|(?:thin|med|thick)space)$/;

/** Commands that are other ways to write a sign. */
const alike: Readonly<Record<string, string>> = {
  "\\lbrack": "[",
  "\\rbrack": "]",
  "\\lparen": "(",
  "\\rparen": ")",
  "\\lVert": "\\|",
  "\\rVert": "\\|",
  "\\Vert": "\\|",
  "\\coloneqq": ":=",
  "\\prime": "'",
  "\\dfrac": "\\frac",
  "\\tfrac": "\\frac",
  "\\top": "\\intercal",
  "−": "-",
  "⊗": "\\otimes",
  "⊙": "\\odot",
  "·": "\\cdot",
};

/** What a lecture writes in one line is shorter, and nests less. */
const longest = 10_000;
const deepest = 100;

/**
 * The words: a command, a letter, a figure, a sign; without those that only set. Throws TexError for a comment, and for what is
 * longer or nests deeper than what a lecture writes.
 */
export function texWords(tex: string): string[] {
  if (tex.length > longest) throw new TexError(`${tex.length} characters`);
  const words: string[] = tex.match(/\\[A-Za-z]+|\\[^A-Za-z]|:=|\S/gu) ?? [];
  if (words.includes("%")) throw new TexError("a comment, by %");
  if (depthOf(words) > deepest) throw new TexError("parentheses within parentheses, too deep");
  return words
    .filter((word) => !silent.test(word) && word !== "~")
    .map((word) => (Object.hasOwn(alike, word) ? alike[word] : word));
}

function depthOf(words: readonly string[]): number {
  let [depth, most] = [0, 0];
  for (const word of words) {
    if (/^[([{]$/.test(word)) depth += 1;
    if (/^[)\]}]$/.test(word)) depth -= 1;
    most = Math.max(most, depth);
  }
  return most;
}

/** The words one after the other. */
export class TexCursor {
  #at = 0;

  constructor(readonly words: readonly string[]) {}

  get word(): string | undefined {
    return this.words[this.#at];
  }

  /** Goes on; gives what stood here. Throws TexError at the end. */
  skip(): string {
    const { word } = this;
    if (word === undefined) throw new TexError("it ends where more is needed");
    this.#at += 1;
    return word;
  }

  take(word: string): boolean {
    const found = this.word === word;
    if (found) this.#at += 1;
    return found;
  }

  /** An argument of a command, a subscript or a superscript: the words within braces, or one. */
  argument(): string[] {
    if (!this.take("{")) return [this.skip()];
    return this.upTo("{", "}");
  }

  /** The words up to the sign that closes what was opened. Throws TexError where nothing does. */
  upTo(open: string, close: string): string[] {
    const found: string[] = [];
    for (let depth = 1; ; ) {
      const word = this.skip();
      depth += word === open ? 1 : word === close ? -1 : 0;
      if (depth === 0) return found;
      found.push(word);
    }
  }
}
