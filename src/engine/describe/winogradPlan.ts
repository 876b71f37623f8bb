/** What each product of a Winograd layer begins with: its tiles, their blocks, and the transformed image. */

import { outputSize, paddedSize } from "../../shape.js";
import type { Task } from "../kernels/task.js";
import { deciding } from "../kernels/tile.js";
import { inputTasks } from "../kernels/winograd.js";
import { type WinogradForm, type WinogradName, winogradForms } from "../kernels/winogradForm.js";
import { sideBytes } from "../kernels/winogradTransform.js";
import type { Workspace } from "../plan/workspace.js";
import { framedFor } from "./image.js";
import { type ConvSizes, pieces } from "./sizes.js";
import { tilesOf } from "./tiles.js";
import { planeStep } from "./winogradFilters.js";

/**
 * Bytes of a transformed image, and of a transformed output, that are worked on at a time: they should stay in the
 * third-level cache, and the filters are transformed anew for each block of the image.
 */
const most = { image: 8 * 2 ** 20, output: 4 * 2 ** 20 } as const;

/** Bytes between tiles in a plane, so that their equal channels do not share cache sets. */
const gap = 64;

/** Tiles in one task of a transform. */
export const tilesPerTask = 12;

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

/** A stretch of tiles, channels or planes. */
export interface Stretch {
  readonly from: number;
  readonly count: number;
}

/** How many times a transform handles channels side by side. */
export function sidesOf(work: Workspace, channels: number): number {
  return (channels * work.bytes) / sideBytes;
}

/** As many planes as a tile has products. */
export interface Planes {
  readonly address: number;
  /** Bytes from one plane to the next. */
  readonly step: number;
}

/** Room for planes of so many bytes. */
export function planes(work: Workspace, count: number, bytes: number): Planes {
  const step = planeStep(bytes);
  return { address: work.room(count * step), step };
}

/** The sizes of a layer's blocks, and where the transformed image lies. */
export interface WinogradPlan {
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
export function winogradPlan(work: Workspace, layer: WinogradLayer, image: number): WinogradPlan {
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
  const { rows } = deciding(work.style);
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
interface Inputs extends Pick<WinogradPlan, "tiles" | "V" | "tileStep"> {
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
  { from, count }: Stretch,
): Task[] {
  return [...pieces(count, tilesPerTask)].map((some) =>
    inputTasks[form]({
      ...{ tiles: tiles.address + (from + some.from) * tiles.bytes, count: some.count },
      ...{ z: images.address + g * images.groupStep, rowStep: d * work.bytes, colStep },
      ...{ sides: sidesOf(work, d), to: V.address + some.from * tileStep, plane: V.step, gap },
    }),
  );
}
