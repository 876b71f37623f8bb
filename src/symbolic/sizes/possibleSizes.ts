/** Sizes that meet all requirements of a world: ranges are halved, and left where no size in them can. */

import type { Expression } from "../language/expression.js";
import { constant, factorsOf, type Polynomial, plus, substitute, variable } from "../language/polynomial.js";
import type { SizeModel } from "./sizeModel.js";
import type { Sizes } from "./sizes.js";

type Range = readonly [low: number, high: number];
type Ranges = Readonly<Record<string, Range>>;

/** The largest size that is looked for, from small to large, and how many ranges are looked at for each. */
const limits = { sizes: [9, 40, 1_000, 20_000], ranges: 4_000 } as const;

/** Free sizes, each from the least one on, that meet all requirements, small ones first; undefined where none are found. */
export function possibleSizes(
  model: SizeModel,
  least: (name: string) => number = () => 1,
): Sizes | undefined {
  const bounds = model.requirements.flatMap(({ atMost }) => atMost.map(fromOne));
  const isPossible = (ranges: Ranges) => bounds.every((bound) => rangeOf(bound, ranges)[1] >= 0);
  for (const largest of limits.sizes) {
    let left: number = limits.ranges;
    const stack: Ranges[] = [Object.fromEntries(model.free.map((name) => [name, [least(name), largest]]))];
    for (let ranges = stack.pop(); ranges && left-- > 0; ranges = stack.pop()) {
      const all = enclosed(model, ranges);
      if (!all || !isPossible(all)) continue;
      const free = lowest(ranges);
      if (model.requirements.every(({ miss }) => miss(model.complete(free)) === 0)) return free;
      stack.push(...halves(ranges));
    }
  }
  return undefined;
}

function lowest(ranges: Ranges): Sizes {
  return Object.fromEntries(Object.entries(ranges).map(([name, [low]]) => [name, low]));
}

/** The widest range in two, the lower half last: it is looked at first. None where all are one size. */
function halves(ranges: Ranges): Ranges[] {
  const widths = Object.entries(ranges).map(([name, [low, high]]) => [name, high - low] as const);
  const [name, width] = widths.reduce((x, y) => (y[1] > x[1] ? y : x), ["", 0]);
  if (width === 0) return [];
  const [low, high] = ranges[name];
  const middle = Math.floor((low + high) / 2);
  return [
    { ...ranges, [name]: [middle + 1, high] },
    { ...ranges, [name]: [low, middle] },
  ];
}

/** The ranges of all sizes; undefined where one with a definition is below 1 for all. */
function enclosed({ definitions }: SizeModel, free: Ranges): Ranges | undefined {
  const all: Record<string, Range> = { ...free };
  for (const [name, definition] of definitions) {
    const [low, high] = calculated(definition, all);
    if (high < 1) return undefined;
    all[name] = [Math.max(1, low), high];
  }
  return all;
}

/** The polynomial in x − 1 for each x: then every name stands for 0 or more, and bounds are close. */
function fromOne(x: Polynomial): Polynomial {
  return substitute(x, (name) => plus(constant(1), variable(name)));
}

/** Of a polynomial in x − 1. */
function rangeOf(x: Polynomial, ranges: Ranges): Range {
  let [low, high] = [0, 0];
  for (const [monomial, k] of x.terms) {
    const names = factorsOf(monomial);
    const ends = [0, 1].map((end) => names.reduce((all, name) => all * (ranges[name][end] - 1), Number(k)));
    low += Math.min(...ends);
    high += Math.max(...ends);
  }
  return [low, high];
}

/** The range of a definition. What may be divided by 0 may be anything. */
function calculated(e: Expression, ranges: Ranges): Range {
  switch (e.kind) {
    case "number":
      return [e.value, e.value];
    case "name":
      return ranges[e.name];
    case "unary": {
      const [low, high] = calculated(e.of, ranges);
      return [-high, -low];
    }
    case "binary":
      return combined(e.op, calculated(e.left, ranges), calculated(e.right, ranges));
    default: {
      const [low, high] = calculated(e.args[0], ranges); // floor
      return [Math.floor(low), Math.floor(high)];
    }
  }
}

function combined(op: string, [a, b]: Range, [c, d]: Range): Range {
  if (op === "+") return [a + c, b + d];
  if (op === "-") return [a - d, b - c];
  if (op === "/" && c <= 0 && d >= 0) return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const ends = [a, b].flatMap((x) => [c, d].map((y) => (op === "*" ? x * y : x / y)));
  return [Math.min(...ends), Math.max(...ends)];
}
