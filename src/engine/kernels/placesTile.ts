/**
 * The tile of S = W φ(Z) + b 1ᵀ: R output places × one panel of output channels. With k = (c fastest, then i, then j)
 * the entries of a sub-image over (c, i) are one run of h·d numbers in vec(Z), so the sum over k is `runs` runs of
 * `length` numbers, each read straight from the image and spread over the lanes; φ(Z) is nowhere. The panel of W lies
 * in the same order. A B is the same with one run: a column of B.
 */

import type { Code } from "../wasm/code.js";
import { i32, repeat, v128, when } from "../wasm/instructions.js";
import type { FunctionScope, FunctionSource } from "../wasm/module.js";
import { accumulators, clear, rowBytes, step, storeRows, type TileStyle } from "./tile.js";
import { finishing } from "./tiles.js";

/** places1 … placesR: (starts, z, w, y, ldy, runs, length, jump, bias, finish), all addresses and steps in bytes. */
export function placesTiles(style: TileStyle): FunctionSource[] {
  return Array.from({ length: style.rows }, (_, r) => ({
    name: `places${r + 1}`,
    params: 10,
    body: (scope) => placesTile(style, r + 1, scope),
  }));
}

// Over 40 lines: the body of one kernel, in the order in which it runs; cut up, its locals would be handed around.
function placesTile(style: TileStyle, rows: number, scope: FunctionScope): Code[] {
  const [starts, z, w, y, ldy, runs, length, jump, bias, finish] = scope.params;
  const { type, unroll } = style;
  const numbers = scope.locals("i32", rows);
  const left = scope.local("i32");
  const spread = { number: scope.local("v128"), row: scope.locals("v128", style.vectors) };
  const tile = accumulators(scope, style, rows);

  const steps = (count: number): Code[] => [
    ...Array.from({ length: count }, (_, u) =>
      step(style, tile, spread, w.get, u * rowBytes(style), (r) => ({
        address: numbers[r].get,
        offset: u * type.bytes,
      })),
    ),
    ...numbers.map((number) => number.step(i32.const(count * type.bytes))),
    w.step(i32.const(count * rowBytes(style))),
  ];
  const many = i32.shru(length.get, i32.const(Math.log2(unroll)));
  const rest = i32.and(length.get, i32.const(unroll - 1));

  return [
    clear(tile),
    ...numbers.map((number, r) => number.set(i32.add(z.get, i32.load(starts.get, 4 * r)))),
    repeat(
      runs,
      left.set(many),
      repeat(left, ...steps(unroll)),
      ...(unroll > 1 ? [left.set(rest), repeat(left, ...steps(1))] : []),
      ...numbers.map((number) => number.step(jump.get)),
    ),
    when(i32.and(finish.get, i32.const(finishing.bias)), addBias()),
    when(i32.and(finish.get, i32.const(finishing.relu)), clip()),
    storeRows(tile, y, ldy.get),
  ];

  function addBias(): Code {
    const row = spread.row.map((b, v) => b.set(v128.load(bias.get, 16 * v)));
    const sums = tile.flatMap((sum) => sum.map((c, v) => c.set(type.add(c.get, spread.row[v].get))));
    return [...row, ...sums].flat();
  }

  function clip(): Code {
    return tile.flat().flatMap((c) => c.set(type.max(c.get, v128.zero)));
  }
}
