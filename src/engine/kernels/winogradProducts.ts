/**
 * Winograd's products as tasks, each with the transform of the filters it needs: what is transformed stays in the
 * thread's scratch memory. Whole, the transformed filters of a layer are several times as large as W, and would go out
 * to memory and come back.
 */

import type { Code } from "../wasm/code.js";
import { i32, type Local, loopWhile, repeat, whenElse } from "../wasm/instructions.js";
import type { FunctionScope, FunctionSource } from "../wasm/module.js";
import { moveFilters } from "./copy.js";
import type { FilterTransforms } from "./filterTransforms.js";
import { type Named, type TaskKinds, taskFunction, taskKinds } from "./task.js";
import { rowBytes, scratchOf, type TileSize, type TileStyle } from "./tile.js";
import type { TileCode } from "./tiles.js";
import { packTurned } from "./transpose.js";
import { type WinogradForm, type WinogradName, winogradNames } from "./winogradForm.js";

/** Bytes between planes beyond their own, so that equal places of the planes do not share cache sets. */
export const skew = 192;

/** The most channels that the product and ∂ξ/∂W can have in one task, with tiles of a size. */
export function mostChannels(
  { rows, rowBytes }: TileSize,
  { n, r }: WinogradForm,
): { readonly product: number; readonly entries: number } {
  const scratch = scratchOf(rowBytes);
  const room = scratch - rows * rowBytes;
  return {
    product: Math.floor((room / (r * r + n) - skew) / rowBytes),
    entries: Math.floor((scratch / (n * n) - skew) / rowBytes),
  };
}

/** The start of the scratch memory is a tile's, for the edge of M. */
function tileBytes(style: TileStyle): number {
  return style.rows * rowBytes(style);
}

// biome-ignore format: the filters, V, M, how much
const productFields = ["w", "ld", "turned", "length", "ramp", "z", "zPlane", "y", "yPlane", "ldy", "places", "width"] as const;

/**
 * M = U ⊙ V of one panel in all planes. U = G g Gᵀ is made of the panel's filters, `length` channels of each: W's
 * rows at w, ld bytes from column to column, or, where `turned` is not 0, the turned filters from that corner on. V is
 * that of inputTask, `places` tiles of it; M has ldy bytes from tile to tile, `width` channels.
 */
export const winogradProductTasks: TaskKinds<WinogradName, (typeof productFields)[number]> = taskKinds(
  winogradNames,
  "ProductTask",
  productFields,
);

// Over 40 lines: the body of one kernel, in the order in which it runs; cut up, its locals would be handed around.
export function productFunction(
  style: TileStyle,
  name: WinogradName,
  form: WinogradForm,
  tiles: TileCode,
  transforms: FilterTransforms,
): FunctionSource {
  return taskFunction(winogradProductTasks[name], (scope) => {
    const { length, ramp, z, zPlane, y, yPlane, scratch } = scope;
    const [from, weights, to, room, plane, k, runs, none, left] = scope.locals("i32", 9);
    const filters = i32.add(scratch.get, i32.const(tileBytes(style)));
    const rows = transforms.rows(scope, { length, pixel: plane, plane, scratch });
    const operands = { starts: ramp, z: from, w: weights, y: to };
    const one = tiles.panel({
      ...{ ...scope, ...operands },
      ...{ runs, jump: none, bias: none, finish: none },
    });
    const nextRow = (at: Local, step: Local): Code => at.step(i32.mul(step.get, i32.const(form.n)));
    const products = [
      weights.set(room.get),
      from.set(z.get),
      to.set(y.get),
      left.set(i32.const(form.n)),
      repeat(left, one, weights.step(plane.get), nextRow(from, zPlane), nextRow(to, yPlane)),
      z.step(zPlane.get),
      y.step(yPlane.get),
    ];
    return [
      plane.set(planeOf(style, length)),
      room.set(i32.add(filters, i32.mul(plane.get, i32.const(form.r * form.r)))),
      ...packFilters(style, scope, form, filters),
      ...rows.start,
      runs.set(i32.const(1)),
      loopWhile(
        i32.ltS(k.get, i32.const(form.n)),
        rows.transform(k, { get: filters }, room),
        ...products,
        k.step(i32.const(1)),
      ),
    ];
  });
}

const filterFields = ["w", "ld", "turned", "length", "width", "to", "plane"] as const;

/** U of one panel of filters, in planes from `to` on: for filters that are kept. */
export const winogradFilterTasks: TaskKinds<WinogradName, (typeof filterFields)[number]> = taskKinds(
  winogradNames,
  "FilterTask",
  filterFields,
);

export function filterFunction(
  style: TileStyle,
  name: WinogradName,
  form: WinogradForm,
  transforms: FilterTransforms,
): FunctionSource {
  return taskFunction(winogradFilterTasks[name], (scope) => {
    const { length, to, plane, scratch } = scope;
    const [k, pixel, line] = scope.locals("i32", 3);
    const rows = transforms.rows(scope, { length, pixel, plane: line, scratch });
    return [
      pixel.set(planeOf(style, length)),
      ...packFilters(style, scope, form, scratch.get),
      ...rows.start,
      line.set(i32.mul(plane.get, i32.const(form.n))),
      loopWhile(
        i32.ltS(k.get, i32.const(form.n)),
        rows.transform(k, scratch, to),
        to.step(plane.get),
        k.step(i32.const(1)),
      ),
    ];
  });
}

/** Bytes from plane to plane, or from pixel to pixel, of `length` rows of a panel. */
function planeOf(style: TileStyle, length: Local): Code {
  return i32.add(i32.mul(length.get, i32.const(rowBytes(style))), i32.const(skew));
}

/** The panel's filters at an address: for each pixel, i fastest, a plane of rows for each channel. */
function packFilters(
  style: TileStyle,
  scope: FunctionScope & Named<"w" | "ld" | "turned" | "length" | "width">,
  { r }: WinogradForm,
  to: Code,
): Code[] {
  const { w, ld, turned, length, width } = scope;
  const [panel, h] = scope.locals("i32", 2);
  return [
    panel.set(to),
    h.set(i32.const(r)),
    whenElse(
      turned.get,
      packTurned(style, { ...scope, corner: w, panel, ld, width, h, dOut: length }, skew),
      moveFilters(style, { ...scope, matrix: w, panel, ld, width, h, d: length }, "pack", skew),
    ),
  ];
}

// biome-ignore format: V, dM, the gradient, how much
const gradientFields = ["z", "zStep", "zPlane", "length", "ds", "dsPlane", "places", "to", "pixel", "rowStep", "sides", "add"] as const;

/**
 * ∂ξ/∂W = Gᵀ dU G with dU = dM Vᵀ, of one panel and `length` neighbouring channels: V and dM are those of the
 * transforms, `places` tiles of them. The gradient is set, or, where `add` is not 0, added to: `sides` sides of the
 * panel's channels, its pixels `pixel` bytes apart, i fastest, its rows rowStep bytes.
 */
export const gradientTasks: TaskKinds<WinogradName, (typeof gradientFields)[number]> = taskKinds(
  winogradNames,
  "GradientTask",
  gradientFields,
);

export function gradientFunction(
  style: TileStyle,
  name: WinogradName,
  form: WinogradForm,
  tiles: TileCode,
  transforms: FilterTransforms,
): FunctionSource {
  return taskFunction(gradientTasks[name], (scope) => {
    const { z, zStep, zPlane, length, ds, dsPlane, places, scratch } = scope;
    const [dw, plane, left] = scope.locals("i32", 3);
    const products = tiles.entries(scope, { z, zStep, length, ds, dw, places, scratch });
    return [
      plane.set(i32.add(i32.mul(length.get, i32.const(rowBytes(style))), i32.const(skew))),
      dw.set(scratch.get),
      left.set(i32.const(form.n * form.n)),
      repeat(left, products, z.step(zPlane.get), ds.step(dsPlane.get), dw.step(plane.get)),
      transforms.back(scope, { ...scope, from: scratch, plane }),
    ];
  });
}
