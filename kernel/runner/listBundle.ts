/** Lists and records of values that are mathematics: set below each other, not written as JavaScript. */
import { types } from "node:util";
import type { Bundle } from "../pipe/runnerWords.js";

/** A formula in a card, as philab's own bundles have it. */
interface Written {
  readonly tex: string;
  readonly text: string;
  readonly words?: string;
}

type Piece = string | Written;

const listSymbol = Symbol.for("philab.list");

const ownType = (name: string): string => `application/vnd.philab.${name}.v1+json`;

/** More are a table that nobody reads. */
const mostLines = 30;

/** The bundle of a list whose entries show themselves as formulas; undefined where one of them does not. */
export function listBundle(
  value: unknown,
  bundleOf: (entry: unknown) => Bundle | undefined,
  text: string,
): Bundle | undefined {
  const entries = entriesOf(value);
  if (entries === undefined || entries.length === 0) return undefined;
  const own = ownList(entries);
  if (own) return own;
  const lines: Piece[][] = [];
  for (const [name, entry] of entries) {
    const bundle = bundleOf(entry);
    const line = bundle && lineOf(bundle);
    if (!line) return undefined;
    lines.push(name === undefined ? line : [`${name}: `, ...line]);
  }
  return {
    [ownType("card")]: { version: 1, kind: "formula", title: [], sections: [{ lines }] },
    "text/latex": `$$\\begin{aligned}\n${lines.map((line) => `& ${line.map(texOf).join("")}`).join(" \\\\\n")}\n\\end{aligned}$$`,
    "text/plain": text,
  };
}

/** What the first entry makes of the whole list, where it knows lists of its kind. */
function ownList(entries: readonly [string | undefined, unknown][]): Bundle | undefined {
  const [, first] = entries[0];
  const show = typeof first === "object" && first !== null && (first as Record<symbol, unknown>)[listSymbol];
  return typeof show === "function" ? (show.call(first, entries) as Bundle | undefined) : undefined;
}

/** The entries of an array or of a plain object, where they are few enough to be read; of nothing else. */
function entriesOf(value: unknown): [string | undefined, unknown][] | undefined {
  if (typeof value !== "object" || value === null || types.isProxy(value)) return undefined;
  if (Array.isArray(value))
    return value.length > mostLines || hasGetters(value)
      ? undefined
      : Array.from({ length: value.length }, (_, k) => [undefined, value[k]]);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return undefined;
  return Object.keys(value).length > mostLines || hasGetters(value) ? undefined : Object.entries(value);
}

/** To look at a value must run none of its code. */
function hasGetters(value: object): boolean {
  return Object.values(Object.getOwnPropertyDescriptors(value)).some(({ get }) => get !== undefined);
}

/** What stands for a value in a list: a formula, a statement with its name, what a derivation came to. */
function lineOf(bundle: Bundle): Piece[] | undefined {
  const [card, verdict, derivation] = ["card", "verdict", "derivation"].map(
    (name) => bundle[ownType(name)],
  ) as [
    { kind: string; sections: { lines: Piece[][] }[] } | undefined,
    { tag: string; statement: Written } | undefined,
    { result?: Written; statement: Written } | undefined,
  ];
  if (card) return card.kind === "formula" ? card.sections[0]?.lines[0] : undefined;
  // No badge without its certificate, for which a card has no place.
  if (verdict?.statement)
    return verdict.tag === "" ? [verdict.statement] : [`${verdict.tag}  `, verdict.statement];
  if (derivation) return [derivation.result ?? derivation.statement];
  const latex = bundle["text/latex"];
  const tex = typeof latex === "string" ? /^\$\$([^$]*)\$\$$/.exec(latex.trim())?.[1] : undefined;
  return tex === undefined ? undefined : [{ tex, text: String(bundle["text/plain"]) }];
}

/** Words stand in the formula as text, without the signs that TeX reads. */
function texOf(piece: Piece): string {
  return typeof piece === "string" ? `\\text{${piece.replace(/[\\{}$%#&_^~]/g, " ")}}` : piece.tex;
}
