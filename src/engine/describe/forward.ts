/** S = W φ(Z) + b 1ᵀ, eq. (1), φ(Z) never made. */

import type { WinogradName } from "../kernels/winogradForm.js";
import type { Operand, Result, Workspace } from "../plan/workspace.js";
import { addElements } from "./elements.js";
import { packedFilters } from "./filters.js";
import { foldImages, unitStride } from "./fold.js";
import { framed, inputStarts } from "./image.js";
import { productTasks } from "./product.js";
import type { ConvSizes } from "./sizes.js";
import { winogradProduct } from "./winograd.js";
import { asTheyAre } from "./winogradFilters.js";
import { layerOf } from "./winogradPlan.js";

/**
 * S, or σ(S) if asked: dOut × aOut·bOut·l; by a form of Winograd's where one is given. `addTo`: numbers that are added
 * to S first.
 */
export function forward(
  work: Workspace,
  sizes: Sizes,
  W: Operand,
  b: Operand,
  Z: Operand,
  form?: WinogradName,
  addTo?: Operand,
): { readonly S: Result } {
  const { part, dOut, batch } = sizes;
  const n = dOut * part.aOut * part.bOut * batch;
  const given = { W, bias: work.put(b), Z: work.put(Z) };
  const plain = addTo === undefined ? sizes : { ...sizes, relu: false };
  const product = form === undefined ? direct(work, plain, given) : byWinograd(work, plain, given, form);
  if (addTo === undefined) return { S: work.take(product, n) };
  const S = work.room(n * work.bytes);
  const sum = { x: product, y: work.put(addTo), to: S, alpha: 0 };
  addElements(work, "add", sum, n);
  if (sizes.relu) addElements(work, "relu", { ...sum, x: S, y: S }, n);
  return { S: work.take(S, n) };
}

/** What a layer is given: W, and the addresses of the rest. */
interface Given {
  readonly W: Operand;
  readonly bias: number;
  readonly Z: number;
}

type Sizes = ConvSizes & { readonly relu: boolean };

function byWinograd(work: Workspace, sizes: Sizes, { W, bias, Z }: Given, form: WinogradName): number {
  const filters = asTheyAre(work, sizes, W);
  const images = foldImages(work, sizes, Z);
  return winogradProduct(work, layerOf(form, unitStride(sizes)), filters, images, { bias, relu: sizes.relu });
}

function direct(work: Workspace, sizes: Sizes, { W, bias, Z }: Given): number {
  const { part, dOut, groups, batch } = sizes;
  const each = dOut / groups;
  const places = part.aOut * part.bOut * batch;
  const filters = packedFilters(work, sizes, W);
  const images = framed(work, Z, { ...part, groups, batch });
  work.run([...filters.tasks, ...images.tasks]);
  const S = work.room(dOut * places * work.bytes);
  const starts = inputStarts(work, sizes);
  const products = Array.from({ length: groups }, (_, g) =>
    productTasks(work, {
      starts,
      places,
      z: images.address + g * images.groupStep,
      w: filters.address + g * filters.groupStep,
      panelStep: filters.panelStep,
      rows: each,
      runs: part.h,
      length: part.h * part.d,
      runStep: part.aPad * part.d * work.bytes,
      y: S + g * each * work.bytes,
      ldy: dOut * work.bytes,
      bias: bias + g * each * work.bytes,
      relu: sizes.relu,
    }),
  );
  work.run(products.flat());
  return S;
}
