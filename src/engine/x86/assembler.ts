/** x86-64 machine code, instruction by instruction, by the manual's names. */

import { Bytes } from "./bytes.js";
import { writeOperand, writeRex } from "./encoding.js";
import type { Address, Label, Register, RegisterOrAddress } from "./operands.js";

/** When a jump is taken, by its number; counts are compared as signed numbers. */
const conditions = { e: 4, ne: 5, l: 12, ge: 13, le: 14, g: 15 } as const;

export type Condition = keyof typeof conditions;

export class Assembler {
  /** What is written so far. */
  readonly written: Bytes = new Bytes();

  /** Bytes so far: where the next instruction will be. */
  get size(): number {
    return this.written.size;
  }

  /** The code. Throws Error where a label has no place. */
  finish(...labels: readonly Label[]): Uint8Array {
    if (labels.some(({ position }) => position === undefined)) throw new Error("x86: a label has no place");
    return this.written.copy();
  }

  /** Gives a label its place: here, or, for what lies outside the code, so many bytes after its begin. */
  bind(label: Label, position: number = this.size): void {
    label.position = position;
    for (const use of label.uses) this.#join(use, position);
  }

  /** What follows starts at a multiple of `bytes`. */
  align(bytes: number): void {
    while (this.size % bytes !== 0) this.bytes(0x90);
  }

  /** These bytes, as they are. */
  bytes(...bytes: readonly number[]): void {
    for (const byte of bytes) this.written.byte(byte);
  }

  mov(to: Register, from: RegisterOrAddress): void {
    this.#instruction(1, 0x8b, to, from);
  }

  /** 32 bits, zeros above. */
  mov32(to: Register, from: RegisterOrAddress): void {
    this.#instruction(0, 0x8b, to, from);
  }

  store(to: Address, from: Register): void {
    this.#instruction(1, 0x89, from, to);
  }

  store32(to: Address, from: Register): void {
    this.#instruction(0, 0x89, from, to);
  }

  /** to := a whole number of 32 bits with its sign. */
  constant(to: Register, value: number): void {
    this.#instruction(1, 0xc7, 0, to);
    this.written.word(value);
  }

  lea(to: Register, from: Address): void {
    this.#instruction(1, 0x8d, to, from);
  }

  /** to := the address of a place in the code. */
  addressOf(to: Register, label: Label): void {
    writeRex(this.written, 1, to, 0);
    this.bytes(0x8d, 0x05 | ((to & 7) << 3));
    this.#distance(label);
  }

  add(to: Register, from: RegisterOrAddress): void {
    this.#instruction(1, 0x03, to, from);
  }

  sub(to: Register, from: RegisterOrAddress): void {
    this.#instruction(1, 0x2b, to, from);
  }

  cmp(a: Register, b: RegisterOrAddress): void {
    this.#instruction(1, 0x3b, a, b);
  }

  addConstant(to: RegisterOrAddress, value: number): void {
    this.#withConstant(0, to, value);
  }

  andConstant(to: RegisterOrAddress, value: number): void {
    this.#withConstant(4, to, value);
  }

  cmpConstant(a: RegisterOrAddress, value: number): void {
    this.#withConstant(7, a, value);
  }

  /** to := from · value. */
  multiply(to: Register, from: RegisterOrAddress, value: number): void {
    this.#instruction(1, 0x69, to, from);
    this.written.word(value);
  }

  not(to: Register): void {
    this.#instruction(1, 0xf7, 2, to);
  }

  shiftRight(to: Register, bits: number): void {
    this.#instruction(1, 0xc1, 5, to);
    this.bytes(bits);
  }

  /** By as many bits as cl says. */
  shiftLeftByCl(to: Register): void {
    this.#instruction(1, 0xd3, 4, to);
  }

  push(register: Register): void {
    writeRex(this.written, 0, 0, register);
    this.bytes(0x50 | (register & 7));
  }

  pop(register: Register): void {
    writeRex(this.written, 0, 0, register);
    this.bytes(0x58 | (register & 7));
  }

  ret(): void {
    this.bytes(0xc3);
  }

  jump(to: Label): void {
    this.bytes(0xe9);
    this.#distance(to);
  }

  jumpIf(condition: Condition, to: Label): void {
    this.bytes(0x0f, 0x80 | conditions[condition]);
    this.#distance(to);
  }

  call(to: Label): void {
    this.bytes(0xe8);
    this.#distance(to);
  }

  /** Calls the function whose address stands at a label. */
  callThrough(table: Label): void {
    this.bytes(0xff, 0x15);
    this.#distance(table);
  }

  cpuid(): void {
    this.bytes(0x0f, 0xa2);
  }

  xgetbv(): void {
    this.bytes(0x0f, 0x01, 0xd0);
  }

  #instruction(wide: 0 | 1, opcode: number, field: number, operand: RegisterOrAddress): void {
    writeRex(this.written, wide, field, operand);
    this.written.byte(opcode);
    writeOperand(this.written, field, operand);
  }

  #withConstant(field: number, operand: RegisterOrAddress, value: number): void {
    const short = value >= -128 && value < 128;
    this.#instruction(1, short ? 0x83 : 0x81, field, operand);
    if (short) this.written.byte(value);
    else this.written.word(value);
  }

  /** Four bytes that will say how far a label is from their end. */
  #distance(label: Label): void {
    label.uses.push(this.size);
    this.written.word(0);
    if (label.position !== undefined) this.#join(this.size - 4, label.position);
  }

  #join(use: number, position: number): void {
    this.written.setWord(use, position - use - 4);
  }
}
