/** ∂ξ/∂W = dS φ(Z)ᵀ (X16) for one run of the sub-image, all panels of output channels, all output places. */

import { i32, loopWhile, whenElse } from "../wasm/instructions.js";
import type { FunctionSource } from "../wasm/module.js";
import { type TaskKind, taskFunction, taskKind } from "./task.js";
import { rowBytes, type TileStyle } from "./tile.js";
import type { TileCode } from "./tiles.js";

// biome-ignore format: where, what, how long
const fields = ["starts", "places", "chunk", "z", "length", "ds", "dsPanel", "dw", "dwPanel", "panels", "add"] as const;

/**
 * `length` neighbouring entries from z on. dS is packed in panels dsPanel bytes apart, ∂ξ/∂W in panels dwPanel bytes
 * apart; it is set, or, where `add` is not 0, added to. The sum goes over `chunk` places at a time, so that what is read stays near.
 */
export const entriesTask: TaskKind<(typeof fields)[number]> = taskKind("entriesTask", fields);

export function entriesFunction(style: TileStyle, tiles: TileCode): FunctionSource {
  return taskFunction(entriesTask, (scope) => {
    const { starts, places, chunk, ds, add } = scope;
    const [now, fresh] = scope.locals("i32", 2);
    return [
      fresh.set(i32.eq(add.get, i32.const(0))),
      loopWhile(
        i32.gtS(places.get, i32.const(0)),
        whenElse(i32.ltS(places.get, chunk.get), [now.set(places.get)], [now.set(chunk.get)]),
        tiles.listedEntries(scope, { ...scope, places: now, fresh }),
        starts.step(i32.mul(now.get, i32.const(4))),
        ds.step(i32.mul(now.get, i32.const(rowBytes(style)))),
        places.set(i32.sub(places.get, now.get)),
        fresh.set(i32.const(0)),
      ),
    ];
  });
}
