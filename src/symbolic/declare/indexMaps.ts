/** The lecture's index maps by name: φ, padding, pooling. Each is nothing but its index formula. */

import { apply, binary, type Expression, number } from "../language/expression.js";
import { one, type Polynomial, plus, times, variable } from "../language/polynomial.js";
import { print } from "../language/print.js";
import { sameDefinition } from "../world/sizeDefinitions.js";
import { type Counter, type IndexMap, instancesSize, type Place, type World } from "../world/world.js";

type Formula = Omit<IndexMap, "name" | "matrix">;

/** What stands in the parentheses of conv(h, s, d, a, b), and how it is refused, at the argument where there is one. */
export interface Arguments {
  readonly world: World;
  readonly list: readonly Expression[];
  readonly refuse: (why: string, about?: Expression) => never;
}

/** The kinds of index maps that have a name. */
export const mapKinds: Readonly<Record<string, (args: Arguments) => Formula>> = {
  conv: convolution,
  padding,
  maxpool: selectionPooling,
  avgpool: meanPooling,
};

/** conv(h, s, d, a, b), eq. (4): row (i, j, c), column (p, q) reads z_{p s + i, q s + j, c}. */
function convolution(args: Arguments): Formula {
  const [h, s, d, a, b] = names("conv(h, s, d, a, b)", args, 5);
  const [aOut, bOut] = [args.list[3], args.list[4]].map((side) => windowCount(args, side));
  const [i, j, c, u, v] = letters(["i", "j", "c", "p", "q"], [s]);
  return {
    ...read,
    rows: [counter(i, h), counter(j, h), counter(c, d)],
    cols: [counter(u, aOut), counter(v, bOut)],
    placeRows: [place(variable(c), d)],
    placeCols: [place(strided(u, s, i), a), place(strided(v, s, j), b)],
  };
}

/** padding(p, d, a, b) (X5): pixel (y, x) goes to (y + p, x + p) of an image with sides a + 2p and b + 2p. */
function padding(args: Arguments): Formula {
  const [p, d, a, b] = names("padding(p, d, a, b)", args, 4);
  const [aPad, bPad] = [args.list[2], args.list[3]].map((side) =>
    definedAs(args, side, binary("+", side, binary("*", number(2), args.list[0]))),
  );
  const [c, y, x] = letters(["c", "y", "x"], [p]);
  return {
    ...read,
    kind: "put",
    rows: [counter(c, d)],
    cols: [counter(y, a), counter(x, b)],
    placeRows: [place(variable(c), d)],
    placeCols: [place(shifted(y, p), aPad), place(shifted(x, p), bPad)],
  };
}

/** avgpool(q, d, a, b): the mean over the q × q window at (u q, v q), one channel at a time. */
function meanPooling(args: Arguments): Formula {
  const pooling = windows("avgpool(q, d, a, b)", args);
  const [q] = names("avgpool(q, d, a, b)", args, 4);
  return { ...pooling, weight: times(variable(q), variable(q)) };
}

/**
 * maxpool(q, d, a, b) (X7): one entry of each window, at an offset (i, j) that depends on the image. Which one is the
 * largest is not part of the algebra: for any given choice the operator is linear, and that is what is proved.
 */
function selectionPooling(args: Arguments): Formula {
  return { ...windows("maxpool(q, d, a, b)", args), chosen: true };
}

function windows(form: string, args: Arguments): Formula {
  const [q, d, a, b] = names(form, args, 4);
  const [aOut, bOut] = [args.list[2], args.list[3]].map((side) =>
    definedAs(args, side, apply("floor", binary("/", side, args.list[0]))),
  );
  const [c, u, v, i, j] = letters(["c", "u", "v", "i", "j"], [q]);
  return {
    ...read,
    rows: [counter(c, d)],
    cols: [counter(u, aOut), counter(v, bOut)],
    sums: [counter(i, q), counter(j, q)],
    placeRows: [place(variable(c), d)],
    placeCols: [place(strided(u, q, i), a), place(strided(v, q, j), b)],
  };
}

const read = { kind: "read", sums: [], weight: one, chosen: false } as const;

/** The counters' usual letters, where none is a size that stands beside them in the formula; else the next ones. */
function letters(usual: readonly string[], sizes: readonly string[]): string[] {
  const taken = new Set([...usual, ...sizes]);
  return usual.map((letter) => {
    if (!sizes.includes(letter)) return letter;
    const other = [..."uvklmnrt"].find((name) => !taken.has(name)) ?? `${letter}_0`;
    taken.add(other);
    return other;
  });
}

function counter(name: string, size: string): Counter {
  return { name, size: variable(size) };
}

function place(at: Polynomial, size: string): Place {
  return { at, size: variable(size) };
}

/** p s + i */
function strided(p: string, s: string, i: string): Polynomial {
  return plus(times(variable(p), variable(s)), variable(i));
}

function shifted(y: string, p: string): Polynomial {
  return plus(variable(y), variable(p));
}

/** floor((n − h)/s) + 1 */
function windowCount(args: Arguments, side: Expression): string {
  const [h, s] = args.list;
  return definedAs(args, side, binary("+", apply("floor", binary("/", binary("-", side, h), s)), number(1)));
}

/** The dimension that is defined as the given expression. Refuses in words that say how to declare it. */
function definedAs({ world, refuse }: Arguments, side: Expression, definition: Expression): string {
  for (const { name, definition: known } of world.dimensions.values())
    if (known && sameDefinition(known, definition)) return name;
  const text = print(definition);
  return refuse(`no dimension is ${text}; declare one before, for example n_out = ${text}`, side);
}

function names(form: string, { world, list, refuse }: Arguments, count: number): string[] {
  if (list.length !== count) refuse(`${form}: ${list.length} arguments; needed ${count}`);
  return list.map((arg) => {
    if (arg.kind !== "name" || !world.dimensions.has(arg.name))
      return refuse(`${form}: ${print(arg)} is no declared dimension`, arg);
    if (arg.name !== instancesSize) return arg.name;
    return refuse(`${form}: ${instancesSize} is the number of instances, and a map is of one of them`, arg);
  });
}
