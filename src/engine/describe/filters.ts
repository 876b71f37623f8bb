/** The filters as the tiles read them, in panels. */

import { phiRows } from "../../shape.js";
import { filtersTasks } from "../kernels/copy.js";
import type { Task } from "../kernels/task.js";
import { packColumnsTask, packTurnedTask } from "../kernels/transpose.js";
import type { Operand, Workspace } from "../plan/workspace.js";
import { type ConvSizes, numbered } from "./sizes.js";

/** A packed operand: groups, and panels in each, at constant steps. */
export interface Panels {
  readonly address: number;
  readonly groupStep: number;
  readonly panelStep: number;
  readonly tasks: readonly Task[];
}

/** W in panels of output channels, row k = (c fastest, then i, then j). */
export function packedFilters(work: Workspace, sizes: ConvSizes, W: Operand): Panels {
  const steps = filterSteps(work, sizes);
  const { address, made } = work.form(W, filterName("packed", sizes), sizes.groups * steps.groupStep);
  const tasks = made ? [] : filterTasks(work, sizes, "pack", work.put(W), { address, ...steps });
  return { address, ...steps, tasks };
}

/** Room for a gradient in the same panels. */
export function filterPanels(work: Workspace, sizes: ConvSizes): Omit<Panels, "tasks"> {
  const steps = filterSteps(work, sizes);
  return { address: work.room(sizes.groups * steps.groupStep), ...steps };
}

function filterSteps(work: Workspace, { part, dOut, groups }: ConvSizes) {
  const panelStep = phiRows(part) * work.rowBytes;
  return { panelStep, groupStep: work.panels(dOut / groups) * panelStep };
}

/** The name of a form of W: how its numbers are read, and what is made of them. */
export function filterName(what: string, { part, dOut, groups }: ConvSizes): string {
  return `${what} ${part.h} ${part.d} ${dOut} ${groups}`;
}

/** The tasks that pack W into its panels, or unpack them into a matrix. */
export function filterTasks(
  work: Workspace,
  sizes: ConvSizes,
  way: "pack" | "unpack",
  matrix: number,
  panels: Omit<Panels, "tasks">,
): Task[] {
  const { part, dOut, groups } = sizes;
  const each = dOut / groups;
  const tasks: Task[] = [];
  for (let g = 0; g < groups; g++) {
    for (const { k, from, count } of numbered(each, work.width)) {
      const rows = matrix + (g * each + from) * work.bytes;
      const panel = panels.address + g * panels.groupStep + k * panels.panelStep;
      const ld = dOut * work.bytes;
      tasks.push(filtersTasks[way]({ matrix: rows, panel, ld, width: count, h: part.h, d: part.d }));
    }
  }
  return tasks;
}

/** Wᵀ with the filters turned by 180°, in panels of input channels, row (j, i, o), o fastest. */
export function turnedPanels(work: Workspace, sizes: ConvSizes, W: Operand): Panels {
  const steps = turnedSteps(work, sizes);
  const { address, made } = work.form(W, filterName("turned", sizes), sizes.groups * steps.groupStep);
  const tasks = made ? [] : turnTasks(work, sizes, work.put(W), { address, ...steps });
  return { address, ...steps, tasks };
}

function turnedSteps(work: Workspace, { part, dOut, groups }: ConvSizes) {
  const panelStep = phiRows({ h: part.h, d: dOut / groups }) * work.rowBytes;
  return { panelStep, groupStep: work.panels(part.d) * panelStep };
}

function turnTasks(
  work: Workspace,
  { part, dOut, groups }: ConvSizes,
  W: number,
  { address, groupStep, panelStep }: Omit<Panels, "tasks">,
): Task[] {
  const each = dOut / groups;
  const square = part.h * part.h;
  const ld = dOut * work.bytes;
  const tasks: Task[] = [];
  for (let g = 0; g < groups; g++) {
    for (const { k, from, count } of numbered(part.d, work.width)) {
      const corner = W + g * each * work.bytes + from * square * ld;
      const panel = address + g * groupStep + k * panelStep;
      tasks.push(packTurnedTask({ corner, panel, ld, width: count, h: part.h, dOut: each }));
    }
  }
  return tasks;
}

/** Wᵀ in panels of its rows (c fastest, then i, then j), row o. */
export function columnPanels(work: Workspace, sizes: ConvSizes, W: Operand): Panels {
  const { part, dOut, groups } = sizes;
  const each = dOut / groups;
  const panelStep = each * work.rowBytes;
  const groupStep = work.panels(phiRows(part)) * panelStep;
  const { address, made } = work.form(W, filterName("columns", sizes), groups * groupStep);
  if (made) return { address, groupStep, panelStep, tasks: [] };
  const first = work.put(W);
  const tasks = Array.from({ length: groups }, (_, g) => {
    const [matrix, panels] = [first + g * each * work.bytes, address + g * groupStep];
    return packColumnsTask({ matrix, panels, ld: dOut * work.bytes, h: part.h, d: part.d, dOut: each });
  });
  return { address, groupStep, panelStep, tasks };
}
