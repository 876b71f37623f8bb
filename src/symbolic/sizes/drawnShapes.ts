/** Sizes drawn at random: what holds at the shapes that were searched for may still be false at others. */

import { drawWhole } from "./draws.js";
import { possibleSizes } from "./possibleSizes.js";
import type { SizeModel } from "./sizeModel.js";
import { type Sizes, sizesText } from "./sizes.js";

/** The largest size that is drawn, and how often one is. */
const limits = { size: 9, draws: 2_000 } as const;

/** How many shapes are wanted, and how many entries one may have. */
export interface WantedShapes {
  readonly shapes: number;
  readonly work: number;
}

/** For where something is seen at once. */
export const few: WantedShapes = { shapes: 8, work: 6_000 };

/** For where nothing was seen at few. */
export const many: WantedShapes = { shapes: 40, work: 100_000 };

/** Different shapes that fit and are wanted, up to as many, sizes of 1 among them; deterministic. */
export function drawnShapes(
  model: SizeModel,
  wanted: WantedShapes = few,
  isWanted: (sizes: Sizes) => boolean = () => true,
): readonly Sizes[] {
  const found = new Map<string, Sizes>();
  for (let draw = 0; draw < limits.draws && found.size < wanted.shapes; draw++) {
    const sizes = model.complete(freeSizes(model, draw));
    const fits =
      model.requirements.every(({ miss }) => miss(sizes) === 0) && model.work(sizes) <= wanted.work;
    if (fits && isWanted(sizes)) found.set(sizesText(sizes), sizes);
  }
  const possible = found.size === 0 ? possibleSizes(model) : undefined;
  return possible ? [model.complete(possible)].filter(isWanted) : [...found.values()];
}

/** Small sizes are drawn more often: they fit more often, and cost less. */
function freeSizes({ free }: SizeModel, draw: number): Sizes {
  const largest = drawWhole(2, limits.size, "largest", draw);
  return Object.fromEntries(free.map((name) => [name, drawWhole(1, largest, "shape", draw, name)]));
}
