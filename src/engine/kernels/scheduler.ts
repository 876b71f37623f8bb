/**
 * Who does which task. The main thread writes a stage's records, says by `origin` which number the first one has (task
 * n has its record at origin + n·size, modulo 2³²) and raises `limit`; every thread takes the next number below it.
 * Numbers only ever grow (modulo 2³²), so a thread that comes late finds either nothing or a task that is still to be
 * done. `busy` counts the helpers that may be at a task: all is done when none is left and none is busy.
 * (What is done is not counted: a thread that a host ends in the middle of a task would leave the count short.)
 */

import { atomic, i32, leave, loopWhile, when } from "../wasm/instructions.js";
import { callIndirect, type FunctionSource } from "../wasm/module.js";
import { recordWords } from "./task.js";

/** Where the counts are: byte addresses; what many threads write has a cache line of its own. */
export const control = {
  limit: 64,
  origin: 68,
  next: 192,
  busy: 320,
  sleepers: 448,
  threads: 576,
  /** Not 0: a helper's task has failed. */
  failed: 704,
} as const;

/** The records of a stage, or of a part of one. */
export const board = { address: 4096, records: 4096 } as const;

/** Bytes below the memory that is given out: the control words and the records. */
export const reservedBytes: number = board.address + board.records * recordWords * 4;

const zero = i32.const(0);

/** runOne(scratch): takes the next task and does it; 1 if there was one, else 0. `like`: any task's number. */
export function runOneFunction(like: number): FunctionSource {
  return {
    name: "runOne",
    params: 1,
    result: true,
    body: ({ params: [scratch], local }) => {
      const [mine, seen, record] = [local("i32"), local("i32"), local("i32")];
      const take = atomic.exchange(i32.const(control.next), mine.get, i32.add(mine.get, i32.const(1)));
      return [
        seen.set(atomic.load(i32.const(control.next))),
        loopWhile(
          i32.ne(mine.get, seen.get),
          mine.set(seen.get),
          when(i32.eq(mine.get, atomic.load(i32.const(control.limit))), zero, leave),
          seen.set(take),
        ),
        record.set(
          i32.add(i32.load(i32.const(control.origin)), i32.mul(mine.get, i32.const(4 * recordWords))),
        ),
        callIndirect(like, i32.load(record.get), record.get, scratch.get),
        i32.const(1),
      ];
    },
  };
}
