/** Pooling with windows q × q at stride q: channels lie together, so that each vector pools several at once. */

import type { Code } from "../wasm/code.js";
import {
  extractWord,
  i32,
  integers,
  type Local,
  loopWhile,
  repeat,
  v128,
  when,
  whenElse,
} from "../wasm/instructions.js";
import type { FunctionScope, FunctionSource } from "../wasm/module.js";
import { type Named, type TaskKind, type TaskKinds, taskFunction, taskKind, taskKinds } from "./task.js";
import type { TileStyle } from "./tile.js";

/** What every task over windows has: images from z on, and pooled ones from `to` on. */
export const windowFields = ["z", "to", "d", "a", "q", "aOut", "columns"] as const;
export type WindowField = (typeof windowFields)[number];

type Field = WindowField | "index" | "first";
const fields: readonly Field[] = [...windowFields, "index", "first"];

/**
 * Pooling of `columns` columns of aOut windows of one image, from z on, which is entry `first` of vec(Z). `index` gets
 * places in vec(Z), of a maximum only. d is at least as large as a vector; the last vector may overlap.
 */
export const poolTasks: TaskKinds<"max" | "avg" | "spread", Field> = taskKinds(
  ["max", "avg", "spread"],
  "PoolTask",
  fields,
);

/** What is stepped through: one vector of channels at one place of a window, its address and its number among those from z on. */
interface Place {
  readonly at: Local;
  readonly number: Local;
}

/**
 * The largest of each window and where it is: NaN wins, else the first of the largest in the order of the window,
 * vertical place fastest.
 */
export function maxPoolFunction({ type }: TileStyle): FunctionSource {
  return taskFunction(poolTasks.max, (scope) => {
    const [best, place, x, where, mask] = scope.locals("v128", 5);
    const lanes = Array.from({ length: 4 }, (_, word) => Math.floor((word * type.lanes) / 4));
    const channels: Code = [0xfd, 0x0c, ...new Uint8Array(Int32Array.from(lanes).buffer)];
    const placesOf = ({ number }: Place): Code =>
      integers.add(integers.splat(i32.add(scope.first.get, number.get)), channels);
    return overWindows(scope, type, {
      begin: (at) => [best.set(v128.load(at.at.get)), place.set(placesOf(at))],
      visit: (at) => [
        x.set(v128.load(at.at.get)),
        where.set(placesOf(at)),
        // larger, or NaN where there was a number
        mask.set(v128.andNot(type.eq(best.get, best.get), type.le(x.get, best.get))),
        best.set(v128.select(x.get, best.get, mask.get)),
        place.set(v128.select(where.get, place.get, mask.get)),
      ],
      end: (to, entry) => [
        v128.store(to, best.get),
        ...Array.from({ length: type.lanes }, (_, lane) =>
          i32.store(
            i32.add(scope.index.get, i32.shl(entry, i32.const(2))),
            extractWord(place.get, (lane * 4) / type.lanes),
            4 * lane,
          ),
        ),
      ],
    });
  });
}

/** The mean of each window. */
export function avgPoolFunction({ type }: TileStyle): FunctionSource {
  return taskFunction(poolTasks.avg, (scope) => {
    const [sum, count] = scope.locals("v128", 2);
    const square = i32.mul(scope.q.get, scope.q.get);
    return [
      count.set(type.splat(type.fromInteger(square))),
      ...overWindows(scope, type, {
        begin: () => [sum.set(v128.zero)],
        visit: ({ at }) => [sum.set(type.add(sum.get, v128.load(at.get)))],
        end: (to) => [v128.store(to, type.div(sum.get, count.get))],
      }),
    ];
  });
}

/** The way back of the mean: each entry from `to` on, over q², at all places of its window in z. */
export function spreadPoolFunction({ type }: TileStyle): FunctionSource {
  return taskFunction(poolTasks.spread, (scope) => {
    const [part, count] = scope.locals("v128", 2);
    const square = i32.mul(scope.q.get, scope.q.get);
    return [
      count.set(type.splat(type.fromInteger(square))),
      ...overWindows(scope, type, {
        begin: (_, pooled) => [part.set(type.div(v128.load(pooled), count.get))],
        visit: ({ at }) => [v128.store(at.get, part.get)],
        end: () => [],
      }),
    ];
  });
}

const placeFields = ["index", "v", "z", "first", "entries", "count", "outside"] as const;

/**
 * Each of `count` numbers from v on is added to entry index − first of z, which has so many entries; what is outside is
 * left out and counted at `outside`.
 */
export const addAtPlacesTask: TaskKind<(typeof placeFields)[number]> = taskKind(
  "addAtPlacesTask",
  placeFields,
);

export function addAtPlacesFunction({ type }: TileStyle): FunctionSource {
  return taskFunction(addAtPlacesTask, (scope) => {
    const { index, v, z, first, entries, count, outside } = scope;
    const [place, at, missed] = scope.locals("i32", 3);
    return [
      repeat(
        count,
        place.set(i32.sub(i32.load(index.get), first.get)),
        whenElse(
          i32.ltU(place.get, entries.get),
          [
            at.set(i32.add(z.get, i32.mul(place.get, i32.const(type.bytes)))),
            type.store(at.get, type.addOne(type.load(at.get), type.load(v.get))),
          ],
          [missed.step(i32.const(1))],
        ),
        index.step(i32.const(4)),
        v.step(i32.const(type.bytes)),
      ),
      i32.store(outside.get, missed.get),
    ];
  });
}

/** What is done with each window: before its places, at each of them, and behind the last. */
interface Visits {
  /** `from`: where the entry of the pooled image is; `entry`: its number in this task's part of it. */
  begin(place: Place, from: Code, entry: Code): readonly Code[];
  visit(place: Place): readonly Code[];
  /** `to`: where the result goes; `entry`: its number in this task's part of the result. */
  end(to: Code, entry: Code): readonly Code[];
}

// Over 40 lines: the body of one kernel, in the order in which it runs; cut up, its locals would be handed around.
export function overWindows(
  scope: FunctionScope & Named<WindowField>,
  type: TileStyle["type"],
  visits: Visits,
): Code[] {
  const { z, to, d, a, q, aOut, columns } = scope;
  const [p, c, i, j, at, number, column, origin, entry, base, line] = scope.locals("i32", 11);
  const lanes = i32.const(type.lanes);
  const bytes = (numbers: Code) => i32.mul(numbers, i32.const(type.bytes));
  const down = [at.step(bytes(d.get)), number.step(d.get)];
  const nextColumn = [
    column.step(i32.mul(a.get, d.get)),
    at.set(i32.add(z.get, bytes(column.get))),
    number.set(column.get),
  ];
  const place = { at, number };
  const onePooled = [
    column.set(i32.add(origin.get, c.get)),
    entry.set(i32.add(base.get, c.get)),
    at.set(i32.add(z.get, bytes(column.get))),
    number.set(column.get),
    ...visits.begin(place, i32.add(to.get, bytes(entry.get)), entry.get),
    j.set(q.get),
    repeat(j, i.set(q.get), repeat(i, ...visits.visit(place), ...down), ...nextColumn),
    ...visits.end(i32.add(to.get, bytes(entry.get)), entry.get),
  ];
  const last = i32.sub(d.get, lanes);
  return [
    repeat(
      columns,
      origin.set(line.get),
      p.set(aOut.get),
      repeat(
        p,
        c.set(i32.const(0)),
        loopWhile(
          i32.ltS(c.get, d.get),
          ...onePooled,
          c.step(lanes),
          when(i32.and(i32.gtS(c.get, last), i32.ltS(c.get, d.get)), c.set(last)),
        ),
        origin.step(i32.mul(d.get, q.get)),
        base.step(d.get),
      ),
      line.step(i32.mul(i32.mul(a.get, d.get), q.get)),
    ),
  ];
}
