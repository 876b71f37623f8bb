/** ∂ξ/∂W = dS φ(Z)ᵀ (X16) for one run of the sub-image, all panels of output channels, all output places. */

import { i32, loopWhile, memory, repeat, when, whenElse } from "../wasm/instructions.js";
import { call, type FunctionSource } from "../wasm/module.js";
import { task } from "./task.js";
import { rowBytes, type TileStyle } from "./tile.js";

// biome-ignore format: where, what, how long
const args = ["starts", "places", "chunk", "z", "length", "ds", "dsPanel", "dw", "dwPanel", "panels", "add"] as const;

/**
 * `length` neighbouring entries from z on. dS is packed in panels dsPanel bytes apart, ∂ξ/∂W in panels dwPanel bytes
 * apart; it is set, or, where `add` is not 0, added to. The sum goes over `chunk` places at a time, so that what is gathered stays near.
 */
export function entriesTask(style: TileStyle, firstTile: number, firstGather: number): FunctionSource {
  return task("entriesTask", args, (scope) => {
    const { starts, places, chunk, z, length, ds, dsPanel, dw, dwPanel, panels, add, scratch } = scope;
    const [now, from, to, left, source, target, panel] = scope.locals("i32", 7);
    const clear = [
      to.set(dw.get),
      panel.set(panels.get),
      repeat(
        panel,
        memory.fill(to.get, i32.const(0), i32.mul(length.get, i32.const(rowBytes(style)))),
        to.step(dwPanel.get),
      ),
    ];
    const tile = (rows: number) => [
      call(firstGather + rows - 1, starts.get, from.get, now.get, scratch.get),
      source.set(ds.get),
      target.set(to.get),
      panel.set(panels.get),
      repeat(
        panel,
        call(firstTile + rows - 1, scratch.get, source.get, target.get, now.get),
        source.step(dsPanel.get),
        target.step(dwPanel.get),
      ),
      from.step(i32.const(rows * style.type.bytes)),
      to.step(i32.const(rows * rowBytes(style))),
      left.step(i32.const(-rows)),
    ];
    const full = i32.geS(left.get, i32.const(style.rows));
    const rest = Array.from({ length: style.rows - 1 }, (_, r) =>
      when(i32.eq(left.get, i32.const(r + 1)), ...tile(r + 1)),
    );
    return [
      whenElse(add.get, [], clear),
      loopWhile(
        i32.gtS(places.get, i32.const(0)),
        whenElse(i32.ltS(places.get, chunk.get), [now.set(places.get)], [now.set(chunk.get)]),
        from.set(z.get),
        to.set(dw.get),
        left.set(length.get),
        when(full, loopWhile(full, ...tile(style.rows))),
        ...rest.reverse(),
        starts.step(i32.mul(now.get, i32.const(4))),
        ds.step(i32.mul(now.get, i32.const(rowBytes(style)))),
        places.set(i32.sub(places.get, now.get)),
      ),
    ];
  });
}
