/** Rows of a matrix of constants times vectors, as kernels/winogradTransform.ts computes them, to the last bit. */

import type { Coefficients } from "../kernels/winogradTransform.js";
import type { Assembler } from "./assembler.js";
import { gpr, Label, past, type Register } from "./operands.js";
import { type LaneType, numberBytes, type Vectors, vectorRegisters } from "./vectors.js";

const { rax } = gpr;

export class Combiner {
  readonly #constants: readonly number[];
  readonly #table = new Label();

  /** Constants other than ±1 take the last registers. */
  constructor(
    private readonly assembler: Assembler,
    private readonly vectors: Vectors,
    private readonly type: LaneType,
    private readonly matrix: Coefficients,
  ) {
    this.#constants = [...new Set(matrix.flat())].filter((c) => c !== 0 && Math.abs(c) !== 1);
  }

  /** The first register that constants take. */
  get end(): Register {
    return vectorRegisters - this.#constants.length;
  }

  /** Spreads the constants; by way of rax. */
  start(): void {
    if (this.#constants.length === 0) return;
    this.assembler.addressOf(rax, this.#table);
    this.#constants.forEach((_, k) => {
      this.vectors.broadcast(this.end + k, past(rax, k * numberBytes(this.type)));
    });
  }

  /** The constants as bytes: they lie behind the code. */
  table(): void {
    this.assembler.align(8);
    this.assembler.bind(this.#table);
    const numbers =
      this.type === "float32" ? Float32Array.from(this.#constants) : Float64Array.from(this.#constants);
    this.assembler.bytes(...new Uint8Array(numbers.buffer));
  }

  /** Whether column i of row k is not 0. */
  uses(k: number, i: number): boolean {
    return this.matrix[k]![i] !== 0;
  }

  /** Row k times the vectors x: the register that has it, `to` or one of x. */
  row(k: number, x: (i: number) => Register, to: Register): Register {
    const terms = this.matrix[k]!.map((c, i) => ({ c, i })).filter(({ c }) => c !== 0);
    const first = Math.max(
      terms.findIndex(({ c }) => c === 1),
      0,
    );
    const [start] = terms.splice(first, 1);
    let sum = x(start!.i);
    if (start!.c !== 1) {
      this.vectors.mul(to, this.#constant(start!.c), sum);
      sum = to;
    }
    for (const { c, i } of terms) sum = this.#plus(sum, c, x(i), to);
    return sum;
  }

  /** sum + c x, in `to`. */
  #plus(sum: Register, c: number, x: Register, to: Register): Register {
    if (c === 1) this.vectors.add(to, sum, x);
    else if (c === -1) this.vectors.sub(to, sum, x);
    else {
      if (sum !== to) this.vectors.move(to, sum);
      this.vectors.multiplyAdd(to, this.#constant(c), x);
    }
    return to;
  }

  #constant(c: number): Register {
    return this.end + this.#constants.indexOf(c);
  }
}
