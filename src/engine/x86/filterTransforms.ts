/**
 * Winograd's transforms of filters in machine code: U = G g Gᵀ row by row, and the way back, Gᵀ dU G. Both go over the
 * vectors of a panel's rows; kernels/filterTransforms.ts has the records.
 */

import { backFields, rowsFields } from "../kernels/filterTransforms.js";
import { transposedForm, type WinogradForm } from "../kernels/winogradForm.js";
import type { Assembler } from "./assembler.js";
import { Combiner } from "./combiner.js";
import { StackFrame } from "./frame.js";
import { gpr, Label, past, type Register } from "./operands.js";
import { panelRowBytes } from "./tile.js";
import { TwoSided } from "./twoSided.js";
import { type LaneType, Vectors, vectorBytes } from "./vectors.js";

const { rax, rcx, r8, r9, r10, r11, r12, r13 } = gpr;

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
  const frame = new StackFrame(assembler, backFields);
  const [plane, pixel, left, source, target, stack] = [r8, r9, r10, r11, r12, r13];
  const both = new TwoSided(assembler, type, transposedForm(G), stack);
  const { vectors, inputs } = both;
  const [row, vector, adds, next] = [new Label(), new Label(), new Label(), new Label()];
  frame.enter();
  frame.readRecord(backFields, ["from", "to"]);
  both.start();
  frame.extend(both.bytes, stack);
  assembler.mov(plane, frame.at("plane"));
  assembler.mov(pixel, frame.at("pixel"));
  assembler.bind(row);
  assembler.mov(source, frame.at("from"));
  assembler.mov(target, frame.at("to"));
  assembler.mov(left, frame.at("vectors"));
  assembler.bind(vector);
  assembler.mov(rax, source);
  assembler.cmpConstant(frame.at("add"), 0);
  assembler.jumpIf("ne", adds);
  both.transform(read, (i, j, compute) => write(i, j, compute(), false));
  assembler.jump(next);
  assembler.bind(adds);
  both.transform(read, (i, j, compute) => write(i, j, compute(), true));
  assembler.bind(next);
  assembler.addConstant(source, vectorBytes);
  assembler.addConstant(target, vectorBytes);
  assembler.addConstant(left, -1);
  assembler.jumpIf("ne", vector);
  assembler.addConstant(frame.at("from"), panelRowBytes);
  frame.addTo("to", "rowStep");
  assembler.addConstant(frame.at("length"), -1);
  assembler.jumpIf("ne", row);
  vectors.leave();
  frame.leave();
  both.table();

  function read(): void {
    for (let k = 0; k < n; k++) {
      vectors.load(inputs[k]!, past(rax));
      assembler.add(rax, plane);
    }
  }

  /** Entry (i, j) of the result to pixel i + r j. */
  function write(i: number, j: number, value: Register, isSum: boolean): void {
    if (j === 0) {
      assembler.mov(rcx, target);
      for (let k = 0; k < i; k++) assembler.add(rcx, pixel);
    }
    if (isSum) vectors.add(0, value, past(rcx));
    vectors.store(past(rcx), isSum ? 0 : value);
    if (j < r - 1) for (let k = 0; k < r; k++) assembler.add(rcx, pixel);
  }
}
