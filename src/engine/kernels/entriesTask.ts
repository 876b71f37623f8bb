/** ∂ξ/∂W = dS φ(Z)ᵀ (X16) for one run of the sub-image, all panels of output channels, all output places. */

import type { Code } from "../wasm/code.js";
import { i32, loopWhile, repeat, whenElse } from "../wasm/instructions.js";
import { callFunction, type FunctionScope, type FunctionSource } from "../wasm/module.js";
import { type Named, type TaskKind, taskFunction, taskKind } from "./task.js";
import { inTiles, rowBytes, type TileStyle } from "./tile.js";

// biome-ignore format: where, what, how long
const fields = ["starts", "places", "chunk", "z", "length", "ds", "dsPanel", "dw", "dwPanel", "panels", "add"] as const;

/**
 * `length` neighbouring entries from z on. dS is packed in panels dsPanel bytes apart, ∂ξ/∂W in panels dwPanel bytes
 * apart; it is set, or, where `add` is not 0, added to. The sum goes over `chunk` places at a time, so that what is gathered stays near.
 */
export const entriesTask: TaskKind<(typeof fields)[number]> = taskKind("entriesTask", fields);

/** `firstTile`, `firstGather`: the numbers of the first of those functions. */
export function entriesFunction(style: TileStyle, firstTile: number, firstGather: number): FunctionSource {
  return taskFunction(entriesTask, (scope) => {
    const { starts, places, chunk, z, length, ds, dsPanel, dw, dwPanel, panels, add, scratch } = scope;
    const [now, from, to, left, source, target, panel, fresh] = scope.locals("i32", 8);
    const tile = (rows: number): Code[] => [
      callFunction(firstGather + rows - 1, starts.get, from.get, now.get, scratch.get),
      source.set(ds.get),
      target.set(to.get),
      panel.set(panels.get),
      repeat(
        panel,
        callFunction(
          firstTile + rows - 1,
          ...[scratch.get, i32.const(rows * style.type.bytes), source.get, target.get, now.get, fresh.get],
        ),
        source.step(dsPanel.get),
        target.step(dwPanel.get),
      ),
      from.step(i32.const(rows * style.type.bytes)),
      to.step(i32.const(rows * rowBytes(style))),
    ];
    return [
      fresh.set(i32.eq(add.get, i32.const(0))),
      loopWhile(
        i32.gtS(places.get, i32.const(0)),
        whenElse(i32.ltS(places.get, chunk.get), [now.set(places.get)], [now.set(chunk.get)]),
        from.set(z.get),
        to.set(dw.get),
        left.set(length.get),
        ...inTiles(style, left, tile),
        starts.step(i32.mul(now.get, i32.const(4))),
        ds.step(i32.mul(now.get, i32.const(rowBytes(style)))),
        places.set(i32.sub(places.get, now.get)),
        fresh.set(i32.const(0)),
      ),
    ];
  });
}

/**
 * dS Zᵀ for one panel and `length` neighbouring entries of places that lie zStep bytes apart: set at dw, row after row
 * of a panel.
 */
export function overEntries(
  style: TileStyle,
  scope: FunctionScope,
  firstTile: number,
  { z, zStep, length, ds, dw, places }: Named<"z" | "zStep" | "length" | "ds" | "dw" | "places">,
): Code[] {
  const [from, to, left] = scope.locals("i32", 3);
  const tile = (rows: number): Code[] => [
    callFunction(firstTile + rows - 1, from.get, zStep.get, ds.get, to.get, places.get, i32.const(1)),
    from.step(i32.const(rows * style.type.bytes)),
    to.step(i32.const(rows * rowBytes(style))),
  ];
  return [from.set(z.get), to.set(dw.get), left.set(length.get), ...inTiles(style, left, tile)];
}
