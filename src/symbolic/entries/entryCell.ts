/** One entry of a matrix as TeX: sizes that are known put in, equations decided, short sums written out. */

import {
  asNumber,
  constant,
  equal,
  minus,
  one,
  type Polynomial,
  plus,
  substitute,
} from "../language/polynomial.js";
import type { Shared } from "../prove/axes.js";
import { leaves, OutsideError } from "../prove/digits.js";
import { instanceIndex } from "../prove/indexName.js";
import { simplified } from "../prove/solve.js";
import {
  type Entry,
  type Equation,
  type Factor,
  reluName,
  replaced,
  scaled,
  type Term,
} from "../prove/terms.js";
import type { Sizes } from "../sizes/sizes.js";
import { texName } from "../world/texNames.js";
import type { World } from "../world/world.js";
import { placeTex } from "./entryPlace.js";

/** What an entry is written with. */
interface Setting {
  readonly known: Sizes;
  readonly shared: Shared;
  /** A name that no index has yet. */
  readonly fresh: () => string;
}

/** More terms than this are cut to the first two and the last; more values of a sum than the second are not tried. */
const mostTerms = 6;
const mostValues = 4_096;

/** The entry as TeX; undefined where it sums over a range that is a symbol. */
export function cellTex(world: World, terms: readonly Term[], setting: Setting): string | undefined {
  const expanded = terms.map((term) => writtenOut(withKnown(term, setting.known)));
  if (expanded.some((list) => list === undefined)) return undefined;
  const left = simplified(
    expanded.flatMap((list) => list ?? []),
    { ranges: new Map(), fresh: setting.fresh },
  ).filter((term) => !term.equations.some(isNever));
  const texts = left.map((term) => termTex(world, term, setting));
  return texts.length === 0 ? "0" : joined(texts);
}

function joined(texts: readonly string[]): string {
  const shown = texts.length > mostTerms ? [texts[0], texts[1], "\\cdots", texts[texts.length - 1]] : texts;
  return shown.map((text, k) => (k === 0 || text.startsWith("-") ? text : `+ ${text}`)).join(" ");
}

/** The term with numbers for the sizes that are known. */
function withKnown(term: Term, known: Sizes): Term {
  const value = (name: string) => (Object.hasOwn(known, name) ? constant(known[name]) : undefined);
  const sums = new Map([...term.sums].map(([index, size]) => [index, substitute(size, value)]));
  const equations = term.equations.map(({ left, right, size }) => ({
    left,
    right,
    size: substitute(size, value),
  }));
  return withKnownPowers(replaced({ ...term, sums, equations }, value), known);
}

function withKnownPowers(term: Term, known: Sizes): Term {
  const powers = new Map([...term.powers].filter(([name]) => !Object.hasOwn(known, name)));
  const numbers = [...term.powers].filter(([name]) => Object.hasOwn(known, name));
  return numbers.reduce<Term>(
    (product, [name, k]) => {
      const power = BigInt(known[name]) ** BigInt(Math.abs(k));
      return k > 0 ? scaled([product], power)[0] : scaled([product], 1n, power)[0];
    },
    { ...term, powers },
  );
}

/** Every value of the summed indices, the first index fastest; undefined where a range is a symbol or too long. */
function writtenOut(term: Term): Term[] | undefined {
  const last = [...term.sums].at(-1);
  if (!last) return [term];
  const [index, size] = last;
  const count = asNumber(size);
  if (count === undefined || count > mostValues) return undefined;
  const sums = new Map([...term.sums].slice(0, -1));
  const all: Term[] = [];
  for (let value = 0; value < count; value++) {
    const at = replaced({ ...term, sums }, (name) => (name === index ? constant(value) : undefined));
    if (at.equations.some(isNever)) continue;
    const inner = writtenOut(at);
    if (!inner || all.length + inner.length > mostValues) return undefined;
    all.push(...inner);
  }
  return all;
}

/** Whether two values of a digit differ: as numbers, or as the first ones and the last, between which dots stand. */
function isNever({ left, right, size }: Equation): boolean {
  const difference = minus(left, right);
  const number = asNumber(difference);
  if (number !== undefined) return number !== 0;
  const isLast = (x: Polynomial) => [1, 2].some((k) => equal(plus(x, constant(k)), size));
  return isLast(difference) || isLast(minus(right, left));
}

/** 2 z_{1,1,1} w^{1}_{1,1,1}, with what has to hold for it in brackets. */
function termTex(world: World, { coefficient, powers, factors, equations }: Term, setting: Setting): string {
  const { over, under } = coefficient;
  const size = over < 0n ? -over : over;
  const power = ([name, k]: readonly [string, number]) =>
    Math.abs(k) === 1 ? texName(world, name) : `${texName(world, name)}^{${Math.abs(k)}}`;
  const above = [...powers].filter(([, k]) => k > 0).map(power);
  const below = [...powers].filter(([, k]) => k < 0).map(power);
  const brackets = equations.map(
    ({ left, right }) => `[${placeTex(world, plus(left, one))} = ${placeTex(world, plus(right, one))}]`,
  );
  const entries = [...factors.map((factor) => factorTex(world, factor, setting)), ...brackets];
  const number = size === 1n && above.length + entries.length > 0 ? [] : [String(size)];
  const top = [...number, ...above, ...entries].join(" ");
  const bottom = [...(under === 1n ? [] : [String(under)]), ...below].join(" ");
  return (over < 0n ? "-" : "") + (bottom === "" ? top : `\\frac{${top}}{${bottom}}`);
}

function factorTex(world: World, factor: Factor, setting: Setting): string {
  if (factor.kind === "entry") return declaredTex(world, factor, setting.shared);
  if (factor.kind === "functional") throw new OutsideError(`${factor.name} has a value, no entries`);
  const inner = cellTex(world, factor.at, setting);
  if (inner === undefined) throw new OutsideError("a sum over a range that is a symbol within a function");
  if (factor.name === "1/") return `\\frac{1}{${inner}}`;
  const letter = factor.name === reluName ? "\\operatorname{ReLU}" : "\\sigma";
  return `${letter}${"'".repeat(factor.order)}(${inner})`;
}

/** z_{i,j,c} of an image, w^{k}_{i,j,c} of filters, a_{i,j} of any other matrix: the letter in lower case. */
function declaredTex(world: World, { name, index }: Entry, shared: Shared): string {
  const axes = shared.axes.get(name);
  const own = index.filter((place) => !equal(place, instanceIndex));
  const rowCount = axes ? leaves(axes.rows).length : own.length;
  const places = own.map((place) => placeTex(world, plus(place, one)));
  const [rows, cols] = [places.slice(0, rowCount), places.slice(rowCount)];
  const isFilter = rows.length === 1 && cols.length === 3;
  const isImage = rows.length === 1 && cols.length === 2;
  const [, letter, marks] = /^(.*?)(?:\^\{(.*)\})?$/.exec(texName(world, name)) ?? [];
  const above = [...(marks === undefined ? [] : [marks]), ...(isFilter ? rows : [])];
  const below = isFilter ? cols : isImage ? [...cols, ...rows] : places;
  const base = letter.replace(
    /^(\\mathrm\{d\})?([A-Z])/,
    (_, d = "", capital: string) => d + capital.toLowerCase(),
  );
  return `${base}${above.length > 0 ? `^{${above.join(",")}}` : ""}${below.length > 0 ? `_{${below.join(",")}}` : ""}`;
}
