/**
 * Winograd's transforms of filters in machine code: U = G g Gᵀ row by row, and the way back, Gᵀ dU G. Both go over the
 * vectors of a panel's rows; kernels/filterTransforms.ts has the records.
 */

import { backFields, rowsFields } from "../kernels/filterTransforms.js";
import { transposedForm, type WinogradForm } from "../kernels/winogradForm.js";
import type { Assembler } from "./assembler.js";
import { Combiner } from "./combiner.js";
import { StackFrame } from "./frame.js";
import { type Address, gpr, Label, past, type Register } from "./operands.js";
import { panelRowBytes } from "./tile.js";
import { type LaneType, Vectors, vectorBytes } from "./vectors.js";

const { rax, rcx, rdx, rsp, r8, r9, r10, r11, r12, r13 } = gpr;

/** The function (memory, record): row k of G g Gᵀ, for as many channels as there are, all vectors of the panel. */
// Over 40 lines: the body of one kernel, in the order in which it runs; cut up, its labels would be handed around.
export function rowsCode(assembler: Assembler, type: LaneType, { G, n, r }: WinogradForm): void {
  const frame = new StackFrame(assembler, rowsFields);
  const vectors = new Vectors(assembler, type);
  const combiner = new Combiner(assembler, vectors, type, G);
  const [pixel, plane, left, source, target] = [r8, r9, r10, r11, r12];
  const numbers = (first: Register) => Array.from({ length: r }, (_, k) => first + k);
  const [sum, input, half] = [0, numbers(1), numbers(1 + r)];
  const done = new Label();
  frame.enter();
  frame.readRecord(rowsFields, ["from", "to"]);
  combiner.start();
  for (const [register, name] of [
    [pixel, "pixel"],
    [plane, "plane"],
    [left, "length"],
    [source, "from"],
    [target, "to"],
  ] as const)
    assembler.mov(register, frame.at(name));
  const bodies = G.map(() => new Label());
  assembler.mov(rax, frame.at("k"));
  bodies.forEach((body, k) => {
    assembler.cmpConstant(rax, k);
    assembler.jumpIf("e", body);
  });
  assembler.bind(done);
  vectors.leave();
  frame.leave();
  bodies.forEach((body, k) => {
    assembler.align(32);
    assembler.bind(body);
    for (let v = 0; v < panelRowBytes; v += vectorBytes) oneVector(k, v);
    assembler.addConstant(source, panelRowBytes);
    assembler.addConstant(target, panelRowBytes);
    assembler.addConstant(left, -1);
    assembler.jumpIf("ne", body);
    assembler.jump(done);
  });
  combiner.table();

  function oneVector(k: number, offset: number): void {
    assembler.mov(rax, source);
    const halves = half.map((to) => {
      input.forEach((x, i) => {
        if (combiner.uses(k, i)) vectors.load(x, past(rax, offset));
        assembler.add(rax, pixel);
      });
      const found = combiner.row(k, (i) => input[i]!, to);
      if (found !== to) vectors.move(to, found);
      return to;
    });
    assembler.mov(rcx, target);
    for (let l = 0; l < n; l++) {
      vectors.store(
        past(rcx, offset),
        combiner.row(l, (j) => halves[j]!, sum),
      );
      assembler.add(rcx, plane);
    }
  }
}

/** The function (memory, record): Gᵀ dU G for rows of a panel, set or added. */
// Over 40 lines: the body of one kernel, in the order in which it runs; cut up, its labels would be handed around.
export function backCode(assembler: Assembler, type: LaneType, { G, n, r }: WinogradForm): void {
  const spilled = 64 * n * r;
  const frame = new StackFrame(assembler, [...backFields, "stack"]);
  const vectors = new Vectors(assembler, type);
  const combiner = new Combiner(assembler, vectors, type, transposedForm(G));
  const [plane, pixel, left, source, target, stack] = [r8, r9, r10, r11, r12, r13];
  const input = Array.from({ length: n }, (_, k) => 1 + k);
  const half = placesOf(r * n, 1 + n, combiner.end, stack);
  const [row, vector, writes, adds, next] = [new Label(), new Label(), new Label(), new Label(), new Label()];
  frame.enter();
  frame.readRecord(backFields, ["from", "to"]);
  combiner.start();
  assembler.mov(plane, frame.at("plane"));
  assembler.mov(pixel, frame.at("pixel"));
  assembler.mov(rdx, rsp);
  assembler.addConstant(rsp, -spilled - vectorBytes);
  assembler.mov(stack, rsp);
  assembler.addConstant(stack, vectorBytes);
  assembler.andConstant(stack, -vectorBytes);
  // from here on the frame is found by rdx
  const at = (name: Parameters<typeof frame.at>[0]): Address => ({ ...frame.at(name), base: rdx });
  assembler.bind(row);
  assembler.mov(source, at("from"));
  assembler.mov(target, at("to"));
  assembler.mov(left, at("vectors"));
  assembler.bind(vector);
  assembler.mov(rax, source);
  for (let j = 0; j < n; j++) {
    for (const x of input) {
      vectors.load(x, past(rax));
      assembler.add(rax, plane);
    }
    for (let i = 0; i < r; i++) half.put(i * n + j, (to) => combiner.row(i, (k) => input[k]!, to), vectors);
  }
  assembler.cmpConstant(at("add"), 0);
  assembler.jumpIf("ne", adds);
  assembler.bind(writes);
  write(false);
  assembler.jump(next);
  assembler.bind(adds);
  write(true);
  assembler.bind(next);
  assembler.addConstant(source, vectorBytes);
  assembler.addConstant(target, vectorBytes);
  assembler.addConstant(left, -1);
  assembler.jumpIf("ne", vector);
  assembler.addConstant(at("from"), panelRowBytes);
  assembler.mov(rax, at("to"));
  assembler.add(rax, at("rowStep"));
  assembler.store(at("to"), rax);
  assembler.addConstant(at("length"), -1);
  assembler.jumpIf("ne", row);
  assembler.mov(rsp, rdx);
  vectors.leave();
  frame.leave();
  combiner.table();

  /** Entry (i, j) of the result to pixel i + r j. */
  function write(isSum: boolean): void {
    for (let i = 0; i < r; i++) {
      // the inputs are not needed any more: they hold the halves that were put away
      const x = (j: number): Register => half.get(i * n + j, input[j]!, vectors);
      const halves = Array.from({ length: n }, (_, j) => x(j));
      assembler.mov(rcx, target);
      for (let k = 0; k < i; k++) assembler.add(rcx, pixel);
      for (let j = 0; j < r; j++) {
        const sum = combiner.row(j, (k) => halves[k]!, 0);
        if (isSum) vectors.add(0, sum, past(rcx));
        vectors.store(past(rcx), isSum ? 0 : sum);
        if (j < r - 1) for (let k = 0; k < r; k++) assembler.add(rcx, pixel);
      }
    }
  }
}

/** Where intermediate vectors are: in registers from `first` to `end`, the rest in memory. */
interface Places {
  /** Computes one: `compute` says in which register it is. */
  put(k: number, compute: (to: Register) => Register, vectors: Vectors): void;
  /** The register that has it, `to` where it comes from memory. */
  get(k: number, to: Register, vectors: Vectors): Register;
}

function placesOf(count: number, first: Register, end: Register, stack: Register): Places {
  const inRegisters = Math.min(count, end - first);
  const address = (k: number): Address => past(stack, vectorBytes * (k - inRegisters));
  return {
    put: (k, compute, vectors) => {
      const isKept = k < inRegisters;
      const found = compute(isKept ? first + k : 0);
      if (!isKept) vectors.store(address(k), found);
      else if (found !== first + k) vectors.move(first + k, found);
    },
    get: (k, to, vectors) => {
      if (k < inRegisters) return first + k;
      vectors.load(to, address(k));
      return to;
    },
  };
}
