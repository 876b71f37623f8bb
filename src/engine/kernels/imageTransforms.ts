/** Winograd's transforms of images and outputs as calls of machine code, where channels come in whole vectors. */

import type { Code } from "../wasm/code.js";
import { f64, i32, whenElse } from "../wasm/instructions.js";
import type { FunctionSource } from "../wasm/module.js";
import { before, callChecked, checked, type ReachOf, word } from "./checked.js";
import { furthestTile, furthestTileFunction } from "./furthest.js";
import { rowBytes, type TileStyle } from "./tile.js";
import type { FieldValues } from "./tiles.js";
import { type WinogradForm, type WinogradName, winogradForms, winogradNames } from "./winogradForm.js";
import { sideBytes } from "./winogradTransform.js";

/** Fields of the tasks that do them. */
export const inputFields = [
  "tiles",
  "count",
  "z",
  "rowStep",
  "colStep",
  "sides",
  "to",
  "plane",
  "gap",
] as const;

export type InputField = (typeof inputFields)[number];

// biome-ignore format: from, to, finish
export const outputFields = ["tiles", "count", "from", "plane", "sides", "y", "rowStep", "colStep", "bias", "finish"] as const;

export type OutputField = (typeof outputFields)[number];

// biome-ignore format: from, to
export const slopeFields = ["tiles", "count", "ds", "rowStep", "colStep", "sides", "to", "plane", "panel"] as const;

export type SlopeField = (typeof slopeFields)[number];

/** Code that does a transform by machine code where it can, and else what is given. */
export interface ImageTransforms {
  input(given: FieldValues<InputField | "scratch">, otherwise: readonly Code[]): Code;
  output(given: FieldValues<OutputField | "scratch">, otherwise: readonly Code[]): Code;
  slope(given: FieldValues<SlopeField | "scratch">, otherwise: readonly Code[]): Code;
}

/** No machine code. */
export const wasmImageTransforms: ImageTransforms = {
  input: (_, otherwise) => otherwise,
  output: (_, otherwise) => otherwise,
  slope: (_, otherwise) => otherwise,
};

/** The machine code of these transforms, by its names: three for each form. */
export const imageTransformNames: readonly `${WinogradName}${"Input" | "Output" | "Slope"}`[] =
  winogradNames.flatMap((name) => [`${name}Input`, `${name}Output`, `${name}Slope`] as const);

/** For each form its transforms; `imported`: the number of the first of imageTransformNames. */
export function machineImageTransforms(
  style: TileStyle,
  imported: number,
  add: (...functions: FunctionSource[]) => number,
): ReadonlyMap<WinogradName, ImageTransforms> {
  const reach = add(furthestTileFunction());
  return new Map(
    winogradNames.map((name, k) => [name, transformsOf(style, name, imported + 3 * k, reach, add)]),
  );
}

function transformsOf(
  style: TileStyle,
  name: WinogradName,
  imported: number,
  reach: number,
  add: (...functions: FunctionSource[]) => number,
): ImageTransforms {
  const form = winogradForms[name];
  const input = add(checked(style, `${name}CheckedInput`, inputFields, imported, inputReach(form, reach)));
  const output = add(
    checked(style, `${name}CheckedOutput`, outputFields, imported + 1, outputReach(form, reach)),
  );
  const slope = add(
    checked(style, `${name}CheckedSlope`, slopeFields, imported + 2, slopeReach(form, reach)),
  );
  return {
    input: (given, otherwise) => whole(given, callChecked(input, inputFields, given), otherwise),
    output: (given, otherwise) => whole(given, callChecked(output, outputFields, given), otherwise),
    slope: (given, otherwise) => whole(given, callChecked(slope, slopeFields, given), otherwise),
  };
}

/** A vector has two sides. */
function whole({ sides }: FieldValues<"sides">, call: Code, otherwise: readonly Code[]): Code {
  return whenElse(i32.and(sides.get, i32.const(1)), otherwise, [call]);
}

function inputReach({ n }: WinogradForm, reach: number): ReachOf<InputField> {
  return (_, given) => {
    const { count, z, rowStep, colStep, sides, to, plane, gap } = given;
    const bytes = sidesBytes(sides);
    const window = f64.mul(f64.const(n - 1), f64.add(word(rowStep), word(colStep)));
    const tiles = f64.mul(before(count), f64.add(bytes, word(gap)));
    return {
      counts: [count.get, sides.get],
      stretches: [
        { from: f64.add(word(z), furthestTile(reach, given, 0, 1)), bytes: f64.add(window, bytes) },
        { from: word(to), bytes: f64.add(f64.add(tiles, planes(n, plane)), bytes) },
      ],
    };
  };
}

function outputReach({ m, n }: WinogradForm, reach: number): ReachOf<OutputField> {
  return (_, given) => {
    const { count, from, plane, sides, y, bias } = given;
    const bytes = sidesBytes(sides);
    return {
      counts: [count.get, sides.get],
      stretches: [
        { from: word(from), bytes: f64.add(planes(n, plane), f64.mul(word(count), bytes)) },
        { from: f64.add(word(y), furthestTile(reach, given, 4, m)), bytes },
        { from: word(bias), bytes },
      ],
    };
  };
}

function slopeReach({ m, n }: WinogradForm, reach: number): ReachOf<SlopeField> {
  return (style, given) => {
    const { count, ds, sides, to, plane, panel } = given;
    const perPanel = rowBytes(style) / sideBytes;
    const panels = i32.shru(i32.sub(sides.get, i32.const(1)), i32.const(Math.log2(perPanel)));
    const rows = f64.mul(word(count), f64.const(rowBytes(style)));
    const across = f64.add(f64.mul(f64.fromWord(panels), word(panel)), rows);
    return {
      counts: [count.get, sides.get],
      stretches: [
        { from: f64.add(word(ds), furthestTile(reach, given, 4, m)), bytes: sidesBytes(sides) },
        { from: word(to), bytes: f64.add(planes(n, plane), across) },
      ],
    };
  };
}

function sidesBytes(sides: { readonly get: Code }): Code {
  return f64.mul(word(sides), f64.const(sideBytes));
}

/** From the first of n² planes to the last. */
function planes(n: number, plane: { readonly get: Code }): Code {
  return f64.mul(f64.const(n * n - 1), word(plane));
}
