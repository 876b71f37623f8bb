/** S = W φ(Z) + b 1ᵀ for some panels of output channels and a stretch of output places. */

import type { FunctionSource } from "../wasm/module.js";
import { type TaskKind, taskFunction, taskKind } from "./task.js";
import { type PlacesField, placesFields, type TileCode } from "./tiles.js";

/** `places` output places in the panels that hold `width` output channels. */
export const placesTask: TaskKind<PlacesField> = taskKind("placesTask", placesFields);

export function placesFunction(tiles: TileCode): FunctionSource {
  return taskFunction(placesTask, (scope) => [tiles.places(scope)]);
}
