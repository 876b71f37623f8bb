/** What a function of machine code keeps on the stack: the registers that its caller wants back, and named places. */

import type { Assembler } from "./assembler.js";
import { type Address, gpr, past, type Register } from "./operands.js";

const { rax, rbx, rsp, rbp, rsi, rdi, r12, r13, r14, r15 } = gpr;

/** System V: a function gives these back as they were. */
const saved = [rbx, rbp, r12, r13, r14, r15];

/** Where the frame is found once memory beneath it is taken. */
const held = gpr.rdx;

export class StackFrame<Name extends string> {
  #base: Register = rsp;
  readonly #names: readonly Name[];
  readonly #bytes: number;

  constructor(
    private readonly assembler: Assembler,
    names: readonly Name[],
  ) {
    this.#names = names;
    this.#bytes = 8 * names.length;
  }

  /** The place of a name: 64 bits. */
  at(name: Name): Address {
    return past(this.#base, 8 * this.#names.indexOf(name));
  }

  enter(): void {
    for (const register of saved) this.assembler.push(register);
    this.assembler.addConstant(rsp, -this.#bytes);
  }

  /** `stack` := the address of so many bytes more, on a cache line; from here on rdx is the frame's. */
  extend(bytes: number, stack: Register): void {
    const line = 64;
    this.assembler.mov(held, rsp);
    this.assembler.addConstant(rsp, -bytes - line);
    this.assembler.mov(stack, rsp);
    this.assembler.addConstant(stack, line);
    this.assembler.andConstant(stack, -line);
    this.#base = held;
  }

  leave(): void {
    if (this.#base === held) this.assembler.mov(rsp, held);
    this.assembler.addConstant(rsp, this.#bytes);
    for (const register of [...saved].reverse()) this.assembler.pop(register);
    this.assembler.ret();
  }

  /** a := b, by way of rax. */
  copy(a: Name, b: Name): void {
    this.assembler.mov(rax, this.at(b));
    this.assembler.store(this.at(a), rax);
  }

  /** a := a + b, by way of rax. */
  addTo(a: Name, b: Name): void {
    this.assembler.mov(rax, this.at(a));
    this.assembler.add(rax, this.at(b));
    this.assembler.store(this.at(a), rax);
  }

  /**
   * Reads a record, its fields in order, words of 32 bits: rdi is the address of the memory, rsi that of the record
   * in it. Fields that are addresses in the memory become addresses of the machine.
   */
  readRecord<Field extends Name>(fields: readonly Field[], addresses: readonly Field[]): void {
    const { assembler } = this;
    assembler.add(rsi, rdi);
    fields.forEach((field, k) => {
      assembler.mov32(rax, past(rsi, 4 * k));
      if (addresses.includes(field)) assembler.add(rax, rdi);
      assembler.store(this.at(field), rax);
    });
  }
}
