/** Winograd's transforms as tasks. Channels lie together, so that each handles eight of them at once. */

import type { Code } from "../wasm/code.js";
import { i32, type Local, repeat, v128, when } from "../wasm/instructions.js";
import type { FunctionSource, Scope } from "../wasm/module.js";
import { finishing } from "./placesTile.js";
import { task } from "./task.js";
import { panelWidth, rowBytes, type TileStyle } from "./tile.js";
import { transposed, type WinogradForm } from "./winogradForm.js";

type Coefficients = readonly (readonly number[])[];

/** Vectors that a transform handles side by side: eight channels. */
const side = [0, 1] as const;
const sideBytes = 32;

/** A list of tiles has four words for each: where it starts in the image and in S, and how many rows and columns of S
 * it has. */
const tileBytes = 16;

/** The transforms of one form; its name is in theirs. */
export function winogradTasks(style: TileStyle, name: string, form: WinogradForm): FunctionSource[] {
  return [
    inputTask(style, name, form),
    outputTask(style, name, form),
    outputGradientTask(style, name, form),
    filterTask(style, name, form),
    filterGradientTask(style, name, form),
  ];
}

/** V = Bᵀ d B: plane k + n·l holds entry (k, l) of every tile, tile by tile, channels together. */
function inputTask(style: TileStyle, name: string, { BT, n }: WinogradForm): FunctionSource {
  const args = ["tiles", "count", "z", "rowStep", "colStep", "eights", "to", "plane"] as const;
  return task(`${name}InputTask`, args, (scope) => {
    const { tiles, count, z, rowStep, colStep, eights, to, plane } = scope;
    const [first, column, at, out, left] = scope.locals("i32", 5);
    const both = twoSided(style, scope, BT);
    const load = (_: number, i: number): Code[] => [
      ...(i === 0 ? [at.set(column.get), column.step(colStep.get)] : []),
      both.read(i, at, 0),
      at.step(rowStep.get),
    ];
    const planes = planeWriter(scope, n, plane);
    return [
      planes.start,
      repeat(
        count,
        first.set(i32.add(z.get, i32.load(tiles.get))),
        left.set(eights.get),
        repeat(
          left,
          column.set(first.get),
          out.set(to.get),
          ...both.transform(load, (k, l, value) => planes.write(out, k, l, value)),
          first.step(i32.const(sideBytes)),
          to.step(i32.const(sideBytes)),
        ),
        tiles.step(i32.const(tileBytes)),
      ),
    ];
  });
}

/** Y = Aᵀ M A + b 1ᵀ, clipped where asked, each tile's rows and columns of S as far as there are any. */
function outputTask(style: TileStyle, name: string, { AT }: WinogradForm): FunctionSource {
  // biome-ignore format: from, to, finish
  const args = ["tiles", "count", "from", "plane", "eights", "y", "rowStep", "colStep", "bias", "finish"] as const;
  return task(`${name}OutputTask`, args, (scope) => {
    const { tiles, count, from, plane, eights, y, rowStep, colStep, bias, finish } = scope;
    const { type } = style;
    const [rows, cols, first, at, place, left, b] = scope.locals("i32", 7);
    const values = scope.locals("v128", side.length);
    const both = twoSided(style, scope, AT);
    const load = (l: number, k: number): Code[] => [
      ...(k === 0 && l === 0 ? [at.set(from.get)] : []),
      both.read(k, at, 0),
      at.step(plane.get),
    ];
    const finished = (v: number): Code =>
      when(i32.and(finish.get, i32.const(finishing.relu)), values[v].set(type.max(values[v].get, v128.zero)));
    const store = (k: number, l: number, value: readonly Code[]): Code => [
      ...(l === 0 ? place.set(i32.add(first.get, i32.mul(rowStep.get, i32.const(k)))) : []),
      ...when(
        i32.and(i32.gtS(rows.get, i32.const(k)), i32.gtS(cols.get, i32.const(l))),
        ...side.flatMap((v) => [
          values[v].set(type.add(value[v], v128.load(b.get, 16 * v))),
          finished(v),
          v128.store(place.get, values[v].get, 16 * v),
        ]),
      ),
      ...place.step(colStep.get),
    ];
    return [
      repeat(
        count,
        first.set(i32.add(y.get, i32.load(tiles.get, 4))),
        rows.set(i32.load(tiles.get, 8)),
        cols.set(i32.load(tiles.get, 12)),
        b.set(bias.get),
        left.set(eights.get),
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
  });
}

/** dM = A dS Aᵀ in panels of output channels, one row for each tile: what ∂ξ/∂W is summed from. */
function outputGradientTask(style: TileStyle, name: string, { AT, n }: WinogradForm): FunctionSource {
  const args = ["tiles", "count", "ds", "rowStep", "colStep", "eights", "to", "plane", "panel"] as const;
  return task(`${name}OutputGradientTask`, args, (scope) => {
    const { tiles, count, ds, rowStep, colStep, eights, to, plane, panel } = scope;
    const [rows, cols, first, column, at, out, k8, left] = scope.locals("i32", 8);
    const both = twoSided(style, scope, transposed(AT));
    const load = (j: number, i: number): Code[] => [
      ...(i === 0 ? [at.set(column.get), column.step(colStep.get)] : []),
      both.clear(i),
      when(i32.and(i32.gtS(rows.get, i32.const(i)), i32.gtS(cols.get, i32.const(j))), both.read(i, at, 0)),
      at.step(rowStep.get),
    ];
    const planes = planeWriter(scope, n, plane);
    const perPanel = panelWidth(style) / 8;
    const offset = i32.add(
      i32.mul(i32.shru(k8.get, i32.const(Math.log2(perPanel))), panel.get),
      i32.mul(i32.and(k8.get, i32.const(perPanel - 1)), i32.const(sideBytes)),
    );
    return [
      planes.start,
      repeat(
        count,
        first.set(i32.add(ds.get, i32.load(tiles.get, 4))),
        rows.set(i32.load(tiles.get, 8)),
        cols.set(i32.load(tiles.get, 12)),
        k8.set(i32.const(0)),
        left.set(eights.get),
        repeat(
          left,
          column.set(first.get),
          out.set(i32.add(to.get, offset)),
          ...both.transform(load, (k, l, value) => planes.write(out, k, l, value)),
          first.step(i32.const(sideBytes)),
          k8.step(i32.const(1)),
        ),
        to.step(i32.const(rowBytes(style))),
        tiles.step(i32.const(tileBytes)),
      ),
    ];
  });
}

/** U = G g Gᵀ in panels: `rows` rows of a panel, pixel (i, j) of the filters `pixel` bytes apart, i fastest. */
function filterTask(style: TileStyle, name: string, { G, n }: WinogradForm): FunctionSource {
  const args = ["from", "pixel", "rowStep", "rows", "to", "plane"] as const;
  return task(`${name}FilterTask`, args, (scope) => {
    const { from, pixel, rowStep, rows, to, plane } = scope;
    const [at, out] = scope.locals("i32", 2);
    const both = twoSided(style, scope, G);
    const planes = planeWriter(scope, n, plane);
    const part = (offset: number): Code[] => [
      at.set(from.get),
      out.set(i32.add(to.get, i32.const(offset))),
      ...both.transform(
        (_, i) => [both.read(i, at, offset), at.step(pixel.get)],
        (k, l, value) => planes.write(out, k, l, value),
      ),
    ];
    const parts = Array.from({ length: rowBytes(style) / sideBytes }, (_, k) => part(k * sideBytes));
    return [
      planes.start,
      repeat(rows, ...parts.flat(), from.step(rowStep.get), to.step(i32.const(rowBytes(style)))),
    ];
  });
}

/** ∂ξ/∂W = Gᵀ dU G from panels into the matrix: `eights` times eight channels of a panel. */
function filterGradientTask(style: TileStyle, name: string, { G, r }: WinogradForm): FunctionSource {
  const args = ["from", "plane", "rows", "to", "pixel", "rowStep", "eights"] as const;
  return task(`${name}FilterGradientTask`, args, (scope) => {
    const { from, plane, rows, to, pixel, rowStep, eights } = scope;
    const [at, out, source, target, left] = scope.locals("i32", 5);
    const both = twoSided(style, scope, transposed(G));
    const planes = planeWriter(scope, r, pixel);
    return [
      planes.start,
      repeat(
        rows,
        source.set(from.get),
        target.set(to.get),
        left.set(eights.get),
        repeat(
          left,
          at.set(source.get),
          out.set(target.get),
          ...both.transform(
            (_, k) => [both.read(k, at, 0), at.step(plane.get)],
            (i, j, value) => planes.write(out, i, j, value),
          ),
          source.step(i32.const(sideBytes)),
          target.step(i32.const(sideBytes)),
        ),
        from.step(i32.const(rowBytes(style))),
        to.step(rowStep.get),
      ),
    ];
  });
}

/** Writes entry (k, l) of n × n at plane k + n·l; entries of one k come one after the other. */
function planeWriter(scope: Scope, n: number, plane: Local) {
  const [line, at] = scope.locals("i32", 2);
  return {
    start: line.set(i32.mul(plane.get, i32.const(n))),
    write: (out: Local, k: number, l: number, value: readonly Code[]): Code => [
      ...(l === 0 ? at.set(i32.add(out.get, i32.mul(plane.get, i32.const(k)))) : []),
      ...side.flatMap((v) => v128.store(at.get, value[v], 16 * v)),
      ...at.step(line.get),
    ],
  };
}

/** M X Mᵀ for X of eight channels at once: its columns are read one by one, the result is handed out row by row. */
function twoSided(style: TileStyle, scope: Scope, M: Coefficients) {
  const [p, q] = [M.length, M[0].length];
  const input = Array.from({ length: q }, () => scope.locals("v128", side.length));
  const half = Array.from({ length: p * q }, () => scope.locals("v128", side.length));
  const combine = combiner(style, M);
  return {
    /** Input i of the column at hand := eight numbers at an address. */
    read: (i: number, at: Local, offset: number): Code =>
      side.flatMap((v) => input[i][v].set(v128.load(at.get, offset + 16 * v))),
    clear: (i: number): Code => side.flatMap((v) => input[i][v].set(v128.zero)),
    /** read(j, i) makes entry (i, j) the input i; write(k, l, value) gets the result's entry (k, l). */
    transform: (
      read: (j: number, i: number) => readonly Code[],
      write: (k: number, l: number, value: readonly Code[]) => Code,
    ): Code[] => [
      ...Array.from({ length: q }, (_, j) => [
        ...Array.from({ length: q }, (_, i) => read(j, i)).flat(),
        ...Array.from({ length: p }, (_, k) =>
          side.map((v) => half[k * q + j][v].set(combine(k, (i) => input[i][v].get))),
        ).flat(),
      ]).flat(),
      ...Array.from({ length: p }, (_, k) =>
        Array.from({ length: p }, (_, l) =>
          write(
            k,
            l,
            side.map((v) => combine(l, (j) => half[k * q + j][v].get)),
          ),
        ),
      ).flat(),
    ],
  };
}

/** Row k of M times a vector: sums and differences where the coefficient is ±1. */
function combiner({ type, fused }: TileStyle, M: Coefficients) {
  const times = (c: number, x: Code, sum: Code): Code => {
    const constant = type.splat(type.const(c));
    return fused ? type.madd(constant, x, sum) : type.add(sum, type.mul(constant, x));
  };
  return (k: number, x: (i: number) => Code): Code => {
    const terms = M[k].map((c, i) => ({ c, x: x(i) })).filter(({ c }) => c !== 0);
    const first = terms.findIndex(({ c }) => c === 1);
    const [start] = terms.splice(Math.max(first, 0), 1);
    const sum = start.c === 1 ? start.x : type.mul(type.splat(type.const(start.c)), start.x);
    return terms.reduce<Code>((code, { c, x }) => {
      if (c === 1) return type.add(code, x);
      return c === -1 ? type.sub(code, x) : times(c, x, code);
    }, sum);
  };
}
