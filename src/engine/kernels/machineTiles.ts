/** Tiles as calls of machine code. */

import type { Code } from "../wasm/code.js";
import { f64, i32 } from "../wasm/instructions.js";
import type { FunctionSource } from "../wasm/module.js";
import { before, callChecked, checked, known, type Reach, type ReachOf, word } from "./checked.js";
import { furthest, furthestFunction } from "./furthest.js";
import { panelWidth, rowBytes, type TileStyle } from "./tile.js";
import {
  type EntriesField,
  entriesFields,
  type FieldValues,
  finishing,
  type ListedField,
  listedFields,
  type PlacesField,
  placesFields,
  type TileCode,
} from "./tiles.js";

/** The machine code of tiles, by its names. */
export const tileNames = ["places", "listed", "entries"] as const;

/** `add` gives the module functions, and says the number of the first; `imported`: that of the first of tileNames. */
export function machineTiles(
  style: TileStyle,
  imported: number,
  add: (...functions: FunctionSource[]) => number,
): TileCode {
  const list = add(furthestFunction());
  const places = add(checked(style, "checkedPlaces", placesFields, imported, placesReach(list)));
  const listed = add(checked(style, "checkedListed", listedFields, imported + 1, listedReach(list)));
  const entries = add(checked(style, "checkedEntries", entriesFields, imported + 2, entriesReach));
  return {
    places: (given) => callChecked(places, placesFields, given),
    panel: (given) => callChecked(places, placesFields, { ...given, panelStep: known(0) }),
    columns: (_, rows, given) =>
      callChecked(places, placesFields, {
        ...{ ...given, places: known(rows), runs: known(1) },
        panelStep: { get: i32.mul(given.length.get, i32.const(rowBytes(style))) },
        width: { get: i32.mul(given.panels.get, i32.const(panelWidth(style))) },
        ...{ jump: known(0), bias: known(0), finish: known(0) },
      }),
    listedEntries: (_, given) => callChecked(listed, listedFields, given),
    entries: (_, given) =>
      callChecked(entries, entriesFields, {
        ...{ ...given, panels: known(1), fresh: known(1) },
        ...{ dsPanel: known(0), dwPanel: known(0) },
      }),
  };
}

/** `list`: the number of that function. */
function placesReach(list: number): ReachOf<PlacesField> {
  return (style, given) => {
    const { starts, places, z, w, panelStep, y, ldy, width, runs, length, jump, bias, finish } = given;
    const bytes = (count: Code): Code => f64.mul(count, f64.const(style.type.bytes));
    const run = bytes(word(length));
    const across = bytes(word(width));
    const panels = i32.shru(i32.sub(width.get, i32.const(1)), i32.const(Math.log2(panelWidth(style))));
    const rows = f64.mul(f64.mul(word(runs), word(length)), f64.const(rowBytes(style)));
    const asked = i32.and(finish.get, i32.const(finishing.bias));
    return {
      counts: [places.get, width.get, runs.get, length.get],
      stretches: [
        {
          from: f64.add(word(z), f64.fromWord(furthest(list, starts.get, places.get))),
          bytes: f64.add(f64.mul(before(runs), f64.add(run, word(jump))), run),
        },
        { from: word(w), bytes: f64.add(f64.mul(f64.fromWord(panels), word(panelStep)), rows) },
        { from: word(y), bytes: f64.add(f64.mul(before(places), word(ldy)), across) },
        { from: f64.mul(word(bias), f64.fromWord(asked)), bytes: across },
      ],
    };
  };
}

function listedReach(list: number): ReachOf<ListedField> {
  return (style, given) => {
    const { starts, places, z } = given;
    const from = f64.add(word(z), f64.fromWord(furthest(list, starts.get, places.get)));
    return entriesFrom(style, given, { from, bytes: f64.const(0) });
  };
}

const entriesReach: ReachOf<EntriesField> = (style, given) =>
  entriesFrom(style, given, { from: word(given.z), bytes: f64.mul(before(given.places), word(given.zStep)) });

/** The numbers lie from `from` on, `length` of them `bytes` bytes on at the furthest place. */
function entriesFrom(
  style: TileStyle,
  given: FieldValues<Exclude<EntriesField, "zStep">>,
  { from, bytes }: { readonly from: Code; readonly bytes: Code },
): Reach {
  const { places, length, ds, dsPanel, dw, dwPanel, panels } = given;
  const rows = (count: Code): Code => f64.mul(count, f64.const(rowBytes(style)));
  return {
    counts: [places.get, length.get, panels.get],
    stretches: [
      { from, bytes: f64.add(bytes, f64.mul(word(length), f64.const(style.type.bytes))) },
      { from: word(ds), bytes: f64.add(f64.mul(before(panels), word(dsPanel)), rows(word(places))) },
      { from: word(dw), bytes: f64.add(f64.mul(before(panels), word(dwPanel)), rows(word(length))) },
    ],
  };
}
