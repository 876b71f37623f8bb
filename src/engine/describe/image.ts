/** The images as the tiles read them: padded, one group after the other, the instances of a group side by side. */

import { type ConvShape, paddedSize } from "../../shape.js";
import { frameTasks } from "../kernels/frame.js";
import type { Task } from "../kernels/task.js";
import type { Workspace } from "../plan/workspace.js";
import { type ConvSizes, pieces } from "./sizes.js";
import { startsOf } from "./starts.js";

/** Images of one layer in the engine's memory. */
export interface Images {
  readonly address: number;
  /** Bytes from one group's images to the next's. */
  readonly groupStep: number;
  /** What has to be done before the images can be read. */
  readonly tasks: readonly Task[];
}

/** What an image is cut from: channels of a group, sides, and the frame around it. */
export interface Frame {
  readonly d: number;
  readonly a: number;
  readonly b: number;
  readonly pad: number;
  readonly groups: number;
  readonly batch: number;
}

/** A frame that reaches as far as asked: aPad rows and bPad columns, the image `pad` from the first. */
export type WideFrame = Frame & { readonly aPad: number; readonly bPad: number };

/** The images at `from` (all channels, instances side by side) with a frame of zeros, split into groups. */
export function framed(work: Workspace, from: number, frame: Frame): Images {
  const { a, b, pad } = frame;
  return framedFor(work, from, { ...frame, aPad: paddedSize(a, pad), bPad: paddedSize(b, pad) });
}

/** The same with a frame that reaches as far as asked. */
export function framedFor(work: Workspace, from: number, frame: WideFrame): Images {
  const { d, a, b, groups, batch, aPad, bPad } = frame;
  if (a === aPad && b === bPad && groups === 1) return { address: from, groupStep: 0, tasks: [] };
  const imageStep = d * aPad * bPad * work.bytes;
  const address = work.room(groups * batch * imageStep);
  const tasks = betweenFrames(work, "frame", { bare: from, framed: address }, frame);
  return { address, groupStep: batch * imageStep, tasks };
}

/** The address of the image inside a frame; the frame itself where it has no pixels. */
export function unframed(work: Workspace, from: number, shape: ConvShape): number {
  return unframedFor(work, from, { ...shape, groups: 1, batch: 1 });
}

/** The address of the images inside their frames, without groups; the frames themselves where they have no pixels. */
export function unframedFor(work: Workspace, from: number, frame: WideFrame): number {
  const { d, a, b, batch, aPad, bPad } = frame;
  if (a === aPad && b === bPad) return from;
  const bare = work.room(d * a * b * batch * work.bytes);
  work.run(betweenFrames(work, "unframe", { bare, framed: from }, frame));
  return bare;
}

/** About how many bytes one task moves. */
const bytesPerTask = 2 ** 16;

/** The tasks that put images into their frames, or take them out: several small images each, or columns of one. */
export function betweenFrames(
  work: Workspace,
  way: "frame" | "unframe",
  at: { readonly bare: number; readonly framed: number },
  { d, a, b, pad, groups, batch, aPad, bPad }: WideFrame,
): Task[] {
  const pixel = d * work.bytes;
  const imageStep = pixel * aPad * bPad;
  const columns = Math.ceil(bytesPerTask / (pixel * aPad));
  const tasks: Task[] = [];
  for (let g = 0; g < groups; g++) {
    for (const { from: l, count } of pieces(batch, Math.ceil(bytesPerTask / imageStep))) {
      const bare = at.bare + (l * groups * a * b + g) * pixel;
      const framed = at.framed + (g * batch + l) * imageStep;
      for (const { from: q, count: some } of pieces(b, count > 1 ? b : columns)) {
        const before = q === 0 ? pad : 0;
        const behind = q + some === b ? bPad - b - pad : 0;
        tasks.push(
          frameTasks[way]({
            bare: bare + q * a * groups * pixel,
            framed: framed + (q + pad - before) * aPad * pixel,
            ...{ bytes: pixel, groups, a, b: some, count },
            ...{ above: pad, below: aPad - a - pad, before, behind },
          }),
        );
      }
    }
  }
  return tasks;
}

/** Where the sub-images of a layer start in its framed images. */
export function inputStarts(work: Workspace, { part, batch }: Pick<ConvSizes, "part" | "batch">): number {
  return startsOf(work, inputGrid(work, part, batch));
}

function inputGrid(work: Workspace, part: ConvShape, images: number) {
  const pixel = part.d * work.bytes;
  return {
    rows: part.aOut,
    cols: part.bOut,
    images,
    rowStep: part.s * pixel,
    colStep: part.s * part.aPad * pixel,
    imageStep: part.aPad * part.bPad * pixel,
  };
}
