/** The words and signs that a text is made of. */

import { type BuiltIn, builtIns, isBuiltIn } from "./builtIns.js";
import { greekName, raisedFigures, signs } from "./letters.js";

/** A text that is no expression of the lecture. */
export class ParseError extends Error {
  override readonly name = "ParseError";
}

/** A word, a number or a sign, and where in the text it begins. */
export interface Token {
  readonly kind: "name" | "number" | "sign" | "end";
  /** In ASCII: φ is phi, a_{out} is a_out, ⊙ is .*, a raised 2 is ^2. */
  readonly text: string;
  readonly at: number;
  /** As it was written. */
  readonly written: string;
}

/** Signs of several characters, the longest first. */
const longSigns = ["||", ".*", ".'", "^T", "^⊤", "=="];

/**
 * Takes a text apart. Names may hold Greek letters and marks such as _out, _{out} and ^{in}, which are written with "_".
 * Throws ParseError for a character that has no meaning, shown where it stands.
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const length = /^\s+/.exec(text.slice(at))?.[0].length;
    if (length) {
      at += length;
      continue;
    }
    const token = tokenAt(text, at);
    tokens.push(token);
    at += token.written.length;
  }
  return [...tokens, { kind: "end", text: "", at: text.trimEnd().length, written: "" }];
}

function tokenAt(text: string, at: number): Token {
  const rest = text.slice(at);
  const number = /^\d+(\.\d+)?/.exec(rest)?.[0];
  if (number !== undefined) return { kind: "number", text: number, at, written: number };
  return nameAt(rest, at) ?? signAt(text, rest, at);
}

const letter = "[A-Za-zΑ-ΡΤ-ωϑϕϵµ]";
const namePattern = new RegExp(`^${letter}(?:${letter}|\\d|_(?=${letter}|\\d))*`, "u");
const markPattern = new RegExp(`^(?:_|\\^)\\{\\s*((?:${letter}|\\d)+)\\s*(?:,\\s*i\\s*)?\\}`, "u");
/** The mark i alone is the instance, which a name does not carry. */
const instancePattern = /^(?:\^\{\s*i\s*\}|[ᵢⁱ])/;

function nameAt(rest: string, at: number): Token | undefined {
  const first = namePattern.exec(rest)?.[0];
  if (first === undefined) return undefined;
  let [written, name] = [first, first];
  for (;;) {
    const after = rest.slice(written.length);
    const instance = instancePattern.exec(after);
    const mark = instance ?? markAfter(name, after);
    if (!mark) break;
    written += mark[0];
    if (!instance) name += `_${mark[1]}`;
  }
  return { kind: "name", text: inLatin(name), at, written };
}

/** _{out}, ^{in}, ^{1}; not a transpose, nor the square of a size, as in h^{2}. */
function markAfter(name: string, after: string): RegExpExecArray | null {
  const isPower = /^\^\{\s*\d+\s*\}/.test(after) && /^[hkmnpqs]$/.test(name);
  if (takesSizes(name) || isPower || /^\^\{\s*T\s*\}/.test(after)) return null;
  return markPattern.exec(after);
}

/** The index of I, K, mat and 𝟙 is a size. */
export function takesSizes(name: string): name is BuiltIn {
  return isBuiltIn(name) && builtIns[name].isIndexed === true;
}

function inLatin(name: string): string {
  return Array.from(name, (sign) => greekName(sign) ?? sign).join("");
}

function signAt(text: string, rest: string, at: number): Token {
  const long = longSigns.find((sign) => rest.startsWith(sign));
  const [character] = rest;
  const first = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  const power = raisedFigures.get(first);
  if (power !== undefined) return { kind: "sign", text: `^${power}`, at, written: first };
  if (long === "^T" && /^\^T\w/.test(rest)) return { kind: "sign", text: "^", at, written: "^" };
  if (long !== undefined) return { kind: "sign", text: meaning[long] ?? long, at, written: long };
  const sign = signs.get(first) ?? first;
  if (sign === "I") return { kind: "name", text: sign, at, written: first };
  if (sign === "𝟙") return { kind: "name", text: "ones", at, written: first };
  if ("+-*/'()=,^_{}‖Σ⊗×ᵢ".includes(sign) || sign === "''" || sign === ".*")
    return { kind: "sign", text: sign, at, written: first };
  throw parseError(text, at, `${character === "[" ? "a matrix in brackets" : first} ${noMeaning}`);
}

const noMeaning = "has no meaning here; there are + - * .* / ' ^ ⊗ ⊙ ᵀ, names, whole numbers and functions";

const meaning: Readonly<Record<string, string>> = { "||": "‖", ".'": "'", "^T": "'", "^⊤": "'", "==": "=" };

/** The text, what is wrong, and a mark below the place. */
export function parseError(text: string, at: number, why: string): ParseError {
  const shown = text.replaceAll(/\s/g, " ");
  return new ParseError(`${JSON.stringify(text)}: ${why}\n  ${shown}\n  ${" ".repeat(at)}^`);
}
