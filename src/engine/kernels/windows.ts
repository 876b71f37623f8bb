/**
 * φ(Z) and P_φᵀ v where they are asked for. In a column of φ(Z) the pixels of a channel lie together, in Z the channels
 * of a pixel: so a block of channels becomes planes, h² times smaller than its part of φ(Z), and the columns are
 * written from them run by run; or columns are added to planes, and these become a block of an image.
 */

import type { Code } from "../wasm/code.js";
import {
  i32,
  type Local,
  memory,
  type NumberType,
  repeat,
  v128,
  when,
  whenElse,
} from "../wasm/instructions.js";
import { callFunction, type FunctionScope, type FunctionSource } from "../wasm/module.js";
import { type TaskKinds, type TaskScope, taskFunction, taskKinds } from "./task.js";
import {
  addedRuns,
  type Form,
  formsOf,
  type MoveRun,
  type Moves,
  runName,
  runsOf,
  type Way,
  writtenSides,
} from "./windowRuns.js";

// biome-ignore format: the image, its planes, their columns of places
const fields = [
  "image", "pixel", "a", "b",
  "planes", "plane", "inside", "column", "n",
  "columns", "h", "s", "places", "lines", "start",
] as const;

type Scope = TaskScope<(typeof fields)[number]>;

/**
 * `lines` columns of places, `places` in each, of φ(Z) at `columns`: the rows of a block of n channels. `image` is the
 * block's first number in b columns of a pixels, `pixel` bytes apart. In its planes, `plane` bytes apart, columns have
 * `column` bytes; the image begins `inside` bytes from a plane's beginning, zeros around it, the first sub-image `start`
 * bytes from it. `planes` is 0 where the thread's own memory will do. To
 * add is the other way round: columns of φ(Z)'s size are added to planes, and of the planes the image is written.
 */
export const windowsTasks: TaskKinds<Way, (typeof fields)[number]> = taskKinds(
  ["copy", "add"],
  "WindowsTask",
  fields,
);

export function copyWindowsFunction(type: NumberType, toPlanes: number, firstWalk: number): FunctionSource {
  return taskFunction(windowsTasks.copy, (scope) => {
    const { inside, places, lines } = scope;
    return [
      planesPlace(scope),
      when(inside.get, clearPlanes(scope)),
      betweenPlanes(scope, toPlanes),
      walk(scope, type, firstWalk, places, lines),
    ];
  });
}

/** From so many channels on, what was written at a place has arrived when the next place is added to. */
const enoughChannels = 12;

/**
 * Of few channels neighbouring columns of places follow each other: they add to the same addresses, those below each other to
 * overlapping ones, which a processor waits for.
 */
export function addWindowsFunction(
  type: NumberType,
  fromPlanes: number,
  firstWalk: number,
  firstSliding: number,
): FunctionSource {
  return taskFunction(windowsTasks.add, (scope) => {
    const { n, s, places, lines } = scope;
    const few = whenElse(
      i32.ltS(n.get, i32.const(enoughChannels)),
      [walk(scope, type, firstWalk, lines, places)],
      [walk(scope, type, firstWalk, places, lines)],
    );
    const single = i32.and(i32.eq(n.get, i32.const(1)), i32.eq(s.get, i32.const(1)));
    return [
      planesPlace(scope),
      clearPlanes(scope),
      whenElse(single, [slide(scope, firstSliding, few)], [few]),
      betweenPlanes(scope, fromPlanes),
    ];
  });
}

/** The walk of a single plane's windows, if their side is one of those that are written out. */
function slide(scope: Scope, firstSliding: number, otherwise: Code): Code {
  const { pixel, planes, start, column, columns, h, places, lines } = scope;
  const place = i32.mul(i32.mul(h.get, h.get), pixel.get);
  const parameters = [
    ...[i32.add(planes.get, start.get), columns.get, column.get],
    ...[lines.get, i32.mul(places.get, place), places.get, place],
  ];
  return writtenSides.reduce<Code>(
    (other, side, k) =>
      whenElse(i32.eq(h.get, i32.const(side)), [callFunction(firstSliding + k, ...parameters)], [other]),
    otherwise,
  );
}

function planesPlace({ planes, scratch }: Scope): Code {
  return whenElse(planes.get, [], [planes.set(scratch.get)]);
}

function clearPlanes({ planes, plane, n }: Scope): Code {
  return memory.fill(planes.get, i32.const(0), i32.mul(n.get, plane.get));
}

function betweenPlanes({ image, pixel, planes, inside, plane, column, n, a, b }: Scope, move: number): Code {
  const first = i32.add(planes.get, inside.get);
  return callFunction(move, image.get, pixel.get, first, plane.get, column.get, n.get, a.get, b.get);
}

/** The walk over all places, `inner` fastest. */
function walk(scope: Scope, type: NumberType, firstWalk: number, inner: Local, outer: Local): Code {
  const { pixel, planes, start, plane, column, n, columns, h, s, places } = scope;
  const entries = i32.mul(i32.mul(h.get, h.get), pixel.get);
  const steps = (along: Local): Code[] =>
    along === places
      ? [i32.mul(s.get, i32.const(type.bytes)), entries]
      : [i32.mul(s.get, column.get), i32.mul(places.get, entries)];
  const block = [columns, column, plane, n, h].map(({ get }) => get);
  const parameters = [
    i32.add(planes.get, start.get),
    ...block,
    inner.get,
    ...steps(inner),
    outer.get,
    ...steps(outer),
  ];
  return formsOf(type).reduceRight<Code>(
    (longer, form, k) => walkIf(type, form, h, callFunction(firstWalk + k, ...parameters), longer),
    [],
  );
}

function walkIf({ lanes }: NumberType, form: Form, h: Local, here: Code, longer: Code): Code {
  if (form === "any") return here;
  if ("h" in form) return whenElse(i32.eq(h.get, i32.const(form.h)), [here], [longer]);
  return whenElse(i32.geS(i32.const(form.vectors * lanes), h.get), [here], [longer]);
}

/** The walks for windows of all sides, in the order in which they are tried. */
export function windowsWalks(type: NumberType, way: Way): FunctionSource[] {
  return formsOf(type).map((form) => walkFunction(type, way, form));
}

/**
 * (planes, columns, column, plane, n, h, inner, its steps in the planes and in φ(Z), outer, its steps): the runs of n
 * channels at each of outer × inner places.
 */
function walkFunction(type: NumberType, way: Way, form: Form): FunctionSource {
  return {
    name: `${way}${runName(form)}`,
    params: 12,
    body: (scope) => {
      const [planes, columns, column, plane, n, h, ...grid] = scope.params;
      const [inner, innerPixel, innerEntry, outer, outerPixel, outerEntry] = grid;
      const [pixel, entry, places, x, y, channels] = scope.locals("i32", 6);
      const window = windowOf(scope, type, way, form, { column, h, x, y });
      return [
        window.before,
        repeat(
          outer,
          ...[pixel.set(planes.get), entry.set(columns.get), places.set(inner.get)],
          repeat(
            places,
            ...[x.set(pixel.get), y.set(entry.get)],
            channels.set(i32.sub(n.get, i32.const(1))),
            repeat(channels, window.move, x.step(plane.get)),
            window.moveLast,
            ...[pixel.step(innerPixel.get), entry.step(innerEntry.get)],
          ),
          ...[planes.step(outerPixel.get), columns.step(outerEntry.get)],
        ),
      ];
    },
  };
}

/** Where the window of a channel is: in a plane at x, in φ(Z) at y, which moves to the next channel's. */
interface Place {
  readonly column: Local;
  readonly h: Local;
  readonly x: Local;
  readonly y: Local;
}

/** The runs of one channel: written out, or in a loop. */
function windowOf(scope: FunctionScope, type: NumberType, way: Way, form: Form, place: Place): Moves<Code> {
  if (form === "any" || "vectors" in form) {
    return loopedWindow(scope, type, runsOf(scope, type, way, form, place.h), place);
  }
  const { column, x, y } = place;
  const offsets = scope.locals("i32", form.h);
  const pixel = (j: number): Code => (j === 0 ? x.get : i32.add(x.get, offsets[j].get));
  const { before, move } =
    way === "copy"
      ? { before: [], move: writtenColumn(type, form.h, pixel, y) }
      : writtenRuns(scope, type, form.h, pixel, y);
  const window = [move, y.step(i32.const(form.h ** 2 * type.bytes))];
  return {
    before: [before, offsets.map((offset, j) => offset.set(i32.mul(column.get, i32.const(j))))],
    move: window,
    moveLast: window,
  };
}

/** The entries of a channel vector by vector: each is of one run, or joins the end of one and the beginning of the next. */
function writtenColumn(type: NumberType, h: number, pixel: (j: number) => Code, y: Local): Code {
  const { lanes, bytes } = type;
  const from = (entry: number): { j: number; i: number } => ({ j: Math.floor(entry / h), i: entry % h });
  const vectors = Math.floor(h ** 2 / lanes);
  const rest = Array.from({ length: h ** 2 % lanes }, (_, k) => vectors * lanes + k);
  return [
    Array.from({ length: vectors }, (_, k) => {
      const { j, i } = from(k * lanes);
      const run = v128.load(pixel(j), i * bytes);
      const own = h - i;
      return v128.store(y.get, own < lanes ? joined(run, v128.load(pixel(j + 1)), own * bytes) : run, 16 * k);
    }),
    rest.map((entry) => {
      const { j, i } = from(entry);
      return type.store(y.get, type.load(pixel(j), i * bytes), entry * bytes);
    }),
  ];
}

/** The first `bytes` bytes of x, then y's. */
function joined(x: Code, y: Code, bytes: number): Code {
  const lanes = Array.from({ length: 16 }, (_, k) => (k < bytes ? k : 16 + k - bytes));
  return v128.shuffle(x, y, lanes);
}

function writtenRuns(
  scope: FunctionScope,
  type: NumberType,
  h: number,
  pixel: (j: number) => Code,
  y: Local,
): { before: Code; move: Code } {
  const { before, move } = addedRuns(scope, type, Math.ceil(h / type.lanes), i32.const(h));
  return { before, move: Array.from({ length: h }, (_, j) => move(pixel(j), y.get, j * h * type.bytes)) };
}

function loopedWindow(
  scope: FunctionScope,
  type: NumberType,
  runs: Moves<MoveRun>,
  { column, h, x, y }: Place,
): Moves<Code> {
  const [at, j, run] = scope.locals("i32", 3);
  const move = [runs.move(at.get, y.get, 0), at.step(column.get), y.step(run.get)];
  const window = (loops: Code, ...end: Code[]): Code => [
    at.set(x.get),
    j.set(loops),
    repeat(j, ...move),
    end,
  ];
  return {
    before: [runs.before, run.set(i32.mul(h.get, i32.const(type.bytes)))],
    move: window(h.get),
    moveLast: window(i32.sub(h.get, i32.const(1)), runs.moveLast(at.get, y.get, 0)),
  };
}
