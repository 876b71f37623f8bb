/** A statement in sizes that nothing defines: where N = 2 n, what is said of N numbers is said of 2 n. */

import { children, type Expression, type Statement, withChildren } from "../language/expression.js";
import { type Polynomial, substitute, variable } from "../language/polynomial.js";
import { sizeExpression } from "../language/sizeExpression.js";
import { relevantWorld } from "../sizes/relevant.js";
import { polynomialSizes } from "../world/freeSizes.js";
import type { Counter, IndexMap, MatrixSymbol, Place, World } from "../world/world.js";
import { indexName } from "./indexName.js";

/** A statement, and the world that knows its names. */
export interface Freed {
  readonly world: World;
  readonly statement: Statement;
}

/**
 * With sizes that are products of others written out, which an index of so many values can be cut by; then with sums too.
 * Nothing where no size is defined so.
 */
export function* freed(world: World, statement: Statement): Generator<Freed> {
  const all = polynomialSizes(relevantWorld(world, statement));
  const products = new Map([...all].filter(([, { terms }]) => terms.size === 1));
  if (products.size > 0) yield withSizes(world, statement, products);
  if (products.size < all.size) yield withSizes(world, statement, all);
}

type Sizes = ReadonlyMap<string, Polynomial>;

function withSizes(world: World, { left, right }: Statement, sizes: Sizes): Freed {
  const matrices = new Map(Array.from(world.matrices, ([name, one]) => [name, ofMatrix(one, sizes)]));
  const maps = new Map(Array.from(world.maps, ([name, map]) => [name, ofMap(map, sizes)]));
  const statement = { left: written(left, sizes), right: written(right, sizes) };
  return { world: { ...world, matrices, maps }, statement };
}

function ofMatrix(matrix: MatrixSymbol, sizes: Sizes): MatrixSymbol {
  const free = (size: Polynomial): Polynomial => substitute(size, (name) => sizes.get(name));
  const digits = { rowDigits: matrix.rowDigits.map(free), colDigits: matrix.colDigits.map(free) };
  return { ...matrix, rows: free(matrix.rows), cols: free(matrix.cols), ...digits };
}

/**
 * The counters get names that no size can have: a size that is written out, as x = K j, would meet a counter that hides the
 * size j in the places.
 */
function ofMap(map: IndexMap, sizes: Sizes): IndexMap {
  const counted = new Map(
    [...map.rows, ...map.cols, ...map.sums].map(({ name }, k) => [name, indexName(name, k)]),
  );
  const free = (size: Polynomial): Polynomial => substitute(size, (name) => sizes.get(name));
  const at = (x: Polynomial): Polynomial =>
    substitute(x, (name) => {
      const counter = counted.get(name);
      return counter === undefined ? sizes.get(name) : variable(counter);
    });
  const counters = (all: readonly Counter[]): Counter[] =>
    all.map(({ name, size }) => ({ name: counted.get(name) ?? name, size: free(size) }));
  const places = (all: readonly Place[]): Place[] =>
    all.map((place) => ({ at: at(place.at), size: free(place.size) }));
  return {
    ...map,
    ...{ rows: counters(map.rows), cols: counters(map.cols), sums: counters(map.sums) },
    ...{ placeRows: places(map.placeRows), placeCols: places(map.placeCols), weight: free(map.weight) },
  };
}

function written(e: Expression, sizes: Sizes): Expression {
  const size = e.kind === "name" ? sizes.get(e.name) : undefined;
  if (size) return sizeExpression(size);
  const parts = children(e);
  return parts.length === 0
    ? e
    : withChildren(
        e,
        parts.map((part) => written(part, sizes)),
      );
}
