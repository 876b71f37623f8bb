/** Winograd's transforms of filters, and of their gradients: in WebAssembly, or as calls of machine code. */

import type { Code } from "../wasm/code.js";
import { f64, i32, type Local, repeat, storeVectors, v128, when, whenElse } from "../wasm/instructions.js";
import type { FunctionScope, FunctionSource } from "../wasm/module.js";
import { before, callChecked, checked, type ReachOf, word } from "./checked.js";
import type { Named } from "./task.js";
import { rowBytes, type TileStyle } from "./tile.js";
import { transposedForm, type WinogradForm, type WinogradName, winogradNames } from "./winogradForm.js";
import { combiner, planeWriter, side, sideBytes, twoSided } from "./winogradTransform.js";

/** A value that is read. */
type Value = Pick<Local, "get">;

export interface FilterTransforms {
  /**
   * U = G g Gᵀ, row by row, for `length` rows of a panel. The filters' pixels lie `pixel` bytes apart; entry l of a row
   * goes to plane l, `plane` bytes apart. A task begins with `start`.
   */
  rows(
    scope: FunctionScope,
    given: Named<"length" | "pixel" | "plane" | "scratch">,
  ): { readonly start: readonly Code[]; transform(k: Local, from: Value, to: Value): Code };

  /**
   * Gᵀ dU G for `length` rows of a panel, dU in planes from `from` on: set at `to`, or, where `add` is not 0, added, so
   * many sides of the panel's channels, pixels `pixel` bytes apart, rows rowStep. The variables are used up.
   */
  back(
    scope: FunctionScope,
    given: Named<"from" | "plane" | "length" | "to" | "pixel" | "rowStep" | "sides" | "add" | "scratch">,
  ): Code;
}

export function wasmFilterTransforms(style: TileStyle, form: WinogradForm): FilterTransforms {
  return {
    rows: (scope, { length, pixel, plane }) => {
      const { start, transform } = filterRows(style, { ...scope, length }, form, pixel, plane);
      return { start, transform: (k, from, to) => transform(k, from.get, to.get) };
    },
    back: (scope, given) => backToFilters(style, { ...scope, ...given }, form, given.plane),
  };
}

export const rowsFields = ["from", "to", "length", "pixel", "plane", "k"] as const;

// biome-ignore format: from, to, how much
export const backFields = ["from", "plane", "length", "to", "pixel", "rowStep", "vectors", "add"] as const;

/** The machine code of these transforms, by its names: two for each form. */
export const filterTransformNames: readonly `${WinogradName}${"Rows" | "Back"}`[] = winogradNames.flatMap(
  (name) => [`${name}Rows`, `${name}Back`] as const,
);

/** `imported`: the number of the first of the form's two. Vectors have 64 bytes. */
export function machineFilterTransforms(
  style: TileStyle,
  name: WinogradName,
  form: WinogradForm,
  imported: number,
  add: (...functions: FunctionSource[]) => number,
): FilterTransforms {
  const rows = add(checked(style, `${name}CheckedRows`, rowsFields, imported, rowsReach(form)));
  const back = add(checked(style, `${name}CheckedBack`, backFields, imported + 1, backReach(form)));
  const wasm = wasmFilterTransforms(style, form);
  return {
    rows: (_, given) => ({
      start: [],
      transform: (k, from, to) => callChecked(rows, rowsFields, { ...given, k, from, to }),
    }),
    back: (scope, given) => {
      const vectors = { get: i32.shru(given.sides.get, i32.const(1)) };
      // half a vector at the edge of a panel is not written for
      return whenElse(
        i32.and(given.sides.get, i32.const(1)),
        [wasm.back(scope, given)],
        [callChecked(back, backFields, { ...given, vectors })],
      );
    },
  };
}

function rowsReach({ n, r }: WinogradForm): ReachOf<(typeof rowsFields)[number]> {
  return (style, { from, to, length, pixel, plane }) => {
    const rows = f64.mul(word(length), f64.const(rowBytes(style)));
    const planes = (count: number, step: Value): Code =>
      f64.add(f64.mul(f64.const(count - 1), word(step)), rows);
    return {
      counts: [length.get],
      stretches: [
        { from: word(from), bytes: planes(r * r, pixel) },
        { from: word(to), bytes: planes(n, plane) },
      ],
    };
  };
}

function backReach({ n, r }: WinogradForm): ReachOf<(typeof backFields)[number]> {
  return (style, { from, plane, length, to, pixel, rowStep, vectors }) => {
    const across = f64.mul(word(vectors), f64.const(2 * sideBytes));
    const planes = (count: number, step: Value): Code => f64.mul(f64.const(count - 1), word(step));
    const rows = (step: Code): Code => f64.add(f64.mul(before(length), step), across);
    return {
      counts: [length.get, vectors.get],
      stretches: [
        { from: word(from), bytes: f64.add(planes(n * n, plane), rows(f64.const(rowBytes(style)))) },
        { from: word(to), bytes: f64.add(planes(r * r, pixel), rows(word(rowStep))) },
      ],
    };
  };
}

/** Row k of G g Gᵀ for a panel of filters whose pixels lie `pixel` bytes apart: entry l in plane l, `plane` bytes apart. */
// Over 40 lines: the body of one kernel, in the order in which it runs; cut up, its locals would be handed around.
function filterRows(
  style: TileStyle,
  scope: FunctionScope & Named<"length">,
  { G, n, r }: WinogradForm,
  pixel: Local,
  plane: Local,
): { readonly start: readonly Code[]; transform(k: Local, from: Code, to: Code): Code[] } {
  const [source, target, at, out, left] = scope.locals("i32", 5);
  const input = Array.from({ length: r }, () => scope.locals("v128", side.length));
  const half = Array.from({ length: r }, () => scope.locals("v128", side.length));
  const { start, row } = combiner(style, scope, G);
  const column = (k: number, j: number, offset: number): Code[] => [
    ...input.flatMap((x, i) => [
      ...(G[k][i] === 0 ? [] : side.map((v) => x[v].set(v128.load(at.get, offset + 16 * v)))),
      at.step(pixel.get),
    ]),
    ...side.map((v) => half[j][v].set(row(k, (i) => input[i][v].get))),
  ];
  const oneSide = (k: number, offset: number): Code[] => [
    at.set(source.get),
    ...half.flatMap((_, j) => column(k, j, offset)),
    out.set(target.get),
    ...Array.from({ length: n }, (_, l) => [
      ...storeVectors(
        out.get,
        side.map((v) => row(l, (j) => half[j][v].get)),
        offset,
      ),
      out.step(plane.get),
    ]).flat(),
  ];
  const sides = Array.from({ length: rowBytes(style) / sideBytes }, (_, s) => s * sideBytes);
  const allRows = (k: number): Code =>
    repeat(
      left,
      ...sides.flatMap((offset) => oneSide(k, offset)),
      source.step(i32.const(rowBytes(style))),
      target.step(i32.const(rowBytes(style))),
    );
  return {
    start,
    transform: (k, from, to) => [
      source.set(from),
      target.set(to),
      left.set(scope.length.get),
      ...G.map((_, row) => when(i32.eq(k.get, i32.const(row)), allRows(row))),
    ],
  };
}

/** Gᵀ dU G of `length` rows of a panel, dU in planes. */
function backToFilters(
  style: TileStyle,
  scope: FunctionScope & Named<"from" | "length" | "to" | "pixel" | "rowStep" | "sides" | "add">,
  { G, r }: WinogradForm,
  plane: Local,
): Code[] {
  const { from, length, to, pixel, rowStep, sides, add } = scope;
  const [at, out, source, target, left] = scope.locals("i32", 5);
  const both = twoSided(style, scope, transposedForm(G));
  const planes = planeWriter(style, scope, r, pixel);
  const rows = (write: typeof planes.write): Code =>
    repeat(
      length,
      source.set(from.get),
      target.set(to.get),
      left.set(sides.get),
      repeat(
        left,
        at.set(source.get),
        out.set(target.get),
        ...both.transform(
          (_, k) => [both.read(k, at, 0), at.step(plane.get)],
          (i, j, value) => write(out, i, j, value),
        ),
        source.step(i32.const(sideBytes)),
        target.step(i32.const(sideBytes)),
      ),
      from.step(i32.const(rowBytes(style))),
      to.step(rowStep.get),
    );
  return [...both.start, planes.start, whenElse(add.get, [rows(planes.add)], [rows(planes.write)])];
}
