/** LaTeX as the lecture writes it → text that `parse` reads: W\,\phi(Z^{\text{in}}) is W phi(Z_in). */

import { greekName, greekNames } from "../language/letters.js";
import { TexCursor, TexError, texWords } from "./texWords.js";

/** What a name is to whoever reads it; the reader asks, for f(x) is a value and A(x) a product. */
export interface NameLookup {
  /** What a name is, as it is written; "number" is a size or a scalar. */
  kindOf(name: string): "function" | "matrix" | "number" | undefined;
  /** The name of what LaTeX has no letter for, as the gradient \frac{\partial \xi}{\partial S}. */
  named(words: string): string | undefined;
}

/** The name of a size that is not written, as that of \mathbb{1}^T: it ends in a number of its own. */
export const unwrittenSize = "unwritten_size_";
/** ∂E/∂X is derivativeName(E, X). */
export const derivativeName = "derivativeName";

/** The text. Throws TexError for what is not the lecture's notation. */
export function readTex(tex: string, names: NameLookup): string {
  return new TexReader(names).text(texWords(tex));
}

class TexReader {
  #unwritten = 0;

  constructor(private readonly names: NameLookup) {}

  text(words: readonly string[]): string {
    const cursor = new TexCursor(words);
    const parts: string[] = [];
    while (cursor.word !== undefined) parts.push(this.#part(cursor));
    return parts.join(" ");
  }

  #part(cursor: TexCursor): string {
    const word = cursor.skip();
    if (/^[+\-=,/:]+$/.test(word)) return word;
    if (Object.hasOwn(signs, word)) return signs[word];
    if (word === "{") return this.text(cursor.upTo("{", "}")) + this.#raised(cursor); // braces are not seen
    if (word === "(" || word === "[") return this.#parentheses(cursor, word) + this.#raised(cursor);
    if (word === "\\|") return `‖${this.text(cursor.upTo("", "\\|"))}‖${this.#raised(cursor)}`;
    if (/^\d$/.test(word)) return this.#number(cursor, word);
    if (word === "\\frac") return this.#fraction(cursor) + this.#raised(cursor);
    if (word === "\\sum") return this.#sum(cursor);
    return this.#named(cursor, word);
  }

  #parentheses(cursor: TexCursor, open: string): string {
    return `(${this.text(cursor.upTo(open, open === "(" ? ")" : "]"))})`;
  }

  #number(cursor: TexCursor, first: string): string {
    let figures = first;
    while (/^\d$/.test(cursor.word ?? "")) figures += cursor.skip();
    return figures + this.#raised(cursor);
  }

  #fraction(cursor: TexCursor): string {
    const [over, under] = [cursor.argument(), cursor.argument()];
    if (over[0] !== "\\partial") return `((${this.text(over)})/(${this.text(under)}))`;
    const named = this.names.named(["\\frac", "{", ...over, "}", "{", ...under, "}"].join(""));
    if (named !== undefined) return named;
    if (under[0] !== "\\partial") throw new TexError("a derivative by no ∂");
    const [of, by] = [over, under].map((words) => this.text(words.slice(1)));
    return `${derivativeName}(${of}, ${by})`;
  }

  #sum(cursor: TexCursor): string {
    let bounds = "";
    for (; cursor.word === "_" || cursor.word === "^"; )
      bounds += `${cursor.skip()}{${cursor.argument().join("").replace("\\ell", "l")}}`;
    return `Σ${bounds}`;
  }

  /** A letter, a word in upright letters, or a Greek letter, with its marks and what it is applied to. */
  #named(cursor: TexCursor, word: string): string {
    const base = this.#base(cursor, word);
    if (base === "d" && word !== "d") return this.#differential(cursor);
    if (Object.hasOwn(indexed, base)) return this.#indexed(cursor, base);
    const { name, after } = this.#marked(cursor, base);
    const isOpened = (cursor.word === "(" || cursor.word === "[") && after === "";
    const kind = this.names.kindOf(name) ?? this.names.kindOf(base);
    return `${name}${after}${isOpened && kind !== undefined && kind !== "function" ? " *" : ""}`;
  }

  #base(cursor: TexCursor, word: string): string {
    if (/^[A-Za-z]$/.test(word)) return word;
    if (word === "\\ell") return "l";
    if (word === "\\mathbb" || word === "\\mathbf" || word === "\\mathcal") return this.#styled(cursor, word);
    if (/^\\(?:mathrm|operatorname|text|mathsf|mathop)$/.test(word)) {
      const letters = cursor.argument().join("");
      if (/^[A-Za-z][A-Za-z\d]*$/.test(letters)) return letters;
      throw new TexError(`${word}{${letters}}`);
    }
    const greek = greekName(word) ?? greekOf(word);
    if (greek !== undefined) return greek;
    throw new TexError(word);
  }

  /** \mathcal{I} and \mathbb{1} are the identity and the ones; other letters keep their style as a mark. */
  #styled(cursor: TexCursor, word: string): string {
    const letter = cursor.argument().join("");
    if (letter === "1") return "ones";
    if (letter === "I" && word !== "\\mathbf") return "I";
    if (/^[A-Za-z]$/.test(letter)) return `${letter}_${word.slice(5)}`;
    throw new TexError(`${word}{${letter}}`);
  }

  /** \mathrm{d}W, and \mathrm{d}_{W}(E). */
  #differential(cursor: TexCursor): string {
    if (!cursor.take("_")) return `d${this.#named(cursor, cursor.skip())}`;
    const by = this.text(cursor.argument());
    const open = cursor.skip();
    if (open !== "(" && open !== "[") throw new TexError("a differential without parentheses");
    return `d(${this.#parentheses(cursor, open).slice(1, -1)}, ${by})${this.#raised(cursor)}`;
  }

  /** I_n, K_{m,n}, 𝟙_n, mat(v)_{m × n}: where no size is written, one of a name of its own. */
  #indexed(cursor: TexCursor, base: string): string {
    if (base === "K" && cursor.word !== "_" && this.names.kindOf(base)) return this.#plain(cursor, base);
    const inside = base === "mat" ? `${this.#matOf(cursor)}, ` : "";
    const sizes = cursor.take("_")
      ? this.#sizes(cursor.argument())
      : Array.from({ length: indexed[base] }, () => `${unwrittenSize}${++this.#unwritten}`);
    return `${base}(${inside}${sizes.join(", ")})${this.#raised(cursor)}`;
  }

  #matOf(cursor: TexCursor): string {
    const open = cursor.skip();
    if (open !== "(" && open !== "[") throw new TexError("mat without parentheses");
    return this.#parentheses(cursor, open).slice(1, -1);
  }

  #plain(cursor: TexCursor, base: string): string {
    const { name, after } = this.#marked(cursor, base);
    return name + after;
  }

  #sizes(words: readonly string[]): string[] {
    const parts: string[][] = [[]];
    for (const word of words) {
      if (word === "," || word === "\\times") parts.push([]);
      else (parts.at(-1) as string[]).push(word);
    }
    return parts.map((part) => this.text(part));
  }

  /** The marks of a name, joined to it by "_", and the transposes, primes and powers behind it. */
  #marked(cursor: TexCursor, base: string): { name: string; after: string } {
    let [name, after] = [base, ""];
    for (;;) {
      if (cursor.take("'")) after += "'";
      else if (cursor.word === "^" || cursor.word === "_") {
        const isAbove = cursor.skip() === "^";
        const words = cursor.argument();
        const raised = isAbove ? this.#superscript(words, name) : undefined;
        if (raised !== undefined) after += raised;
        else if (after !== "") throw new TexError("a mark behind a transpose or a power");
        else for (const mark of marksOf(words, isAbove)) name += `_${mark}`;
      } else return { name, after };
    }
  }

  /** What is above a name, unless it is a mark: T, primes, the power of a size. */
  #superscript(words: readonly string[], name: string): string | undefined {
    const text = words.join("");
    if (isTransposed(text)) return "'";
    if (/^'+$/.test(text)) return text;
    const isPower = /^\d+$/.test(text) && this.names.kindOf(`${name}_${text}`) === undefined;
    return isPower && this.names.kindOf(name) === "number" ? `^{${text}}` : undefined;
  }

  /** What is above and behind anything else. */
  #raised(cursor: TexCursor): string {
    let after = "";
    for (;;) {
      if (cursor.take("'")) after += "'";
      else if (cursor.take("^")) {
        const text = cursor.argument().join("");
        if (isTransposed(text)) after += "'";
        else if (/^\d+$/.test(text)) after += `^{${text}}`;
        else throw new TexError(`the superscript ${text}`);
      } else if (cursor.word === "_") throw new TexError("a subscript behind no name");
      else return after;
    }
  }
}

/** Functions with sizes below them, and how many. */
const indexed: Readonly<Record<string, number>> = { I: 1, ones: 1, K: 2, mat: 2 };

const signs: Readonly<Record<string, string>> = {
  "\\otimes": "⊗",
  "\\odot": "⊙",
  "\\circ": "⊙",
  "\\cdot": "*",
};

function isTransposed(text: string): boolean {
  return /^(?:T|\\intercal|\\math(?:rm|sf|tt|it)\{?T\}?)$/.test(text);
}

/** "phi" for \phi and \varphi. */
function greekOf(command: string): string | undefined {
  const name = command.replace(/^\\(?:var)?/, "");
  return command.startsWith("\\") && greekNames.has(name) ? name : undefined;
}

/** What is above a matrix and may be an operation: its conjugate transpose, its complement. */
const operations = new Set(["H", "C", "c"]);

/** \text{in},1 is in and 1; i above a name is the instance, which it does not carry. */
function marksOf(words: readonly string[], isAbove: boolean): string[] {
  const text = words.join("").replace(/\\(?:text|mathrm|operatorname|mathit)\{([A-Za-z\d]+)\}/g, "$1");
  const marks = text.split(",").map((mark) => greekOf(mark) ?? mark);
  for (const mark of marks)
    if (!/^[A-Za-z\d]+$/.test(mark) || (isAbove && operations.has(mark)))
      throw new TexError(`the mark ${text}`);
  return isAbove ? marks.filter((mark) => mark !== "i") : marks;
}
