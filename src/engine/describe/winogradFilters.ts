/** The filters of Winograd's products: where they lie, as they are for S, turned for ∂ξ/∂Z; kept, where W is frozen. */

import type { Task } from "../kernels/task.js";
import { type WinogradName, winogradForms } from "../kernels/winogradForm.js";
import { skew, winogradFilterTasks } from "../kernels/winogradProducts.js";

import type { Operand, Workspace } from "../plan/workspace.js";
import { filterName } from "./filters.js";
import { foldFilters, unitStride } from "./fold.js";
import { type ConvSizes, numbered } from "./sizes.js";

export interface WinogradFilters {
  readonly W: Operand;
  /** The address of W, with its columns folded where the stride is not 1. */
  source(): number;
  readonly turned: boolean;
  /** Channels in and out of each group. */
  readonly d: number;
  readonly dOut: number;
  /** Bytes from column to column of W, from the begin of a group's filters to the next's, and of a panel's. */
  readonly ld: number;
  readonly groupStep: number;
  readonly panelStep: number;
  /** What they are called where they are kept. */
  readonly name: string;
}

/** W as it is: panels of its rows. */
export function asTheyAre(work: Workspace, sizes: ConvSizes, W: Operand): WinogradFilters {
  const unit = unitStride(sizes);
  const { part, groups } = unit;
  const [ld, dOut] = [sizes.dOut * work.bytes, sizes.dOut / groups];
  const steps = { ld, groupStep: ld / groups, panelStep: work.rowBytes };
  const source = (): number => foldFilters(work, sizes, work.put(W));
  return { W, source, turned: false, d: part.d, dOut, ...steps, name: filterName("as they are", unit) };
}

/** The filters turned by 180°, input channels and output channels exchanged: panels of input channels. */
export function turned(work: Workspace, sizes: ConvSizes, W: Operand): WinogradFilters {
  const unit = unitStride(sizes);
  const { part, groups } = unit;
  const [ld, d] = [sizes.dOut * work.bytes, sizes.dOut / groups];
  const steps = { ld, groupStep: ld / groups, panelStep: work.width * part.h * part.h * ld };
  const source = (): number => foldFilters(work, sizes, work.put(W));
  return { W, source, turned: true, d, dOut: part.d, ...steps, name: filterName("turned", unit) };
}

/** n² planes of panels, group after group. */
export interface TransformedFilters {
  readonly address: number;
  /** Bytes from one plane to the next, from group to group and from panel to panel. */
  readonly step: number;
  readonly groupStep: number;
  readonly panelStep: number;
  /** What has to be done before they can be read. */
  readonly tasks: readonly Task[];
}

/** Bytes from plane to plane: a little more than its own, so that equal places of planes do not share cache sets. */
export function planeStep(bytes: number): number {
  return bytes + skew;
}

/** U = G g Gᵀ of all filters, which are frozen: made once. */
export function transformedFilters(
  work: Workspace,
  filters: WinogradFilters,
  form: WinogradName,
  groups: number,
): TransformedFilters {
  const { W, d, dOut, ld } = filters;
  const n2 = winogradForms[form].n ** 2;
  const panelStep = d * work.rowBytes;
  const groupStep = work.panels(dOut) * panelStep;
  const step = planeStep(groups * groupStep);
  const { address, made } = work.form(W, `${form} ${filters.name}`, n2 * step);
  const U = { address, step, groupStep, panelStep };
  if (made) return { ...U, tasks: [] };
  const source = filters.source();
  const tasks: Task[] = [];
  for (let g = 0; g < groups; g++) {
    for (const { k, count } of numbered(dOut, work.width)) {
      const w = source + g * filters.groupStep + k * filters.panelStep;
      const to = address + g * groupStep + k * panelStep;
      const turned = filters.turned ? 1 : 0;
      tasks.push(winogradFilterTasks[form]({ w, ld, turned, length: d, width: count, to, plane: step }));
    }
  }
  return { ...U, tasks };
}
