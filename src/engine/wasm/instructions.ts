/**
 * The instructions that the kernels are written in. Addresses are byte addresses; `offset` is a constant added to one.
 * Opcodes: WebAssembly core specification 2.0, appendix "Index of Instructions"; relaxed SIMD and threads proposals.
 */

import { type Code, signed, unsigned } from "./code.js";

/** A function parameter or local variable. */
export interface Local {
  readonly get: Code;
  set(value: Code): Code;
  /** this += value, for i32. */
  step(value: Code): Code;
}

/** Two operands. */
type Binary = (x: Code, y: Code) => Code;

/** The number at address + offset. */
type Load = (address: Code, offset?: number) => Code;

/** The value goes to address + offset. */
type Store = (address: Code, value: Code, offset?: number) => Code;

const binary =
  (...opcode: number[]): Binary =>
  (x, y) => [x, y, opcode];

const simd = (opcode: number): number[] => [0xfd, ...unsigned(opcode)];

const load =
  (opcode: readonly number[], align: number): Load =>
  (address, offset = 0) => [address, opcode, align, unsigned(offset)];

/** One lane of a vector comes from, or goes to, address + offset. */
type MoveLane = (address: Code, vector: Code, lane: number, offset?: number) => Code;

const moveLane =
  (opcode: number): MoveLane =>
  (address, vector, lane, offset = 0) => [address, vector, simd(opcode), 0, unsigned(offset), lane];

const store =
  (opcode: readonly number[], align: number): Store =>
  (address, value, offset = 0) => [...address, ...value, ...opcode, align, ...unsigned(offset)];

export const i32: Record<
  "add" | "sub" | "mul" | "and" | "or" | "shl" | "shru" | "eq" | "ne" | "ltS" | "ltU" | "gtS" | "gtU" | "geS",
  Binary
> & {
  const(n: number): Code;
  readonly load: Load;
  readonly store: Store;
} = {
  const: (n: number): Code => [0x41, ...signed(n)],
  load: load([0x28], 2),
  store: store([0x36], 2),
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  and: binary(0x71),
  or: binary(0x72),
  shl: binary(0x74),
  shru: binary(0x76),
  eq: binary(0x46),
  ne: binary(0x47),
  ltS: binary(0x48),
  ltU: binary(0x49),
  gtS: binary(0x4a),
  gtU: binary(0x4b),
  geS: binary(0x4e),
};

export const v128: {
  readonly load: Load;
  readonly store: Store;
  readonly zero: Code;
  /** Byte k of the result is byte lanes[k] of x (0–15) or of y (16–31). */
  shuffle(x: Code, y: Code, lanes: readonly number[]): Code;
  /** x and y, bit by bit. */
  readonly and: Binary;
  /** x and not y, bit by bit. */
  readonly andNot: Binary;
  /** 16 bytes. */
  readonly const: (bytes: readonly number[]) => Code;
  /** x where the mask has ones, y elsewhere. */
  select(x: Code, y: Code, mask: Code): Code;
} = {
  load: load(simd(0x00), 0),
  store: store(simd(0x0b), 0),
  zero: [0xfd, 0x0c, ...new Array<number>(16).fill(0)],
  shuffle: (x: Code, y: Code, lanes: readonly number[]): Code => [x, y, 0xfd, 0x0d, ...lanes],
  and: binary(0xfd, 0x4e),
  andNot: binary(0xfd, 0x4f),
  const: (bytes) => [0xfd, 0x0c, ...bytes],
  select: (x, y, mask) => [x, y, mask, 0xfd, 0x52],
};

/**
 * Neighbouring vectors from an address on, the last first: so V8 joins two stores to one of 256 bits (the other way round
 * it leaves one of 128 bits beside it). Values must not read memory: a load between two stores keeps them apart.
 */
export function storeVectors(address: Code, values: readonly Code[], offset = 0): Code[] {
  return values.map((value, v) => v128.store(address, value, offset + 16 * v)).reverse();
}

/** Four 32-bit whole numbers in a vector; the maximum is that of numbers without sign. */
export const integers: { readonly splat: (x: Code) => Code; readonly add: Binary; readonly maxU: Binary } = {
  splat: (x) => [x, 0xfd, 0x11],
  add: binary(...simd(0xae)),
  maxU: binary(...simd(0xb9)),
};

/** Single numbers of 64 bits: sums and products of addresses and sizes beyond 32 bits, for which only "more than" counts. */
export const f64: Record<"add" | "mul" | "max" | "gt", Binary> & {
  const(x: number): Code;
  /** From an i32 without sign. */
  fromWord(x: Code): Code;
} = {
  const: (x) => float64.const(x),
  fromWord: (x) => [x, 0xb8],
  add: binary(0xa0),
  mul: binary(0xa2),
  max: binary(0xa5),
  gt: binary(0x64),
};

/** One of them. */
export function extractWord(vector: Code, lane: number): Code {
  return [vector, 0xfd, 0x1b, lane];
}

/** What a kernel needs to know of its kind of number. */
export interface NumberType {
  readonly name: "float32" | "float64";
  readonly bytes: 4 | 8;
  /** How many a vector of 16 bytes holds. */
  readonly lanes: 4 | 2;
  load(address: Code, offset?: number): Code;
  store(address: Code, value: Code, offset?: number): Code;
  readonly addOne: (x: Code, y: Code) => Code;
  readonly zeroOne: Code;
  readonly maxOne: (x: Code, y: Code) => Code;
  /** The vector with one lane from address + offset. */
  readonly loadLane: MoveLane;
  readonly storeLane: MoveLane;
  /** One number in every lane. */
  loadSplat(address: Code, offset?: number): Code;
  readonly splat: (x: Code) => Code;
  readonly const: (x: number) => Code;
  readonly add: (x: Code, y: Code) => Code;
  readonly sub: (x: Code, y: Code) => Code;
  readonly mul: (x: Code, y: Code) => Code;
  readonly max: (x: Code, y: Code) => Code;
  readonly div: (x: Code, y: Code) => Code;
  /** Lanes of ones where it holds. */
  readonly eq: (x: Code, y: Code) => Code;
  readonly le: (x: Code, y: Code) => Code;
  readonly lt: (x: Code, y: Code) => Code;
  /** Two neighbouring numbers as float64. */
  readonly loadPair: Load;
  /** One number from an i32. */
  readonly fromInteger: (x: Code) => Code;
  /** x y + z with one rounding where the machine has it (relaxed SIMD). */
  readonly madd: (x: Code, y: Code, z: Code) => Code;
}

export const float32: NumberType = {
  name: "float32",
  bytes: 4,
  lanes: 4,
  load: load([0x2a], 0),
  store: store([0x38], 0),
  addOne: binary(0x92),
  maxOne: binary(0x97),
  zeroOne: [0x43, 0, 0, 0, 0],
  loadLane: moveLane(0x56),
  storeLane: moveLane(0x5a),
  loadSplat: load(simd(0x09), 0),
  splat: (x) => [x, ...simd(0x13)],
  const: (x) => [0x43, ...new Uint8Array(Float32Array.of(x).buffer)],
  add: binary(...simd(0xe4)),
  sub: binary(...simd(0xe5)),
  mul: binary(...simd(0xe6)),
  max: binary(...simd(0xe9)),
  div: binary(...simd(0xe7)),
  eq: binary(0xfd, 0x41),
  le: binary(0xfd, 0x45),
  lt: binary(0xfd, 0x43),
  loadPair: (address, offset) => [load(simd(0x5d), 0)(address, offset), simd(0x5f)],
  fromInteger: (x) => [x, 0xb2],
  madd: (x, y, z) => [x, y, z, ...simd(0x105)],
};

export const float64: NumberType = {
  name: "float64",
  bytes: 8,
  lanes: 2,
  load: load([0x2b], 0),
  store: store([0x39], 0),
  addOne: binary(0xa0),
  maxOne: binary(0xa5),
  zeroOne: [0x44, 0, 0, 0, 0, 0, 0, 0, 0],
  loadLane: moveLane(0x57),
  storeLane: moveLane(0x5b),
  loadSplat: load(simd(0x0a), 0),
  splat: (x) => [x, ...simd(0x14)],
  const: (x) => [0x44, ...new Uint8Array(Float64Array.of(x).buffer)],
  add: binary(...simd(0xf0)),
  sub: binary(...simd(0xf1)),
  mul: binary(...simd(0xf2)),
  max: binary(...simd(0xf5)),
  div: binary(...simd(0xf3)),
  eq: binary(0xfd, 0x47),
  le: binary(0xfd, 0x4b),
  lt: binary(0xfd, 0x49),
  loadPair: load(simd(0x00), 0),
  fromInteger: (x) => [x, 0xb7],
  madd: (x, y, z) => [x, y, z, ...simd(0x107)],
};

/** Memory in bulk: to, from and how many bytes; to, which byte and how many. */
export const memory: Record<"copy" | "fill", (to: Code, x: Code, bytes: Code) => Code> = {
  copy: (to: Code, from: Code, bytes: Code): Code => [to, from, bytes, 0xfc, 0x0a, 0, 0],
  fill: (to: Code, byte: Code, bytes: Code): Code => [to, byte, bytes, 0xfc, 0x0b, 0],
};

/** Numbers that threads share. */
export const atomic: {
  readonly load: Load;
  readonly add: Store;
  /** What was there; it is replaced only if it was `expected`. */
  exchange(address: Code, expected: Code, value: Code): Code;
} = {
  load: load([0xfe, 0x10], 2),
  add: store([0xfe, 0x1e], 2),
  exchange: (address: Code, expected: Code, value: Code): Code => [
    ...address,
    ...expected,
    ...value,
    ...[0xfe, 0x48, 2, 0],
  ],
};

/** How many pages of 64 KiB the memory has. */
export const memoryPages: Code = [0x3f, 0];

/** Ends the call with an error. */
export const trap: Code = [0x00];

export const drop: Code = [0x1a];
export const leave: Code = [0x0f];

/** Runs the body while the condition, at its end, is not 0. */
export function loopWhile(condition: Code, ...body: Code[]): Code {
  return [0x03, 0x40, body, condition, 0x0d, 0, 0x0b];
}

export function when(condition: Code, ...body: Code[]): Code {
  return [condition, 0x04, 0x40, body, 0x0b];
}

export function whenElse(condition: Code, then: readonly Code[], otherwise: readonly Code[]): Code {
  return [condition, 0x04, 0x40, then, 0x05, otherwise, 0x0b];
}

/** The body, `count` times (none for 0); `count` is 0 afterwards. */
export function repeat(count: Local, ...body: Code[]): Code {
  const rest = count.set(i32.sub(count.get, i32.const(1)));
  return when(count.get, loopWhile(count.get, ...body, rest));
}
