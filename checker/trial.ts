/** A trial: what expressions are at a shape, with numbers that are drawn. */
import type { World } from "./certificate.js";
import { type Matrix, matrix, ofMatrices, ofSizes, type Work } from "./matrix.js";
import { operations } from "./operations.js";
import type { Expression } from "./parser.js";
import { type Shape, whole } from "./shapes.js";

/** The instance that is meant, and the matrices that move, that of the outermost derivative first. */
export interface At {
  readonly instance: number;
  readonly moves: readonly string[];
}

/** A number is the same for the same key, the first word of which names what it belongs to. */
export class Trial {
  /** The arguments of σ and of losses that were met. */
  readonly met: Set<string> = new Set();
  /** Max pooling met two largest entries. */
  tie = false;
  readonly #values = new Map<string, Matrix>();

  constructor(
    readonly world: World,
    readonly shape: Shape,
    readonly number: (key: string) => bigint,
    readonly work: Work,
  ) {}

  whole(size: Expression): number {
    return whole(size, this.shape.sizes);
  }

  value(expression: Expression, at: At): Matrix {
    const key = `${at.instance} ${at.moves} ${expression.text}`;
    const value = this.#values.get(key) ?? this.#evaluated(expression, at);
    this.#values.set(key, value);
    return value;
  }

  #evaluated(e: Expression, at: At): Matrix {
    const operation = operations[e.op];
    if (operation) return operation(this, e, at);
    const [m, n] = e.args.filter(({ op }) => op === "written").map((size) => this.whole(size));
    if (ofSizes[e.op]) return ofSizes[e.op](m, n);
    const [A, B] = e.args.map((arg) => this.value(arg, at));
    return ofMatrices[e.op](A, B, this.work);
  }

  /** A matrix of a declared one's size, with numbers of this key; a Hessian is symmetric. */
  drawn(name: string, key: string, instance: number): Matrix {
    const { sizes, each, others } = this.world.names.get(name)!;
    const [rows, columns] = sizes.map((size) => this.whole(size));
    const isSymmetric = name === key && this.world.names.get(others[0])?.others[1] === name;
    const own = `${key} ${each ? instance : ""}`;
    return matrix(rows, columns, (i, j) =>
      this.number(isSymmetric && j < i ? `${own} ${j} ${i}` : `${own} ${i} ${j}`),
    );
  }
}
