/**
 * The tile of ∂ξ/∂W = dS φ(Z)ᵀ (X16): R neighbouring entries of a sub-image × one panel of output channels, summed
 * over output places. The R numbers of each place are gathered once, into the first-level cache, and serve every
 * panel; the result lies in the order of the packed W.
 */

import type { Code } from "../wasm/code.js";
import { i32, type Local, type NumberType, repeat, v128, whenElse } from "../wasm/instructions.js";
import type { FunctionScope, FunctionSource } from "../wasm/module.js";
import { accumulators, clear, rowBytes, step, storeRows, type TileStyle } from "./tile.js";

/**
 * entries1 … entriesR: (z, zStep, ds, dw, places, fresh). z has R numbers for each place, zStep bytes from place to
 * place, ds a row of the panel; dw is set where `fresh` is not 0, else added to.
 */
export function entriesTiles(style: TileStyle): FunctionSource[] {
  return Array.from({ length: style.rows }, (_, r) => ({
    name: `entries${r + 1}`,
    params: 6,
    body: (scope) => entriesTile(style, r + 1, scope),
  }));
}

/** gather1 … gatherR: (starts, z, places, to). The R numbers from z + start on, for each start. */
export function gatherTiles({ type, rows }: TileStyle): FunctionSource[] {
  return Array.from({ length: rows }, (_, r) => ({
    name: `gather${r + 1}`,
    params: 4,
    body: (scope) => gatherTile(type, r + 1, scope),
  }));
}

function entriesTile(style: TileStyle, rows: number, scope: FunctionScope): Code[] {
  const [z, zStep, ds, dw, places, fresh] = scope.params;
  const spread = { number: scope.local("v128"), row: scope.locals("v128", style.vectors) };
  const tile = accumulators(scope, style, rows);
  const load = tile.map((sum, r) =>
    sum.flatMap((c, v) => c.set(v128.load(dw.get, r * rowBytes(style) + 16 * v))),
  );
  const left = scope.local("i32");
  const steps = (count: number): Code[] => [
    ...Array.from({ length: count }, (_, u) => [
      step(style, tile, spread, ds.get, u * rowBytes(style), (r) => ({
        address: z.get,
        offset: r * style.type.bytes,
      })),
      z.step(zStep.get),
    ]).flat(),
    ds.step(i32.const(count * rowBytes(style))),
  ];
  const { unroll } = style;
  return [
    whenElse(fresh.get, [clear(tile)], load),
    left.set(i32.shru(places.get, i32.const(Math.log2(unroll)))),
    repeat(left, ...steps(unroll)),
    ...(unroll > 1 ? [left.set(i32.and(places.get, i32.const(unroll - 1))), repeat(left, ...steps(1))] : []),
    storeRows(tile, dw, i32.const(rowBytes(style))),
  ];
}

function gatherTile(type: NumberType, rows: number, scope: FunctionScope): Code[] {
  const [starts, z, places, to] = scope.params;
  const from = scope.local("i32");
  return [
    repeat(
      places,
      from.set(i32.add(z.get, i32.load(starts.get))),
      copyNumbers(type, rows, from, to),
      starts.step(i32.const(4)),
      to.step(i32.const(rows * type.bytes)),
    ),
  ];
}

/** Copies a known, small count of numbers: in vectors, the last of which may overlap the one before. */
export function copyNumbers(type: NumberType, count: number, from: Local, to: Local): Code {
  const bytes = count * type.bytes;
  if (bytes < 16) {
    const one = (k: number) => type.store(to.get, type.load(from.get, k * type.bytes), k * type.bytes);
    return Array.from({ length: count }, (_, k) => one(k)).flat();
  }
  const offsets = Array.from({ length: Math.ceil(bytes / 16) }, (_, k) => Math.min(16 * k, bytes - 16));
  return offsets.flatMap((offset) => v128.store(to.get, v128.load(from.get, offset), offset));
}
