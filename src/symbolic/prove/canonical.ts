/**
 * One text for each sum of terms, whatever its bound indices are called and in whatever order its factors stand. Equal
 * texts mean equal sums, for all sizes. (Different texts need not mean different sums.)
 */

import { factorsOf, type Polynomial, polynomialText, variables } from "../language/polynomial.js";
import { OutsideError } from "./digits.js";
import { type Factor, plusRational, type Rational, type Term } from "./terms.js";

/** Bound indices that have got their number. */
type Names = ReadonlyMap<string, string>;

/**
 * Where the marks of a scope stand among them: an index that is bound within functions has one behind its number for each,
 * so that σ(Σ x) and Σ σ(x) are two texts. No index has this name. Readers do not see the marks.
 */
const scope = "";

function countOf(names: Names): number {
  return names.has(scope) ? names.size - 1 : names.size;
}

/** How many orders of alike factors are tried before the search is given up. */
const mostOrders = 20_000;

/** The text of a simplified sum: like terms added up, sorted; "0" where nothing is left. */
export function canonicalText(terms: readonly Term[], outer: Names = new Map()): string {
  const total = new Map<string, Rational>();
  for (const term of terms) {
    const key = termText(term, outer);
    const sum = total.get(key);
    total.set(key, sum ? plusRational(sum, term.coefficient) : term.coefficient);
  }
  const parts = [...total].filter(([, { over }]) => over !== 0n).sort(([x], [y]) => (x < y ? -1 : 1));
  return parts.map(([key, { over, under }]) => `${over}/${under} ${key}`).join(" + ") || "0";
}

/** The least of the texts that the orders of alike factors give. */
function termText(term: Term, outer: Names): string {
  const budget = { left: mostOrders };
  const powers = [...term.powers].sort(([x], [y]) => (x < y ? -1 : 1)).map(([name, k]) => `${name}^${k}`);
  const product = ordered(term, term.factors, outer, budget);
  return [...powers, product, ...hiddenSums(term, product, outer.get(scope) ?? "")].join(" ");
}

/**
 * The ranges of a term's sums, where the text of its product does not show each of them: in Σᵢ σ(aᵢ − aᵢ) nothing is left
 * of i, and the sum is not σ(0).
 */
function hiddenSums(term: Term, product: string, marks: string): string[] {
  const shown = new Set<string>();
  for (const [, number, its] of product.matchAll(/_(\d+)(%*):/g)) if (its === marks) shown.add(number);
  if (shown.size === term.sums.size) return [];
  return [`Σ(${[...term.sums.values()].map(polynomialText).sort().join(", ")})`];
}

function ordered(term: Term, left: readonly Factor[], names: Names, budget: { left: number }): string {
  if (budget.left-- <= 0) throw new OutsideError("a product with too many factors alike");
  if (left.length === 0) return equationsText(term, names);
  const options = left.flatMap((factor, at) => written(factor).map((as) => ({ at, as })));
  const texts = options.map(({ as }) => factorText(term, as, names));
  const least = texts.reduce((x, y) => (y < x ? y : x));
  const candidates = options.filter((_, k) => texts[k] === least);
  const rests = distinct(candidates).map(({ at, as }) => {
    const known = withNames(term, as, names);
    return `${factorText(term, as, known)} ${ordered(
      term,
      left.filter((_, k) => k !== at), // the same factor may stand there twice
      known,
      budget,
    )}`;
  });
  return rests.reduce((x, y) => (y < x ? y : x));
}

/** Which factor, and a way to write it. */
interface Option {
  readonly at: number;
  readonly as: Factor;
}

/** A symmetric matrix's entry has two ways. */
function written(factor: Factor): Factor[] {
  if (factor.kind !== "entry" || !factor.isSymmetric) return [factor];
  // An odd number of indices begins with the instance.
  const [start, half] = [factor.index.length % 2, Math.ceil(factor.index.length / 2)];
  const [instance, first, second] = [
    factor.index.slice(0, start),
    factor.index.slice(start, half),
    factor.index.slice(half),
  ];
  return [factor, { ...factor, index: [...instance, ...second, ...first] }];
}

/** Factors that are the very same are tried once. */
function distinct(options: readonly Option[]): Option[] {
  const seen = new Map(options.map((option) => [JSON.stringify(option.as, plain), option] as const));
  return [...seen.values()];
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  return value instanceof Map ? [...value] : value;
}

/** The equations once every index of a factor is named; indices that stand in equations alone are numbered here. */
function equationsText(term: Term, names: Names): string {
  const known = term.equations.reduce<Names>(
    (found, { left, right }) => withIndices(term, [left, right].flatMap(variables), found),
    names,
  );
  const texts = term.equations.map(({ left, right }) => `[${difference(left, right, term, known)}]`);
  return texts.sort().join(" ");
}

/** left − right with a fixed sign, so that a = b and b = a, and p s + i = y and p s = y − i, are the same. */
function difference(left: Polynomial, right: Polynomial, term: Term, names: Names): string {
  const parts = new Map<string, bigint>();
  for (const [side, sign] of [
    [left, 1n],
    [right, -1n],
  ] as const) {
    for (const [monomial, k] of side.terms) {
      const key = factorsOf(monomial)
        .map((name) => nameOf(term, name, names))
        .sort()
        .join("·");
      parts.set(key, (parts.get(key) ?? 0n) + sign * k);
    }
  }
  const kept = [...parts].filter(([, k]) => k !== 0n).sort(([x], [y]) => (x < y ? -1 : 1));
  const sign = kept.length > 0 && kept[0][1] < 0n ? -1n : 1n;
  return kept.map(([key, k]) => `${sign * k}${key}`).join("+");
}

function factorText(term: Term, factor: Factor, names: Names): string {
  if (factor.kind === "entry")
    return `${factor.name}[${factor.index.map((index) => indexText(term, index, names)).join(",")}]`;
  const visible = new Map(names);
  const outside = names.get(scope) ?? "";
  visible.set(scope, `${outside}%`);
  for (const [name, size] of term.sums) if (!visible.has(name)) visible.set(name, unnamed(size));
  if (factor.kind === "applied") return `${factor.name}${factor.order}{${canonicalText(factor.at, visible)}}`;
  for (const [k, name] of factor.index.entries())
    visible.set(name, `@${countOf(visible)}.${k}:${polynomialText(factor.sizes[k])}${outside}`);
  const own = factor.each ? `[${indexText(term, factor.instance, names)}]` : "";
  return `${factor.name}${own}⟨${canonicalText(factor.at, visible)}⟩`;
}

function indexText(term: Term, index: Polynomial, names: Names): string {
  const parts = Array.from(index.terms, ([monomial, k]) => {
    const key = factorsOf(monomial)
      .map((name) => nameOf(term, name, names))
      .sort()
      .join("·");
    return `${k}${key}`;
  });
  return parts.sort().join("+");
}

function nameOf(term: Term, name: string, names: Names): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  const size = term.sums.get(name);
  return size ? unnamed(size) : name;
}

function unnamed(size: Polynomial): string {
  return `?:${polynomialText(size)}`;
}

/** The bound indices of a factor get the next numbers, in the order in which they stand in it. */
function withNames(term: Term, factor: Factor, names: Names): Names {
  return withIndices(term, indicesOf(factor), names);
}

function withIndices(term: Term, indices: readonly string[], names: Names): Names {
  const known = new Map(names);
  for (const name of indices) {
    const size = term.sums.get(name);
    if (size && !known.has(name))
      known.set(name, `_${countOf(known)}${known.get(scope) ?? ""}:${polynomialText(size)}`);
  }
  return known;
}

function indicesOf(factor: Factor): string[] {
  if (factor.kind === "entry") return factor.index.flatMap(variables);
  const own = factor.kind === "functional" && factor.each ? variables(factor.instance) : [];
  const inside = factor.at.flatMap((term) => [
    ...term.factors.flatMap(indicesOf),
    ...term.equations.flatMap(({ left, right }) => [...variables(left), ...variables(right)]),
  ]);
  return [...own, ...inside];
}
