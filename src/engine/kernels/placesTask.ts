/** S = W φ(Z) + b 1ᵀ for some panels of output channels and a stretch of output places. */

import type { Code } from "../wasm/code.js";
import { i32, loopWhile, repeat, whenElse } from "../wasm/instructions.js";
import { callFunction, type FunctionScope, type FunctionSource } from "../wasm/module.js";
import { type Named, namedLocals, type TaskKind, taskFunction, taskKind } from "./task.js";
import { inTiles, panelWidth, rowBytes, type TileStyle } from "./tile.js";

// biome-ignore format: where, what, how long
const fields = ["starts", "places", "z", "w", "panelStep", "y", "ldy", "width", "runs", "length", "jump", "bias", "finish"] as const;

/**
 * `places` output places from the list `starts` on, each read at z + start; panels from w on, panelStep bytes apart, as
 * many as hold `width` output channels; results `ldy` bytes apart at y, `width` numbers each.
 */
export const placesTask: TaskKind<(typeof fields)[number]> = taskKind("placesTask", fields);

/** `panel`: the number of that function. */
export function placesFunction(style: TileStyle, panel: number): FunctionSource {
  return taskFunction(placesTask, (scope) => {
    const { width, w, y, bias, panelStep } = scope;
    return [
      loopWhile(
        i32.gtS(width.get, i32.const(0)),
        callPanel(panel, scope),
        w.step(panelStep.get),
        y.step(i32.const(rowBytes(style))),
        bias.step(i32.const(rowBytes(style))),
        width.step(i32.const(-panelWidth(style))),
      ),
    ];
  });
}

// biome-ignore format: as above
const panelFields = ["starts", "places", "z", "w", "y", "ldy", "width", "runs", "length", "jump", "bias", "finish", "scratch"] as const;

/** A call of the panel's function, number `panel`. */
export function callPanel(panel: number, given: Named<(typeof panelFields)[number]>): Code {
  return callFunction(panel, ...panelFields.map((name) => given[name].get));
}

/** panel: all places by the panel at w; the edge of a panel is made in the scratch memory, and copied. */
export function panelFunction(style: TileStyle, firstTile: number): FunctionSource {
  return {
    name: "panel",
    params: panelFields.length,
    body: (scope) => {
      const named = namedLocals(panelFields, scope.params);
      const { starts, places, z, w, y, ldy, width, runs, length, jump, bias, finish, scratch } = named;
      const whole = i32.geS(width.get, i32.const(panelWidth(style)));
      const copyOut = copyRows(style, scope, { width, ldy, y, scratch });
      const callTile = (rows: number, to: Code, step: Code): Code =>
        callFunction(
          firstTile + rows - 1,
          ...[starts.get, z.get, w.get, to, step, runs.get, length.get, jump.get, bias.get, finish.get],
        );
      const tile = (rows: number): Code[] => [
        whenElse(
          whole,
          [callTile(rows, y.get, ldy.get)],
          [callTile(rows, scratch.get, i32.const(rowBytes(style))), copyOut(rows)],
        ),
        starts.step(i32.const(4 * rows)),
        y.step(i32.mul(ldy.get, i32.const(rows))),
      ];
      return inTiles(style, places, tile);
    },
  };
}

/** Copies the first `width` numbers of each row of the scratch tile to where they belong. */
function copyRows(
  style: TileStyle,
  scope: FunctionScope,
  { width, ldy, y, scratch }: Named<"width" | "ldy" | "y" | "scratch">,
): (rows: number) => Code {
  const [row, from, first, to, left, rest] = scope.locals("i32", 6);
  const { type } = style;
  const copyRow = [
    from.set(row.get),
    to.set(first.get),
    left.set(width.get),
    repeat(
      left,
      type.store(to.get, type.load(from.get)),
      from.step(i32.const(type.bytes)),
      to.step(i32.const(type.bytes)),
    ),
  ];
  return (rows) => [
    row.set(scratch.get),
    first.set(y.get),
    rest.set(i32.const(rows)),
    repeat(rest, ...copyRow, row.step(i32.const(rowBytes(style))), first.step(ldy.get)),
  ];
}
