/** Runs of h numbers, from a plane to a column of φ(Z), or added the other way: as whole vectors that overlap. */

import type { Code } from "../wasm/code.js";
import { i32, type Local, type NumberType, repeat, v128, when } from "../wasm/instructions.js";
import type { Scope } from "../wasm/module.js";

/** "copy": from planes to columns, as φ does; "add": from columns to planes, as P_φᵀ does. */
export type Way = "copy" | "add";

/** How long runs are: so many numbers, at most as many as so many vectors hold, or as they come. */
export type Form = { readonly h: number } | { readonly vectors: number } | "any";

/** Windows of side 3 and 5 are written out; up to 12 the vectors of a run are. */
export function formsOf({ lanes }: NumberType): Form[] {
  const vectors = Array.from({ length: 12 / lanes }, (_, v) => ({ vectors: v + 1 }));
  return [{ h: 3 }, { h: 5 }, ...vectors, "any"];
}

/** A form's part of a function's name. */
export function nameOf(form: Form): string {
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

export function runsOf(scope: Scope, type: NumberType, way: Way, form: Form, h: Local): Moves<MoveRun> {
  if (form === "any") return anyRuns(scope, type, way, h);
  return way === "copy" ? copiedRuns(type, form, h) : addedRuns(scope, type, form, h);
}

function vectorsOf({ lanes }: NumberType, form: Exclude<Form, "any">): number {
  return "h" in form ? Math.ceil(form.h / lanes) : form.vectors;
}

function copiedRuns(type: NumberType, form: Exclude<Form, "any">, h: Local): Moves<MoveRun> {
  const n = vectorsOf(type, form);
  const vector = (pixel: Code, entry: Code, at: number, v: number): Code =>
    v128.store(entry, v128.load(pixel, 16 * v), at + 16 * v);
  const one = (pixel: Code, entry: Code, at: number, k: number): Code =>
    type.store(entry, type.load(pixel, k * type.bytes), at + k * type.bytes);
  /** Number k, if the run is as long as that. */
  const oneOf = (pixel: Code, entry: Code, at: number, k: number): Code => {
    if ("h" in form) return k < form.h ? one(pixel, entry, at, k) : [];
    return when(i32.gtS(h.get, i32.const(k)), one(pixel, entry, at, k));
  };
  const numbers = Array.from({ length: type.lanes }, (_, k) => (n - 1) * type.lanes + k);
  return {
    before: [],
    move: (pixel, entry, at) => upTo(n).map((v) => vector(pixel, entry, at, v)),
    moveLast: (pixel, entry, at) => [
      upTo(n - 1).map((v) => vector(pixel, entry, at, v)),
      numbers.map((k) => oneOf(pixel, entry, at, k)),
    ],
  };
}

function addedRuns(scope: Scope, type: NumberType, form: Exclude<Form, "any">, h: Local): Moves<MoveRun> {
  const n = vectorsOf(type, form);
  const mask = scope.local("v128");
  const rest = i32.and(h.get, i32.const(type.lanes - 1));
  const move: MoveRun = (pixel, entry, at) =>
    upTo(n).map((v) => {
      const run = v128.load(entry, at + 16 * v);
      const own = v < n - 1 ? run : v128.and(run, mask.get);
      return v128.store(pixel, type.add(v128.load(pixel, 16 * v), own), 16 * v);
    });
  const masks = upTo(type.lanes).map((k) =>
    when(i32.eq(rest, i32.const(k)), mask.set(ones(type, k || type.lanes))),
  );
  return { before: masks, move, moveLast: move };
}

function anyRuns(scope: Scope, type: NumberType, way: Way, h: Local): Moves<MoveRun> {
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
