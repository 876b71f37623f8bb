/** What is known when an expression is evaluated. */
import type { Declared } from "./declarations.js";
import type { Drawn } from "./draw.js";
import type { Dual, Work } from "./dual.js";
import type { Sizes } from "./sizes.js";
import type { Expression } from "./statement.js";
import type { Table } from "./tables.js";

/** A statement, and all that it is said of. */
export interface World {
  readonly declared: Declared;
  readonly sides: readonly [Expression, Expression];
  /** Loss or map → its argument where it stands. */
  readonly standing: ReadonlyMap<string, Expression>;
  /** σ does not decrease. */
  readonly rising: boolean;
}

/** Sizes, and the index maps there. */
export interface Shape {
  readonly sizes: Sizes;
  readonly tables: ReadonlyMap<string, Table>;
}

/** The instance that is meant, and the matrices that move, that of the outermost derivative first. */
export interface At {
  readonly instance: number;
  readonly moves: readonly string[];
}

export interface Trial {
  readonly world: World;
  readonly shape: Shape;
  readonly drawn: Drawn;
  readonly work: Work;
  /** The arguments of σ and of losses that were met. */
  readonly met: Map<string, number>;
  /** Max pooling met two equal entries, where nothing is said. */
  tie: boolean;
  value(expression: Expression, at: At): Dual;
}

export type Operation = (trial: Trial, expression: Expression, at: At) => Dual;
