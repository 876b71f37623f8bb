/** Which numbers the dimensions of a world are, read off the sizes of the matrices that are given. */

import { isMatrix } from "../numeric/check.js";
import type { ImageMatrix } from "../numeric/image.js";
import { type Matrix, size } from "../numeric/storage.js";
import { checkSize } from "../shape.js";
import { mentions } from "../symbolic/language/expression.js";
import {
  constant,
  evaluate,
  type Polynomial,
  polynomialText,
  substitute,
  variable,
  variables,
} from "../symbolic/language/polynomial.js";
import { knownDimensions } from "../symbolic/sizes/dimensions.js";
import { freeDimensions, type Sizes, sizesText } from "../symbolic/sizes/sizes.js";
import { instancesSize, type MatrixSymbol, matrixNamed, type World } from "../symbolic/world/world.js";

/** What names stand for: a matrix, a number, or one matrix for each instance. */
export type Values = Readonly<Record<string, Matrix | number | readonly Matrix[]>>;

/** A size that is known to be a number. */
interface Fact {
  readonly about: string;
  readonly size: Polynomial;
  readonly value: number;
}

const mostTries = 200_000;

/**
 * All dimensions: those given as numbers, those that follow from the sides of images and the sizes of matrices, and
 * those that are defined. Throws RangeError where sizes contradict each other, or leave a dimension open.
 */
export function sizesOf(world: World, values: Values): Sizes {
  const facts = factsOf(world, values);
  let sizes = knownDimensions(world, givenSizes(world, values));
  for (let before = -1; before !== Object.keys(sizes).length; ) {
    before = Object.keys(sizes).length;
    for (const fact of facts) sizes = knownDimensions(world, { ...sizes, ...solved(fact, sizes) });
  }
  const found = searched(world, facts, sizes);
  for (const fact of facts) check(fact, found);
  checkDefinitions(world, found);
  return found;
}

/** Throws RangeError for a size that is given as another number than its definition says. */
function checkDefinitions(world: World, sizes: Sizes): void {
  const free = freeDimensions(world).filter((name) => Object.hasOwn(sizes, name));
  const defined = knownDimensions(world, Object.fromEntries(free.map((name) => [name, sizes[name]])));
  for (const [name, value] of Object.entries(defined)) {
    if (sizes[name] === value) continue;
    throw new RangeError(`run: ${name} is ${sizes[name]}; needed ${value} at ${sizesText(sizes)}`);
  }
}

/** Numbers that are dimensions, the number of instances, and the sides of images. */
function givenSizes(world: World, values: Values): Record<string, number> {
  const sizes: Record<string, number> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === "number" && world.dimensions.has(name)) set(sizes, name, whole(name, value));
    const one = firstMatrix(value) as Partial<ImageMatrix> | undefined;
    const sides = matrixNamed(world, name)?.colDigits ?? [];
    if (one?.a === undefined || one.b === undefined || sides.length !== 2) continue;
    for (const [k, side] of [one.a, one.b].entries()) {
      const [dimension, ...more] = variables(sides[k]);
      if (dimension !== undefined && more.length === 0) set(sizes, dimension, side);
    }
  }
  return sizes;
}

/** Throws RangeError where it is known to be another number. */
function set(sizes: Record<string, number>, name: string, value: number): void {
  if (Object.hasOwn(sizes, name) && sizes[name] !== value)
    throw new RangeError(`run: ${name} is given as ${sizes[name]} and as ${value}; needed one number`);
  sizes[name] = value;
}

function whole(name: string, value: number): number {
  checkSize("run", name, value, 0);
  return value;
}

function factsOf(world: World, values: Values): Fact[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const symbol = matrixNamed(world, name);
    if (!symbol) return [];
    return Array.isArray(value)
      ? factsOfList(symbol, value)
      : factsOfMatrix(symbol, value as Matrix | number);
  });
}

/** A list has a matrix for each of the instances. Throws RangeError for a name that has none. */
function factsOfList(symbol: MatrixSymbol, list: readonly Matrix[]): Fact[] {
  const { name, each } = symbol;
  if (!each)
    throw new RangeError(
      `run: ${name} is a list of ${list.length}; needed one matrix, as it was not declared each`,
    );
  const count = {
    about: `${name} is a list of ${list.length}: its instances`,
    size: variable(instancesSize),
    value: list.length,
  };
  return [count, ...list.flatMap((M) => factsOfMatrix(symbol, M))];
}

/** A number is a 1 × 1 matrix; what is neither has no sizes, and is refused where it is used. */
function factsOfMatrix({ name, rows, cols }: MatrixSymbol, given: Matrix | number): Fact[] {
  const M = typeof given === "number" ? { rows: 1, cols: 1 } : given;
  if (typeof given !== "number" && !isMatrix(given)) return [];
  return [
    { about: `${name} is ${size(M)}: its rows`, size: rows, value: M.rows },
    { about: `${name} is ${size(M)}: its columns`, size: cols, value: M.cols },
  ];
}

/** The one dimension that is missing in a product, as h in h·h·d = 27 with d = 3. */
function solved({ size, value }: Fact, sizes: Sizes): Sizes {
  const known = substitute(size, (name) => (Object.hasOwn(sizes, name) ? constant(sizes[name]) : undefined));
  const [[monomial, k] = ["", 0n], ...more] = [...known.terms];
  const missing = monomial.split("·").filter((name) => name !== "");
  if (more.length > 0 || missing.length === 0 || new Set(missing).size !== 1) return {};
  const root = Math.round((value / Number(k)) ** (1 / missing.length));
  return Number(k) * root ** missing.length === value ? { [missing[0]]: root } : {};
}

/** What is still open is tried out; exactly one choice has to fit all sizes. */
function searched(world: World, facts: readonly Fact[], sizes: Sizes): Sizes {
  const used = new Set(facts.flatMap(({ size }) => variables(size)));
  const open = freeDimensions(world).filter(
    (name) => !Object.hasOwn(sizes, name) && isNeeded(world, name, { used, sizes }),
  );
  if (open.length === 0) return sizes;
  const most = Math.max(...facts.map(({ value }) => value), 1);
  const fitting: Sizes[] = [];
  let tries = 0;
  for (const choice of choices(open, most)) {
    if (++tries > mostTries || fitting.length > 1) break;
    const all = knownDimensions(world, { ...sizes, ...choice });
    if (facts.every((fact) => holds(fact, all))) fitting.push(all);
  }
  if (fitting.length === 1 && tries <= mostTries) return fitting[0];
  const names = open.join(", ");
  throw new RangeError(
    `run: the given sizes do not say what ${names} ${open.length > 1 ? "are" : "is"}; give ${open.map((name) => `${name}: …`).join(", ")}`,
  );
}

/** Whether a dimension stands in a given size, or in the definition of one that does and is not known. */
function isNeeded(world: World, name: string, at: { used: ReadonlySet<string>; sizes: Sizes }): boolean {
  if (at.used.has(name)) return true;
  const users = [...world.dimensions.values()].filter(
    ({ name: user, definition }) =>
      !Object.hasOwn(at.sizes, user) && definition && mentions(definition, name),
  );
  return users.some((user) => isNeeded(world, user.name, at));
}

function* choices(names: readonly string[], most: number): Generator<Record<string, number>> {
  const [first, ...others] = names;
  if (first === undefined) yield {};
  else
    for (let value = 1; value <= most; value++)
      for (const rest of choices(others, most)) yield { [first]: value, ...rest };
}

function holds({ size, value }: Fact, sizes: Sizes): boolean {
  return variables(size).every((name) => Object.hasOwn(sizes, name)) && evaluate(size, sizes) === value;
}

function check(fact: Fact, sizes: Sizes): void {
  if (holds(fact, sizes)) return;
  const needed = Object.entries(sizes).map(([name, value]) => `${name} = ${value}`);
  throw new RangeError(
    `run: ${fact.about} are ${fact.value}; needed ${polynomialText(fact.size)} with ${needed.join(", ")}`,
  );
}

function firstMatrix(value: Matrix | number | readonly Matrix[]): Matrix | undefined {
  if (Array.isArray(value)) return value[0];
  return isMatrix(value) ? value : undefined;
}
