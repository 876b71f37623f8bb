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

/** What may stand in a text besides the words and signs of an expression, and how a mistake in it is shown. */
export interface Script {
  /** Signs of one character; "\n" among them: lines count. */
  readonly signs: string;
  /** What is passed over at the start of a text. */
  readonly between: RegExp;
  readonly error: (text: string, at: number, why: string) => ParseError;
}

/** Expressions and statements. */
export const statements: Script = { signs: "", between: /^\s+/, error: parseError };

/** Signs of several characters, the longest first. */
const longSigns = ["||", ".*", ".'", "^T", "^⊤", "=="];

/**
 * Takes a text apart. Names may hold Greek letters and marks such as _out, _{out} and ^{in}, which are written with "_".
 * Throws ParseError for a character that has no meaning, shown where it stands.
 */
export function tokensOf(text: string, script: Script = statements): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const length = script.between.exec(text.slice(at))?.[0].length;
    if (length) {
      at += length;
      continue;
    }
    const token = spaceAt(text, at, tokens, script) ?? tokenAt(text, at, script);
    tokens.push(token);
    at += token.written.length;
  }
  return [...tokens, { kind: "end", text: "", at: text.trimEnd().length, written: "" }];
}

function tokenAt(text: string, at: number, script: Script): Token {
  const rest = text.slice(at);
  const number = /^\d+(\.\d+)?/.exec(rest)?.[0];
  if (number !== undefined) return { kind: "number", text: number, at, written: number };
  return nameAt(rest, at) ?? signAt(text, rest, at, script);
}

/** After ∈ the letter R is the space, and what is raised there its size, no mark: b ∈ R^{n}. */
function spaceAt(text: string, at: number, before: readonly Token[], script: Script): Token | undefined {
  if (!script.signs.includes("∈")) return undefined;
  const [last, previous] = [before[before.length - 1], before[before.length - 2]];
  const isSpace = last?.text === "∈" || (last?.text === "in" && previous?.kind === "name");
  if (isSpace && /^[Rℝ](?![\p{L}\d_])/u.test(text.slice(at))) return signOf("ℝ", at, text[at]);
  return last?.text === "ℝ" && text[at] === "^" ? signOf("^", at, "^") : undefined;
}

function signOf(text: string, at: number, written: string): Token {
  return { kind: "sign", text, at, written };
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

function signAt(text: string, rest: string, at: number, script: Script): Token {
  const long = longSigns.find((sign) => rest.startsWith(sign));
  const [character] = rest;
  const first = String.fromCodePoint(rest.codePointAt(0) ?? 0);
  const power = raisedAt(rest);
  if (power !== "") return signOf(`^${figuresOf(power)}`, at, power);
  if (long === "^T" && /^\^T\w/.test(rest)) return signOf("^", at, "^");
  if (long !== undefined) return signOf(meaning[long] ?? long, at, long);
  const sign = signs.get(first) ?? first;
  if (sign === "I") return { kind: "name", text: sign, at, written: first };
  if (sign === "𝟙") return { kind: "name", text: "ones", at, written: first };
  const isSign = "+-*/'()=,^_{}‖Σ⊗×ᵢ".includes(sign) || script.signs.includes(sign);
  if (isSign || sign === "''" || sign === ".*") return signOf(sign, at, first);
  throw script.error(text, at, `${character === "[" ? "a matrix in brackets" : first} ${noMeaning}`);
}

/** Raised figures in a row are one number: ³² is 32. */
function raisedAt(rest: string): string {
  let raised = "";
  for (const sign of rest) {
    if (!raisedFigures.has(sign)) break;
    raised += sign;
  }
  return raised;
}

function figuresOf(raised: string): string {
  return Array.from(raised, (sign) => raisedFigures.get(sign)).join("");
}

const noMeaning = "has no meaning here; there are + - * .* / ' ^ ⊗ ⊙ ᵀ, names, whole numbers and functions";

const meaning: Readonly<Record<string, string>> = { "||": "‖", ".'": "'", "^T": "'", "^⊤": "'", "==": "=" };

/** The text, what is wrong, and a mark below the place. */
export function parseError(text: string, at: number, why: string): ParseError {
  const shown = text.replaceAll(/\s/g, " ");
  return new ParseError(`${JSON.stringify(text)}: ${why}\n  ${shown}\n  ${" ".repeat(at)}^`);
}
