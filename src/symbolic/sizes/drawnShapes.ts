/** Sizes drawn at random: what holds at the shapes that were searched for may still be false at others. */

import { drawWhole } from "./draws.js";
import type { SizeModel } from "./sizeModel.js";
import { type Sizes, sizesText } from "./sizes.js";

/** The largest size that is drawn, how many shapes are wanted, how often one is drawn, and how many entries it may have. */
const limits = { size: 9, shapes: 8, draws: 2_000, work: 6_000 } as const;

/** Up to eight different shapes that fit, sizes of 1 among them; deterministic. */
export function drawnShapes(model: SizeModel): readonly Sizes[] {
  const found = new Map<string, Sizes>();
  for (let draw = 0; draw < limits.draws && found.size < limits.shapes; draw++) {
    const sizes = model.complete(freeSizes(model, draw));
    const fits =
      model.requirements.every(({ miss }) => miss(sizes) === 0) && model.work(sizes) <= limits.work;
    if (fits) found.set(sizesText(sizes), sizes);
  }
  return [...found.values()];
}

/** Small sizes are drawn more often: they fit more often, and cost less. */
function freeSizes({ free }: SizeModel, draw: number): Sizes {
  const largest = drawWhole(2, limits.size, "largest", draw);
  return Object.fromEntries(free.map((name) => [name, drawWhole(1, largest, "shape", draw, name)]));
}
