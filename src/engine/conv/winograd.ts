/** The layer by Winograd's F(m × m, r × r), stride 1: S, ∂ξ/∂Z (the layer with turned filters) and ∂ξ/∂W. */

import { type WinogradForm, type WinogradName, winogradForms } from "../kernels/winogradForm.js";
import type { Task } from "../machine.js";
import type { Workspace } from "../workspace.js";
import { framedFor } from "./image.js";
import { productTasks } from "./product.js";
import { type ConvSizes, numbered, pieces } from "./sizes.js";
import { startsOf } from "./starts.js";
import { tilesOf } from "./tiles.js";
import { planeStep, type TransformedFilters } from "./winogradFilters.js";

/**
 * Bytes of transformed tiles that are worked on at a time: half of what the filters take, which are read anew for each
 * block, within bounds. Beside 8 MiB for all: vgg56 forward 1.08 times as fast, conv3 with 16 instances the same.
 */
function blockBytes(filterBytes: number): number {
  return Math.min(Math.max(filterBytes / 2, 2 ** 20), 8 * 2 ** 20);
}

/** Tiles in one task of a transform. */
const tilesPerTask = 24;

/** An image, its output and the frame between them. */
export interface WinogradLayer {
  readonly form: WinogradName;
  readonly groups: number;
  /** Channels in and out of each group. */
  readonly d: number;
  readonly dOut: number;
  readonly a: number;
  readonly b: number;
  readonly pad: number;
  readonly batch: number;
}

/** The forward layer of some sizes. */
export function layerOf(form: WinogradName, { part, dOut, groups, batch }: ConvSizes): WinogradLayer {
  return { form, groups, d: part.d, dOut: dOut / groups, a: part.a, b: part.b, pad: part.pad, batch };
}

/** ∂ξ/∂Z as a layer: dS is its image, and its filters are turned. */
export function turnedLayer(form: WinogradName, { part, dOut, groups, batch }: ConvSizes): WinogradLayer {
  const { aOut: a, bOut: b, h } = part;
  return { form, groups, d: dOut / groups, dOut: part.d, a, b, pad: h - 1 - part.pad, batch };
}

/** The address of S, or of what stands in its place. `bias`: as many numbers as there are channels out, padded. */
export function winogradProduct(
  work: Workspace,
  layer: WinogradLayer,
  filters: TransformedFilters,
  image: number,
  finish: { readonly bias: number; readonly relu: boolean },
): number {
  const plan = planOf(work, layer, image);
  const { n2, tiles, block, V } = plan;
  const { d, dOut, groups } = layer;
  const M = planes(work, n2, block * dOut * work.bytes);
  const rowStep = dOut * groups * work.bytes;
  const y = work.room(plan.places * rowStep);
  const ldM = dOut * work.bytes;
  const ramp = rampOf(work, d, block);
  for (const stage of filters.stages) work.run(stage);
  work.run(plan.frame);
  for (let g = 0; g < groups; g++) {
    for (const some of pieces(tiles.count, block)) {
      work.run(plan.input(g, some));
      work.run(products(g, some.count));
      work.run(outputs(g, some));
    }
  }
  return y;

  function products(g: number, count: number): Task[] {
    const common = { starts: ramp, places: count, rows: dOut, runs: 1, length: d, runStep: d * work.bytes };
    return Array.from({ length: n2 }, (_, xi) => {
      const w = filters.address + xi * filters.step + g * filters.groupStep;
      const [z, y] = [V.address + xi * V.step, M.address + xi * M.step];
      return productTasks(work, { ...common, z, w, panelStep: filters.panelStep, y, ldy: ldM }, 1);
    }).flat();
  }

  function outputs(g: number, { from, count }: { from: number; count: number }): Task[] {
    const colStep = plan.aOut * rowStep;
    const how = finish.relu ? 2 : 0;
    const group = g * ldM;
    return [...pieces(count, tilesPerTask)].map(
      (some): Task => [
        `${layer.form}OutputTask`,
        ...[tiles.address + (from + some.from) * tiles.bytes, some.count],
        ...[M.address + some.from * ldM, M.step, dOut / 8, y + group, rowStep, colStep],
        ...[finish.bias + group, how],
      ],
    );
  }
}

/** ∂ξ/∂W = Gᵀ(dM Vᵀ)G, at `dW`, from the image and dS. */
export function winogradFilterGradient(
  work: Workspace,
  layer: WinogradLayer,
  image: number,
  dS: number,
  dW: number,
): void {
  const plan = planOf(work, layer, image);
  const { form, n2, tiles, block, V } = plan;
  const { d, dOut, groups } = layer;
  const panels = work.panels(dOut);
  const dmPanel = block * work.rowBytes;
  const dM = planes(work, n2, panels * dmPanel);
  const duPanel = d * work.rowBytes;
  const dU = planes(work, n2, panels * duPanel);
  const ramp = rampOf(work, d, block);
  work.run(plan.frame);
  for (let g = 0; g < groups; g++) {
    for (const some of pieces(tiles.count, block)) {
      work.run([...plan.input(g, some), ...outputGradients(g, some)]);
      work.run(products(some));
    }
    work.run(filterGradients(g));
  }

  function outputGradients(g: number, { from, count }: { from: number; count: number }): Task[] {
    const rowStep = dOut * groups * work.bytes;
    const group = dS + g * dOut * work.bytes;
    return [...pieces(count, tilesPerTask)].map(
      (some): Task => [
        `${layer.form}OutputGradientTask`,
        ...[tiles.address + (from + some.from) * tiles.bytes, some.count, group, rowStep],
        ...[plan.aOut * rowStep, dOut / 8, dM.address + some.from * work.rowBytes, dM.step, dmPanel],
      ],
    );
  }

  function products({ from, count }: { from: number; count: number }): Task[] {
    const tasks: Task[] = [];
    for (let xi = 0; xi < n2; xi++) {
      for (const entries of pieces(d, 48)) {
        tasks.push([
          "entriesTask",
          ...[ramp, count, 384, V.address + xi * V.step + entries.from * work.bytes, entries.count],
          ...[dM.address + xi * dM.step, dmPanel],
          ...[dU.address + xi * dU.step + entries.from * work.rowBytes, duPanel, panels, from],
        ]);
      }
    }
    return tasks;
  }

  function filterGradients(g: number): Task[] {
    const pixel = dOut * groups * work.bytes;
    const group = dW + g * dOut * work.bytes;
    const rowStep = form.r * form.r * pixel;
    const tasks: Task[] = [];
    for (const { k, from, count: width } of numbered(dOut, work.width)) {
      for (const rows of pieces(d, 64)) {
        const source = dU.address + k * duPanel + rows.from * work.rowBytes;
        const to = group + from * work.bytes + rows.from * rowStep;
        tasks.push([
          `${layer.form}FilterGradientTask`,
          ...[source, dU.step, rows.count, to, pixel, rowStep, width / 8],
        ]);
      }
    }
    return tasks;
  }
}

interface Planes {
  readonly address: number;
  /** Bytes from one plane to the next. */
  readonly step: number;
}

function planes(work: Workspace, count: number, bytes: number): Planes {
  const step = planeStep(bytes);
  return { address: work.room(count * step), step };
}

/** The starts of tiles in a plane: one row of d numbers for each. */
function rampOf(work: Workspace, d: number, tiles: number): number {
  const grid = { rows: tiles, cols: 1, images: 1, rowStep: d * work.bytes, colStep: 0, imageStep: 0 };
  return startsOf(work, grid);
}

interface Plan {
  readonly form: WinogradForm;
  /** Products for each tile, n². */
  readonly n2: number;
  readonly aOut: number;
  readonly places: number;
  readonly tiles: { readonly address: number; readonly count: number; readonly bytes: number };
  /** Tiles in a block. */
  readonly block: number;
  readonly V: Planes;
  readonly frame: readonly Task[];
  input(g: number, some: { from: number; count: number }): Task[];
}

/** Tiles, frame and transformed input: what all three products of a layer begin with. */
function planOf(work: Workspace, layer: WinogradLayer, image: number): Plan {
  const form = winogradForms[layer.form];
  const { m, r, n } = form;
  const { d, dOut, groups, a, b, pad, batch } = layer;
  const [aOut, bOut] = [a + 2 * pad - r + 1, b + 2 * pad - r + 1];
  const [down, across] = [Math.ceil(aOut / m), Math.ceil(bOut / m)];
  const [aPad, bPad] = [down * m + r - 1, across * m + r - 1];
  const images = framedFor(work, image, { d, a, b, pad, groups, batch, aPad, bPad });
  const pixel = d * work.bytes;
  const tiles = tilesOf(work, {
    ...{ m, aOut, bOut, batch },
    ...{ zPixel: pixel, zColumn: aPad * pixel, yPixel: dOut * groups * work.bytes },
  });
  const n2 = n * n;
  const { rows } = work.style;
  const fitting = Math.floor(blockBytes(n2 * d * dOut * work.bytes) / (n2 * (d + dOut) * work.bytes));
  const block = Math.min(tiles.count, Math.max(8, Math.floor(fitting / rows)) * rows);
  const V = planes(work, n2, block * pixel);
  const input = (g: number, { from, count }: { from: number; count: number }): Task[] =>
    [...pieces(count, tilesPerTask)].map(
      (some): Task => [
        `${layer.form}InputTask`,
        ...[tiles.address + (from + some.from) * tiles.bytes, some.count],
        ...[images.address + g * images.groupStep, pixel],
        ...[aPad * pixel, d / 8, V.address + some.from * pixel, V.step],
      ],
    );
  return { form, n2, aOut, places: aOut * bOut * batch, tiles, block, V, frame: images.tasks, input };
}
