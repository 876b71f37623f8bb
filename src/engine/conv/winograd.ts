/** The layer by Winograd's F(m × m, r × r), stride 1: S, ∂ξ/∂Z (the layer with turned filters) and ∂ξ/∂W. */

import { type WinogradForm, type WinogradName, winogradForms } from "../kernels/winogradForm.js";
import { mostChannels } from "../kernels/winogradProducts.js";
import { sideBytes } from "../kernels/winogradTransform.js";
import type { Task } from "../machine.js";
import type { Workspace } from "../workspace.js";
import { framedFor } from "./image.js";
import { productTasks } from "./product.js";
import { type ConvSizes, numbered, pieces } from "./sizes.js";
import { startsOf } from "./starts.js";
import { tilesOf } from "./tiles.js";
import {
  planeStep,
  type TransformedFilters,
  transformedFilters,
  type WinogradFilters,
} from "./winogradFilters.js";

/** Bytes of transformed tiles that are worked on at a time: they should stay in the third-level cache. */
const blockBytes = 8 * 2 ** 20;

/** Tiles in one task of a transform. */
const tilesPerTask = 12;

/** Entries of a pixel in one task of ∂ξ/∂W. */
const entriesPerTask = 48;

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
  filters: WinogradFilters,
  image: number,
  finish: { readonly bias: number; readonly relu: boolean },
): number {
  const plan = planOf(work, layer, image);
  const { n2, tiles, block, V } = plan;
  const { d, dOut, groups } = layer;
  const M = planes(work, n2, block * dOut * work.bytes);
  const ldM = dOut * work.bytes;
  const pixel = dOut * groups * work.bytes;
  const y = work.room(plan.places * pixel);
  const ramp = rampOf(work, d, block);
  const products = productsOf();
  work.run(plan.frame);
  for (let g = 0; g < groups; g++) {
    for (const some of pieces(tiles.count, block)) {
      work.run(plan.input(g, some));
      work.run(products(g, some.count));
      work.run(outputs(g, some));
    }
  }
  return y;

  function productsOf(): (g: number, count: number) => Task[] {
    if (filters.W.frozen) return keptProducts(transformedFilters(work, filters, layer.form, groups));
    const W = filters.source();
    return (g, count) =>
      [...numbered(dOut, work.width)].map(
        ({ k, from, count: width }): Task => [
          `${layer.form}ProductTask`,
          ...[W + g * filters.groupStep + k * filters.panelStep, filters.ld, filters.turned ? 1 : 0, d],
          ...[ramp, V.address, V.step, M.address + from * work.bytes, M.step, ldM, count, width],
        ],
      );
  }

  function keptProducts(U: TransformedFilters): (g: number, count: number) => Task[] {
    work.run(U.tasks);
    const common = { starts: ramp, rows: dOut, runs: 1, length: d, runStep: d * work.bytes };
    return (g, count) =>
      Array.from({ length: n2 }, (_, xi) => {
        const w = U.address + xi * U.step + g * U.groupStep;
        const [z, y] = [V.address + xi * V.step, M.address + xi * M.step];
        const product = { ...common, places: count, z, w, panelStep: U.panelStep, y, ldy: ldM };
        return productTasks(work, product, 1);
      }).flat();
  }

  function outputs(g: number, { from, count }: Piece): Task[] {
    const how = finish.relu ? 2 : 0;
    return [...pieces(count, tilesPerTask)].map(
      (some): Task => [
        `${layer.form}OutputTask`,
        ...[tiles.address + (from + some.from) * tiles.bytes, some.count],
        ...[M.address + some.from * ldM, M.step, sidesOf(work, dOut)],
        ...[y + g * ldM, pixel, plan.aOut * pixel, finish.bias + g * ldM, how],
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
  const dmPanel = block * work.rowBytes;
  const dM = planes(work, n2, work.panels(dOut) * dmPanel);
  const pixel = dOut * groups * work.bytes;
  const most = Math.min(entriesPerTask, mostChannels(work.style, form).entries);
  work.run(plan.frame);
  for (let g = 0; g < groups; g++) {
    for (const some of pieces(tiles.count, block)) {
      work.run([...plan.input(g, some), ...outputGradients(g, some)]);
      work.run(products(g, some));
    }
  }

  function outputGradients(g: number, { from, count }: Piece): Task[] {
    const group = dS + g * dOut * work.bytes;
    return [...pieces(count, tilesPerTask)].map(
      (some): Task => [
        `${layer.form}OutputGradientTask`,
        ...[tiles.address + (from + some.from) * tiles.bytes, some.count, group, pixel, plan.aOut * pixel],
        ...[sidesOf(work, dOut), dM.address + some.from * work.rowBytes, dM.step, dmPanel],
      ],
    );
  }

  function products(g: number, { from, count }: Piece): Task[] {
    const group = dW + g * dOut * work.bytes;
    const rowStep = form.r * form.r * pixel;
    const tasks: Task[] = [];
    for (const entries of pieces(d, most)) {
      for (const panel of numbered(dOut, work.width)) {
        const to = group + panel.from * work.bytes + entries.from * rowStep;
        tasks.push([
          `${layer.form}GradientTask`,
          ...[V.address + entries.from * work.bytes, d * work.bytes, V.step, entries.count],
          ...[dM.address + panel.k * dmPanel, dM.step, count],
          ...[to, pixel, rowStep, sidesOf(work, panel.count), from],
        ]);
      }
    }
    return tasks;
  }
}

/** A stretch of tiles, channels or planes. */
interface Piece {
  readonly from: number;
  readonly count: number;
}

/** How many times a transform handles channels side by side. */
function sidesOf(work: Workspace, channels: number): number {
  return (channels * work.bytes) / sideBytes;
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
  const fitting = Math.floor(blockBytes / (n2 * (d + dOut) * work.bytes));
  const block = Math.min(tiles.count, Math.max(8, Math.floor(fitting / rows)) * rows);
  const V = planes(work, n2, block * pixel);
  const input = (g: number, { from, count }: { from: number; count: number }): Task[] =>
    [...pieces(count, tilesPerTask)].map(
      (some): Task => [
        `${layer.form}InputTask`,
        ...[tiles.address + (from + some.from) * tiles.bytes, some.count],
        ...[images.address + g * images.groupStep, pixel],
        ...[aPad * pixel, sidesOf(work, d), V.address + some.from * pixel, V.step],
      ],
    );
  return { form, n2, aOut, places: aOut * bOut * batch, tiles, block, V, frame: images.tasks, input };
}
