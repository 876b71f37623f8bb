/** φ(Z) and P_φᵀ v of images of many channels as tasks. */

import { type ConvShape, phiCols, phiRows } from "../../shape.js";
import { clearTask } from "../kernels/copy.js";
import { squaresTasks } from "../kernels/squares.js";
import type { Task } from "../kernels/task.js";
import type { Workspace } from "../plan/workspace.js";
import { framed, unframed } from "./image.js";
import { numbered, pieces } from "./sizes.js";
import { startsOf } from "./starts.js";

/** Numbers of φ(Z) that one task moves: some 15 µs. */
const numbersPerTask = 1 << 16;

/** φ(Z) of the image at an address: framed, then some columns of places in each task; φ(Z)'s address. */
export function phiBySquares(work: Workspace, shape: ConvShape, image: number): number {
  const columns = work.room(phiRows(shape) * phiCols(shape) * work.bytes);
  const { address, tasks } = framed(work, image, { ...shape, groups: 1, batch: 1 });
  const copy = squares(work, shape, "copy", { image: address, columns });
  work.run(tasks);
  work.run([...pieces(shape.bOut, linesPerTask(shape))].map(copy));
  return columns;
}

/**
 * P_φᵀ v of the columns at an address: every other band of columns of places, then those between them, so that threads
 * never add to the same pixel at once, and a pixel's sum has the same order for any number of threads; the image's
 * address.
 */
export function vTPBySquares(work: Workspace, shape: ConvShape, columns: number): number {
  const { h, s, d, aPad, bPad, bOut } = shape;
  const bytes = d * aPad * bPad * work.bytes;
  const image = work.room(bytes);
  const add = squares(work, shape, "add", { image, columns });
  const band = Math.max(Math.ceil(h / s), Math.ceil(bOut / 8), linesPerTask(shape));
  const bands = [...numbered(bOut, band)];
  work.run([clearTask({ to: image, bytes })]);
  for (const parity of [0, 1]) work.run(bands.filter(({ k }) => k % 2 === parity).map(add));
  return unframed(work, image, shape);
}

function linesPerTask(shape: ConvShape): number {
  return Math.ceil(numbersPerTask / (phiRows(shape) * shape.aOut));
}

/** The task for `count` columns of places from column `from` on. */
function squares(
  work: Workspace,
  { h, d, s, aPad, aOut }: ConvShape,
  way: "copy" | "add",
  { image, columns }: { readonly image: number; readonly columns: number },
): (piece: { readonly from: number; readonly count: number }) => Task {
  const pixel = d * work.bytes;
  const window = { rows: h, cols: h, images: 1, rowStep: pixel, colStep: aPad * pixel, imageStep: 0 };
  const pixels = startsOf(work, window);
  const [down, across] = [s * pixel, s * aPad * pixel];
  return ({ from, count }) =>
    squaresTasks[way]({
      ...{ image: image + from * across, d, pixels, h },
      ...{ columns: columns + from * aOut * h * h * pixel, places: aOut, down, lines: count, across },
    });
}
