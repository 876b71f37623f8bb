/** M X Mᵀ for X of one vector of channels, as kernels/winogradTransform.ts computes it, to the last bit. */

import type { Coefficients } from "../kernels/winogradTransform.js";
import type { Assembler } from "./assembler.js";
import { Combiner } from "./combiner.js";
import { type Address, past, type Register } from "./operands.js";
import { type LaneType, Vectors, vectorBytes } from "./vectors.js";

/** Where sums are made. */
const sum: Register = 0;

export class TwoSided {
  readonly vectors: Vectors;
  /** The vectors of the column at hand. */
  readonly inputs: readonly Register[];
  /** Registers that are left for others. */
  readonly spare: readonly Register[];
  readonly #combiner: Combiner;
  readonly #rows: number;
  readonly #columns: number;
  readonly #first: Register;

  /** What does not fit into registers is kept in memory from `stack` on; `spare` registers are left. */
  constructor(
    assembler: Assembler,
    type: LaneType,
    M: Coefficients,
    private readonly stack: Register,
    spare = 0,
  ) {
    this.vectors = new Vectors(assembler, type);
    this.#combiner = new Combiner(assembler, this.vectors, type, M);
    this.#rows = M.length;
    this.#columns = M[0]!.length;
    this.inputs = M[0]!.map((_, k) => 1 + k);
    this.#first = 1 + this.#columns;
    this.spare = Array.from({ length: spare }, (_, k) => this.#combiner.end - 1 - k);
  }

  /** Bytes of memory from `stack` on. */
  get bytes(): number {
    return vectorBytes * Math.max(0, this.#rows * this.#columns - this.#kept);
  }

  start(): void {
    this.#combiner.start();
  }

  /** Behind the code: what `start` reads. */
  table(): void {
    this.#combiner.table();
  }

  /** `read` makes column j the inputs; `write` gets entry (k, l) as what computes it, and says in which register it is. */
  transform(read: (j: number) => void, write: (k: number, l: number, compute: () => Register) => void): void {
    for (let j = 0; j < this.#columns; j++) {
      read(j);
      for (let k = 0; k < this.#rows; k++) this.#put(k * this.#columns + j, k);
    }
    for (let k = 0; k < this.#rows; k++) {
      // the inputs are not needed any more: they hold the halves that were put away
      const halves = this.inputs.map((input, j) => this.#get(k * this.#columns + j, input));
      for (let l = 0; l < this.#rows; l++) {
        write(k, l, () => this.#combiner.row(l, (j) => halves[j]!, sum));
      }
    }
  }

  /** How many intermediate vectors are in registers. */
  get #kept(): number {
    return this.#combiner.end - this.spare.length - this.#first;
  }

  #put(at: number, k: number): void {
    const isKept = at < this.#kept;
    const found = this.#combiner.row(k, (i) => this.inputs[i]!, isKept ? this.#first + at : sum);
    if (!isKept) this.vectors.store(this.#address(at), found);
    else if (found !== this.#first + at) this.vectors.move(this.#first + at, found);
  }

  #get(at: number, to: Register): Register {
    if (at < this.#kept) return this.#first + at;
    this.vectors.load(to, this.#address(at));
    return to;
  }

  #address(at: number): Address {
    return past(this.stack, vectorBytes * (at - this.#kept));
  }
}
