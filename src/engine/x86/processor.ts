/** What the processor and the system say of themselves: cpuid and xgetbv, asked by the addon. */

import type { Assembler } from "./assembler.js";
import { gpr, Label, past } from "./operands.js";

const { rax, rbx, rcx, rsi, rdi, r8 } = gpr;

/** Words that `processorCode` writes: the highest leaf, leaf 1's ecx, leaf 7's ebx, and XCR0 where there is one. */
export const processorWords = 4;

/** Bits of those words. */
const [fma, osxsave, avx512f] = [1 << 12, 1 << 27, 1 << 16];
/** The system keeps the registers of 128 and 256 bits, the masks, and both halves of the 32 of 512 bits. */
const kept = 0b1110_0110;

/** The function (memory, record): writes its words there. */
export function processorCode(assembler: Assembler): void {
  const done = new Label();
  assembler.push(rbx); // cpuid writes it
  assembler.lea(r8, { base: rdi, index: rsi, scale: 1 });
  for (const [word, leaf, register] of [
    [0, 0, rax],
    [1, 1, rcx],
    [2, 7, rbx],
  ] as const) {
    assembler.constant(rax, leaf);
    assembler.constant(rcx, 0);
    assembler.cpuid();
    assembler.store32(past(r8, 4 * word), register);
  }
  assembler.constant(rax, 0);
  assembler.store32(past(r8, 12), rax);
  assembler.mov32(rax, past(r8, 4));
  assembler.andConstant(rax, osxsave);
  assembler.jumpIf("e", done);
  assembler.constant(rcx, 0);
  assembler.xgetbv();
  assembler.store32(past(r8, 12), rax);
  assembler.bind(done);
  assembler.pop(rbx);
  assembler.ret();
}

/** Why machine code of 512 bits cannot run, by those words; nothing where it can. */
export function processorObstacle([highest, one, seven, xcr0]: readonly number[]): string | undefined {
  const has = highest! >= 7 && (one! & fma) !== 0 && (seven! & avx512f) !== 0;
  if (!has) return "the processor has no AVX-512";
  return (xcr0! & kept) === kept ? undefined : "the system does not keep the registers of AVX-512";
}
