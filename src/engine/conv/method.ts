/** Which way a layer is computed: by its sums as they stand, or by one of Winograd's forms. */

import { type WinogradName, winogradForms } from "../kernels/winogradForm.js";
import type { Workspace } from "../workspace.js";
import type { ConvSizes } from "./sizes.js";

/** What a caller allows: sums in a fixed order only, what is as accurate, or what is fastest. */
export type Accuracy = "exact" | "default" | "fast";

/** F(2 × 2, 3 × 3) is as accurate as the direct sum in float32; the forms with six products are not quite. */
const allowed: Readonly<Record<Accuracy, readonly WinogradName[]>> = {
  exact: [],
  default: ["F2x3"],
  fast: ["F2x3", "F4x3", "F2x5"],
};

/**
 * What a transform of one number, and of one product of filters, costs in multiplications of a tile; measured on
 * conv2 to conv5, mnist2, mnist3 and vgg56.
 */
const cost = { transform: 24, filter: 15 } as const;

/** The form that is expected to be fastest, or undefined where the direct sum is. `kept`: its filters are. */
export function formFor(
  work: Workspace,
  sizes: ConvSizes,
  accuracy: Accuracy,
  kept = false,
): WinogradName | undefined {
  const forms = allowed[accuracy].filter((name) => suits(work, sizes, name));
  const filter = kept ? 0 : cost.filter;
  const costs = forms.map((name) => ({
    name: name as WinogradName | undefined,
    cost: costOf(sizes, name, filter),
  }));
  costs.push({ name: undefined, cost: directCost(sizes) });
  return costs.reduce((best, other) => (other.cost < best.cost ? other : best)).name;
}

/** Whether a form can compute the layer: stride 1, its filter size, and each group's channels in eights. */
export function suits(work: Workspace, { part, dOut, groups }: ConvSizes, name: WinogradName): boolean {
  const inEights = part.d % 8 === 0 && (dOut / groups) % 8 === 0;
  const { r } = winogradForms[name];
  return work.bytes === 4 && part.s === 1 && part.h === r && part.pad < r && inEights;
}

function directCost({ part, dOut, batch }: ConvSizes): number {
  return part.h * part.h * part.d * dOut * part.aOut * part.bOut * batch;
}

function costOf({ part, dOut, groups, batch }: ConvSizes, name: WinogradName, filter: number): number {
  const { m, n } = winogradForms[name];
  const tiles = Math.ceil(part.aOut / m) * Math.ceil(part.bOut / m) * batch;
  const products = part.d * dOut * (tiles + filter);
  return n * n * (products + cost.transform * tiles * (part.d * groups + dOut));
}
