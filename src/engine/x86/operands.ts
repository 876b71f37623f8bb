/** What instructions work on: registers, places in memory, places in the code. */

/** The sixteen registers of 64 bits by their numbers. */
// biome-ignore format: as the manual has them
export const gpr = { rax: 0, rcx: 1, rdx: 2, rbx: 3, rsp: 4, rbp: 5, rsi: 6, rdi: 7,
  r8: 8, r9: 9, r10: 10, r11: 11, r12: 12, r13: 13, r14: 14, r15: 15 } as const;

/** The number of a register: 0 to 15, of vectors to 31. */
export type Register = number;

/** [base + index·scale + offset]. */
export interface Address {
  readonly base: Register;
  readonly index?: Register;
  readonly scale?: 1 | 2 | 4 | 8;
  readonly offset?: number;
}

export type RegisterOrAddress = Register | Address;

/** The memory `offset` bytes past a register. */
export function past(base: Register, offset = 0): Address {
  return { base, offset };
}

/** A place in the code: where it is, once that is known, and where four bytes wait for the distance to it. */
export class Label {
  position: number | undefined;
  readonly uses: number[] = [];
}
