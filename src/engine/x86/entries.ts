/**
 * ∂ξ/∂W = dS φ(Z)ᵀ in machine code: what kernels/entriesTile.ts is in WebAssembly, of all panels in one call. Numbers are
 * read where they are, at places of a list or at even steps: beside two products for each, an address costs nothing.
 */

import { type EntriesField, entriesFields, type ListedField, listedFields } from "../kernels/tiles.js";
import type { Assembler } from "./assembler.js";
import { StackFrame } from "./frame.js";
import { gpr, Label, past } from "./operands.js";
import { cut, panelRowBytes, rowsInTiles, Tile, until } from "./tile.js";
import { type LaneType, numberBytes, Vectors } from "./vectors.js";

const { rax, rcx, r8, r9, r10, r11, r12, r13, r14, r15 } = gpr;

/** z of the tile, the next number or the next of the list, the panel of dS and the end of an inner loop, dW. */
const [z, next, ds, end, dw, panelsLeft, dsPanel, dwPanel] = [r8, r9, r10, r11, r12, r13, r14, r15];

/** Beside the record: bytes of a panel of dS that the unrolled loop and the other one take. */
const progress = ["main", "rest"] as const;

type EntriesFrame = StackFrame<EntriesField | ListedField | (typeof progress)[number]>;

/** The function (memory, record) for numbers that lie evenly. */
export function entriesCode(assembler: Assembler, precision: LaneType): void {
  const frame: EntriesFrame = new StackFrame(assembler, [...entriesFields, ...progress]);
  frame.enter();
  frame.readRecord(entriesFields, ["z", "ds", "dw"]);
  overEntries(assembler, frame, precision, {
    begin: () => assembler.mov(next, z),
    step: (tile, u, bytes) => {
      tile.step(past(ds, u * panelRowBytes), (r) => past(next, r * bytes));
      assembler.add(next, frame.at("zStep"));
    },
    steps: () => undefined,
  });
}

/** The function (memory, record) for numbers at the places of a list. */
export function listedCode(assembler: Assembler, precision: LaneType): void {
  const frame: EntriesFrame = new StackFrame(assembler, [...listedFields, ...progress]);
  frame.enter();
  frame.readRecord(listedFields, ["starts", "z", "ds", "dw"]);
  overEntries(assembler, frame, precision, {
    begin: () => assembler.mov(next, frame.at("starts")),
    step: (tile, u, bytes) => {
      assembler.mov32(rax, past(next, 4 * u));
      tile.step(past(ds, u * panelRowBytes), (r) => ({ base: z, index: rax, scale: 1, offset: r * bytes }));
    },
    steps: (count) => assembler.addConstant(next, 4 * count),
  });
}

/** How the numbers of the places are found: before the first, at step u of some, and after so many. */
interface Walk {
  begin(): void;
  step(tile: Tile, u: number, bytes: number): void;
  steps(count: number): void;
}

function overEntries(assembler: Assembler, frame: EntriesFrame, precision: LaneType, walk: Walk): void {
  splitPlaces(assembler, frame);
  assembler.mov(z, frame.at("z"));
  assembler.mov(dsPanel, frame.at("dsPanel"));
  assembler.mov(dwPanel, frame.at("dwPanel"));
  const tile = (rows: number, again: Label): void =>
    entriesTile(assembler, frame, precision, rows, walk, again);
  rowsInTiles(assembler, frame.at("length"), tile, () => {
    new Vectors(assembler, precision).leave();
    frame.leave();
  });
}

function splitPlaces(assembler: Assembler, frame: EntriesFrame): void {
  assembler.mov(rax, frame.at("places"));
  assembler.mov(rcx, rax);
  assembler.andConstant(rcx, cut.unroll - 1);
  assembler.sub(rax, rcx);
  assembler.multiply(rax, rax, panelRowBytes);
  assembler.multiply(rcx, rcx, panelRowBytes);
  assembler.store(frame.at("main"), rax);
  assembler.store(frame.at("rest"), rcx);
}

/** Some neighbouring entries, in one panel after the other. */
// Over 40 lines: the body of one kernel, in the order in which it runs; cut up, its labels would be handed around.
function entriesTile(
  assembler: Assembler,
  frame: EntriesFrame,
  precision: LaneType,
  rows: number,
  walk: Walk,
  again: Label,
): void {
  const tile = new Tile(assembler, precision, rows);
  const bytes = numberBytes(precision);
  const [panel, add, summed] = [new Label(), new Label(), new Label()];
  assembler.mov(panelsLeft, frame.at("panels"));
  assembler.mov(ds, frame.at("ds"));
  assembler.mov(dw, frame.at("dw"));
  assembler.bind(panel);
  assembler.cmpConstant(frame.at("fresh"), 0);
  assembler.jumpIf("e", add);
  tile.clear();
  assembler.jump(summed);
  assembler.bind(add);
  tile.load(dw);
  assembler.bind(summed);
  walk.begin();
  assembler.mov(rcx, ds);
  for (const [steps, length] of [
    [cut.unroll, "main"],
    [1, "rest"],
  ] as const) {
    assembler.mov(end, ds);
    assembler.add(end, frame.at(length));
    until(assembler, ds, end, () => {
      for (let u = 0; u < steps; u++) walk.step(tile, u, bytes);
      walk.steps(steps);
      assembler.addConstant(ds, steps * panelRowBytes);
    });
  }
  tile.store(dw);
  assembler.mov(ds, rcx);
  assembler.add(ds, dsPanel);
  assembler.add(dw, dwPanel);
  assembler.addConstant(panelsLeft, -1);
  assembler.jumpIf("ne", panel);
  assembler.addConstant(z, rows * bytes);
  assembler.addConstant(frame.at("dw"), rows * panelRowBytes);
  assembler.addConstant(frame.at("length"), -rows);
  assembler.jump(again);
}
