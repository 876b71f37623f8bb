/** The filters as Winograd's products read them, U = G g Gᵀ: as they are for S, turned for ∂ξ/∂Z. */

import { type WinogradName, winogradForms } from "../kernels/winogradForm.js";
import type { Task } from "../machine.js";
import type { Operand, Workspace } from "../workspace.js";
import { nameOf, turnedOnce } from "./filters.js";
import { type ConvSizes, pieces } from "./sizes.js";

/** n² planes of panels, group after group. */
export interface TransformedFilters {
  readonly address: number;
  /** Bytes from one plane to the next, from group to group and from panel to panel. */
  readonly step: number;
  readonly groupStep: number;
  readonly panelStep: number;
  /** What has to be done before they can be read, one after the other. */
  readonly stages: readonly (readonly Task[])[];
}

/** Bytes from plane to plane: a little more than its own, so that equal places of planes do not share cache sets. */
export function planeStep(bytes: number): number {
  return bytes + 192;
}

/** U of W as it is: a column of W for each pixel and channel. */
export function transformedFilters(
  work: Workspace,
  sizes: ConvSizes,
  W: Operand,
  form: WinogradName,
): TransformedFilters {
  const { part, dOut, groups } = sizes;
  const ld = dOut * work.bytes;
  const steps = {
    pixel: ld,
    rowStep: part.h * part.h * ld,
    panelStep: work.rowBytes,
    groupStep: ld / groups,
  };
  const source = (): FilterSource => ({ address: work.put(W), ...steps, tasks: [] });
  return transformed(work, W, nameOf(form, sizes), { form, groups, d: part.d, dOut: dOut / groups, source });
}

/** U of the filters turned by 180°, from input channels to output channels exchanged. */
export function transformedTurnedFilters(
  work: Workspace,
  sizes: ConvSizes,
  W: Operand,
  form: WinogradName,
): TransformedFilters {
  const { part, groups } = sizes;
  const each = sizes.dOut / groups;
  const source = (): FilterSource => {
    const pixel = each * work.rowBytes;
    return { ...turnedOnce(work, sizes, W), pixel, rowStep: work.rowBytes };
  };
  return transformed(work, W, nameOf(`turned ${form}`, sizes), {
    form,
    groups,
    d: each,
    dOut: part.d,
    source,
  });
}

/** The filters before their transform: pixel (i, j) of row k, of panel p and of a group. */
interface FilterSource {
  readonly address: number;
  readonly pixel: number;
  readonly rowStep: number;
  readonly panelStep: number;
  readonly groupStep: number;
  readonly tasks: readonly Task[];
}

interface Transform {
  readonly form: WinogradName;
  readonly groups: number;
  /** Channels in and out of each group. */
  readonly d: number;
  readonly dOut: number;
  source(): FilterSource;
}

function transformed(work: Workspace, W: Operand, name: string, transform: Transform): TransformedFilters {
  const { form, groups, d, dOut } = transform;
  const n2 = winogradForms[form].n ** 2;
  const panelStep = d * work.rowBytes;
  const groupStep = work.panels(dOut) * panelStep;
  const step = planeStep(groups * groupStep);
  const { address, made } = work.form(W, name, n2 * step);
  const U = { address, step, groupStep, panelStep };
  if (made) return { ...U, stages: [] };
  const source = transform.source();
  return { ...U, stages: [source.tasks, transformTasks(work, transform, source, U)] };
}

/** Rows of a panel in one task. */
const rowsPerTask = 64;

function transformTasks(
  work: Workspace,
  { form, groups, d, dOut }: Transform,
  from: FilterSource,
  to: Omit<TransformedFilters, "stages">,
): Task[] {
  const tasks: Task[] = [];
  for (let g = 0; g < groups; g++) {
    for (let p = 0; p < work.panels(dOut); p++) {
      for (const rows of pieces(d, rowsPerTask)) {
        const source = from.address + g * from.groupStep + p * from.panelStep + rows.from * from.rowStep;
        const target = to.address + g * to.groupStep + p * to.panelStep + rows.from * work.rowBytes;
        tasks.push([`${form}FilterTask`, source, from.pixel, from.rowStep, rows.count, target, to.step]);
      }
    }
  }
  return tasks;
}
