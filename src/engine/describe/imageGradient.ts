/** vec(∂ξ/∂Z)ᵀ = vec(Wᵀ dS)ᵀ P_φ P_pad (X18), in the way that suits the shape. */

import { paddedSize, phiRows } from "../../shape.js";
import { clearTask } from "../kernels/copy.js";
import { placesAtOnce, scatterTask } from "../kernels/scatterTask.js";
import type { Task } from "../kernels/task.js";
import { deciding } from "../kernels/tile.js";
import type { WinogradName } from "../kernels/winogradForm.js";
import type { Operand, Workspace } from "../plan/workspace.js";
import { columnPanels, turnedPanels } from "./filters.js";
import { unfoldImages, unitStride } from "./fold.js";
import { betweenFrames, framed, inputStarts } from "./image.js";
import { productTasks } from "./product.js";
import type { ConvSizes } from "./sizes.js";
import { startsOf } from "./starts.js";
import { winogradProduct } from "./winograd.js";
import { turned } from "./winogradFilters.js";
import { turnedLayer } from "./winogradPlan.js";

/** ∂ξ/∂Z in the engine's memory: d × a·b·l. */
export function imageGradient(
  work: Workspace,
  sizes: ConvSizes,
  W: Operand,
  dS: number,
  form?: WinogradName,
): number {
  if (form !== undefined) return byWinograd(work, sizes, W, dS, form);
  const { s, h, pad, d } = sizes.part;
  const dense = s === 1 && pad < h && 2 * d * work.bytes > deciding(work.style).rowBytes;
  return dense ? asLayer(work, sizes, W, dS) : byScatter(work, sizes, W, dS);
}

/** Stride 1: a layer itself, with the filters turned by 180° and Wᵀ, over dS in a frame of h − 1 − pad. */
function asLayer(work: Workspace, sizes: ConvSizes, W: Operand, dS: number): number {
  const { part, shape, dOut, groups, batch } = sizes;
  const { a, b, d, h } = part;
  const each = dOut / groups;
  const pad = h - 1 - part.pad;
  const [aPad, bPad] = [paddedSize(part.aOut, pad), paddedSize(part.bOut, pad)];
  const frame = { d: each, a: part.aOut, b: part.bOut, pad, groups, batch };
  const filters = turnedPanels(work, sizes, W);
  const images = framed(work, dS, frame);
  work.run([...filters.tasks, ...images.tasks]);
  const pixel = each * work.bytes;
  const grid = { rows: a, cols: b, images: batch, rowStep: pixel, colStep: aPad * pixel };
  const starts = startsOf(work, { ...grid, imageStep: aPad * bPad * pixel });
  const dZ = work.room(shape.d * a * b * batch * work.bytes);
  const products = Array.from({ length: groups }, (_, g) =>
    productTasks(work, {
      starts,
      places: a * b * batch,
      z: images.address + g * images.groupStep,
      w: filters.address + g * filters.groupStep,
      panelStep: filters.panelStep,
      rows: d,
      runs: h,
      length: h * each,
      runStep: aPad * pixel,
      y: dZ + g * d * work.bytes,
      ldy: shape.d * work.bytes,
    }),
  );
  work.run(products.flat());
  return dZ;
}

/** The same by one of Winograd's forms. */
function byWinograd(work: Workspace, sizes: ConvSizes, W: Operand, dS: number, form: WinogradName): number {
  const unit = unitStride(sizes);
  const { d } = unit.shape;
  const bias = work.room(d * work.bytes);
  work.run([clearTask({ to: bias, bytes: d * work.bytes })]);
  const filters = turned(work, sizes, W);
  const dZ = winogradProduct(work, turnedLayer(form, unit), filters, dS, { bias, relu: false });
  return unfoldImages(work, sizes, dZ);
}

/** Any stride: Wᵀ dS a few places at a time, each at once added where φ read (P_φᵀ). */
function byScatter(work: Workspace, sizes: ConvSizes, W: Operand, dS: number): number {
  const { part, shape, dOut, groups, batch } = sizes;
  const filters = columnPanels(work, sizes, W);
  const imageBytes = part.d * part.aPad * part.bPad * work.bytes;
  const padded = work.room(groups * batch * imageBytes);
  const ldS = dOut * work.bytes;
  const { rows } = work.style;
  const ramp = startsOf(work, { rows, cols: 1, images: 1, rowStep: ldS, colStep: 0, imageStep: 0 });
  const starts = inputStarts(work, sizes);
  work.run([...filters.tasks, clearTask({ to: padded, bytes: groups * batch * imageBytes })]);
  for (const half of [0, 1]) work.run(scatter(half));
  const dZ = work.room(shape.d * part.a * part.b * batch * work.bytes);
  work.run(betweenFrames(work, "unframe", { bare: dZ, framed: padded }, { ...part, groups, batch }));
  return dZ;

  /** Bands of columns of places, every other one: those of one half do not touch the same pixels. */
  function scatter(half: number): Task[] {
    const tasks: Task[] = [];
    const band = Math.max(Math.ceil(part.h / part.s), Math.ceil(part.bOut / 8));
    for (let g = 0; g < groups; g++) {
      for (let l = 0; l < batch; l++) {
        for (let q = half * band; q < part.bOut; q += 2 * band) {
          tasks.push(oneBand(g, l, q, Math.min(band, part.bOut - q)));
        }
      }
    }
    return tasks;
  }

  function oneBand(g: number, l: number, q: number, columns: number): Task {
    const [place, panels] = [part.aOut * (q + part.bOut * l), work.panels(phiRows(part))];
    return scatterTask({
      ...{ starts: starts + 4 * place, places: part.aOut * columns, chunk: placesAtOnce(work.style, panels) },
      ...{ ramp, ds: dS + place * ldS + (g * dOut * work.bytes) / groups, ldS, dOut: dOut / groups },
      ...{ w: filters.address + g * filters.groupStep, panels },
      dz: padded + g * batch * imageBytes,
      ...{ runs: part.h, length: part.h * part.d, jump: part.aPad * part.d * work.bytes },
    });
  }
}
