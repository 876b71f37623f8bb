/**
 * A layer of stride s as one of stride 1: the s × s pixels of a square become the channels of one pixel (c fastest,
 * then i, then j), and a filter of h × h pixels one of h' × h', h' = ceil(h/s), with zeros where s h' reaches beyond h.
 * The sums are the same, so that Winograd's forms serve strides too. For layers without groups.
 */

import { type ConvShape, convShape, phiRows } from "../../shape.js";
import { clearTask } from "../kernels/copy.js";
import { runsTasks } from "../kernels/runs.js";
import type { Task } from "../kernels/task.js";
import type { Workspace } from "../plan/workspace.js";
import { framedFor, unframedFor } from "./image.js";
import { type ConvSizes, pieces } from "./sizes.js";

/** The sizes of the layer of stride 1; those given where the stride is 1 already, or there are groups. */
export function unitStride(sizes: ConvSizes): ConvSizes {
  const { s, h, d, aOut, bOut } = sizes.shape;
  if (s === 1 || sizes.groups > 1) return sizes;
  const side = Math.ceil(h / s);
  const shape = convShape({ a: aOut + side - 1, b: bOut + side - 1, d: d * s * s, h: side });
  return { ...sizes, shape, part: shape };
}

/** The images at Z, folded: the address. */
export function foldImages(work: Workspace, sizes: ConvSizes, Z: number): number {
  const { shape, batch } = sizes;
  if (shape.s === 1) return Z;
  const frame = frameOf(sizes);
  const images = framedFor(work, Z, frame);
  const runs = imageRuns(work, sizes, frame);
  const folded = work.room(runs.count * runs.bytes * batch);
  work.run(images.tasks);
  work.run(eachImage("gather", runs, { listed: images.address, step: runs.step, folded, batch }));
  return folded;
}

/** Folded images unfolded, without their frame; what no window sees is 0, up to rounding. The address. */
export function unfoldImages(work: Workspace, sizes: ConvSizes, folded: number): number {
  const { shape, batch } = sizes;
  if (shape.s === 1) return folded;
  const frame = frameOf(sizes);
  const runs = imageRuns(work, sizes, frame);
  const bytes = runs.step * batch;
  const listed = work.room(bytes);
  work.run([clearTask({ to: listed, bytes })]);
  work.run(eachImage("scatter", runs, { listed, step: runs.step, folded, batch }));
  return unframedFor(work, listed, frame);
}

/** The columns of W in the order of the folded filters: the address. */
export function foldFilters(work: Workspace, sizes: ConvSizes, W: number): number {
  if (sizes.shape.s === 1) return W;
  const { list, count, bytes } = filterRuns(work, sizes);
  const folded = work.room(count * bytes);
  work.run([runsTasks.gather({ list, count, listed: W, together: folded, bytes })]);
  return folded;
}

/** The gradient by folded filters as that by W: the address. */
export function unfoldFilters(work: Workspace, sizes: ConvSizes, folded: number): number {
  const { shape, dOut } = sizes;
  if (shape.s === 1) return folded;
  const { list, count, bytes } = filterRuns(work, sizes);
  const dW = work.room(dOut * phiRows(shape) * work.bytes);
  work.run([runsTasks.scatter({ list, count, listed: dW, together: folded, bytes })]);
  return dW;
}

/** A frame that holds whole squares, and all of the padded image. */
function frameOf({ shape, batch }: ConvSizes) {
  const { a, b, d, h, s, pad, aPad, bPad, aOut, bOut } = shape;
  const reach = (places: number) => s * (places + Math.ceil(h / s) - 1);
  const sides = { aPad: Math.max(aPad, reach(aOut)), bPad: Math.max(bPad, reach(bOut)) };
  return { d, a, b, pad, groups: 1, batch, ...sides };
}

interface Runs {
  readonly list: number;
  readonly count: number;
  readonly bytes: number;
}

/** For each pixel (p, q) of a folded image and each j of its square: where its s pixels lie in the framed image. */
function imageRuns(
  work: Workspace,
  { shape }: ConvSizes,
  { aPad, bPad }: { readonly aPad: number; readonly bPad: number },
): Runs & { readonly step: number } {
  const { s, d, h, aOut, bOut } = shape;
  const [rows, columns] = [aOut, bOut].map((places) => places + Math.ceil(h / s) - 1) as [number, number];
  const pixel = d * work.bytes;
  const count = rows * columns * s;
  const list = work.list(`fold ${keyOf(shape)} ${aPad} ${work.bytes}`, count, (offsets) => {
    let at = 0;
    for (let q = 0; q < columns; q++) {
      for (let p = 0; p < rows; p++) {
        for (let j = 0; j < s; j++) offsets[at++] = pixel * s * p + pixel * aPad * (s * q + j);
      }
    }
  });
  return { list, count, bytes: s * pixel, step: aPad * bPad * pixel };
}

/** For each column of the folded filters: where it lies in W, or −1 where the square reaches beyond the filter. */
function filterRuns(work: Workspace, { shape, dOut }: ConvSizes): Runs {
  const { h, s, d } = shape;
  const side = Math.ceil(h / s);
  const bytes = dOut * work.bytes;
  const count = side * side * s * s * d;
  const list = work.list(`fold filters ${h} ${s} ${d} ${bytes}`, count, (offsets) => {
    let at = 0;
    for (let channel = 0; channel < s * s * d; channel++) {
      const [c, i0, j0] = [channel % d, Math.floor(channel / d) % s, Math.floor(channel / (d * s))];
      for (let j = j0; j < s * side; j += s) {
        for (let i = i0; i < s * side; i += s) {
          offsets[at++] = i < h && j < h ? bytes * (i + h * (j + h * c)) : -1;
        }
      }
    }
  });
  return { list, count, bytes };
}

function keyOf({ s, d, h, aOut, bOut }: ConvShape): string {
  return `${s} ${d} ${h} ${aOut} ${bOut}`;
}

/** Bytes that one task moves. */
const bytesPerTask = 2 ** 17;

function eachImage(
  way: "gather" | "scatter",
  { list, count, bytes }: Runs,
  images: { listed: number; step: number; folded: number; batch: number },
): Task[] {
  const tasks: Task[] = [];
  for (let l = 0; l < images.batch; l++) {
    for (const some of pieces(count, Math.ceil(bytesPerTask / bytes))) {
      const listed = images.listed + l * images.step;
      const together = images.folded + (l * count + some.from) * bytes;
      tasks.push(runsTasks[way]({ list: list + 4 * some.from, count: some.count, listed, together, bytes }));
    }
  }
  return tasks;
}
