/** How instructions are written as bytes: Intel, "Software developer's manual", volume 2, chapter 2. */

import type { Bytes } from "./bytes.js";
import type { Address, Register, RegisterOrAddress } from "./operands.js";

/** rsp and r12, rbp and r13, by their low three bits: as a base the first two need a SIB byte, the others an offset. */
const [sp, bp] = [4, 5];

/**
 * ModRM, SIB and offset. `field` is the other register, or what tells instructions of one opcode apart. An offset that
 * is a small multiple of `unit` takes one byte.
 */
export function writeOperand(to: Bytes, field: number, operand: RegisterOrAddress, unit = 1): void {
  const middle = (field & 7) << 3;
  if (typeof operand === "number") {
    to.byte(0xc0 | middle | (operand & 7));
    return;
  }
  const { base, index, offset = 0 } = operand;
  const low = base & 7;
  const short = offset / unit;
  const isShort = (short | 0) === short && short >= -128 && short < 128;
  const mode = offset === 0 && low !== bp ? 0 : isShort ? 1 : 2;
  if (index === undefined && low !== sp) to.byte((mode << 6) | middle | low);
  else {
    to.byte((mode << 6) | middle | sp);
    to.byte((scaleBits(operand) << 6) | (((index ?? sp) & 7) << 3) | low);
  }
  if (mode === 1) to.byte(short);
  if (mode === 2) to.word(offset);
}

function scaleBits({ index, scale = 1 }: Address): number {
  return index === undefined ? 0 : Math.log2(scale);
}

/** The REX prefix: the fourth bits of the registers, and W for 64 bits; nothing where it would say nothing. */
export function writeRex(to: Bytes, wide: 0 | 1, field: number, operand: RegisterOrAddress): void {
  const rex = (wide << 3) | (high(field) << 2) | extensions(operand);
  if (rex !== 0) to.byte(0x40 | rex);
}

/** The bits X and B of an operand. */
function extensions(operand: RegisterOrAddress): number {
  if (typeof operand === "number") return high(operand);
  return (high(operand.index ?? 0) << 1) | high(operand.base);
}

/** What distinguishes an EVEX instruction: table of opcodes, prefix (0: none, 1: 66), W, opcode. */
export interface Opcode {
  readonly map: 1 | 2;
  readonly prefix: 0 | 1;
  readonly wide: 0 | 1;
  readonly op: number;
}

/** The lanes of an instruction: register k1 to k7 or 0 for all of them, and whether the others become 0. */
export interface Masked {
  readonly mask: number;
  readonly zero: boolean;
}

/**
 * An instruction on vectors of 512 bits: EVEX prefix, opcode, operands. `first` is the first source, 0 where there is
 * none. The bits of registers are written inverted.
 */
export function writeEvex(
  bytes: Bytes,
  { map, prefix, wide, op }: Opcode,
  to: Register,
  first: Register,
  operand: RegisterOrAddress,
  unit: number,
  { mask, zero }: Masked,
): void {
  // a vector as the last operand has its fifth bit where an index has its fourth
  const xb = typeof operand === "number" ? ((operand >> 4) << 1) | high(operand) : extensions(operand);
  const registers = (high(to) << 7) | (xb << 5) | ((to >> 4) << 4);
  const second = (registers ^ 0xf0) | map;
  const third = (wide << 7) | ((~first & 15) << 3) | 4 | prefix;
  const fourth = (zero ? 0x80 : 0) | 0x40 | (((first >> 4) ^ 1) << 3) | mask;
  bytes.word(0x62 | (second << 8) | (third << 16) | (fourth << 24));
  bytes.byte(op);
  writeOperand(bytes, to, operand, unit);
}

function high(register: Register): number {
  return (register >> 3) & 1;
}
