/** What all tiles are made of: R rows of accumulators, each as wide as a panel of `vectors` vectors. */

import type { Code } from "../wasm/code.js";
import {
  i32,
  type Local,
  loopWhile,
  type NumberType,
  storeVectors,
  v128,
  when,
} from "../wasm/instructions.js";
import type { FunctionScope } from "../wasm/module.js";
import { scratchBytes } from "./task.js";

/** How a tile is cut for a runtime: what it does well differs (registers, unrolling, fused multiply and add). */
export interface TileStyle {
  readonly type: NumberType;
  /** The most rows of a tile; each is one number read and spread over all lanes. */
  readonly rows: number;
  /** Vectors of 16 bytes in a row. */
  readonly vectors: number;
  /** How many steps of the sum the inner loop takes at once. */
  readonly unroll: number;
  /** Whether x y + z is one relaxed instruction, or a product and a sum. */
  readonly fused: boolean;
  /** Whether tiles are machine code, which is given to the module, or functions of it. */
  readonly machineCode?: boolean;
  /**
   * The tile by whose size it is decided how sums are cut, where that is not this one: variants that decide alike give
   * the same bits.
   */
  readonly decides?: { readonly rows: number; readonly vectors: number };
}

/** Rows of a tile, and bytes of each. */
export interface TileSize {
  readonly rows: number;
  readonly rowBytes: number;
}

/** The size of the tile that decides how sums are cut. */
export function deciding(style: TileStyle): TileSize {
  const { rows, vectors } = style.decides ?? style;
  return { rows, rowBytes: 16 * vectors };
}

/** Numbers in a row of the tile: the width of a panel. */
export function panelWidth({ type, vectors }: TileStyle): number {
  return vectors * type.lanes;
}

/** Bytes of one row of a panel. */
export function rowBytes({ vectors }: TileStyle): number {
  return 16 * vectors;
}

/** Bytes of each thread's scratch memory: wider rows want more. */
export function scratchOf(rowBytes: number): number {
  return Math.max(scratchBytes, 8192 * rowBytes);
}

/** The accumulators of a tile, row by row. */
export type Accumulators = readonly (readonly Local[])[];

export function accumulators(scope: FunctionScope, style: TileStyle, rows: number): Accumulators {
  return Array.from({ length: rows }, () => scope.locals("v128", style.vectors));
}

/** Every accumulator := 0. */
export function clear(tile: Accumulators): Code {
  return tile.flat().flatMap((sum) => sum.set(v128.zero));
}

/** One step of the sum: row r += (the number at numbers(r)) · (the row of the panel at `panel` + offset). */
export function step(
  style: TileStyle,
  tile: Accumulators,
  spread: { readonly number: Local; readonly row: readonly Local[] },
  panel: Code,
  offset: number,
  numberAt: (row: number) => { readonly address: Code; readonly offset: number },
): Code {
  const { type, fused } = style;
  const row = spread.row.map((b, v) => b.set(v128.load(panel, offset + 16 * v)));
  const sums = tile.map((sum, r) => {
    const at = numberAt(r);
    const number = spread.number.set(type.loadSplat(at.address, at.offset));
    const products = sum.map((c, v) => {
      const [x, y] = [spread.number.get, spread.row[v].get];
      return c.set(fused ? type.madd(x, y, c.get) : type.add(c.get, type.mul(x, y)));
    });
    return [number, ...products].flat();
  });
  return [...row, ...sums].flat();
}

/** Stores row r at y + r·ldy; `finish` changes what is stored. `y` moves. */
export function storeRows(
  tile: Accumulators,
  y: Local,
  ldy: Code,
  finish: (sum: Code, vector: number) => Code = (sum) => sum,
): Code {
  return tile.flatMap((sum, r) => [
    ...(r > 0 ? y.step(ldy) : []),
    ...storeVectors(
      y.get,
      sum.map((c, v) => finish(c.get, v)),
    ).flat(),
  ]);
}

/**
 * `left` rows in tiles of the most rows, and the rest in one; or the last full one and the rest in two halves, where the
 * rest is short: each step of a short tile waits for the one before. `left` is not needed afterwards.
 */
export function inTiles({ rows }: TileStyle, left: Local, tile: (rows: number) => readonly Code[]): Code[] {
  const some = (count: number): Code[] => [...tile(count), left.step(i32.const(-count))];
  const exactly = (count: number, first: number): Code =>
    when(i32.eq(left.get, i32.const(count)), ...some(first));
  const short = rows >> 1;
  const many = i32.geS(left.get, i32.const(rows + short + 1));
  const halves = Array.from({ length: short }, (_, r) => exactly(rows + r + 1, (rows + r + 2) >> 1));
  const last = Array.from({ length: rows }, (_, r) => exactly(r + 1, r + 1));
  return [when(many, loopWhile(many, ...some(rows))), ...halves, ...last.reverse()];
}

/** One number of `type`, counted from 0, past an address. */
export function at(type: NumberType, address: Code, number: Code): Code {
  return i32.add(address, i32.mul(number, i32.const(type.bytes)));
}
