/** The text of a `lecture` → its world: dimensions, matrices, index maps, losses. */

import { isBuiltIn } from "../language/builtIns.js";
import { children, type Expression, factors } from "../language/expression.js";
import { ParseError, parse } from "../language/parse.js";
import { type Polynomial, product } from "../language/polynomial.js";
import { print } from "../language/print.js";
import { sizeOf } from "../world/shapes.js";
import type { Counter, Dimension, IndexMap, Loss, MatrixSymbol, Place, World } from "../world/world.js";
import { plainDeclaration } from "./declarationText.js";
import { convolution, meanPooling, padding, selectionPooling } from "./indexMaps.js";
import { whyOutside } from "./insideSource.js";

/** A world while its declarations are read: each may use the names before it. */
interface OpenWorld extends World {
  readonly dimensions: Map<string, Dimension>;
  readonly matrices: Map<string, MatrixSymbol>;
  readonly maps: Map<string, IndexMap>;
  readonly losses: Map<string, Loss>;
}

type Read = (world: OpenWorld, parts: readonly string[]) => void;

/** The forms of a declaration, tried in order. */
const forms: readonly (readonly [RegExp, Read])[] = [
  [/^dims\s+(.+)$/, readDimensions],
  [/^scalars?\s+(.+)$/, readScalars],
  [
    /^map\s+([A-Za-z]\w*)(?:,\s*([A-Za-z]\w*))?\s*\(([^;)]*);([^)]*)\)\s*=\s*\((.*);(.*)\)\s+from\s+(.+?)\s+x\s+(.+)$/,
    readMap,
  ],
  [
    /^([A-Za-z]\w*)\s*\(\s*([A-Za-z]\w*)\s*\)\s+with gradient\s+([A-Za-z]\w*)(?:,?\s+hessian\s+([A-Za-z]\w*))?$/,
    readLoss,
  ],
  [/^([A-Za-z]\w*)\s*,\s*([A-Za-z]\w*)\s*=\s*([A-Za-z]\w*)\((.*)\)$/, readNamedMap],
  [/^([A-Za-z]\w*)\s*:\s*(.+?)\s+x\s+(.+?)(\s+each)?$/, readMatrix],
  [/^([A-Za-z]\w*)\s*=\s*(.+)$/, (world, [name, text]) => defineDimension(world, name, parse(text))],
];

/**
 * Reads declarations, one a line or separated by ";":
 * `dims h s d`, `a_out = floor((a - h)/s) + 1`, `scalar C`, `W : d_out x h*h*d`, `Z : d x a*b each`,
 * `phi, P = conv(h, s, d, a, b)` (also padding(p, d, a, b), maxpool(q, d, a, b), avgpool(q, d, a, b)),
 * `map dil(i:h, j:h, c:d; p:a_out, q:b_out) = (c; p + 2*i, q + 2*j) from d x a*b`, `xi(S) with gradient G`.
 * The order of factors in a size is the order of the index, the first fastest.
 * Throws ParseError or ShapeError that shows the line.
 */
export function declare(text: string): World {
  const world: OpenWorld = {
    declarations: text,
    dimensions: new Map(),
    matrices: new Map(),
    maps: new Map(),
    losses: new Map(),
  };
  for (const line of declarationsOf(text)) readLine(world, line);
  return world;
}

/** Lines and what ";" separates outside parentheses, without comments. */
function declarationsOf(text: string): string[] {
  const lines = text.split("\n").map((line) => line.replace(/\/\/.*$/, ""));
  return lines
    .flatMap((line) => line.split(/;(?![^(]*\))/))
    .map((line) => plainDeclaration(line).trim())
    .filter((line) => line !== "");
}

function readLine(world: OpenWorld, line: string): void {
  for (const [form, read] of forms) {
    const match = form.exec(line);
    if (!match) continue;
    try {
      read(world, match.slice(1));
      return;
    } catch (error) {
      throw Object.assign(error as Error, {
        message: `${(error as Error).message}\n  in the declaration ${line}`,
      });
    }
  }
  throw new ParseError(`${JSON.stringify(line)} is no declaration; for example: W : d_out x h*h*d_in`);
}

function readDimensions(world: OpenWorld, [list]: readonly string[]): void {
  for (const name of list.split(/[\s,]+/)) addDimension(world, name);
}

function readScalars(world: OpenWorld, [list]: readonly string[]): void {
  for (const name of list.split(/[\s,]+/)) addMatrix(world, name, "1", "1");
}

function readMatrix(world: OpenWorld, [name, rows, cols, each]: readonly (string | undefined)[]): void {
  addMatrix(world, name as string, rows as string, cols as string, each !== undefined);
}

function addDimension(world: OpenWorld, name: string, definition?: Expression): void {
  if (!/^[A-Za-z]\w*$/.test(name)) throw new ParseError(`${JSON.stringify(name)} is no name of a dimension`);
  if (world.matrices.has(name)) throw new ParseError(`${name} is a matrix already`);
  if (world.dimensions.has(name)) throw new ParseError(`${name} is a dimension already`);
  world.dimensions.set(name, definition === undefined ? { name } : { name, definition });
}

/** Throws ParseError for a definition that is no size. */
function defineDimension(world: OpenWorld, name: string, definition: Expression): void {
  const foreign = foreignToSizes(world, definition);
  if (foreign !== undefined) {
    throw new ParseError(
      `${foreign} is no size; = defines a size here, as a_out = floor((a - h)/s) + 1. A matrix is declared by its size, as S : d_out x a_out*b_out`,
    );
  }
  addDimension(world, name, definition);
}

/** A part that does not belong in the definition of a size. */
function foreignToSizes(world: World, e: Expression): string | undefined {
  if (e.kind === "name") return world.dimensions.has(e.name) ? undefined : e.name;
  const isSize =
    e.kind === "number" ||
    (e.kind === "binary" && e.op !== ".*") ||
    (e.kind === "unary" && e.op === "-") ||
    (e.kind === "apply" && e.name === "floor");
  if (!isSize) return print(e);
  return children(e)
    .map((part) => foreignToSizes(world, part))
    .find((part) => part !== undefined);
}

function addMatrix(world: OpenWorld, name: string, rows: string, cols: string, each = false): void {
  if (isBuiltIn(name) || world.maps.has(name)) throw new ParseError(`${name} is a function already`);
  if (world.dimensions.has(name)) throw new ParseError(`${name} is a dimension already`);
  if (world.matrices.has(name)) throw new ParseError(`${name} is declared already`);
  const [rowDigits, colDigits] = [digitsOf(world, rows), digitsOf(world, cols)];
  world.matrices.set(name, {
    name,
    rows: product(rowDigits),
    cols: product(colDigits),
    rowDigits,
    colDigits,
    each,
  });
}

/** The factors of a size in the order they are written. */
function digitsOf(world: World, text: string): Polynomial[] {
  const e = parse(text);
  if (e.kind === "number" && e.value === 1) return [];
  return factors(e).map((factor) => sizeOf(world, factor));
}

function readLoss(
  world: OpenWorld,
  [name, argument, gradient, hessian]: readonly (string | undefined)[],
): void {
  const loss = { name: name as string, argument: argument as string, gradient: gradient as string };
  for (const needed of [gradient, hessian]) {
    if (needed !== undefined && !world.matrices.has(needed))
      throw new ParseError(`${needed} is not declared`);
  }
  world.losses.set(loss.name, hessian === undefined ? loss : { ...loss, hessian });
}

const named: Record<
  string,
  (world: World, args: readonly Expression[]) => Omit<IndexMap, "name" | "matrix">
> = {
  conv: convolution,
  padding,
  maxpool: selectionPooling,
  avgpool: meanPooling,
};

function readNamedMap(world: OpenWorld, [name, matrix, kind, args]: readonly string[]): void {
  const make = Object.hasOwn(named, kind) ? named[kind] : undefined;
  if (!make)
    throw new ParseError(`${kind} is no kind of index map; there are ${Object.keys(named).join(", ")}`);
  const list = parse(`f(${args})`);
  addMap(world, { name, matrix, ...make(world, list.kind === "apply" ? list.args : []) });
}

function readMap(world: OpenWorld, parts: readonly (string | undefined)[]): void {
  const [name, matrix, rows, cols, atRows, atCols, fromRows, fromCols] = parts as string[];
  const counters = { rows: countersOf(world, rows), cols: countersOf(world, cols) };
  const inside: World = { ...world, dimensions: new Map(world.dimensions) };
  for (const { name: counter } of [...counters.rows, ...counters.cols]) {
    (inside.dimensions as Map<string, Dimension>).set(counter, { name: counter });
  }
  addMap(world, {
    ...{ name, matrix: matrix ?? `P_${name}`, kind: "read", sums: [], weight: product([]), chosen: false },
    ...counters,
    placeRows: placesOf(inside, atRows, digitsOf(world, fromRows)),
    placeCols: placesOf(inside, atCols, digitsOf(world, fromCols)),
  });
}

/** "i:h, j:h, c:d" */
function countersOf(world: World, text: string): Counter[] {
  return text.split(",").map((part) => {
    const match = /^\s*([A-Za-z]\w*)\s*:\s*(.+)$/.exec(part);
    if (!match) throw new ParseError(`${JSON.stringify(part.trim())} is no counter; needed for example i:h`);
    return { name: match[1], size: sizeOf(world, parse(match[2])) };
  });
}

function placesOf(world: World, text: string, sizes: readonly Polynomial[]): Place[] {
  const places = text.split(",").map((part) => sizeOf(world, parse(part.trim())));
  if (places.length !== sizes.length) {
    throw new ParseError(`${places.length} places for ${sizes.length} indices of the source; needed as many`);
  }
  return places.map((at, k) => ({ at, size: sizes[k] }));
}

function addMap(world: OpenWorld, map: IndexMap): void {
  for (const taken of [map.name, map.matrix]) {
    if (isBuiltIn(taken) || world.matrices.has(taken) || world.dimensions.has(taken)) {
      throw new ParseError(`${taken} is declared already`);
    }
  }
  world.maps.set(map.name, map);
  const outside = whyOutside(world, map);
  if (outside === undefined) return;
  world.maps.delete(map.name);
  throw new ParseError(`${outside}; no sizes were found at which it stays inside`);
}
