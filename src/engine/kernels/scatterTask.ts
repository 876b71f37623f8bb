/**
 * ∂ξ/∂Z for strides above 1 and for few channels: V = Wᵀ dS for a few places at a time, at once added to the pixels
 * that φ read (P_φᵀ), run by run.
 */

import type { Code } from "../wasm/code.js";
import { i32, loopWhile, repeat, trap, when, whenElse } from "../wasm/instructions.js";
import { callFunction, type FunctionSource } from "../wasm/module.js";
import { type TaskKind, taskFunction, taskKind } from "./task.js";
import { inTiles, rowBytes, scratchOf, type TileStyle } from "./tile.js";
import type { TileCode } from "./tiles.js";

// biome-ignore format: where, what, how long
const fields = ["starts", "places", "chunk", "ramp", "ds", "ldS", "dOut", "w", "panels", "dz", "runs", "length", "jump"] as const;

/**
 * `places` output places: dS from `ds` on, `ldS` bytes apart (`ramp` lists 0, ldS, 2 ldS, …); added to the padded
 * image dz where `starts` says, `runs` runs of `length` numbers, `jump` bytes apart. V is made for `chunk` places at a
 * time, at most placesAtOnce(style, panels).
 */
export const scatterTask: TaskKind<(typeof fields)[number]> = taskKind("scatterTask", fields);

/**
 * For how many places V can be made one tile after the other: for any number where a thread's scratch memory holds the
 * `panels` panels of a tile's rows, else for as many as it holds.
 *
 * @throws RangeError where it does not hold one place's.
 */
export function placesAtOnce(style: TileStyle, panels: number): number {
  const [room, needed] = [scratchOf(rowBytes(style)), panels * rowBytes(style)];
  const fitting = Math.floor(room / needed);
  if (fitting > 0) return fitting < style.rows ? fitting : 2 ** 31 - 1;
  throw new RangeError(
    `engine: ∂ξ/∂Z at a stride above 1 needs ${needed} bytes for one column of φ(Z); a thread has ${room}`,
  );
}

/** `addRun`: the number of that function. */
// Over 40 lines: the body of one kernel, in the order in which it runs; cut up, its locals would be handed around.
export function scatterFunction(style: TileStyle, tiles: TileCode, addRun: number): FunctionSource {
  return taskFunction(scatterTask, (scope) => {
    const { starts, places, chunk, ramp, ds, ldS, dOut, w, panels, dz, runs, length, jump, scratch } = scope;
    const [y, ldV, left, run, from, to, now] = scope.locals("i32", 7);
    const scatter = (rows: number): Code[] => [
      y.set(scratch.get),
      left.set(i32.const(rows)),
      repeat(
        left,
        from.set(y.get),
        to.set(i32.add(dz.get, i32.load(starts.get))),
        run.set(runs.get),
        repeat(
          run,
          callFunction(addRun, from.get, to.get, length.get),
          from.step(i32.mul(length.get, i32.const(style.type.bytes))),
          to.step(jump.get),
        ),
        y.step(ldV.get),
        starts.step(i32.const(4)),
      ),
    ];
    const columns = { starts: ramp, z: ds, w, y: scratch, ldy: ldV, panels, length: dOut, scratch };
    const tile = (rows: number): Code[] => [
      tiles.columns(scope, rows, columns),
      ...scatter(rows),
      ds.step(i32.mul(ldS.get, i32.const(rows))),
    ];
    return [
      when(i32.ltS(chunk.get, i32.const(1)), trap), // it would never end
      ldV.set(i32.mul(panels.get, i32.const(rowBytes(style)))),
      loopWhile(
        i32.gtS(places.get, i32.const(0)),
        whenElse(i32.ltS(places.get, chunk.get), [now.set(places.get)], [now.set(chunk.get)]),
        places.set(i32.sub(places.get, now.get)),
        ...inTiles(style, now, tile),
      ),
    ];
  });
}
