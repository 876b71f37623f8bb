/** A trial: what expressions are at a shape, with numbers that are drawn. */
import type { World } from "./certificate.js";
import { type Degree, known, type Matrix, ofSizes, type Work } from "./matrix.js";
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
  readonly world: World;
  readonly shape: Shape;
  /** The same number for the same key, the first word of which names what it belongs to. */
  readonly number: (key: string) => bigint;
  readonly work: Work;
  /** The arguments of σ and of losses that were met, and their highest degrees. */
  readonly met: Set<string> = new Set();
  highest: Degree = [0, 0];
  /** Max pooling met two largest entries. */
  tie = false;
  readonly #values = new Map<string, Matrix>();

  constructor(world: World, shape: Shape, number: (key: string) => bigint, work: Work) {
    this.world = world;
    this.shape = shape;
    this.number = number;
    this.work = work;
  }

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
    return ofSizes.get(op)?.(m, n) ?? known.get(op)!(A, B, this.work, at.moves.length);
  }

  /** The chance, at most, that sides of these degrees are equal by chance, where each number is one of so many. */
  chance([a, c]: Degree, [b, d]: Degree, numbers: number): number {
    const difference = Math.max(a + d, b + c) + c + d; // and no divisor is 0
    const pairs = (this.met.size * (this.met.size - 1)) / 2;
    return (difference + pairs * (this.highest[0] + this.highest[1])) / numbers;
  }
}
