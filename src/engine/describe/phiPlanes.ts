/** φ(Z) and P_φᵀ v of images of few channels as tasks: blocks of channels, and bands of columns of the image. */

import { type ConvShape, phiCols, phiRows } from "../../shape.js";
import { scratchBytes, type Task } from "../kernels/task.js";
import { windowsTasks } from "../kernels/windows.js";

import type { Workspace } from "../plan/workspace.js";
import { pieces } from "./sizes.js";

const lineBytes = 64;

/** Lines that the pixels under the windows of a block touch: half of the nearest cache, for two neighbouring lines each. */
const windowLines = 128;

/** Numbers of φ(Z) that a task is to write, and to add: some 10 and 100 µs. */
const numbersPerTask = { phi: 1 << 16, vTP: 1 << 19 } as const;

/** What a thread's own memory has room for: the last run of a plane may reach 15 bytes past it. */
const ownBytes = scratchBytes - lineBytes;

/**
 * Whether planes are the better way: a pixel's channels fill too little of a cache line, or a column of φ(Z) is so short
 * that all planes under it stay near.
 */
export function isThin(shape: ConvShape): boolean {
  return shape.d < 16 || phiRows(shape) <= 600;
}

/** φ(Z) of the image at an address, each task some columns of places for a block of channels; its address. */
export function phiByPlanes(work: Workspace, shape: ConvShape, image: number): number {
  const { a, b, d, h, s, pad, aPad, aOut, bOut } = shape;
  const columns = work.room(phiRows(shape) * phiCols(shape) * work.bytes);
  const block = channelsPerBlock(work, shape);
  const fitting = Math.floor((columnsThatFit(work, shape, block) - h) / s) + 1;
  const wanted = Math.ceil(numbersPerTask.phi / (phiRows({ h, d: block }) * aOut));
  const tasks: Task[] = [];
  for (const { from: q, count } of pieces(bOut, Math.max(1, Math.min(fitting, wanted)))) {
    const first = q * s;
    const behind = first + (count - 1) * s + h;
    const x = Math.max(first, pad);
    const width = Math.max(0, Math.min(behind, pad + b) - x);
    const plane = planeBytes(work, shape, behind - first);
    for (const { from: c, count: n } of pieces(d, block)) {
      tasks.push(
        windowsTasks.copy({
          ...{ image: image + (c + (x - pad) * a * d) * work.bytes, pixel: d * work.bytes, a, b: width },
          ...{ planes: planesOf(work, n * plane), plane, column: aPad * work.bytes, n },
          ...{ inside: ((x - first) * aPad + pad) * work.bytes, start: 0 },
          ...{ columns: columns + (q * aOut * d + c) * h * h * work.bytes, h, s, places: aOut, lines: count },
        }),
      );
    }
  }
  work.run(tasks);
  return columns;
}

/**
 * P_φᵀ v of the columns at an address, each task some columns of the image for a block of channels, with all places whose
 * windows touch them; the image's address.
 */
export function vTPByPlanes(work: Workspace, shape: ConvShape, columns: number): number {
  const { a, b, d, h, s, pad, aPad, bPad, aOut, bOut } = shape;
  const image = work.room(d * a * b * work.bytes);
  const block = channelsPerBlock(work, shape);
  const tasks: Task[] = [];
  for (const { from, count: width } of pieces(b, columnsPerBand(work, shape, block))) {
    const x = from + pad;
    const first = Math.max(0, x - h + 1);
    const q = Math.ceil(first / s);
    const lines = Math.min(bOut, Math.floor((x + width - 1) / s) + 1) - q;
    const plane = planeBytes(work, shape, Math.min(bPad, x + width + h - 1) - first);
    for (const { from: c, count: n } of pieces(d, block)) {
      tasks.push(
        windowsTasks.add({
          ...{ image: image + (c + from * a * d) * work.bytes, pixel: d * work.bytes, a, b: width },
          ...{ planes: planesOf(work, n * plane), plane, column: aPad * work.bytes, n },
          ...{ inside: ((x - first) * aPad + pad) * work.bytes, start: (q * s - first) * aPad * work.bytes },
          ...{ columns: columns + (q * aOut * d + c) * h * h * work.bytes, h, s, places: aOut },
          lines: Math.max(0, lines),
        }),
      );
    }
  }
  work.run(tasks);
  return image;
}

/** Channels of a block: equal blocks, whole squares. */
function channelsPerBlock({ style }: Workspace, { d, h }: ConvShape): number {
  const { lanes } = style.type;
  const most = Math.max(lanes, Math.floor(windowLines / h / lanes) * lanes);
  return Math.min(d, Math.ceil(d / Math.ceil(d / most) / lanes) * lanes);
}

/** Columns of an image that a task of P_φᵀ writes; the places to both sides of a band are added twice. */
function columnsPerBand(work: Workspace, shape: ConvShape, block: number): number {
  const { b, h, bPad } = shape;
  const fitting = columnsThatFit(work, shape, block);
  const few = Math.ceil((phiRows({ h, d: block }) * phiCols(shape)) / numbersPerTask.vTP);
  if (few <= 1 && fitting >= bPad) return b;
  const own = Math.min(fitting - 2 * (h - 1), Math.ceil(b / few));
  return own < 4 * h ? b : Math.ceil(b / Math.ceil(b / own));
}

/** Columns of the framed image of which a thread's memory holds a block of channels. */
function columnsThatFit({ bytes }: Workspace, { aPad }: ConvShape, block: number): number {
  return Math.floor((ownBytes / block - 2 * lineBytes) / (aPad * bytes));
}

/** Bytes of so many columns of a plane: an odd number of lines, so that planes do not share cache sets. */
function planeBytes({ bytes }: Workspace, { aPad }: ConvShape, columns: number): number {
  return (Math.ceil((columns * aPad * bytes) / lineBytes) | 1) * lineBytes;
}

/** 0, for the thread's own memory; or room that is borrowed, where that is too small. */
function planesOf(work: Workspace, bytes: number): number {
  return bytes <= ownBytes ? 0 : work.room(bytes);
}
