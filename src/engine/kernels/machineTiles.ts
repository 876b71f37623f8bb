/**
 * TileCode as calls of machine code (../x86), which the module imports. Where WebAssembly would trap, a wrong address ends
 * the process there; so it is looked at beforehand whether all that a call reads and writes lies in the memory.
 */

import type { Code } from "../wasm/code.js";
import { f64, i32, memoryPages, trap, when } from "../wasm/instructions.js";
import { callFunction, type FunctionSource, type ImportedFunction } from "../wasm/module.js";
import { furthest, furthestFunction } from "./furthest.js";
import { namedLocals, noteBytes } from "./task.js";
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

/** Machine code by its names: functions of the address of a record in the memory. */
export const machineCodeNames = ["places", "listed", "entries"] as const;

/** `add` gives the module functions, and says the number of the first: the imported ones come before all others. */
export function machineTiles(
  style: TileStyle,
  add: (...functions: (FunctionSource | ImportedFunction)[]) => number,
): TileCode {
  const imported = add(...machineCodeNames.map((name) => ({ name, params: 1 })));
  const list = add(furthestFunction());
  const places = add(checked(style, "checkedPlaces", placesFields, imported, placesReach(list)));
  const listed = add(checked(style, "checkedListed", listedFields, imported + 1, listedReach(list)));
  const entries = add(checked(style, "checkedEntries", entriesFields, imported + 2, entriesReach));
  return {
    places: (given) => call(places, placesFields, given),
    panel: (given) => call(places, placesFields, { ...given, panelStep: constant(0) }),
    columns: (_, rows, given) =>
      call(places, placesFields, {
        ...{ ...given, places: constant(rows), runs: constant(1) },
        panelStep: { get: i32.mul(given.length.get, i32.const(rowBytes(style))) },
        width: { get: i32.mul(given.panels.get, i32.const(panelWidth(style))) },
        ...{ jump: constant(0), bias: constant(0), finish: constant(0) },
      }),
    listedEntries: (_, given) => call(listed, listedFields, given),
    entries: (_, given) =>
      call(entries, entriesFields, {
        ...{ ...given, panels: constant(1), fresh: constant(1) },
        ...{ dsPanel: constant(0), dwPanel: constant(0) },
      }),
  };
}

function constant(n: number): { readonly get: Code } {
  return { get: i32.const(n) };
}

function call<Field extends string>(
  number: number,
  fields: readonly Field[],
  given: FieldValues<Field | "scratch">,
): Code {
  return callFunction(number, ...[...fields, "scratch" as const].map((name) => given[name].get));
}

/** What a call reads and writes. */
interface Reach {
  /** Counts that are at least 1. */
  readonly counts: readonly Code[];
  /** Where each stretch of memory begins, and its bytes: numbers of 64 bits, which do not overflow as words would. */
  readonly stretches: readonly { readonly from: Code; readonly bytes: Code }[];
}

/** What a call with these values reads and writes. */
type ReachOf<Field extends string> = (style: TileStyle, given: FieldValues<Field>) => Reach;

/** The function of all fields and the scratch memory: traps where something lies outside, else calls machine code. */
function checked<Field extends string>(
  style: TileStyle,
  name: string,
  fields: readonly Field[],
  imported: number,
  reachOf: ReachOf<Field>,
): FunctionSource {
  return {
    name,
    params: fields.length + 1,
    body: (scope) => {
      const given = namedLocals([...fields, "scratch"], scope.params);
      const [limit, note] = [scope.local("f64"), scope.local("i32")];
      const { counts, stretches } = reachOf(style, given);
      return [
        ...counts.map((count) => when(i32.eq(count, i32.const(0)), trap)),
        limit.set(f64.mul(f64.fromWord(memoryPages), f64.const(65536))),
        ...stretches.map(({ from, bytes }) => when(f64.gt(f64.add(from, bytes), limit.get), trap)),
        note.set(i32.sub(given.scratch.get, i32.const(noteBytes))),
        ...fields.map((field, k) => i32.store(note.get, given[field].get, 4 * k)),
        callFunction(imported, note.get),
      ];
    },
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

function word(value: { readonly get: Code }): Code {
  return f64.fromWord(value.get);
}

/** A count less 1. */
function before(count: { readonly get: Code }): Code {
  return f64.add(word(count), f64.const(-1));
}
