/** A tagged display that defines a name, written with := and nothing else: f(\theta) := …. */
import { type TexSign, texSigns } from "./tex.js";

export interface Definition {
  /** The name without its marks and arguments, as words in declarations are: "phi" for \phi(Z^{\text{in}}). */
  readonly name: string;
  /** All that stands before :=, to tell two definitions apart. */
  readonly left: string;
  readonly right: string;
  /** Whether the right side writes the name's entries or cases out, and says no more than that. */
  readonly isWrittenOut: boolean;
  /** Whether the name stands on the right side too. */
  readonly isCircular: boolean;
}

/** Why a display with := in it defines nothing. */
export class NoDefinition extends Error {}

const relations =
  /^(?:[=<>≤≥≠≡∈]|:=|\\(?:in|leq?|geq?|neq?|equiv|approx|sim(?:eq)?|propto|iff|implies|cong|coloneqq|triangleq|(?:Left|Right|Leftright|left|right|leftright)arrow|to|mapsto|gets))$/;
const defines = new Set([":=", "\\coloneqq"]);

/**
 * The definition that a display is, or undefined where it holds no := outside braces. Throws NoDefinition where it does, and
 * what stands there is no definition of one name: an equation with its sign changed.
 */
export function definitionOf(tex: string): Definition | undefined {
  const signs = texSigns(tex.replace(/[.,;\s]+$/, ""));
  const found = signs.flatMap(({ text, depth }, at) => (depth === 0 && relations.test(text) ? [at] : []));
  const place = found.find((at) => defines.has(signs[at]?.text ?? ""));
  if (place === undefined) return undefined;
  const more = found.filter((at) => at !== place && !isSize(signs, at));
  if (more.length > 0)
    throw new NoDefinition(`it says more than a definition, by ${signs[more[0] as number]?.text}`);
  const [before, after] = [signs.slice(0, place), signs.slice(place + 1)];
  const name = nameOf(before);
  if (name === undefined) throw new NoDefinition(`${textOf(before)} is not one name`);
  return {
    name,
    left: textOf(before),
    right: textOf(after),
    isWrittenOut: isWrittenOut(after),
    isCircular: after.some((_, at) => baseName(after.slice(at))?.name === name),
  };
}

/** … \in R^{m \times n} behind a definition says what size it has. */
function isSize(signs: readonly TexSign[], at: number): boolean {
  const of = textOf(signs.slice(at + 1, at + 6));
  return signs[at]?.text === "\\in" && /^(?:R|\\mathbb\{R\})\^/.test(of);
}

/** The name, if the signs are one name with marks, at most one list of arguments, and marks. */
function nameOf(signs: readonly TexSign[]): string | undefined {
  const base = baseName(signs);
  if (base === undefined) return undefined;
  let at = marksFrom(signs, base.length);
  if (signs[at]?.text === "(") {
    let open = 0;
    do open += { "(": 1, ")": -1 }[signs[at++]?.text as string] ?? 0;
    while (open > 0 && at < signs.length);
    if (open > 0) return undefined;
    at = marksFrom(signs, at);
  }
  return at === signs.length ? base.name : undefined;
}

/** A letter, a digit, a command like \phi, or letters within \mathrm{…} and its like, at the beginning of the signs. */
function baseName(signs: readonly TexSign[]): { readonly name: string; readonly length: number } | undefined {
  const [first = ""] = signs.map(({ text }) => text);
  if (/^\\(?:math(?:rm|cal|bf|bb|it|sf)|operatorname|boldsymbol|text)$/.test(first)) {
    const end = signs.findIndex(({ text, depth }, at) => at > 0 && text === "}" && depth === signs[0]?.depth);
    const within = textOf(signs.slice(2, end));
    return signs[1]?.text === "{" && /^[A-Za-z0-9]+$/.test(within)
      ? { name: within, length: end + 1 }
      : undefined;
  }
  if (/^(?:[A-Za-z0-9]|\\[A-Za-z]+)$/.test(first))
    return { name: first.replace(/^\\(?:var)?/, ""), length: 1 };
  return undefined;
}

/** The place behind all marks from `at` on: ′, and what ^ and _ take. */
function marksFrom(signs: readonly TexSign[], at: number): number {
  const sign = signs[at]?.text;
  if (sign === "'" || sign === "′") return marksFrom(signs, at + 1);
  if (sign !== "^" && sign !== "_") return at;
  if (signs[at + 1]?.text !== "{") return marksFrom(signs, at + 2);
  const depth = signs[at + 1]?.depth;
  const end = signs.findIndex((one, place) => place > at + 1 && one.text === "}" && one.depth === depth);
  return end < 0 ? at : marksFrom(signs, end + 1);
}

/** One environment of entries or cases, with nothing behind it but marks and its size. */
function isWrittenOut(signs: readonly TexSign[]): boolean {
  if (!/^\\begin\{(?:[bpvB]?matrix|array|cases)\}/.test(textOf(signs))) return false;
  const end = signs.findIndex(({ text, depth }) => text === "\\end" && depth === 0);
  const behind = signs.slice(end + 1);
  const close = behind.findIndex(({ text, depth }) => text === "}" && depth === 0);
  const rest = textOf(behind.slice(marksFrom(behind, close + 1)));
  return rest === "" || rest.startsWith("\\in");
}

const textOf = (signs: readonly TexSign[]): string => signs.map(({ text }) => text).join("");
