/** S = W φ(Z) + b 1ᵀ, eq. (1), φ(Z) never made. */

import type { Numbers } from "../../numeric/storage.js";
import type { Workspace } from "../workspace.js";
import { filterPanels, filterTasks } from "./filters.js";
import { framed, inputStarts } from "./image.js";
import { productTasks } from "./product.js";
import type { ConvSizes } from "./sizes.js";

/** S, or σ(S) if asked: dOut × aOut·bOut·l. */
export function forward(
  work: Workspace,
  sizes: ConvSizes & { readonly relu: boolean },
  W: Numbers,
  b: Numbers,
  Z: Numbers,
): Numbers {
  const { part, dOut, groups, batch } = sizes;
  const each = dOut / groups;
  const places = part.aOut * part.bOut * batch;
  const filters = filterPanels(work, sizes);
  const images = framed(work, work.put(Z), { ...part, groups, batch });
  work.run([...filterTasks(work, sizes, "pack", work.put(W), filters), ...images.tasks]);
  const bias = paddedBias(work, b);
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
  return work.take(S, dOut * places);
}

/** b, with room for the last panel's whole row behind it. */
function paddedBias(work: Workspace, b: Numbers): number {
  const bias = work.room(b.length * work.bytes + work.rowBytes);
  work.view(bias, b.length).set(b);
  return bias;
}
