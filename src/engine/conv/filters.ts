/** The filters as the tiles read them, in panels. */

import type { Task } from "../machine.js";
import type { Workspace } from "../workspace.js";
import { type ConvSizes, numbered } from "./sizes.js";

/** A packed operand: groups, and panels in each, at constant steps. */
export interface Panels {
  readonly address: number;
  readonly groupStep: number;
  readonly panelStep: number;
  readonly tasks: readonly Task[];
}

/** Room for W in panels of output channels, row k = (c fastest, then i, then j). */
export function filterPanels(work: Workspace, { part, dOut, groups }: ConvSizes): Omit<Panels, "tasks"> {
  const panelStep = part.h * part.h * part.d * work.rowBytes;
  const groupStep = work.panels(dOut / groups) * panelStep;
  return { address: work.room(groups * groupStep), groupStep, panelStep };
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
      const at = matrix + (g * each + from) * work.bytes;
      const panel = panels.address + g * panels.groupStep + k * panels.panelStep;
      tasks.push([`${way}FiltersTask`, at, panel, dOut * work.bytes, count, part.h, part.d]);
    }
  }
  return tasks;
}

/** Wᵀ with the filters turned by 180°, in panels of input channels, row (j, i, o), o fastest. */
export function turnedPanels(work: Workspace, { part, dOut, groups }: ConvSizes, W: number): Panels {
  const each = dOut / groups;
  const square = part.h * part.h;
  const panelStep = square * each * work.rowBytes;
  const groupStep = work.panels(part.d) * panelStep;
  const address = work.room(groups * groupStep);
  const ld = dOut * work.bytes;
  const tasks: Task[] = [];
  for (let g = 0; g < groups; g++) {
    for (const { k, from, count } of numbered(part.d, work.width)) {
      const corner = W + g * each * work.bytes + from * square * ld;
      tasks.push([
        "packTurnedTask",
        corner,
        address + g * groupStep + k * panelStep,
        ld,
        count,
        part.h,
        each,
      ]);
    }
  }
  return { address, groupStep, panelStep, tasks };
}

/** Wᵀ in panels of its rows (c fastest, then i, then j), row o. */
export function columnPanels(work: Workspace, { part, dOut, groups }: ConvSizes, W: number): Panels {
  const each = dOut / groups;
  const panelStep = each * work.rowBytes;
  const groupStep = work.panels(part.h * part.h * part.d) * panelStep;
  const address = work.room(groups * groupStep);
  const tasks = Array.from({ length: groups }, (_, g): Task => {
    const from = W + g * each * work.bytes;
    return ["packColumnsTask", from, address + g * groupStep, dOut * work.bytes, part.h, part.d, each];
  });
  return { address, groupStep, panelStep, tasks };
}
