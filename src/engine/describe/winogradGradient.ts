/** ∂ξ/∂W of a layer by Winograd's F(m × m, r × r). */

import type { Task } from "../kernels/task.js";
import { outputGradientTasks } from "../kernels/winograd.js";
import { gradientTasks, mostChannels } from "../kernels/winogradProducts.js";
import type { Workspace } from "../plan/workspace.js";
import { numbered, pieces } from "./sizes.js";
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

/** Entries of a pixel in one task of ∂ξ/∂W. */
const mostEntries = 48;

/** ∂ξ/∂W = Gᵀ(dM Vᵀ)G, at `dW`, from the image and dS. */
export function winogradFilterGradient(
  work: Workspace,
  layer: WinogradLayer,
  image: number,
  dS: number,
  dW: number,
): void {
  const plan = winogradPlan(work, layer, image);
  const { n2, tiles, block, chunk } = plan;
  const { dOut, groups } = layer;
  const dmPanel = block * work.rowBytes;
  const dM = planes(work, n2, work.panels(chunk) * dmPanel);
  const pixel = dOut * groups * work.bytes;
  work.run(plan.frame);
  for (let g = 0; g < groups; g++) {
    for (const some of pieces(tiles.count, block)) {
      for (const channels of pieces(dOut, chunk)) {
        const input = channels.from === 0 ? plan.input(g, some) : [];
        work.run([...input, ...outputGradients(g, channels, some)]);
        const to = dW + (g * dOut + channels.from) * work.bytes;
        work.run(gradientProducts(work, layer, { plan, dM, dmPanel, pixel }, channels, { ...some, to }));
      }
    }
  }

  function outputGradients(g: number, channels: Stretch, { from, count }: Stretch): Task[] {
    const ds = dS + (g * dOut + channels.from) * work.bytes;
    return [...pieces(count, tilesPerTask)].map((some) =>
      outputGradientTasks[layer.form]({
        ...{ tiles: tiles.address + (from + some.from) * tiles.bytes, count: some.count },
        ...{ ds, rowStep: pixel, colStep: plan.aOut * pixel, sides: sidesOf(work, channels.count) },
        ...{ to: dM.address + some.from * work.rowBytes, plane: dM.step, panel: dmPanel },
      }),
    );
  }
}

/** The sums dM Vᵀ over some tiles, for the entries of some output channels' filters, transformed back and added at `to`. */
function gradientProducts(
  work: Workspace,
  { form: name, d }: WinogradLayer,
  { plan: { form, V, tileStep }, dM, dmPanel, pixel }: Gradients,
  channels: Stretch,
  { from, count, to: first }: Stretch & { readonly to: number },
): Task[] {
  const rowStep = form.r * form.r * pixel;
  const entriesPerTask = Math.min(
    mostEntries,
    mostChannels({ rows: work.style.rows, rowBytes: work.rowBytes }, form).entries,
  );
  return [...pieces(d, entriesPerTask)].flatMap((entries) =>
    [...numbered(channels.count, work.width)].map((panel) =>
      gradientTasks[name]({
        ...{ z: V.address + entries.from * work.bytes, zStep: tileStep, zPlane: V.step },
        ...{ length: entries.count, ds: dM.address + panel.k * dmPanel, dsPlane: dM.step, places: count },
        ...{ to: first + panel.from * work.bytes + entries.from * rowStep, pixel, rowStep },
        ...{ sides: sidesOf(work, panel.count), add: from },
      }),
    ),
  );
}

/** The transformed image and the transformed dS, whose panels are `dmPanel` bytes apart; `pixel` bytes hold a row of dW. */
interface Gradients {
  readonly plan: WinogradPlan;
  readonly dM: Planes;
  readonly dmPanel: number;
  readonly pixel: number;
}
