/** S = W φ(Z) + b 1ᵀ in machine code: what kernels/placesTile.ts is in WebAssembly, of all panels in one call. */

import { finishing, type PlacesField, placesFields } from "../kernels/tiles.js";
import type { Assembler } from "./assembler.js";
import { StackFrame } from "./frame.js";
import { gpr, Label, past, type Register } from "./operands.js";
import { cut, panelLanes, panelRowBytes, rowsInTiles, Tile, until } from "./tile.js";
import { type LaneType, lanesOf, numberBytes, Vectors } from "./vectors.js";

const { rax, rcx, rdx, rbx, rbp, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15 } = gpr;

/** Where the numbers of each row of a tile are read; r15 is in the panel. */
const numbers: readonly Register[] = [rax, rcx, rdx, rbx, rbp, rsi, rdi, r8, r9, r10, r11, r12, r13, r14];

/** Beside the record: where the next tile is, and bytes of the panel to where the inner loops end. */
const progress = ["start", "left", "row", "runsLeft", "main", "rest", "end"] as const;

type PlacesFrame = StackFrame<PlacesField | (typeof progress)[number]>;

/** The function (memory, record): `places` output places in all panels that hold `width` channels. */
export function placesCode(assembler: Assembler, precision: LaneType): void {
  const frame: PlacesFrame = new StackFrame(assembler, [...placesFields, ...progress]);
  const [panel, done, narrow] = [new Label(), new Label(), new Label()];
  const across = (vectors: number) => (rows: number, again: Label) =>
    placesTile(assembler, frame, precision, new Tile(assembler, precision, rows, vectors), again);
  frame.enter();
  frame.readRecord(placesFields, ["starts", "z", "w", "y", "bias"]);
  splitLength(assembler, frame);
  assembler.bind(panel);
  setMasks(assembler, frame, precision);
  frame.copy("start", "starts");
  frame.copy("left", "places");
  frame.copy("row", "y");
  assembler.cmpConstant(frame.at("width"), lanesOf(precision));
  assembler.jumpIf("le", narrow);
  rowsInTiles(assembler, frame.at("left"), across(cut.vectors), () => {
    assembler.bind(done);
    frame.addTo("w", "panelStep");
    assembler.addConstant(frame.at("bias"), panelRowBytes);
    assembler.addConstant(frame.at("y"), panelRowBytes);
    assembler.addConstant(frame.at("width"), -panelLanes(precision));
    assembler.jumpIf("g", panel);
    new Vectors(assembler, precision).leave();
    frame.leave();
  });
  // the last panel, where one vector holds its channels: half the products
  assembler.align(64);
  assembler.bind(narrow);
  rowsInTiles(assembler, frame.at("left"), across(1), () => assembler.jump(done));
}

/** main and rest := the bytes of a run's rows in the panel that the unrolled loop and the other one take. */
function splitLength(assembler: Assembler, frame: PlacesFrame): void {
  assembler.mov(rax, frame.at("length"));
  assembler.mov(rcx, rax);
  assembler.andConstant(rcx, cut.unroll - 1);
  assembler.sub(rax, rcx);
  for (const [count, name] of [
    [rax, "main"],
    [rcx, "rest"],
  ] as const) {
    assembler.multiply(count, count, panelRowBytes);
    assembler.store(frame.at(name), count);
  }
}

/** Masks 1 and 2 := the lanes of the panel's two vectors that hold channels. */
function setMasks(assembler: Assembler, frame: PlacesFrame, precision: LaneType): void {
  const whole = new Label();
  assembler.constant(rax, -1);
  assembler.mov(rcx, frame.at("width"));
  assembler.cmpConstant(rcx, panelLanes(precision));
  assembler.jumpIf("ge", whole);
  assembler.shiftLeftByCl(rax);
  assembler.not(rax);
  assembler.bind(whole);
  const vectors = new Vectors(assembler, precision);
  vectors.mask(1, rax);
  assembler.shiftRight(rax, lanesOf(precision));
  vectors.mask(2, rax);
}

function placesTile(
  assembler: Assembler,
  frame: PlacesFrame,
  precision: LaneType,
  tile: Tile,
  again: Label,
): void {
  const { rows } = tile;
  const used = numbers.slice(0, rows);
  assembler.mov(r15, frame.at("start"));
  used.forEach((number, r) => {
    assembler.mov32(number, past(r15, 4 * r));
    assembler.add(number, frame.at("z"));
  });
  tile.clear();
  sumRuns(assembler, frame, tile, used, numberBytes(precision));
  whenSet(assembler, frame, finishing.bias, () => {
    assembler.mov(rax, frame.at("bias"));
    tile.addRow(rax);
  });
  whenSet(assembler, frame, finishing.relu, () => tile.clip());
  storeTile(assembler, frame, tile, panelLanes(precision));
  assembler.addConstant(frame.at("start"), 4 * rows);
  assembler.addConstant(frame.at("left"), -rows);
  assembler.jump(again);
}

/** The sums of all runs: r15 goes through the panel, each row's number through the image. */
function sumRuns(
  assembler: Assembler,
  frame: PlacesFrame,
  tile: Tile,
  used: readonly Register[],
  bytes: number,
): void {
  const run = new Label();
  const loop = (steps: number, length: "main" | "rest"): void => {
    assembler.add(r15, frame.at(length));
    assembler.store(frame.at("end"), r15);
    assembler.sub(r15, frame.at(length));
    until(assembler, r15, frame.at("end"), () => {
      for (let u = 0; u < steps; u++)
        tile.step(past(r15, u * panelRowBytes), (r) => past(used[r], u * bytes));
      for (const number of used) assembler.addConstant(number, steps * bytes);
      assembler.addConstant(r15, steps * panelRowBytes);
    });
  };
  assembler.mov(r15, frame.at("runs"));
  assembler.store(frame.at("runsLeft"), r15);
  assembler.mov(r15, frame.at("w"));
  assembler.bind(run);
  loop(cut.unroll, "main");
  loop(1, "rest");
  for (const number of used) assembler.add(number, frame.at("jump"));
  assembler.addConstant(frame.at("runsLeft"), -1);
  assembler.jumpIf("ne", run);
}

/** What is done to the sums where the record's `finish` has this bit. */
function whenSet(assembler: Assembler, frame: PlacesFrame, bit: number, work: () => void): void {
  const not = new Label();
  assembler.mov(rax, frame.at("finish"));
  assembler.andConstant(rax, bit);
  assembler.jumpIf("e", not);
  work();
  assembler.bind(not);
}

/** Stores the tile and moves on: by masks at the edge, where the panel holds fewer channels than a row has room for. */
function storeTile(assembler: Assembler, frame: PlacesFrame, tile: Tile, width: number): void {
  const [edge, stored] = [new Label(), new Label()];
  assembler.mov(rax, frame.at("row"));
  assembler.mov(rcx, frame.at("ldy"));
  assembler.cmpConstant(frame.at("width"), width);
  assembler.jumpIf("l", edge);
  tile.storeApart(rax, rcx, false);
  assembler.jump(stored);
  assembler.bind(edge);
  tile.storeApart(rax, rcx, true);
  assembler.bind(stored);
  assembler.store(frame.at("row"), rax);
}
