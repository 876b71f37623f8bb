/** TileCode as functions of the module, which the runtime compiles for its vectors. */

import type { Code } from "../wasm/code.js";
import { i32, loopWhile, repeat, whenElse } from "../wasm/instructions.js";
import { callFunction, type FunctionScope, type FunctionSource } from "../wasm/module.js";
import { entriesTiles, gatherTiles } from "./entriesTile.js";
import { placesTiles } from "./placesTile.js";
import { type Named, namedLocals } from "./task.js";
import { inTiles, panelWidth, rowBytes, type TileStyle } from "./tile.js";
import type { FieldValues, TileCode } from "./tiles.js";

/** `add` gives the module functions, and says the number of the first. */
export function wasmTiles(style: TileStyle, add: (...functions: FunctionSource[]) => number): TileCode {
  const places = add(...placesTiles(style));
  const entries = add(...entriesTiles(style));
  const gather = add(...gatherTiles(style));
  const panel = add(panelFunction(style, places));
  const callPanel = (given: FieldValues<(typeof panelFields)[number]>): Code =>
    callFunction(panel, ...panelFields.map((name) => given[name].get));
  return {
    panel: callPanel,
    places: (given) => allPanels(style, given, callPanel(given)),
    columns: (scope, rows, given) => columns(style, scope, rows, places, given),
    listedEntries: (scope, given) => listedEntries(style, scope, { entries, gather }, given),
    entries: (scope, given) => evenEntries(style, scope, entries, given),
  };
}

// biome-ignore format: where, what, how long
const panelFields = ["starts", "places", "z", "w", "y", "ldy", "width", "runs", "length", "jump", "bias", "finish", "scratch"] as const;

/** panel: all places by the panel at w; the edge of a panel is made in the scratch memory, and copied. */
function panelFunction(style: TileStyle, firstTile: number): FunctionSource {
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

function allPanels(
  style: TileStyle,
  { width, w, y, bias, panelStep }: Named<"width" | "w" | "y" | "bias" | "panelStep">,
  onePanel: Code,
): Code {
  return loopWhile(
    i32.gtS(width.get, i32.const(0)),
    onePanel,
    w.step(panelStep.get),
    y.step(i32.const(rowBytes(style))),
    bias.step(i32.const(rowBytes(style))),
    width.step(i32.const(-panelWidth(style))),
  );
}

function columns(
  style: TileStyle,
  scope: FunctionScope,
  rows: number,
  firstTile: number,
  {
    starts,
    z,
    w,
    y,
    ldy,
    panels,
    length,
  }: FieldValues<"starts" | "z" | "w" | "y" | "ldy" | "panels" | "length">,
): Code {
  const [weights, to, panel] = scope.locals("i32", 3);
  const zero = i32.const(0);
  return [
    weights.set(w.get),
    to.set(y.get),
    panel.set(panels.get),
    repeat(
      panel,
      callFunction(
        firstTile + rows - 1,
        ...[starts.get, z.get, weights.get, to.get, ldy.get, i32.const(1), length.get, zero, zero, zero],
      ),
      weights.step(i32.mul(length.get, i32.const(rowBytes(style)))),
      to.step(i32.const(rowBytes(style))),
    ),
  ];
}

/** The numbers of a tile's rows are gathered first: what is read once for each panel then stays near. */
function listedEntries(
  style: TileStyle,
  scope: FunctionScope,
  first: { readonly entries: number; readonly gather: number },
  given: Parameters<TileCode["listedEntries"]>[1],
): Code {
  const { starts, places, z, length, ds, dsPanel, dw, dwPanel, panels, fresh, scratch } = given;
  const [from, to, left, source, target, panel] = scope.locals("i32", 6);
  const tile = (rows: number): Code[] => [
    callFunction(first.gather + rows - 1, starts.get, from.get, places.get, scratch.get),
    source.set(ds.get),
    target.set(to.get),
    panel.set(panels.get),
    repeat(
      panel,
      callFunction(
        first.entries + rows - 1,
        ...[scratch.get, i32.const(rows * style.type.bytes), source.get, target.get, places.get, fresh.get],
      ),
      source.step(dsPanel.get),
      target.step(dwPanel.get),
    ),
    from.step(i32.const(rows * style.type.bytes)),
    to.step(i32.const(rows * rowBytes(style))),
  ];
  return [from.set(z.get), to.set(dw.get), left.set(length.get), ...inTiles(style, left, tile)];
}

function evenEntries(
  style: TileStyle,
  scope: FunctionScope,
  firstTile: number,
  { z, zStep, length, ds, dw, places }: FieldValues<"z" | "zStep" | "length" | "ds" | "dw" | "places">,
): Code {
  const [from, to, left] = scope.locals("i32", 3);
  const tile = (rows: number): Code[] => [
    callFunction(firstTile + rows - 1, from.get, zStep.get, ds.get, to.get, places.get, i32.const(1)),
    from.step(i32.const(rows * style.type.bytes)),
    to.step(i32.const(rows * rowBytes(style))),
  ];
  return [from.set(z.get), to.set(dw.get), left.set(length.get), ...inTiles(style, left, tile)];
}
