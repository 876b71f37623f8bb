/** Which way a layer is computed: by its sums as they stand, or by one of Winograd's forms. */

import { deciding } from "../kernels/tile.js";
import { type WinogradName, winogradForms } from "../kernels/winogradForm.js";
import { mostChannels } from "../kernels/winogradProducts.js";
import { sideBytes } from "../kernels/winogradTransform.js";
import type { Workspace } from "../plan/workspace.js";
import { unitStride } from "./fold.js";
import { type ConvSizes, multiplicationsOf } from "./sizes.js";

/** What a caller allows: sums in a fixed order only, what is as accurate, or what is fastest. */
export type Accuracy = "exact" | "default" | "fast";

/** F(2 × 2, 3 × 3) is as accurate as the direct sum (`engineAccuracy`); the forms with six products are not quite. */
const allowed: Readonly<Record<Accuracy, readonly WinogradName[]>> = {
  exact: [],
  default: ["F2x3"],
  fast: ["F2x3", "F4x3", "F2x5"],
};

/**
 * What a transform of one number, of one number of the filters in a plane, and moving one weight cost in
 * multiplications of a tile; measured on conv2 to conv5, mnist2, mnist3 and vgg56, in both precisions
 * (`npm run bench -- costs` measures them for each variant). All variants decide by the same numbers: those whose tiles
 * decide alike then give the same bits whatever the processor.
 */
export const cost = { transform: 9, filter: 3.5, weight: 5 } as const;

/** The form that is expected to be fastest, or undefined where the direct sum is. `kept`: its filters are. */
export function formFor(
  work: Workspace,
  sizes: ConvSizes,
  accuracy: Accuracy,
  kept = false,
): WinogradName | undefined {
  const unit = unitStride(sizes);
  const forms = allowed[accuracy].filter((name) => suits(work, unit, name));
  const costs = forms.map((name) => ({
    name: name as WinogradName | undefined,
    cost: costOf(unit, name, kept),
  }));
  costs.push({ name: undefined, cost: multiplicationsOf(sizes) });
  return costs.reduce((best, other) => (other.cost < best.cost ? other : best)).name;
}

/** Whether a form can compute the layer: stride 1, its filter size, each group's channels in whole sides and not too many. */
export function suits(work: Workspace, { part, dOut, groups }: ConvSizes, name: WinogradName): boolean {
  const side = sideBytes / work.bytes;
  const inSides = part.d % side === 0 && (dOut / groups) % side === 0;
  const form = winogradForms[name];
  const fit = Math.max(part.d, dOut / groups) <= mostChannels(deciding(work.style), form).product;
  return part.s === 1 && part.h === form.r && part.pad < form.r && inSides && fit;
}

function costOf({ part, dOut, groups, batch }: ConvSizes, name: WinogradName, kept: boolean): number {
  const { m, n, r } = winogradForms[name];
  const tiles = Math.ceil(part.aOut / m) * Math.ceil(part.bOut / m) * batch;
  const numbers = n * n * (part.d * dOut * tiles + cost.transform * tiles * (part.d * groups + dOut));
  return numbers + (kept ? 0 : part.d * dOut * (n * n * cost.filter + r * r * cost.weight));
}
