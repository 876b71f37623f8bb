/** The layer by Winograd's F(m × m, r × r), stride 1: S, and ∂ξ/∂Z (the layer with turned filters). */

import type { Task } from "../kernels/task.js";
import { finishing } from "../kernels/tiles.js";
import { outputTasks } from "../kernels/winograd.js";
import { winogradProductTasks } from "../kernels/winogradProducts.js";
import type { Workspace } from "../plan/workspace.js";
import { productTasks } from "./product.js";
import { numbered, pieces } from "./sizes.js";
import { startsOf } from "./starts.js";
import { type TransformedFilters, transformedFilters, type WinogradFilters } from "./winogradFilters.js";
import {
  type Planes,
  planes,
  type Stretch,
  sidesOf,
  tilesPerTask,
  type WinogradLayer,
  type WinogradPlan,
  winogradPlan,
} from "./winogradPlan.js";

/** The address of S, or of what stands in its place. `bias`: as many numbers as there are channels out, padded. */
// Over 40 lines: one layer's order of work: what is made once, then block by block.
export function winogradProduct(
  work: Workspace,
  layer: WinogradLayer,
  filters: WinogradFilters,
  image: number,
  finish: { readonly bias: number; readonly relu: boolean },
): number {
  const plan = winogradPlan(work, layer, image);
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

  function outputs(g: number, channels: Stretch, { from, count }: Stretch): Task[] {
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
  readonly plan: WinogradPlan;
  readonly M: Planes;
  readonly ramp: number;
}

/** The tasks for a group, some of its output channels, and so many tiles. */
type ProductTasks = (g: number, channels: Stretch, count: number) => Task[];

/** Products whose tasks pack and transform a panel of filters first; a stretch of tiles after the other. */
function freshProducts(
  { work, layer, plan: { V }, M, ramp }: Products,
  filters: WinogradFilters,
): ProductTasks {
  const W = filters.source();
  return (g, channels, count) => {
    const first = W + g * filters.groupStep + (channels.from / work.width) * filters.panelStep;
    const ldM = channels.count * work.bytes;
    const share = shareOf(work, count, work.panels(channels.count));
    return [...pieces(count, share)].flatMap((some) =>
      [...numbered(channels.count, work.width)].map(({ k, from, count: width }) =>
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

/** Tiles whose products take much longer than to make the filters anew for them. */
const manyTiles = 40;

/**
 * How many of `count` tiles one task takes, whole rows of the product's: each thread its own, those that it transforms
 * itself, where they are many; else all of them, but where panels are few for the threads.
 */
function shareOf({ threads, style: { rows } }: Workspace, count: number, panels: number): number {
  if (threads === 1) return count;
  const parts = count >= manyTiles * threads ? threads : Math.ceil(threads / panels);
  return Math.max(4, Math.ceil(count / parts / rows)) * rows;
}

/** The starts of tiles in a plane. */
function rampOf(work: Workspace, tileStep: number, tiles: number): number {
  const grid = { rows: tiles, cols: 1, images: 1, rowStep: tileStep, colStep: 0, imageStep: 0 };
  return startsOf(work, grid);
}
