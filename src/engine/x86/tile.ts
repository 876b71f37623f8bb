/**
 * What the tiles of machine code have in common: 14 rows × 2 vectors of sums, which with a row of the panel and two
 * numbers spread over a vector fill the 32 registers; and the loops around them.
 */

import type { Assembler } from "./assembler.js";
import { type Address, gpr, Label, past, type Register, type RegisterOrAddress } from "./operands.js";
import { type LaneType, lanesOf, Vectors, vectorBytes, vectorRegisters } from "./vectors.js";

const { rax } = gpr;

/** Rows of a tile, vectors in a row, steps of the inner loop at once. */
export const cut = { rows: 14, vectors: 2, unroll: 2 } as const;

/** Bytes of a row of a panel. */
export const panelRowBytes: number = cut.vectors * vectorBytes;

/** Numbers in a row of a panel. */
export function panelLanes(precision: LaneType): number {
  return cut.vectors * lanesOf(precision);
}

/**
 * The heights of tiles: rows that are left over are done at once where they are few, else in two halves. From four rows
 * on a tile loses nothing: a sum takes four cycles, and two are begun in each. Every height is code to be written at the
 * start.
 */
const heights = [1, 2, 3, 4, 5, 6, 7, 8, cut.rows];
const few = 8;

/** The row of the panel, and two registers that take turns for the numbers. */
const row = (v: number): Register => cut.rows * cut.vectors + v;
const spread = (r: number): Register =>
  (cut.rows + 1) * cut.vectors + (r % (vectorRegisters - (cut.rows + 1) * cut.vectors));

export class Tile {
  readonly vectors: Vectors;
  readonly #each: readonly number[];
  readonly #sums: readonly (readonly Register[])[];

  constructor(
    private readonly assembler: Assembler,
    precision: LaneType,
    readonly rows: number,
    /** Vectors in a row: fewer where a panel holds no more channels. */
    across: number = cut.vectors,
  ) {
    this.#each = Array.from({ length: across }, (_, v) => v);
    this.vectors = new Vectors(assembler, precision);
    this.#sums = Array.from({ length: rows }, (_, r) => this.#each.map((v) => r * cut.vectors + v));
  }

  clear(): void {
    for (const sum of this.#sums.flat()) this.vectors.clear(sum);
  }

  /** Sums := rows of memory, one after the other. */
  load(from: Register): void {
    this.#forAll((sum, r, v) => this.vectors.load(sum, past(from, r * panelRowBytes + v * vectorBytes)));
  }

  /** The way back. */
  store(to: Register): void {
    this.#forAll((sum, r, v) => this.vectors.store(past(to, r * panelRowBytes + v * vectorBytes), sum));
  }

  /** Row r += (number r) · (the row of the panel at an address). */
  step(panel: Address, numberAt: (row: number) => Address): void {
    const { vectors } = this;
    const { base, offset = 0 } = panel;
    for (const v of this.#each) vectors.load(row(v), past(base, offset + v * vectorBytes));
    this.#sums.forEach((sums, r) => {
      vectors.broadcast(spread(r), numberAt(r));
      for (const v of this.#each) vectors.multiplyAdd(sums[v], row(v), spread(r));
    });
  }

  /** Each row += the same row at an address, read as far as masks 1 and 2 say. */
  addRow(at: Register): void {
    for (const v of this.#each) this.vectors.load(row(v), past(at, v * vectorBytes), v + 1);
    this.#forAll((sum, _, v) => this.vectors.add(sum, sum, row(v)));
  }

  /** max(0, x), the bits of WebAssembly's: what is not a number stays, and −0 becomes 0 (by the sum with 0). */
  clip(): void {
    const zero = row(0);
    this.vectors.clear(zero);
    this.#forAll((sum) => {
      this.vectors.max(sum, zero, sum);
      this.vectors.add(sum, sum, zero);
    });
  }

  /** Rows to `to`, `step` bytes apart, which moves on; `masked`: as far as masks 1 and 2 say. */
  storeApart(to: Register, step: Register, masked: boolean): void {
    for (const sums of this.#sums) {
      sums.forEach((sum, v) => {
        this.vectors.store(past(to, v * vectorBytes), sum, masked ? v + 1 : 0);
      });
      this.assembler.add(to, step);
    }
  }

  #forAll(what: (sum: Register, r: number, v: number) => void): void {
    this.#sums.forEach((sums, r) => {
      sums.forEach((sum, v) => {
        what(sum, r, v);
      });
    });
  }
}

/** The body, while `counter` has not come to `end`: not at all where it is there already. */
export function until(
  assembler: Assembler,
  counter: Register,
  end: RegisterOrAddress,
  body: () => void,
): void {
  const [again, done] = [new Label(), new Label()];
  assembler.cmp(counter, end);
  assembler.jumpIf("e", done);
  assembler.align(32);
  assembler.bind(again);
  body();
  assembler.cmp(counter, end);
  assembler.jumpIf("ne", again);
  assembler.bind(done);
}

/**
 * Rows in tiles, as many as `left` says: tiles of the most rows while there are enough, then what is left. `tile` makes
 * the code for some rows, `last` what follows all of them; each tile ends with `again`.
 */
export function rowsInTiles(
  assembler: Assembler,
  left: Address,
  tile: (rows: number, again: Label) => void,
  last: () => void,
): void {
  const [again, some] = [new Label(), new Label()];
  const tiles = heights.map((rows) => ({ rows, label: new Label() }));
  const whole = tiles[tiles.length - 1]!.label;
  assembler.bind(again);
  assembler.mov(rax, left);
  assembler.cmpConstant(rax, 2 * few);
  assembler.jumpIf("g", whole);
  assembler.cmpConstant(rax, cut.rows);
  assembler.jumpIf("e", whole);
  assembler.cmpConstant(rax, few);
  assembler.jumpIf("le", some);
  assembler.addConstant(rax, 1);
  assembler.shiftRight(rax, 1);
  assembler.bind(some);
  for (const { rows, label } of tiles.slice(0, -1)) {
    assembler.cmpConstant(rax, rows);
    assembler.jumpIf("e", label);
  }
  last();
  for (const { rows, label } of tiles) {
    assembler.align(64);
    assembler.bind(label);
    tile(rows, again);
  }
}
