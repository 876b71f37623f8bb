/** An expression entry by entry: eq. (4) as Z[c; p·s + i, q·s + j]. */

import type { Expression } from "../language/expression.js";
import {
  type Polynomial,
  polynomialText,
  substitute,
  variable,
  variables,
  written,
} from "../language/polynomial.js";
import { indexed, nothingShared, type Shared } from "../prove/axes.js";
import { type Digit, leaves } from "../prove/digits.js";
import { entryOf } from "../prove/indexForm.js";
import { indexName, instanceIndex, readableIndices } from "../prove/indexName.js";
import { simplified } from "../prove/solve.js";
import { type Entry, type Factor, type Rational, reluName, type Term } from "../prove/terms.js";
import { texName } from "../world/texNames.js";
import type { World } from "../world/world.js";

/** The element-wise formula of an expression; all indices count from 0. */
export interface IndexView {
  /** The letters of the entry's row and column, the first fastest. */
  readonly rows: readonly string[];
  readonly cols: readonly string[];
  readonly text: string;
  readonly tex: string;
}

/** How a formula is written: as text or as TeX. */
interface Style {
  readonly name: (text: string) => string;
  readonly index: (index: Polynomial) => string;
  readonly entry: (name: string, rows: readonly string[], cols: readonly string[]) => string;
  readonly sum: (over: readonly string[]) => string;
  readonly where: (equation: string) => string;
  readonly applied: (name: string, order: number) => string;
  readonly power: (name: string, exponent: number) => string;
  readonly fraction: (over: string, under: string) => string;
}

/** What entry (row, column) of an expression is, for all sizes. Throws OutsideError where it has no such form. */
export function indexView(world: World, e: Expression): IndexView {
  const shared = nothingShared();
  const node = indexed(world, e, shared);
  const letters = new Map<string, string>();
  let count = 0;
  const fresh = (letter = "m") => {
    const name = indexName("x", count++);
    letters.set(name, letter);
    return name;
  };
  const named = (digits: readonly Digit[], usual: string) =>
    leaves(digits).map(({ letter = usual }) => fresh(letter));
  const [rows, cols] = [named(node.rows, "k"), named(node.cols, "n")];
  const at = { rows: rows.map(variable), cols: cols.map(variable), instance: instanceIndex };
  const terms = simplified(entryOf(world, node, at, fresh), { ranges: new Map(), fresh });
  const write =
    (style: (names: ReadonlyMap<string, string>) => Style) => (names: ReadonlyMap<string, string>) =>
      sumText(terms, style(names), shared);
  const names = distinctLetters([...rows, ...cols, ...usedIndices(terms)], letters, sizesIn(world, terms));
  return {
    rows: rows.map((name) => names.get(name) ?? name),
    cols: cols.map((name) => names.get(name) ?? name),
    text: write(plainStyle)(names),
    tex: write((known) => texStyle(world, known))(names),
  };
}

/** Each index gets its letter; the second of one letter, and one that is a size in the formula, i′, the third i″. */
function distinctLetters(
  indices: readonly string[],
  letters: ReadonlyMap<string, string>,
  sizes: readonly string[],
): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>(sizes);
  for (const index of indices) {
    if (names.has(index) || !letters.has(index)) continue;
    let name = letters.get(index) as string;
    while (taken.has(name)) name += "'";
    taken.add(name);
    names.set(index, name);
  }
  return names;
}

/** The sizes that stand in the formula: no index may be called like one. */
function sizesIn({ dimensions }: World, terms: readonly Term[]): string[] {
  const names = terms.flatMap((term) => [
    ...term.powers.keys(),
    ...term.equations.flatMap(({ left, right }) => [left, right].flatMap(variables)),
    ...usedIndices([term]),
  ]);
  return names.filter((name) => dimensions.has(name));
}

function usedIndices(terms: readonly Term[]): string[] {
  return terms.flatMap((term) => [
    ...term.factors.flatMap((factor) =>
      factor.kind === "entry" ? factor.index.flatMap(variables) : usedIndices(factor.at),
    ),
    ...term.sums.keys(),
  ]);
}

function plainStyle(names: ReadonlyMap<string, string>): Style {
  return {
    name: (text) => text,
    index: (index) => readableIndices(polynomialText(renamed(index, names))),
    entry: (name, rows, cols) =>
      `${name}[${[rows.join(", "), cols.join(", ")].filter((part) => part !== "").join("; ")}]`,
    sum: (over) => `Σ_${over.join(",")} `,
    where: (equation) => `[${equation}]`,
    applied: (name, order) => `${name === reluName ? "ReLU" : "σ"}${"′".repeat(order)}`,
    power: (name, exponent) => (exponent === 1 ? name : `${name}^${exponent}`),
    fraction: (over, under) => `${over}/${under.includes(" ") ? `(${under})` : under}`,
  };
}

function texStyle(world: World, names: ReadonlyMap<string, string>): Style {
  return {
    name: (text) => texName(world, text),
    index: (index) =>
      written(
        renamed(index, names),
        (name) => (world.dimensions.has(name) ? texName(world, name) : readableIndices(name)),
        "\\,",
      ).replaceAll("−", "-"),
    entry: (name, rows, cols) =>
      `\\left[${name}\\right]_{${[rows.join(","), cols.join(",")].filter((part) => part !== "").join(";\\,")}}`,
    sum: (over) => `\\sum_{${over.join(",")}} `,
    where: (equation) => `[${equation}]`,
    applied: (name, order) => `${name === reluName ? "\\operatorname{ReLU}" : "σ"}${"′".repeat(order)}`,
    power: (name, exponent) => (exponent === 1 ? name : `${name}^{${exponent}}`),
    fraction: (over, under) => `\\frac{${over}}{${under}}`,
  };
}

function renamed(index: Polynomial, names: ReadonlyMap<string, string>): Polynomial {
  return substitute(index, (name) => (names.has(name) ? variable(names.get(name) as string) : undefined));
}

function sumText(terms: readonly Term[], style: Style, shared: Shared): string {
  if (terms.length === 0) return "0";
  return terms.map((term, k) => termText(term, style, shared, k > 0)).join(" ");
}

function termText(term: Term, style: Style, shared: Shared, follows: boolean): string {
  const { over } = term.coefficient;
  const sign = over < 0n ? "− " : follows ? "+ " : "";
  const sums = [...term.sums.keys()].map((name) => style.index(variable(name)));
  const parts = [
    ...term.equations.map(({ left, right }) => style.where(`${style.index(left)} = ${style.index(right)}`)),
    ...term.factors.map((factor) => factorText(factor, style, shared)),
  ];
  const scale = scaleText(term, style, parts.length === 0);
  return (
    sign +
    [scale, (sums.length > 0 ? style.sum(sums) : "") + parts.join(" ")]
      .filter((part) => part !== "")
      .join(" ")
  );
}

/** The number and the sizes in front of a term; nothing where they are 1 and something follows. */
function scaleText({ coefficient, powers }: Term, style: Style, alone: boolean): string {
  const { over, under }: Rational = coefficient;
  const size = over < 0n ? -over : over;
  const up = [...powers].filter(([, k]) => k > 0).map(([name, k]) => style.power(style.name(name), k));
  const down = [...powers].filter(([, k]) => k < 0).map(([name, k]) => style.power(style.name(name), -k));
  const above = [
    ...(size === 1n && (up.length > 0 || down.length + Number(under !== 1n) > 0 || !alone)
      ? []
      : [String(size)]),
    ...up,
  ];
  const below = [...(under === 1n ? [] : [String(under)]), ...down];
  if (below.length === 0) return above.join(" ");
  return style.fraction(above.join(" ") || "1", below.join(" "));
}

function factorText(factor: Factor, style: Style, shared: Shared): string {
  if (factor.kind === "entry") return entryText(factor, style, shared);
  const inner = sumText(factor.at, style, shared);
  if (factor.kind === "functional") return `${style.name(factor.name)}(${inner})`;
  if (factor.name === "1/") return style.fraction("1", inner);
  return `${style.applied(factor.name, factor.order)}(${inner})`;
}

function entryText({ name, index }: Entry, style: Style, shared: Shared): string {
  const axes = shared.axes.get(name);
  const own = axes ? index.slice(index.length - leaves([...axes.rows, ...axes.cols]).length) : index;
  const rows = axes ? leaves(axes.rows).length : own.length;
  const texts = own.map(style.index);
  return style.entry(style.name(name), texts.slice(0, rows), texts.slice(rows));
}
