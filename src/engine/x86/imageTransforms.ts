/**
 * Winograd's transforms of images, outputs and their gradients in machine code, two sides of channels at once; what
 * kernels/winograd.ts has in WebAssembly. A list of tiles has four words for each: where it starts in the image and in
 * S, and how many rows and columns of S it has.
 */

import { inputFields, outputFields, slopeFields } from "../kernels/imageTransforms.js";
import { finishing } from "../kernels/tiles.js";
import { transposedForm, type WinogradForm } from "../kernels/winogradForm.js";
import type { Assembler } from "./assembler.js";
import { StackFrame } from "./frame.js";
import { gpr, Label, past, type Register } from "./operands.js";
import { panelRowBytes } from "./tile.js";
import { TwoSided } from "./twoSided.js";
import { type LaneType, numberBytes, vectorBytes } from "./vectors.js";

const { rax, rcx, rbx, rbp, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15 } = gpr;

/** The list, how many tiles are left, where the tile is read or written in image or S, vectors left, and the other side. */
const [tiles, left, place, sides, packed] = [rbx, rbp, r12, r15, r14];
const [rowStep, colStep, plane, stack] = [r10, r11, r9, r13];
/** How many rows and columns of S a tile has. */
const [rows, columns] = [r8, rdi];
const tileBytes = 16;

/** The function (memory, record): V = Bᵀ d B. */
export function inputCode(assembler: Assembler, type: LaneType, { BT, n }: WinogradForm): void {
  const frame = new StackFrame(assembler, [...inputFields, "line"]);
  const both = new TwoSided(assembler, type, BT, stack);
  frame.enter();
  frame.readRecord(inputFields, ["tiles", "z", "to"]);
  begin(assembler, frame, both);
  assembler.mov(packed, frame.at("to"));
  setLine(assembler, frame, n);
  forTiles(assembler, () => {
    assembler.mov32(place, past(tiles));
    assembler.add(place, frame.at("z"));
    forSides(assembler, frame, () => {
      assembler.mov(rcx, place);
      const read = (): void => {
        assembler.mov(rax, rcx);
        for (const input of both.inputs) {
          both.vectors.load(input, past(rax));
          assembler.add(rax, rowStep);
        }
        assembler.add(rcx, colStep);
      };
      both.transform(read, planeWriter(assembler, frame, both, packed));
      assembler.addConstant(packed, vectorBytes);
    });
    assembler.add(packed, frame.at("gap"));
  });
  end(frame, both);
}

/** The function (memory, record): Y = Aᵀ M A + b 1ᵀ, clipped where asked, as far as there are rows and columns of S. */
// Over 40 lines: the body of one kernel, in the order in which it runs; cut up, its registers would be handed around.
export function outputCode(assembler: Assembler, type: LaneType, { AT }: WinogradForm): void {
  const frame = new StackFrame(assembler, outputFields);
  const both = new TwoSided(assembler, type, AT, stack, 2);
  const bias = rsi;
  const limits = new Label();
  frame.enter();
  frame.readRecord(outputFields, ["tiles", "from", "y", "bias"]);
  begin(assembler, frame, both);
  assembler.mov(packed, frame.at("from"));
  setLimits(assembler, frame, both, type, limits);
  const read = (): void => {
    for (const input of both.inputs) {
      both.vectors.load(input, past(rax));
      assembler.add(rax, plane);
    }
  };
  forTiles(assembler, () => {
    readTile(assembler);
    assembler.add(place, frame.at("y"));
    assembler.mov(bias, frame.at("bias"));
    forSides(assembler, frame, () => {
      assembler.mov(rax, packed);
      both.transform(read, outputWriter(assembler, both, bias));
      assembler.addConstant(packed, vectorBytes);
      assembler.addConstant(bias, vectorBytes);
    });
  });
  end(frame, both);
  assembler.bind(limits);
  const numbers = [Number.NEGATIVE_INFINITY, -0, 0, 0];
  assembler.bytes(
    ...new Uint8Array((type === "float32" ? Float32Array.from(numbers) : Float64Array.from(numbers)).buffer),
  );
}

/** The function (memory, record): dM = A dS Aᵀ in panels. */
// Over 40 lines: the body of one kernel, in the order in which it runs; cut up, its registers would be handed around.
export function slopeCode(assembler: Assembler, type: LaneType, { AT, n }: WinogradForm): void {
  const frame = new StackFrame(assembler, [...slopeFields, "line", "step", "other"]);
  const both = new TwoSided(assembler, type, transposedForm(AT), stack);
  const out = rsi;
  frame.enter();
  frame.readRecord(slopeFields, ["tiles", "ds", "to"]);
  begin(assembler, frame, both);
  assembler.mov(packed, frame.at("to"));
  setLine(assembler, frame, n);
  forTiles(assembler, () => {
    readTile(assembler);
    assembler.add(place, frame.at("ds"));
    assembler.mov(out, packed);
    // from a panel's first vector to its second, and on to the next panel
    assembler.constant(rax, vectorBytes);
    assembler.store(frame.at("step"), rax);
    assembler.mov(rax, frame.at("panel"));
    assembler.addConstant(rax, -vectorBytes);
    assembler.store(frame.at("other"), rax);
    forSides(assembler, frame, () => {
      assembler.mov(rcx, place);
      both.transform((j) => readSome(assembler, both, j), planeWriter(assembler, frame, both, out));
      assembler.mov(rax, frame.at("step"));
      assembler.mov(rcx, frame.at("other"));
      assembler.add(out, rax);
      assembler.store(frame.at("step"), rcx);
      assembler.store(frame.at("other"), rax);
    });
    assembler.addConstant(packed, panelRowBytes);
  });
  end(frame, both);
}

type Common = "tiles" | "count" | "sides" | "rowStep" | "colStep" | "plane";
type CommonFrame<More extends string> = StackFrame<Common | More>;

function begin<More extends string>(assembler: Assembler, frame: CommonFrame<More>, both: TwoSided): void {
  both.start();
  frame.extend(both.bytes, stack);
  for (const [register, name] of [
    [tiles, "tiles"],
    [left, "count"],
    [rowStep, "rowStep"],
    [colStep, "colStep"],
    [plane, "plane"],
  ] as const)
    assembler.mov(register, frame.at(name));
}

function end(frame: { leave(): void }, both: TwoSided): void {
  both.vectors.leave();
  frame.leave();
  both.table();
}

function forTiles(assembler: Assembler, body: () => void): void {
  const again = new Label();
  assembler.bind(again);
  body();
  assembler.addConstant(tiles, tileBytes);
  assembler.addConstant(left, -1);
  assembler.jumpIf("ne", again);
}

/** All vectors of a place: two sides in each. */
function forSides<More extends string>(
  assembler: Assembler,
  frame: CommonFrame<More>,
  body: () => void,
): void {
  const again = new Label();
  assembler.mov(sides, frame.at("sides"));
  assembler.bind(again);
  body();
  assembler.addConstant(place, vectorBytes);
  assembler.addConstant(sides, -2);
  assembler.jumpIf("g", again);
}

/** Where a tile is in S, and how much of S it has. */
function readTile(assembler: Assembler): void {
  assembler.mov32(place, past(tiles, 4));
  assembler.mov32(rows, past(tiles, 8));
  assembler.mov32(columns, past(tiles, 12));
}

/** line := bytes from plane to plane n further on. */
function setLine(
  assembler: Assembler,
  frame: { at(name: "line"): ReturnType<typeof past> },
  n: number,
): void {
  assembler.multiply(rax, plane, n);
  assembler.store(frame.at("line"), rax);
}

/** Entry (k, l) to plane k + n l. */
function planeWriter(
  assembler: Assembler,
  frame: { at(name: "line"): ReturnType<typeof past> },
  { vectors }: TwoSided,
  out: Register,
): (k: number, l: number, compute: () => Register) => void {
  return (k, l, compute) => {
    if (l === 0) {
      assembler.mov(rcx, out);
      for (let plus = 0; plus < k; plus++) assembler.add(rcx, plane);
    } else assembler.add(rcx, frame.at("line"));
    vectors.store(past(rcx), compute());
  };
}

/** What is done where a tile has row k and column l of S. */
function whereThere(assembler: Assembler, k: number, l: number, work: () => void): void {
  const not = new Label();
  assembler.cmpConstant(rows, k);
  assembler.jumpIf("le", not);
  assembler.cmpConstant(columns, l);
  assembler.jumpIf("le", not);
  work();
  assembler.bind(not);
}

/** Column j of dS, from rcx on; zeros where the tile has none. */
function readSome(assembler: Assembler, { vectors, inputs }: TwoSided, j: number): void {
  assembler.mov(rax, rcx);
  inputs.forEach((input, i) => {
    vectors.clear(input);
    whereThere(assembler, i, j, () => vectors.load(input, past(rax)));
    assembler.add(rax, rowStep);
  });
  assembler.add(rcx, colStep);
}

/** Entry (k, l) with bias, and not below the limit, to its place in S. */
function outputWriter(
  assembler: Assembler,
  { vectors, spare: [low, zero] }: TwoSided,
  bias: Register,
): (k: number, l: number, compute: () => Register) => void {
  return (k, l, compute) => {
    if (l === 0) {
      assembler.mov(rcx, place);
      for (let plus = 0; plus < k; plus++) assembler.add(rcx, rowStep);
    } else assembler.add(rcx, colStep);
    whereThere(assembler, k, l, () => {
      vectors.add(0, compute(), past(bias));
      vectors.max(0, low!, 0);
      vectors.add(0, 0, zero!);
      vectors.store(past(rcx), 0);
    });
  };
}

/** What an output is at least, and what makes a −0 a 0 where that is 0: −∞ and −0, or 0 and 0. */
function setLimits(
  assembler: Assembler,
  frame: { at(name: "finish"): ReturnType<typeof past> },
  { vectors, spare }: TwoSided,
  type: LaneType,
  limits: Label,
): void {
  const any = new Label();
  const bytes = numberBytes(type);
  assembler.addressOf(rax, limits);
  assembler.mov(rcx, frame.at("finish"));
  assembler.andConstant(rcx, finishing.relu);
  assembler.jumpIf("e", any);
  assembler.addConstant(rax, 2 * bytes);
  assembler.bind(any);
  for (const [k, register] of spare.entries()) vectors.broadcast(register, past(rax, k * bytes));
}
