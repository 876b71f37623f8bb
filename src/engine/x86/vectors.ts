/** Instructions of AVX-512F on whole registers of 512 bits, for one kind of number. */

import type { Assembler } from "./assembler.js";
import { type Masked, type Opcode, writeEvex } from "./encoding.js";
import type { Address, Register, RegisterOrAddress } from "./operands.js";

export type LaneType = "float32" | "float64";

/** Bytes of a vector, and how many there are. */
export const vectorBytes = 64;
export const vectorRegisters = 32;

export function numberBytes(precision: LaneType): 4 | 8 {
  return precision === "float32" ? 4 : 8;
}

/** How many numbers a vector holds. */
export function lanesOf(precision: LaneType): number {
  return vectorBytes / numberBytes(precision);
}

const everyLane: Masked = { mask: 0, zero: false };

export class Vectors {
  readonly #wide: 0 | 1;
  readonly #number: number;
  readonly #load: Opcode;
  readonly #store: Opcode;
  readonly #spread: Opcode;
  readonly #multiplyAdd: Opcode;

  constructor(
    private readonly assembler: Assembler,
    precision: LaneType,
  ) {
    this.#wide = precision === "float32" ? 0 : 1;
    this.#number = numberBytes(precision);
    this.#load = this.#plain(0x10);
    this.#store = this.#plain(0x11);
    this.#spread = { map: 2, prefix: 1, wide: this.#wide, op: 0x18 + this.#wide };
    this.#multiplyAdd = { map: 2, prefix: 1, wide: this.#wide, op: 0xb8 };
  }

  /** vmovups, vmovupd: where there is a mask, other lanes become 0 and are not read. */
  load(to: Register, from: Address, mask = 0): void {
    this.#write(this.#load, to, 0, from, { mask, zero: mask > 0 });
  }

  /** One vector to another register. */
  move(to: Register, from: Register): void {
    this.#write(this.#load, to, 0, from);
  }

  /** A load the other way; other lanes of the memory stay. */
  store(to: Address, from: Register, mask = 0): void {
    this.#write(this.#store, from, 0, to, { mask, zero: false });
  }

  /** vbroadcastss, vbroadcastsd: one number into every lane. */
  broadcast(to: Register, from: Address): void {
    writeEvex(this.assembler.written, this.#spread, to, 0, from, this.#number, everyLane);
  }

  add(to: Register, a: Register, b: RegisterOrAddress): void {
    this.#write(this.#plain(0x58), to, a, b);
  }

  mul(to: Register, a: Register, b: RegisterOrAddress): void {
    this.#write(this.#plain(0x59), to, a, b);
  }

  sub(to: Register, a: Register, b: RegisterOrAddress): void {
    this.#write(this.#plain(0x5c), to, a, b);
  }

  /** b where it is the greater, and where one is not a number or both are 0. */
  max(to: Register, a: Register, b: RegisterOrAddress): void {
    this.#write(this.#plain(0x5f), to, a, b);
  }

  /** vfmadd231: sum += a b, with one rounding. */
  multiplyAdd(sum: Register, a: Register, b: RegisterOrAddress): void {
    this.#write(this.#multiplyAdd, sum, a, b);
  }

  /** to := 0 in every lane (vpxord). */
  clear(to: Register): void {
    this.#write({ map: 1, prefix: 1, wide: 0, op: 0xef }, to, to, to);
  }

  /** kmovw: mask k := the low 16 bits of one of the first eight registers. */
  mask(k: number, from: Register): void {
    this.assembler.bytes(0xc5, 0xf8, 0x92, 0xc0 | (k << 3) | from);
  }

  /** vzeroupper: whoever comes next may use short vectors without waiting for ours. */
  leave(): void {
    this.assembler.bytes(0xc5, 0xf8, 0x77);
  }

  #plain(op: number): Opcode {
    return { map: 1, prefix: this.#wide, wide: this.#wide, op };
  }

  #write(
    opcode: Opcode,
    to: Register,
    first: Register,
    operand: RegisterOrAddress,
    masked = everyLane,
  ): void {
    writeEvex(this.assembler.written, opcode, to, first, operand, vectorBytes, masked);
  }
}
