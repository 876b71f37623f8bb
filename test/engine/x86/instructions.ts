/** Every instruction of the assembler over many operands, beside its text as GNU as reads it (Intel's syntax). */

import { Assembler } from "../../../src/engine/x86/assembler.js";
import type { Address, Register } from "../../../src/engine/x86/operands.js";
import { Vectors } from "../../../src/engine/x86/vectors.js";

export interface Instruction {
  readonly text: string;
  readonly write: (assembler: Assembler) => void;
}

/** What instructions are written over. */
export interface Operands {
  readonly registers: readonly Register[];
  /** Those that go to memory and come from it. */
  readonly moved: readonly Register[];
  readonly vectors: readonly Register[];
  readonly addresses: readonly Address[];
}

const low = ["ax", "cx", "dx", "bx", "sp", "bp", "si", "di"];
const high = ["8", "9", "10", "11", "12", "13", "14", "15"];
const names = [...low.map((name) => `r${name}`), ...high.map((name) => `r${name}`)];
const halves = [...low.map((name) => `e${name}`), ...high.map((name) => `r${name}d`)];
const constants = [1, -1, 127, 128, -128, -129, 4096, 100000];

/** Operands that show each rule of the encoding: prefixes, rsp and r12, rbp and r13, offsets of one byte and of four. */
export const few: Operands = {
  registers: [0, 3, 4, 5, 8, 12, 13, 15],
  moved: [0, 5, 12],
  vectors: [0, 15, 16, 31],
  addresses: [
    ...[0, 4, 5, 12, 13].flatMap((base) => [0, 8, 64, -4096, 8128].map((offset) => ({ base, offset }))),
    ...[1, 13].flatMap((index) =>
      [0, 5, 12].map((base) => ({ base, index, scale: 4 as const, offset: 128 })),
    ),
  ],
};

/** All registers, and many offsets. */
export const many: Operands = {
  registers: Array.from({ length: 16 }, (_, k) => k),
  moved: [0, 5, 8, 15],
  vectors: [0, 7, 8, 16, 24, 31],
  addresses: Array.from({ length: 16 }, (_, base) =>
    [0, 4, 127, -128, 8128, 100000].flatMap((offset) =>
      [undefined, 9].map((index) => ({
        base,
        offset,
        scale: 4 as const,
        ...(index !== undefined && { index }),
      })),
    ),
  ).flat(),
};

export function instructions(operands: Operands): Instruction[] {
  const found: Instruction[] = [];
  const add = (text: string, write: Instruction["write"]): void => {
    found.push({ text, write });
  };
  wholeNumbers(operands, add);
  inMemory(operands, add);
  for (const precision of ["float32", "float64"] as const) vectorInstructions(precision, operands, add);
  for (let k = 1; k < 8; k++) {
    add(`kmovw k${k}, ${halves[k]}`, (assembler) => new Vectors(assembler, "float32").mask(k, k));
  }
  add("vzeroupper", (assembler) => new Vectors(assembler, "float32").leave());
  add("cpuid", (assembler) => assembler.cpuid());
  add("xgetbv", (assembler) => assembler.xgetbv());
  add("ret", (assembler) => assembler.ret());
  return found;
}

type Add = (text: string, write: Instruction["write"]) => void;

function wholeNumbers({ registers }: Operands, add: Add): void {
  for (const a of registers) {
    for (const b of registers) {
      add(`{load} mov ${names[a]}, ${names[b]}`, (assembler) => assembler.mov(a, b));
      add(`{load} mov ${halves[a]}, ${halves[b]}`, (assembler) => assembler.mov32(a, b));
      add(`{load} add ${names[a]}, ${names[b]}`, (assembler) => assembler.add(a, b));
      add(`{load} sub ${names[a]}, ${names[b]}`, (assembler) => assembler.sub(a, b));
      add(`{load} cmp ${names[a]}, ${names[b]}`, (assembler) => assembler.cmp(a, b));
      add(`imul ${names[a]}, ${names[b]}, 1280`, (assembler) => assembler.multiply(a, b, 1280));
    }
    for (const n of constants) {
      const isShort = n >= -128 && n < 128;
      add(`mov ${names[a]}, ${n}`, (assembler) => assembler.constant(a, n));
      if (a === 0 && !isShort) continue; // as has a form of its own for rax
      add(`add ${names[a]}, ${n}`, (assembler) => assembler.addConstant(a, n));
      add(`and ${names[a]}, ${n}`, (assembler) => assembler.andConstant(a, n));
      add(`cmp ${names[a]}, ${n}`, (assembler) => assembler.cmpConstant(a, n));
    }
    add(`not ${names[a]}`, (assembler) => assembler.not(a));
    add(`shr ${names[a]}, 5`, (assembler) => assembler.shiftRight(a, 5));
    add(`shl ${names[a]}, cl`, (assembler) => assembler.shiftLeftByCl(a));
    add(`push ${names[a]}`, (assembler) => assembler.push(a));
    add(`pop ${names[a]}`, (assembler) => assembler.pop(a));
  }
}

function inMemory({ moved, addresses }: Operands, add: Add): void {
  for (const address of addresses) {
    const place = placeOf(address);
    for (const a of moved) {
      add(`mov ${names[a]}, ${place}`, (assembler) => assembler.mov(a, address));
      add(`mov ${halves[a]}, ${place}`, (assembler) => assembler.mov32(a, address));
      add(`mov ${place}, ${names[a]}`, (assembler) => assembler.store(address, a));
      add(`mov ${place}, ${halves[a]}`, (assembler) => assembler.store32(address, a));
      add(`add ${names[a]}, ${place}`, (assembler) => assembler.add(a, address));
      add(`cmp ${names[a]}, ${place}`, (assembler) => assembler.cmp(a, address));
      add(`lea ${names[a]}, ${place}`, (assembler) => assembler.lea(a, address));
    }
    for (const n of constants) {
      add(`add qword ptr ${place}, ${n}`, (assembler) => assembler.addConstant(address, n));
      add(`cmp qword ptr ${place}, ${n}`, (assembler) => assembler.cmpConstant(address, n));
    }
  }
}

// Over 40 lines: a list of instructions.
function vectorInstructions(
  precision: "float32" | "float64",
  { vectors, addresses }: Operands,
  add: Add,
): void {
  const on = (what: (v: Vectors) => void) => (assembler: Assembler) =>
    what(new Vectors(assembler, precision));
  const [s, one, size] = precision === "float32" ? ["s", "ss", "dword"] : ["d", "sd", "qword"];
  for (const r of vectors) {
    for (const address of addresses) {
      const place = `zmmword ptr ${placeOf(address)}`;
      const other = 31 - r;
      add(
        `vmovup${s} zmm${r}, ${place}`,
        on((v) => v.load(r, address)),
      );
      add(
        `vmovup${s} zmm${r}{k2}{z}, ${place}`,
        on((v) => v.load(r, address, 2)),
      );
      add(
        `vmovup${s} ${place}, zmm${r}`,
        on((v) => v.store(address, r)),
      );
      add(
        `vmovup${s} ${place}{k1}, zmm${r}`,
        on((v) => v.store(address, r, 1)),
      );
      add(
        `vbroadcast${one} zmm${r}, ${size} ptr ${placeOf(address)}`,
        on((v) => v.broadcast(r, address)),
      );
      add(
        `vfmadd231p${s} zmm${r}, zmm${other}, ${place}`,
        on((v) => v.multiplyAdd(r, other, address)),
      );
    }
    if (precision === "float32")
      add(
        `vpxord zmm${r}, zmm${r}, zmm${r}`,
        on((v) => v.clear(r)),
      );
    for (const a of vectors) {
      add(
        `vmovup${s} zmm${r}, zmm${a}`,
        on((v) => v.move(r, a)),
      );
      for (const b of vectors) {
        const three = `zmm${r}, zmm${a}, zmm${b}`;
        add(
          `vaddp${s} ${three}`,
          on((v) => v.add(r, a, b)),
        );
        add(
          `vmulp${s} ${three}`,
          on((v) => v.mul(r, a, b)),
        );
        add(
          `vsubp${s} ${three}`,
          on((v) => v.sub(r, a, b)),
        );
        add(
          `vmaxp${s} ${three}`,
          on((v) => v.max(r, a, b)),
        );
        add(
          `vfmadd231p${s} ${three}`,
          on((v) => v.multiplyAdd(r, a, b)),
        );
      }
    }
  }
}

function placeOf({ base, index, scale, offset = 0 }: Address): string {
  const second = index === undefined ? "" : `+${names[index]}*${scale}`;
  return `[${names[base]}${second}${offset < 0 ? offset : `+${offset}`}]`;
}

/** What the assembler makes of each, in hexadecimal. */
export function bytesOf(list: readonly Instruction[]): string[] {
  const assembler = new Assembler();
  const starts = list.map(({ write }) => {
    const start = assembler.size;
    write(assembler);
    return start;
  });
  const code = Buffer.from(assembler.finish()).toString("hex");
  return starts.map((start, k) => code.slice(2 * start, 2 * (starts[k + 1] ?? assembler.size)));
}
