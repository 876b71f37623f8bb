/** The lecture's index maps by name: φ, padding, pooling. Each is nothing but its index formula. */

import { apply, binary, type Expression, number } from "../language/expression.js";
import { ParseError } from "../language/parse.js";
import { one, type Polynomial, plus, times, variable } from "../language/polynomial.js";
import { print } from "../language/print.js";
import { sameDefinition } from "../world/sizeDefinitions.js";
import type { Counter, IndexMap, Place, World } from "../world/world.js";

type Formula = Omit<IndexMap, "name" | "matrix">;

/** conv(h, s, d, a, b), eq. (4): row (i, j, c), column (p, q) reads z_{p s + i, q s + j, c}. */
export function convolution(world: World, args: readonly Expression[]): Formula {
  const [h, s, d, a, b] = names(world, "conv(h, s, d, a, b)", args, 5);
  const [aOut, bOut] = [args[3], args[4]].map((n) => windowCount(world, n, args[0], args[1]));
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
export function padding(world: World, args: readonly Expression[]): Formula {
  const [p, d, a, b] = names(world, "padding(p, d, a, b)", args, 4);
  const [aPad, bPad] = [args[2], args[3]].map((n) =>
    definedAs(world, binary("+", n, binary("*", number(2), args[0]))),
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
export function meanPooling(world: World, args: readonly Expression[]): Formula {
  const pooling = windows(world, "avgpool(q, d, a, b)", args);
  const [q] = names(world, "avgpool(q, d, a, b)", args, 4);
  return { ...pooling, weight: times(variable(q), variable(q)) };
}

/**
 * maxpool(q, d, a, b) (X7): one entry of each window, at an offset (i, j) that depends on the image. Which one is the
 * largest is not part of the algebra: for any given choice the operator is linear, and that is what is proved.
 */
export function selectionPooling(world: World, args: readonly Expression[]): Formula {
  return { ...windows(world, "maxpool(q, d, a, b)", args), chosen: true };
}

function windows(world: World, form: string, args: readonly Expression[]): Formula {
  const [q, d, a, b] = names(world, form, args, 4);
  const [aOut, bOut] = [args[2], args[3]].map((n) =>
    definedAs(world, apply("floor", binary("/", n, args[0]))),
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
function windowCount(world: World, n: Expression, h: Expression, s: Expression): string {
  return definedAs(world, binary("+", apply("floor", binary("/", binary("-", n, h), s)), number(1)));
}

/** The dimension that is defined as the given expression. Throws ParseError that says how to declare it. */
function definedAs(world: World, definition: Expression): string {
  for (const { name, definition: known } of world.dimensions.values())
    if (known && sameDefinition(known, definition)) return name;
  const text = print(definition);
  throw new ParseError(`no dimension is ${text}; declare one before, for example n_out = ${text}`);
}

function names(world: World, form: string, args: readonly Expression[], count: number): string[] {
  if (args.length !== count) throw new ParseError(`${form}: ${args.length} arguments`);
  return args.map((arg) => {
    if (arg.kind === "name" && world.dimensions.has(arg.name)) return arg.name;
    throw new ParseError(`${form}: ${print(arg)} is no declared dimension`);
  });
}
