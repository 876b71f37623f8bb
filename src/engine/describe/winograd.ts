/** The layer by Winograd's F(m × m, r × r), stride 1: S, ∂ξ/∂Z (the layer with turned filters) and ∂ξ/∂W. */

import { outputSize, paddedSize } from "../../shape.js";
import { finishing } from "../kernels/placesTile.js";
import type { Task } from "../kernels/task.js";
import { inputTasks, outputGradientTasks, outputTasks } from "../kernels/winograd.js";
import { type WinogradForm, type WinogradName, winogradForms } from "../kernels/winogradForm.js";
import { gradientTasks, mostChannels, winogradProductTasks } from "../kernels/winogradProducts.js";
import { sideBytes } from "../kernels/winogradTransform.js";
import type { Workspace } from "../plan/workspace.js";
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

/**
 * Bytes of a transformed image, and of a transformed output, that are worked on at a time: they should stay in the
 * third-level cache, and the filters are transformed anew for each block of the image.
 */
const most = { image: 8 * 2 ** 20, output: 4 * 2 ** 20 } as const;

/** Bytes between tiles in a plane, so that their equal channels do not share cache sets. */
const gap = 64;

/** Tiles in one task of a transform. */
const tilesPerTask = 12;

/** Entries of a pixel in one task of ∂ξ/∂W. */
const mostEntries = 48;

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
// Over 40 lines: one layer's order of work: what is made once, then block by block.
export function winogradProduct(
  work: Workspace,
  layer: WinogradLayer,
  filters: WinogradFilters,
  image: number,
  finish: { readonly bias: number; readonly relu: boolean },
): number {
  const plan = planOf(work, layer, image);
  const { n2, tiles, block, chunk } = plan;
  const { dOut, groups } = layer;
  const M = planes(work, n2, block * chunk * work.bytes);
  const pixel = dOut * groups * work.bytes;
  const y = work.room(plan.places * pixel);
  const ramp = rampOf(work, plan.tileStep, block);
  const context: Products = { work, layer, plan, M, ramp };
  const products = filters.W.frozen ? keptProducts(context, filters) : freshProducts(context, filters);
  work.run(plan.frame);
  for (let g = 0; g < groups; g++) {
    for (const some of pieces(tiles.count, block)) {
      work.run(plan.input(g, some));
      for (const channels of pieces(dOut, chunk)) {
        work.run(products(g, channels, some.count));
        work.run(outputs(g, channels, some));
      }
    }
  }
  return y;

  function outputs(g: number, channels: Piece, { from, count }: Piece): Task[] {
    const ldM = channels.count * work.bytes;
    const first = (g * dOut + channels.from) * work.bytes;
    return [...pieces(count, tilesPerTask)].map((some) =>
      outputTasks[layer.form]({
        ...{ tiles: tiles.address + (from + some.from) * tiles.bytes, count: some.count },
        ...{ from: M.address + some.from * ldM, plane: M.step, sides: sidesOf(work, channels.count) },
        ...{ y: y + first, rowStep: pixel, colStep: plan.aOut * pixel },
        ...{ bias: finish.bias + first, finish: finish.relu ? finishing.relu : 0 },
      }),
    );
  }
}

/** What the products of a block of tiles are made from: the transformed image in `plan`, and where they go, M. */
interface Products {
  readonly work: Workspace;
  readonly layer: WinogradLayer;
  readonly plan: Plan;
  readonly M: Planes;
  readonly ramp: number;
}

/** The tasks for a group, some of its output channels, and so many tiles. */
type ProductTasks = (g: number, channels: Piece, count: number) => Task[];

/** Products whose tasks pack and transform a panel of filters first. */
function freshProducts(
  { work, layer, plan: { V }, M, ramp }: Products,
  filters: WinogradFilters,
): ProductTasks {
  const W = filters.source();
  return (g, channels, count) => {
    const first = W + g * filters.groupStep + (channels.from / work.width) * filters.panelStep;
    const ldM = channels.count * work.bytes;
    const share = shareOf(work, count, work.panels(channels.count));
    return [...numbered(channels.count, work.width)].flatMap(({ k, from, count: width }) =>
      [...pieces(count, share)].map((some) =>
        winogradProductTasks[layer.form]({
          ...{ w: first + k * filters.panelStep, ld: filters.ld },
          ...{ turned: filters.turned ? 1 : 0, length: layer.d },
          ...{ ramp: ramp + 4 * some.from, z: V.address, zPlane: V.step },
          ...{ y: M.address + some.from * ldM + from * work.bytes, yPlane: M.step, ldy: ldM },
          ...{ places: some.count, width },
        }),
      ),
    );
  };
}

/** Products with filters that are frozen, and kept transformed. */
function keptProducts({ work, layer, plan, M, ramp }: Products, filters: WinogradFilters): ProductTasks {
  const { V, n2 } = plan;
  const U: TransformedFilters = transformedFilters(work, filters, layer.form, layer.groups);
  work.run(U.tasks);
  const common = { starts: ramp, runs: 1, length: layer.d, runStep: 0, panelStep: U.panelStep };
  return (g, channels, places) => {
    const first = U.address + g * U.groupStep + (channels.from / work.width) * U.panelStep;
    const ldy = channels.count * work.bytes;
    return Array.from({ length: n2 }, (_, xi) => {
      const [z, w, y] = [V.address + xi * V.step, first + xi * U.step, M.address + xi * M.step];
      return productTasks(work, { ...common, places, rows: channels.count, z, w, y, ldy }, 1);
    }).flat();
  };
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
  const { n2, tiles, block, chunk } = plan;
  const { dOut, groups } = layer;
  const dmPanel = block * work.rowBytes;
  const dM = planes(work, n2, work.panels(chunk) * dmPanel);
  const pixel = dOut * groups * work.bytes;
  work.run(plan.frame);
  for (let g = 0; g < groups; g++) {
    for (const some of pieces(tiles.count, block)) {
      for (const channels of pieces(dOut, chunk)) {
        const input = channels.from === 0 ? plan.input(g, some) : [];
        work.run([...input, ...outputGradients(g, channels, some)]);
        const to = dW + (g * dOut + channels.from) * work.bytes;
        work.run(gradientProducts(work, layer, { plan, dM, dmPanel, pixel }, channels, { ...some, to }));
      }
    }
  }

  function outputGradients(g: number, channels: Piece, { from, count }: Piece): Task[] {
    const ds = dS + (g * dOut + channels.from) * work.bytes;
    return [...pieces(count, tilesPerTask)].map((some) =>
      outputGradientTasks[layer.form]({
        ...{ tiles: tiles.address + (from + some.from) * tiles.bytes, count: some.count },
        ...{ ds, rowStep: pixel, colStep: plan.aOut * pixel, sides: sidesOf(work, channels.count) },
        ...{ to: dM.address + some.from * work.rowBytes, plane: dM.step, panel: dmPanel },
      }),
    );
  }
}

/** The sums dM Vᵀ over some tiles, for the entries of some output channels' filters, transformed back and added at `to`. */
function gradientProducts(
  work: Workspace,
  { form: name, d }: WinogradLayer,
  { plan: { form, V, tileStep }, dM, dmPanel, pixel }: Gradients,
  channels: Piece,
  { from, count, to: first }: Piece & { readonly to: number },
): Task[] {
  const rowStep = form.r * form.r * pixel;
  const entriesPerTask = Math.min(mostEntries, mostChannels(work.style, form).entries);
  return [...pieces(d, entriesPerTask)].flatMap((entries) =>
    [...numbered(channels.count, work.width)].map((panel) =>
      gradientTasks[name]({
        ...{ z: V.address + entries.from * work.bytes, zStep: tileStep, zPlane: V.step },
        ...{ length: entries.count, ds: dM.address + panel.k * dmPanel, dsPlane: dM.step, places: count },
        ...{ to: first + panel.from * work.bytes + entries.from * rowStep, pixel, rowStep },
        ...{ sides: sidesOf(work, panel.count), add: from },
      }),
    ),
  );
}

/** The transformed image and the transformed dS, whose panels are `dmPanel` bytes apart; `pixel` bytes hold a row of dW. */
interface Gradients {
  readonly plan: Plan;
  readonly dM: Planes;
  readonly dmPanel: number;
  readonly pixel: number;
}

/** As many tasks for each thread, so that none waits long for another. */
const tasksPerThread = 3;

/** How many of `count` tiles one task takes, whole rows of the product's: all of them, but where panels are few for the threads. */
function shareOf(work: Workspace, count: number, panels: number): number {
  if (work.threads === 1) return count;
  const parts = Math.ceil((tasksPerThread * work.threads) / panels);
  const { rows } = work.style;
  return Math.max(4, Math.ceil(count / parts / rows)) * rows;
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

/** The starts of tiles in a plane. */
function rampOf(work: Workspace, tileStep: number, tiles: number): number {
  const grid = { rows: tiles, cols: 1, images: 1, rowStep: tileStep, colStep: 0, imageStep: 0 };
  return startsOf(work, grid);
}

interface Plan {
  readonly form: WinogradForm;
  /** Products for each tile, n². */
  readonly n2: number;
  readonly aOut: number;
  readonly places: number;
  readonly tiles: { readonly address: number; readonly count: number; readonly bytes: number };
  /** Tiles in a block, and output channels (whole panels) in a chunk of it. */
  readonly block: number;
  readonly chunk: number;
  readonly V: Planes;
  /** Bytes from tile to tile in a plane of V. */
  readonly tileStep: number;
  readonly frame: readonly Task[];
  input(g: number, some: { from: number; count: number }): Task[];
}

/** Tiles, frame and transformed input: what all three products of a layer begin with. */
function planOf(work: Workspace, layer: WinogradLayer, image: number): Plan {
  const form = winogradForms[layer.form];
  const { m, r, n } = form;
  const { d, dOut, groups, a, b, pad, batch } = layer;
  const [aOut, bOut] = [outputSize(paddedSize(a, pad), r, 1), outputSize(paddedSize(b, pad), r, 1)];
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
  const fitting = Math.floor(most.image / (n2 * pixel * rows));
  const block = Math.min(tiles.count, Math.max(8, fitting) * rows);
  const panels = Math.max(4, Math.floor(most.output / (n2 * block * work.rowBytes)));
  const chunk = Math.min(dOut, panels * work.width);
  const tileStep = pixel + gap;
  const V = planes(work, n2, block * tileStep);
  const where = { tiles, V, tileStep, images, colStep: aPad * pixel };
  const common = { form, n2, aOut, places: aOut * bOut * batch, tiles, block, chunk, V, tileStep };
  return { ...common, frame: images.tasks, input: (g, some) => inputsOf(work, layer, where, g, some) };
}

/** Where the image is read from, and its transform goes to. */
interface Inputs extends Pick<Plan, "tiles" | "V" | "tileStep"> {
  readonly images: { readonly address: number; readonly groupStep: number };
  /** Bytes from column to column of the framed image. */
  readonly colStep: number;
}

/** The transforms of some tiles of a group's image. */
function inputsOf(
  work: Workspace,
  { form, d }: WinogradLayer,
  { tiles, V, tileStep, images, colStep }: Inputs,
  g: number,
  { from, count }: Piece,
): Task[] {
  return [...pieces(count, tilesPerTask)].map((some) =>
    inputTasks[form]({
      ...{ tiles: tiles.address + (from + some.from) * tiles.bytes, count: some.count },
      ...{ z: images.address + g * images.groupStep, rowStep: d * work.bytes, colStep },
      ...{ sides: sidesOf(work, d), to: V.address + some.from * tileStep, plane: V.step, gap },
    }),
  );
}
