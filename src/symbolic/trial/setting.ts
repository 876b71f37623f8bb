/** Where an expression is evaluated: the sizes, the algebra, and a value for everything that is declared. */

import type { Expression, Statement } from "../language/expression.js";
import { evaluate } from "../language/polynomial.js";
import type { Sizes } from "../sizes/sizes.js";
import { lossArguments } from "../world/lossArguments.js";
import { selectionArguments } from "../world/selections.js";
import {
  type IndexMap,
  instancesSize,
  type Loss,
  type MatrixSymbol,
  matrixNamed,
  type World,
} from "../world/world.js";
import type { Algebra } from "./algebra.js";
import type { Dual } from "./dualNumbers.js";
import { type Explicit, matrixOf } from "./explicit.js";

/** A loss or a derivative of it by the entries in `by`, for one instance, at x. */
export type Partials<T> = (loss: Loss, instance: number, by: readonly number[], x: readonly T[]) => T;

/** The matrix of that name for one instance (from 1); all instances share what is not declared `each`. */
export type MatrixOf<T> = (name: string, instance: number) => Explicit<T>;

/**
 * Which of the options of an entry (from 0) max pooling takes for an instance, at an image; of the matrix alone, where the
 * statement does not say at which, the image is undefined.
 */
export type OptionOf = (
  map: IndexMap,
  instance: number,
  entry: number,
  options: number,
  image: Expression | undefined,
) => number;

export interface Setting<T> {
  readonly world: World;
  readonly algebra: Algebra<T>;
  /** All sizes, also those with a definition. */
  readonly sizes: Sizes;
  /** How many instances a Sum adds up. */
  readonly instances: number;
  readonly value: MatrixOf<T>;
  readonly partial: Partials<T>;
  readonly choice: OptionOf;
  /** The argument at which each loss stands in the statement. */
  readonly lossArguments?: ReadonlyMap<string, Expression>;
  /** The image at which each map that chooses stands in the statement. */
  readonly selections?: ReadonlyMap<string, Expression>;
  /** What has been evaluated in it already; both sides of a line share most of their parts. */
  readonly memo?: Memo<T>;
  /** Whether a matrix moves in it, and the gradients of losses with it. */
  readonly moves?: boolean;
  /** d(E, X) for an instance, where it is not to be found by dual numbers. */
  readonly differential?: (of: Expression, by: string, instance: number) => Explicit<T>;
}

/** Where losses and maps that choose stand in a statement. */
export function argumentsIn(
  world: World,
  statement: Statement,
): Pick<Setting<unknown>, "lossArguments" | "selections"> {
  return {
    lossArguments: lossArguments(world, statement),
    selections: selectionArguments(world, statement),
  };
}

/** Values of parts, listed by instance, the settings in which a matrix moves, and matrices of maps. */
export interface Memo<T> {
  readonly values: WeakMap<Expression, Explicit<T>[]>;
  readonly moving: Map<string, Setting<Dual<T>>>;
  /** Of maps that choose nothing, by their names: the same in every statement. */
  readonly matricesOfMaps: Map<string, Explicit<T>>;
}

/** Nothing evaluated yet. */
export function newMemo<T>(): Memo<T> {
  return { values: new WeakMap(), moving: new Map(), matricesOfMaps: new Map() };
}

/** The number of instances: the dimension l where there is one, else 3. */
export function instancesOf(sizes: Sizes): number {
  return Object.hasOwn(sizes, instancesSize) ? sizes[instancesSize] : 3;
}

/** Values drawn entry by entry from a key of the name, the instance and the entry; the Hessian of a loss is symmetric. */
export function drawnValues<T>(
  world: World,
  sizes: Sizes,
  entry: (name: string, instance: number, at: number) => T,
): MatrixOf<T> {
  const known = new Map<string, Explicit<T>>();
  return (name, instance) => {
    const matrix = matrixNamed(world, name);
    if (!matrix) throw new RangeError(`${name} is no declared matrix`);
    const of = matrix.each ? instance : 0;
    const key = `${name} ${of}`;
    const drawn = known.get(key) ?? drawnMatrix(world, matrix, sizes, (at) => entry(name, of, at));
    known.set(key, drawn);
    return drawn;
  };
}

function drawnMatrix<T>(
  world: World,
  { name, ...matrix }: MatrixSymbol,
  sizes: Sizes,
  entry: (at: number) => T,
): Explicit<T> {
  const [rows, cols] = [evaluate(matrix.rows, sizes), evaluate(matrix.cols, sizes)];
  const symmetric = [...world.losses.values()].some(({ hessian }) => hessian === name);
  return matrixOf(rows, cols, (i, j) =>
    entry(symmetric ? Math.min(i, j) + rows * Math.max(i, j) : i + rows * j),
  );
}
