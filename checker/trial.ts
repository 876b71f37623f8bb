/** A trial: what expressions are at a shape, with numbers that are drawn. */
import type { World } from "./certificate.js";
import { type Matrix, ofMatrices, ofSizes, type Work } from "./matrix.js";
import { operations } from "./operations.js";
import type { Shape } from "./shapes.js";
import type { Expression } from "./words.js";

/** The instance that is meant, and the matrices that move, that of the outermost derivative first. */
export interface At {
  readonly instance: number;
  readonly moves: readonly string[];
}

export type Operation = (trial: Trial, expression: Expression, at: At) => Matrix;

export class Trial {
  /** The arguments of σ and of losses that were met. */
  readonly met: Set<string> = new Set();
  /** Max pooling met two largest entries. */
  tie = false;
  readonly #values = new Map<string, Matrix>();

  /** A number is the same for the same key, the first word of which names what it belongs to. */
  constructor(
    readonly world: World,
    readonly shape: Shape,
    readonly number: (key: string) => bigint,
    readonly work: Work,
  ) {}

  value(expression: Expression, at: At): Matrix {
    const key = `${at.instance} ${at.moves} ${expression.text}`;
    const value = this.#values.get(key) ?? this.#evaluated(expression, at);
    this.#values.set(key, value);
    return value;
  }

  #evaluated(expression: Expression, at: At): Matrix {
    const { op, args, sizes } = expression;
    const operation = operations.get(op);
    if (operation) return operation(this, expression, at);
    const [m, n] = sizes.map((size) => this.shape.whole(size));
    const [A, B] = args.map((arg) => this.value(arg, at));
    return ofSizes[op]?.(m, n) ?? ofMatrices[op](A, B, this.work);
  }
}
