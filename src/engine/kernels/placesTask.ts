/** S = W φ(Z) + b 1ᵀ for some panels of output channels and a stretch of output places. */

import type { Code } from "../wasm/code.js";
import { i32, type Local, loopWhile, repeat, whenElse } from "../wasm/instructions.js";
import { call, type FunctionSource } from "../wasm/module.js";
import { type TaskScope, task } from "./task.js";
import { inTiles, panelWidth, rowBytes, type TileStyle } from "./tile.js";

// biome-ignore format: where, what, how long
const args = ["starts", "places", "z", "w", "panelStep", "y", "ldy", "width", "runs", "length", "jump", "bias", "finish"] as const;

/**
 * `places` output places from the list `starts` on, each read at z + start; panels from w on, panelStep bytes apart, as
 * many as hold `width` output channels; results `ldy` bytes apart at y, `width` numbers each.
 */
export function placesTask(style: TileStyle, firstTile: number): FunctionSource {
  return task("placesTask", args, (scope) => {
    const { width, w, y, bias, panelStep } = scope;
    const panel = onePanel(style, firstTile, scope);
    return [
      loopWhile(
        i32.gtS(width.get, i32.const(0)),
        ...panel,
        w.step(panelStep.get),
        y.step(i32.const(rowBytes(style))),
        bias.step(i32.const(rowBytes(style))),
        width.step(i32.const(-panelWidth(style))),
      ),
    ];
  });
}

/** All places by the panel at w. */
export function onePanel(
  style: TileStyle,
  firstTile: number,
  scope: TaskScope<Exclude<(typeof args)[number], "panelStep">>,
): Code[] {
  const { width, ldy, scratch } = scope;
  const [list, out, left] = scope.locals("i32", 3);
  const whole = i32.geS(width.get, i32.const(panelWidth(style)));
  const tile = (rows: number): Code[] => [
    whenElse(
      whole,
      [callTile(rows, out.get, ldy.get)],
      [callTile(rows, scratch.get, i32.const(rowBytes(style))), copyOut(rows)],
    ),
    list.step(i32.const(4 * rows)),
    out.step(i32.mul(ldy.get, i32.const(rows))),
  ];
  const callTile = (rows: number, to: Code, step: Code): Code =>
    call(
      firstTile + rows - 1,
      ...[list.get, scope.z.get, scope.w.get, to, step, scope.runs.get, scope.length.get],
      ...[scope.jump.get, scope.bias.get, scope.finish.get],
    );
  const copyOut = copyRows(style, scope, out);
  return [
    list.set(scope.starts.get),
    out.set(scope.y.get),
    left.set(scope.places.get),
    ...inTiles(style, left, tile),
  ];
}

/** Copies the first `width` numbers of each row of the scratch tile to where they belong. */
function copyRows(style: TileStyle, scope: TaskScope<"width" | "ldy">, y: Local): (rows: number) => Code {
  const [from, to, left] = scope.locals("i32", 3);
  const { type } = style;
  const row = (): Code[] => [left.set(scope.width.get), repeat(left, one(from, to))];
  const one = (source: Local, target: Local): Code => [
    ...type.store(target.get, type.load(source.get)),
    ...source.step(i32.const(type.bytes)),
    ...target.step(i32.const(type.bytes)),
  ];
  return (rows) =>
    Array.from({ length: rows }, (_, r) => [
      from.set(i32.add(scope.scratch.get, i32.const(r * rowBytes(style)))),
      to.set(i32.add(y.get, i32.mul(scope.ldy.get, i32.const(r)))),
      ...row(),
    ]).flat(2);
}
