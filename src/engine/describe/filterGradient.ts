/** ∂ξ/∂W = dS φ(Z)ᵀ (X16) and ∂ξ/∂b = dS 1 (X17), φ(Z) never made. */

import { phiRows } from "../../shape.js";
import { addTask, copyTask, packPlacesTask, sumPlacesTask } from "../kernels/copy.js";
import { entriesTask } from "../kernels/entriesTask.js";
import type { Task } from "../kernels/task.js";
import type { WinogradName } from "../kernels/winogradForm.js";
import type { Workspace } from "../plan/workspace.js";
import { filterPanels, filterTasks } from "./filters.js";
import { foldImages, unfoldFilters, unitStride } from "./fold.js";
import { framed, type Images, inputStarts } from "./image.js";
import { type ConvSizes, numbered, pieces } from "./sizes.js";
import { winogradFilterGradient } from "./winogradGradient.js";
import { layerOf } from "./winogradPlan.js";

/** Places that one pass of a tile sums over: what is gathered for them stays in the first-level cache. */
const chunk = 384;

/** Entries of a run in one task: enough to read dS from the second-level cache many times. */
const entriesPerTask = 48;

/** What makes a layer's sum over places be cut: fewer tasks than this, and more places than that. */
const cut = { tasks: 12, places: 1024 } as const;

/** The address of ∂ξ/∂W, and what makes ∂ξ/∂b beside it; from Z and dS in the engine's memory. */
export function filterGradient(
  work: Workspace,
  sizes: ConvSizes,
  Z: number,
  dS: number,
  form?: WinogradName,
): { readonly W: number; b(): number } {
  if (form !== undefined) {
    return { W: byWinograd(work, sizes, Z, dS, form), b: () => placeSums(work, sizes, dS) };
  }
  const { part, dOut, groups, batch } = sizes;
  const images = framed(work, Z, { ...part, groups, batch });
  const outputs = outputPanels(work, sizes, dS);
  work.run([...images.tasks, ...outputs.tasks]);
  const gradient = filterPanels(work, sizes);
  sumOverPlaces(work, sizes, images, outputs, gradient);
  const dW = work.room(dOut * phiRows(part) * work.bytes);
  work.run(filterTasks(work, sizes, "unpack", dW, gradient));
  return { W: dW, b };

  function b(): number {
    const sums = work.room(dOut * work.bytes);
    work.run(outputs.sumTasks(sums));
    return sums;
  }
}

/** The address of ∂ξ/∂b = dS 1: each channel's sum over places, one after the other. */
export function placeSums(work: Workspace, { part, dOut, batch }: ConvSizes, dS: number): number {
  const b = work.room(work.panels(dOut) * work.rowBytes);
  const places = part.aOut * part.bOut * batch;
  const sums = [...pieces(dOut, work.width)].map(({ from }) => {
    const channel = from * work.bytes;
    return sumPlacesTask({ matrix: dS + channel, ld: dOut * work.bytes, places, sum: b + channel });
  });
  work.run(sums);
  return b;
}

function byWinograd(work: Workspace, sizes: ConvSizes, Z: number, dS: number, form: WinogradName): number {
  const unit = unitStride(sizes);
  const folded = work.room(sizes.dOut * phiRows(unit.part) * work.bytes);
  winogradFilterGradient(work, layerOf(form, unit), foldImages(work, sizes, Z), dS, folded);
  return unfoldFilters(work, sizes, folded);
}

/** dS in panels of output channels, one row for each place, and each channel's sum. */
interface Outputs {
  readonly address: number;
  readonly groupStep: number;
  readonly panelStep: number;
  readonly tasks: readonly Task[];
  /** The tasks that write dS 1 to an address, once `tasks` are done. */
  sumTasks(b: number): Task[];
}

function outputPanels(work: Workspace, { part, dOut, groups, batch }: ConvSizes, dS: number): Outputs {
  const each = dOut / groups;
  const places = part.aOut * part.bOut * batch;
  const panelStep = places * work.rowBytes;
  const groupStep = work.panels(each) * panelStep;
  const address = work.room(groups * groupStep);
  const padded = work.panels(each) * work.rowBytes;
  const sums = work.room(groups * padded);
  const tasks: Task[] = [];
  for (let g = 0; g < groups; g++) {
    for (const { k, from, count } of numbered(each, work.width)) {
      const matrix = dS + (g * each + from) * work.bytes;
      const panel = address + g * groupStep + k * panelStep;
      const sum = sums + g * padded + k * work.rowBytes;
      tasks.push(packPlacesTask({ matrix, panel, ld: dOut * work.bytes, width: count, places, sum }));
    }
  }
  return { address, groupStep, panelStep, tasks, sumTasks };

  function sumTasks(b: number): Task[] {
    const bytes = each * work.bytes;
    return Array.from({ length: groups }, (_, g) =>
      copyTask({ from: sums + g * padded, to: b + g * bytes, bytes }),
    );
  }
}

/**
 * The packed gradient := dS φ(Z)ᵀ. Where there are few entries and many places, the sum is cut into slices that are
 * added afterwards, so that threads have work; the cut depends on the sizes alone, and with it every bit.
 */
// Over 40 lines: one cut of a sum into slices, and the tasks of a slice.
function sumOverPlaces(
  work: Workspace,
  sizes: ConvSizes,
  images: Images,
  outputs: Outputs,
  gradient: { readonly address: number; readonly groupStep: number; readonly panelStep: number },
): void {
  const { part, dOut, groups } = sizes;
  const length = part.h * part.d;
  const starts = inputStarts(work, sizes);
  const { rows } = work.style;
  const most = Math.ceil(length / Math.ceil(length / entriesPerTask) / rows) * rows;
  const { places, slice } = sliceOf(sizes, groups * part.h * Math.ceil(length / entriesPerTask));
  const bytes = groups * gradient.groupStep;
  const slices = [...pieces(places, slice)].map((piece, k) => ({
    ...piece,
    to: k === 0 ? gradient.address : work.room(bytes),
  }));
  work.run(slices.flatMap(tasksOf));
  for (const { to } of slices.slice(1)) work.run(addTasks(work, to, gradient.address, bytes));

  function tasksOf({ from, count, to }: { from: number; count: number; to: number }): Task[] {
    const tasks: Task[] = [];
    for (let g = 0; g < groups; g++) {
      for (let j = 0; j < part.h; j++) {
        for (const entries of pieces(length, most)) {
          const first = j * part.aPad * part.d + entries.from;
          const run = j * length + entries.from;
          tasks.push(
            entriesTask({
              ...{ starts: starts + 4 * from, places: count, chunk },
              z: images.address + g * images.groupStep + first * work.bytes,
              length: entries.count,
              ds: outputs.address + g * outputs.groupStep + from * work.rowBytes,
              dsPanel: outputs.panelStep,
              dw: to + g * gradient.groupStep + run * work.rowBytes,
              dwPanel: gradient.panelStep,
              ...{ panels: work.panels(dOut / groups), add: 0 },
            }),
          );
        }
      }
    }
    return tasks;
  }
}

/** How many output places there are, and how many of them are summed at a time, for as many tasks as one slice has. */
function sliceOf({ part, batch }: ConvSizes, tasksOfOne: number): { places: number; slice: number } {
  const places = part.aOut * part.bOut * batch;
  const wanted = Math.min(Math.ceil(cut.tasks / tasksOfOne), Math.floor(places / cut.places));
  return { places, slice: Math.ceil(places / Math.max(1, wanted)) };
}

/** to := to + from, `bytes` of each. */
function addTasks(work: Workspace, from: number, to: number, bytes: number): Task[] {
  return [...pieces(bytes / work.bytes, 1 << 15)].map((piece) => {
    const skip = piece.from * work.bytes;
    return addTask({ from: from + skip, to: to + skip, count: piece.count });
  });
}
