/** What Winograd's transforms are made of. Channels lie together, so that each handles a side of them at once. */

import type { Code } from "../wasm/code.js";
import { i32, type Local, storeVectors, v128 } from "../wasm/instructions.js";
import type { FunctionScope } from "../wasm/module.js";
import type { TileStyle } from "./tile.js";

export type Coefficients = readonly (readonly number[])[];

/** Vectors that a transform handles side by side, a side: eight channels in float32, four in float64. */
export const side = [0, 1] as const;
export const sideBytes = 32;

/** Writes entry (k, l) of a result at planes from an address on. */
type Write = (out: Local, k: number, l: number, value: readonly Code[]) => Code;

/** Writes entry (k, l) of n × n at plane k + n·l, or adds it there; entries of one k come one after the other. */
export function planeWriter(
  style: TileStyle,
  scope: FunctionScope,
  n: number,
  plane: Local,
): { readonly start: Code; readonly write: Write; readonly add: Write } {
  const [line, at] = scope.locals("i32", 2);
  const sums = scope.locals("v128", side.length);
  const atPlane = (out: Local, k: number, l: number): Code[] =>
    l === 0 ? [at.set(i32.add(out.get, i32.mul(plane.get, i32.const(k))))] : [];
  const store = (value: readonly Code[]): Code[] => storeVectors(at.get, value);
  const sum = (value: readonly Code[]): Code[] =>
    side.map((v) => sums[v].set(style.type.add(v128.load(at.get, 16 * v), value[v])));
  return {
    start: line.set(i32.mul(plane.get, i32.const(n))),
    write: (out: Local, k: number, l: number, value: readonly Code[]): Code => [
      ...[...atPlane(out, k, l), ...store(value), at.step(line.get)],
    ],
    add: (out: Local, k: number, l: number, value: readonly Code[]): Code => [
      ...[...atPlane(out, k, l), ...sum(value), ...store(sums.map(({ get }) => get)), at.step(line.get)],
    ],
  };
}

interface TwoSided {
  /** What a task begins with. */
  readonly start: readonly Code[];
  /** Input i of the column at hand := a side of numbers at an address. */
  read(i: number, at: Local, offset: number): Code;
  clear(i: number): Code;
  /** read(j, i) makes entry (i, j) the input i; write(k, l, value) gets the result's entry (k, l). */
  transform(
    read: (j: number, i: number) => readonly Code[],
    write: (k: number, l: number, value: readonly Code[]) => Code,
  ): Code[];
}

/** M X Mᵀ for X of one side of channels at once: its columns are read one by one, the result is handed out row by row. */
export function twoSided(style: TileStyle, scope: FunctionScope, M: Coefficients): TwoSided {
  const [p, q] = [M.length, M[0].length];
  const input = Array.from({ length: q }, () => scope.locals("v128", side.length));
  const half = Array.from({ length: p * q }, () => scope.locals("v128", side.length));
  const combine = combiner(style, scope, M);
  return {
    start: combine.start,
    read: (i: number, at: Local, offset: number): Code =>
      side.flatMap((v) => input[i][v].set(v128.load(at.get, offset + 16 * v))),
    clear: (i: number): Code => side.flatMap((v) => input[i][v].set(v128.zero)),
    transform: (read, write) => [
      ...Array.from({ length: q }, (_, j) => [
        ...Array.from({ length: q }, (_, i) => read(j, i)).flat(),
        ...Array.from({ length: p }, (_, k) =>
          side.map((v) => half[k * q + j][v].set(combine.row(k, (i) => input[i][v].get))),
        ).flat(),
      ]).flat(),
      ...Array.from({ length: p }, (_, k) =>
        Array.from({ length: p }, (_, l) =>
          write(
            k,
            l,
            side.map((v) => combine.row(l, (j) => half[k * q + j][v].get)),
          ),
        ),
      ).flat(),
    ],
  };
}

/**
 * Row k of M times a vector: sums and differences where the coefficient is ±1. The other coefficients are spread once,
 * into locals that `start` sets: V8 joins two vectors to one of 256 bits only where both are given the same.
 */
export function combiner(
  { type, fused }: TileStyle,
  scope: FunctionScope,
  M: Coefficients,
): { readonly start: readonly Code[]; row(k: number, x: (i: number) => Code): Code } {
  const spread = new Map<number, Local>();
  for (const c of M.flat()) if (Math.abs(c) !== 1) spread.set(c, spread.get(c) ?? scope.local("v128"));
  const times = (c: number, x: Code, sum: Code): Code => {
    const constant = (spread.get(c) as Local).get;
    return fused ? type.madd(constant, x, sum) : type.add(sum, type.mul(constant, x));
  };
  return {
    start: [...spread].map(([c, local]) => local.set(type.splat(type.const(c)))),
    row: (k: number, x: (i: number) => Code): Code => {
      const terms = M[k].map((c, i) => ({ c, x: x(i) })).filter(({ c }) => c !== 0);
      const first = terms.findIndex(({ c }) => c === 1);
      const [start] = terms.splice(Math.max(first, 0), 1);
      const sum = start.c === 1 ? start.x : type.mul((spread.get(start.c) as Local).get, start.x);
      return terms.reduce<Code>((code, { c, x }) => {
        if (c === 1) return type.add(code, x);
        return c === -1 ? type.sub(code, x) : times(c, x, code);
      }, sum);
    },
  };
}
