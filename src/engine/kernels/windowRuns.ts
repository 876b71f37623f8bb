/** Runs of h numbers, from a plane to a column of φ(Z), or added the other way: as whole vectors that overlap. */

import type { Code } from "../wasm/code.js";
import { i32, type Local, type NumberType, repeat, v128, when } from "../wasm/instructions.js";
import type { FunctionScope } from "../wasm/module.js";

/** "copy": from planes to columns, as φ does; "add": from columns to planes, as P_φᵀ does. */
export type Way = "copy" | "add";

/** How long runs are: so many numbers, at most as many as so many vectors hold, or as they come. */
export type Form = { readonly h: number } | { readonly vectors: number } | "any";

/** Windows of these sides are written out. */
export const writtenSides = [3, 5] as const;

/** Of windows of other sides up to 12 the vectors of a run are written out. */
export function formsOf({ lanes }: NumberType): Form[] {
  const vectors = Array.from({ length: 12 / lanes }, (_, v) => ({ vectors: v + 1 }));
  return [...writtenSides.map((h) => ({ h })), ...vectors, "any"];
}

/** A form's part of a function's name. */
export function runName(form: Form): string {
  if (form === "any") return "AnyRuns";
  return "h" in form ? `RunsOf${form.h}` : `RunsOf${form.vectors}Vectors`;
}

/** Code that moves one run between `pixel` in a plane and `entry` in φ(Z), `offset` bytes further there. */
export type MoveRun = (pixel: Code, entry: Code, offset: number) => Code;

/** How one thing after the other is moved, a run or a window of them. */
export interface Moves<Move> {
  /** What is to be done once. */
  readonly before: Code;
  /** What a run's last vector holds too many is written to φ(Z) as well: what comes next lies there. */
  readonly move: Move;
  /** The last of many: nothing else is written (to a plane, zeros are added). */
  readonly moveLast: Move;
}

/** Runs of a length that is known when they are moved, where there is room for it: at most so many vectors, or any. */
export function runsOf(
  scope: FunctionScope,
  type: NumberType,
  way: Way,
  form: { readonly vectors: number } | "any",
  h: Local,
): Moves<MoveRun> {
  if (form === "any") return anyRuns(scope, type, way, h);
  return way === "copy" ? copiedRuns(type, form.vectors, h) : addedRuns(scope, type, form.vectors, h.get);
}

function copiedRuns(type: NumberType, n: number, h: Local): Moves<MoveRun> {
  const vectors = (count: number, pixel: Code, entry: Code, at: number): Code =>
    upTo(count).map((v) => v128.store(entry, v128.load(pixel, 16 * v), at + 16 * v));
  /** Number k, if the run is as long as that. */
  const one = (pixel: Code, entry: Code, at: number, k: number): Code =>
    when(
      i32.gtS(h.get, i32.const(k)),
      type.store(entry, type.load(pixel, k * type.bytes), at + k * type.bytes),
    );
  return {
    before: [],
    move: (pixel, entry, at) => vectors(n, pixel, entry, at),
    moveLast: (pixel, entry, at) => [
      vectors(n - 1, pixel, entry, at),
      upTo(type.lanes).map((k) => one(pixel, entry, at, (n - 1) * type.lanes + k)),
    ],
  };
}

/** Runs of h numbers in n vectors: what the last has too many is 0. */
export function addedRuns(scope: FunctionScope, type: NumberType, n: number, h: Code): Moves<MoveRun> {
  const own = ownNumbers(scope, type, n, h);
  const move: MoveRun = (pixel, entry, at) =>
    upTo(n).map((v) => {
      const sum = type.add(v128.load(pixel, 16 * v), own.load(entry, at, v));
      return v128.store(pixel, sum, 16 * v);
    });
  return { before: own.before, move, moveLast: move };
}

/** Vectors of runs of h numbers in φ(Z), without what belongs to the next run. */
export interface OwnNumbers {
  readonly before: Code;
  /** Vector v of the run at entry + at. */
  load(entry: Code, at: number, v: number): Code;
}

export function ownNumbers(scope: FunctionScope, type: NumberType, n: number, h: Code): OwnNumbers {
  const mask = scope.local("v128");
  const rest = i32.and(h, i32.const(type.lanes - 1));
  return {
    before: upTo(type.lanes).map((k) =>
      when(i32.eq(rest, i32.const(k)), mask.set(ones(type, k || type.lanes))),
    ),
    load: (entry, at, v) => {
      const vector = v128.load(entry, at + 16 * v);
      return v < n - 1 ? vector : v128.and(vector, mask.get);
    },
  };
}

function anyRuns(scope: FunctionScope, type: NumberType, way: Way, h: Local): Moves<MoveRun> {
  const [x, y, left] = scope.locals("i32", 3);
  const shift = Math.log2(type.lanes);
  const vector =
    way === "copy"
      ? v128.store(y.get, v128.load(x.get))
      : v128.store(x.get, type.add(v128.load(x.get), v128.load(y.get)));
  const one =
    way === "copy"
      ? type.store(y.get, type.load(x.get))
      : type.store(x.get, type.addOne(type.load(x.get), type.load(y.get)));
  const step = (bytes: number): Code => [x.step(i32.const(bytes)), y.step(i32.const(bytes))];
  const move: MoveRun = (pixel, entry) => [
    ...[x.set(pixel), y.set(entry)],
    left.set(i32.shru(h.get, i32.const(shift))),
    repeat(left, vector, step(16)),
    left.set(i32.and(h.get, i32.const(type.lanes - 1))),
    repeat(left, one, step(type.bytes)),
  ];
  return { before: [], move, moveLast: move };
}

/** A vector whose first k lanes are all ones, the others 0. */
function ones({ bytes }: NumberType, k: number): Code {
  return v128.const(Array.from({ length: 16 }, (_, byte) => (byte < k * bytes ? 255 : 0)));
}

function upTo(n: number): number[] {
  return [...new Array(n).keys()];
}
