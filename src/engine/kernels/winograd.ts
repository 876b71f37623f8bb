/** Winograd's transforms of images and outputs as tasks: a side of channels at once. */

import type { Code } from "../wasm/code.js";
import { i32, repeat, storeVectors, v128, when } from "../wasm/instructions.js";
import type { FunctionSource } from "../wasm/module.js";
import {
  type ImageTransforms,
  type InputField,
  inputFields,
  type OutputField,
  outputFields,
  type SlopeField,
  slopeFields,
} from "./imageTransforms.js";
import { type TaskKinds, taskFunction, taskKinds } from "./task.js";
import { rowBytes, type TileStyle } from "./tile.js";
import { finishing } from "./tiles.js";
import { transposedForm, type WinogradForm, type WinogradName, winogradNames } from "./winogradForm.js";
import { planeWriter, side, sideBytes, twoSided } from "./winogradTransform.js";

/** A list of tiles has four words for each: where it starts in the image and in S, and how many rows and columns of S
 * it has. */
const tileBytes = 16;

/** The transforms of images and outputs of one form; its name is in theirs. */
export function winogradTransforms(
  style: TileStyle,
  name: WinogradName,
  form: WinogradForm,
  transforms: ImageTransforms,
): FunctionSource[] {
  return [
    inputFunction(style, name, form, transforms),
    outputFunction(style, name, form, transforms),
    outputGradientFunction(style, name, form, transforms),
  ];
}

/** V = Bᵀ d B: plane k + n·l holds entry (k, l) of every tile, tile by tile, `gap` bytes between, channels together. */
export const inputTasks: TaskKinds<WinogradName, InputField> = taskKinds(
  winogradNames,
  "InputTask",
  inputFields,
);

function inputFunction(
  style: TileStyle,
  name: WinogradName,
  { BT, n }: WinogradForm,
  transforms: ImageTransforms,
): FunctionSource {
  return taskFunction(inputTasks[name], (scope) => {
    const { tiles, count, z, rowStep, colStep, sides, to, plane, gap } = scope;
    const [first, column, at, out, left] = scope.locals("i32", 5);
    const both = twoSided(style, scope, BT);
    const load = (_: number, i: number): Code[] => [
      ...(i === 0 ? [at.set(column.get), column.step(colStep.get)] : []),
      both.read(i, at, 0),
      at.step(rowStep.get),
    ];
    const planes = planeWriter(style, scope, n, plane);
    const otherwise = [
      ...both.start,
      planes.start,
      repeat(
        count,
        first.set(i32.add(z.get, i32.load(tiles.get))),
        left.set(sides.get),
        repeat(
          left,
          column.set(first.get),
          out.set(to.get),
          ...both.transform(load, (k, l, value) => planes.write(out, k, l, value)),
          first.step(i32.const(sideBytes)),
          to.step(i32.const(sideBytes)),
        ),
        to.step(gap.get),
        tiles.step(i32.const(tileBytes)),
      ),
    ];
    return [transforms.input(scope, otherwise)];
  });
}

/** Y = Aᵀ M A + b 1ᵀ, clipped where asked, each tile's rows and columns of S as far as there are any. */
export const outputTasks: TaskKinds<WinogradName, OutputField> = taskKinds(
  winogradNames,
  "OutputTask",
  outputFields,
);

// Over 40 lines: the body of one kernel, in the order in which it runs; cut up, its locals would be handed around.
function outputFunction(
  style: TileStyle,
  name: WinogradName,
  { AT }: WinogradForm,
  transforms: ImageTransforms,
): FunctionSource {
  return taskFunction(outputTasks[name], (scope) => {
    const { tiles, count, from, plane, sides, y, rowStep, colStep, bias, finish } = scope;
    const { type } = style;
    const [rows, cols, first, at, place, left, b] = scope.locals("i32", 7);
    const low = scope.local("v128");
    const values = scope.locals("v128", side.length);
    const both = twoSided(style, scope, AT);
    const load = (l: number, k: number): Code[] => [
      ...(k === 0 && l === 0 ? [at.set(from.get)] : []),
      both.read(k, at, 0),
      at.step(plane.get),
    ];
    const store = (k: number, l: number, value: readonly Code[]): Code => [
      ...(l === 0 ? place.set(i32.add(first.get, i32.mul(rowStep.get, i32.const(k)))) : []),
      ...when(
        i32.and(i32.gtS(rows.get, i32.const(k)), i32.gtS(cols.get, i32.const(l))),
        ...side.map((v) => {
          const sum = type.add(value[v], v128.load(b.get, 16 * v));
          return values[v].set(type.max(sum, low.get));
        }),
        ...storeVectors(
          place.get,
          values.map(({ get }) => get),
        ),
      ),
      ...place.step(colStep.get),
    ];
    const otherwise = [
      ...both.start,
      low.set(type.splat(type.const(Number.NEGATIVE_INFINITY))),
      when(i32.and(finish.get, i32.const(finishing.relu)), low.set(v128.zero)),
      repeat(
        count,
        first.set(i32.add(y.get, i32.load(tiles.get, 4))),
        rows.set(i32.load(tiles.get, 8)),
        cols.set(i32.load(tiles.get, 12)),
        b.set(bias.get),
        left.set(sides.get),
        repeat(
          left,
          ...both.transform(load, store),
          first.step(i32.const(sideBytes)),
          from.step(i32.const(sideBytes)),
          b.step(i32.const(sideBytes)),
        ),
        tiles.step(i32.const(tileBytes)),
      ),
    ];
    return [transforms.output(scope, otherwise)];
  });
}

/** dM = A dS Aᵀ in panels of output channels, one row for each tile: what ∂ξ/∂W is summed from. */
export const outputGradientTasks: TaskKinds<WinogradName, SlopeField> = taskKinds(
  winogradNames,
  "OutputGradientTask",
  slopeFields,
);

// Over 40 lines: the body of one kernel, in the order in which it runs; cut up, its locals would be handed around.
function outputGradientFunction(
  style: TileStyle,
  name: WinogradName,
  { AT, n }: WinogradForm,
  transforms: ImageTransforms,
): FunctionSource {
  return taskFunction(outputGradientTasks[name], (scope) => {
    const { tiles, count, ds, rowStep, colStep, sides, to, plane, panel } = scope;
    const [rows, cols, first, column, at, out, k, left] = scope.locals("i32", 8);
    const both = twoSided(style, scope, transposedForm(AT));
    const load = (j: number, i: number): Code[] => [
      ...(i === 0 ? [at.set(column.get), column.step(colStep.get)] : []),
      both.clear(i),
      when(i32.and(i32.gtS(rows.get, i32.const(i)), i32.gtS(cols.get, i32.const(j))), both.read(i, at, 0)),
      at.step(rowStep.get),
    ];
    const planes = planeWriter(style, scope, n, plane);
    const perPanel = rowBytes(style) / sideBytes;
    const offset = i32.add(
      i32.mul(i32.shru(k.get, i32.const(Math.log2(perPanel))), panel.get),
      i32.mul(i32.and(k.get, i32.const(perPanel - 1)), i32.const(sideBytes)),
    );
    const otherwise = [
      ...both.start,
      planes.start,
      repeat(
        count,
        first.set(i32.add(ds.get, i32.load(tiles.get, 4))),
        rows.set(i32.load(tiles.get, 8)),
        cols.set(i32.load(tiles.get, 12)),
        k.set(i32.const(0)),
        left.set(sides.get),
        repeat(
          left,
          column.set(first.get),
          out.set(i32.add(to.get, offset)),
          ...both.transform(load, (k, l, value) => planes.write(out, k, l, value)),
          first.step(i32.const(sideBytes)),
          k.step(i32.const(1)),
        ),
        to.step(i32.const(rowBytes(style))),
        tiles.step(i32.const(tileBytes)),
      ),
    ];
    return [transforms.slope(scope, otherwise)];
  });
}
