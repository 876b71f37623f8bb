/** A matrix as on a slide: its first entries, dots, and its last ones; in full where its sizes are small numbers. */

import type { Expression } from "../language/expression.js";
import { constant, minus, one, type Polynomial, substitute } from "../language/polynomial.js";
import { print } from "../language/print.js";
import { type Indexed, indexed, nothingShared, type Shared } from "../prove/axes.js";
import { type Digit, digitsOfSize, leaves, OutsideError } from "../prove/digits.js";
import { entryOf } from "../prove/indexForm.js";
import { indexName, instanceIndex } from "../prove/indexName.js";
import { simplified } from "../prove/solve.js";
import { calculate, type Sizes, sizesText } from "../sizes/sizes.js";
import { ShapeError } from "../world/shapes.js";
import type { World } from "../world/world.js";
import { cellTex } from "./entryCell.js";

/** An index, digit by digit; undefined where dots stand for those that are left out. */
type ShownPlace = readonly Polynomial[] | undefined;

/**
 * The TeX of a matrix entry by entry: z_{1,1,1} at the top left, with ⋯ and ⋮ where its sizes are symbols or large, in
 * full where they are small numbers, by definition or given in `sizes`. An image's entry is written pixel first, z_{i,j,c},
 * that of a filter with the filter above, w^{k}_{i,j,c}, all counted from 1, as the lecture does. Several expressions are
 * stacked, as θ = [vec(W¹); b¹; …]. Throws ShapeError for a size that is not declared or for stacks of different widths,
 * OutsideError for entries that are sums over ranges that are symbols.
 */
export function entryView(world: World, stack: readonly Expression[], sizes: Sizes = {}): string {
  const known = knownSizes(world, sizes);
  const blocks = stack.map((e) => lines(world, e, known));
  const widths = new Set(blocks.map(([first]) => first.length));
  if (widths.size !== 1) {
    const columns = stack.map((e, k) => `${print(e)} shows ${blocks[k][0].length}`);
    throw new ShapeError(`a stack needs parts of one width; ${columns.join(", ")}`);
  }
  const body = blocks.map((block) => block.map((line) => line.join(" & ")).join(" \\\\ "));
  const columns = "c".repeat(blocks[0][0].length);
  return `\\left[\\begin{array}{${columns}}${body.join(" \\\\ \\hline ")}\\end{array}\\right]`;
}

/** The lines of one matrix, dots among them. */
function lines(world: World, e: Expression, known: Sizes): string[][] {
  const shared = withDeclaredDigits(world);
  const node = indexed(world, e, shared);
  const [rows, cols] = [shownPlaces(node.rows, known), shownPlaces(node.cols, known)];
  return rows.map((row) =>
    cols.map((col) => {
      if (!row) return col ? "\\vdots" : "\\ddots";
      return col ? entryTex(world, node, { rows: row, cols: col }, { known, shared }) : "\\cdots";
    }),
  );
}

/** Every declared matrix with the digits that its sizes were written with. */
function withDeclaredDigits(world: World): Shared {
  const shared = nothingShared();
  for (const { name, rowDigits, colDigits } of world.matrices.values()) {
    shared.axes.set(name, { rows: rowDigits.flatMap(digitsOfSize), cols: colDigits.flatMap(digitsOfSize) });
  }
  return shared;
}

/** The sizes that are numbers: given, or following from given ones. */
function knownSizes(world: World, given: Sizes): Sizes {
  const known: Record<string, number> = {};
  for (const name of Object.keys(given))
    if (!world.dimensions.has(name)) throw new ShapeError(`${name} is no declared dimension`);
  for (const { name, definition } of world.dimensions.values()) {
    const value = definition ? calculated(definition, known) : given[name];
    if (value === undefined) continue;
    if (!Number.isSafeInteger(value) || value < 0 || (definition && value < 1))
      throw new RangeError(`${name} is ${value} at ${sizesText(given)}; needed a whole number from 1`);
    known[name] = value;
  }
  return known;
}

/** What a definition gives; undefined while a size in it is a symbol. */
function calculated(definition: Expression, known: Sizes): number | undefined {
  try {
    return calculate(definition, known);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** More values of an index than this are cut to its first ones and its last. */
const mostShown = 20;
const firstShown = 4;

/** All values of an index of known size; of a symbol the first, the second and the last. */
function shownPlaces(digits: readonly Digit[], known: Sizes): ShownPlace[] {
  const sizes = leaves(digits).map(({ size }) => withKnown(size, known));
  const counts = sizes.map(countOf);
  if (counts.every((count) => count !== undefined)) return placesOfCounts(counts);
  const first = sizes.map(() => constant(0));
  const fastest = counts.findIndex((count) => count !== 1);
  const second = first.map((zero, at) => (at === fastest ? one : zero));
  return [first, second, undefined, sizes.map((size) => minus(size, one))];
}

function placesOfCounts(counts: readonly number[]): ShownPlace[] {
  const all = counts.reduce((product, count) => product * count, 1);
  const at = (index: number): Polynomial[] => {
    let rest = index;
    return counts.map((count) => {
      const digit = rest % count;
      rest = Math.floor(rest / count);
      return constant(digit);
    });
  };
  const range = (length: number) => Array.from({ length }, (_, index) => at(index));
  return all <= mostShown ? range(all) : [...range(firstShown), undefined, at(all - 1)];
}

function withKnown(size: Polynomial, known: Sizes): Polynomial {
  return substitute(size, (name) => (Object.hasOwn(known, name) ? constant(known[name]) : undefined));
}

function countOf(size: Polynomial): number | undefined {
  const [[monomial, k] = ["", 0n], ...more] = [...size.terms];
  return more.length === 0 && monomial === "" ? Number(k) : undefined;
}

function entryTex(
  world: World,
  node: Indexed,
  { rows, cols }: { readonly rows: readonly Polynomial[]; readonly cols: readonly Polynomial[] },
  { known, shared }: { readonly known: Sizes; readonly shared: Shared },
): string {
  let count = 0;
  const at = { rows, cols, instance: instanceIndex };
  const fresh = () => indexName("x", count++);
  const terms = simplified(entryOf(world, node, at, fresh), { ranges: new Map(), fresh });
  const tex = cellTex(world, terms, { known, shared, fresh });
  if (tex === undefined)
    throw new OutsideError(
      `an entry of ${print(node.e)} is a sum over a range that is a symbol; give sizes as numbers, or ask for its index formula`,
    );
  return tex;
}
