/** What has been declared: the names of a lecture, their sizes, and what they are. */

import type { Expression } from "../language/expression.js";
import type { Polynomial } from "../language/polynomial.js";

/** A size, as h or a_out; `definition` computes it from others, as floor((a_in − h)/s) + 1. */
export interface Dimension {
  readonly name: string;
  readonly definition?: Expression;
}

/** The size of that name is the number of instances: Σ adds up so many, and so many has a matrix declared `each`. */
export const instancesSize = "l";

/** A matrix of declared size; `each`: there is one for every instance i. */
export interface MatrixSymbol {
  readonly name: string;
  readonly rows: Polynomial;
  readonly cols: Polynomial;
  /** The factors of rows and of cols in the order they were written: the order of the index, the first fastest. */
  readonly rowDigits: readonly Polynomial[];
  readonly colDigits: readonly Polynomial[];
  readonly each: boolean;
  /** For a letter that a proof puts in the place of an expression: that expression. */
  readonly standsFor?: Expression;
}

/** One index of an index map: its name and how many values it takes, from 0. */
export interface Counter {
  readonly name: string;
  readonly size: Polynomial;
}

/** An index of the source: where it is read, and how many values it can take. */
export interface Place {
  readonly at: Polynomial;
  readonly size: Polynomial;
}

/**
 * A linear operator that only moves entries. "read": entry (rows; cols) of the result is the entry of the argument at
 * the places. "put": the argument's entry (rows; cols) goes to the places of the result, and the rest is 0.
 * `sums` are added over and `weight` divides the result (average pooling: q q). Where `chosen` is true nothing is added:
 * for each entry of each instance one value of the counters in `sums` is chosen (max pooling), whichever it is.
 */
export interface IndexMap {
  readonly name: string;
  /** The name of its 0/1 matrix, vec(f(X)) = P vec(X). */
  readonly matrix: string;
  readonly kind: "read" | "put";
  readonly rows: readonly Counter[];
  readonly cols: readonly Counter[];
  readonly sums: readonly Counter[];
  readonly placeRows: readonly Place[];
  readonly placeCols: readonly Place[];
  readonly weight: Polynomial;
  readonly chosen: boolean;
}

/** A function of a matrix to a number, known by its gradient and, where needed, by its Hessian. */
export interface Loss {
  readonly name: string;
  /** The letter of its argument where it was declared: S in ξ(S). */
  readonly argument: string;
  readonly gradient: string;
  readonly hessian?: string;
}

/** The declared names of one lecture. */
export interface World {
  /** The text that declares them, from which statements can be verified again. */
  readonly declarations: string;
  readonly dimensions: ReadonlyMap<string, Dimension>;
  readonly matrices: ReadonlyMap<string, MatrixSymbol>;
  readonly maps: ReadonlyMap<string, IndexMap>;
  readonly losses: ReadonlyMap<string, Loss>;
  /** For the part that a statement speaks of: the sizes it writes that might be below 1, as m − n in I(m − n). */
  readonly writtenSizes?: readonly Polynomial[];
  /** Of the part of a world that a statement speaks of: the numbers of entries of its large parts, as kron(P, P). */
  readonly largeParts?: readonly Polynomial[];
}

/** A declared matrix, or the differential dX of one: of X's size, and with one for each instance where X has. */
export function matrixNamed(world: World, name: string): MatrixSymbol | undefined {
  const declared = world.matrices.get(name);
  if (declared || !name.startsWith("d")) return declared;
  const of = world.matrices.get(name.slice(1));
  return of && { ...of, name };
}

/** The map that a matrix such as P_φ belongs to. */
export function mapOfMatrix(world: World, matrix: string): IndexMap | undefined {
  for (const map of world.maps.values()) if (map.matrix === matrix) return map;
  return undefined;
}
