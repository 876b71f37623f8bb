/**
 * Who does which task. A stage's records are dealt into as many queues as threads may work, neighbours into the same one:
 * a thread takes from its own, and from the others' when that is empty. So what a thread wrote in one stage, and what lies
 * around it, is mostly what it reads in the next. The main thread writes the records, says by each queue's `origin` which
 * number its first one has (task n has its record at origin + n·size, modulo 2³²) and raises its `limit`; a thread takes
 * the next number below it. Numbers only ever grow (modulo 2³²), so a thread that comes late finds either nothing or a
 * task that is still to be done. `busy` counts the helpers that may be at a task: all is done when none is left and none
 * is busy. (What is done is not counted: a thread that a host ends in the middle of a task would leave the count short.)
 */

import { atomic, i32, leave, loopWhile, when } from "../wasm/instructions.js";
import { callFunction, callIndirect, type FunctionSource } from "../wasm/module.js";
import { recordWords } from "./task.js";

/** Where the counts are: byte addresses; what many threads write has a cache line of its own. */
export const control = {
  /** Grows with each stage; helpers wait for it. */
  stage: 64,
  busy: 320,
  sleepers: 448,
  /** How many may work, and how many queues there are. */
  threads: 576,
  queues: 580,
  /** Not 0: a helper's task has failed. */
  failed: 704,
} as const;

/** The most queues. */
export const mostQueues = 16;

const firstQueue = 1024;
const queueBytes = 128;

/** Where the counts of queue k are: byte addresses. */
export interface TaskQueue {
  readonly limit: number;
  readonly origin: number;
  readonly next: number;
}

export const queues: readonly TaskQueue[] = Array.from({ length: mostQueues }, (_, k) => {
  const at = firstQueue + queueBytes * k;
  return { limit: at, origin: at + 4, next: at + 64 };
});

/** The records of a stage, or of a part of one. */
export const board = { address: 4096, records: 4096 } as const;

/** Bytes below the memory that is given out: the control words and the records. */
export const reservedBytes: number = board.address + board.records * recordWords * 4;

const zero = i32.const(0);

/** takenFrom(queue): the record of the queue's next task, 0 where there is none. */
export function takenFromFunction(): FunctionSource {
  return {
    name: "takenFrom",
    params: 1,
    result: true,
    body: ({ params: [queue], local }) => {
      const [mine, seen] = [local("i32"), local("i32")];
      const next = i32.add(queue.get, i32.const(64));
      const take = atomic.exchange(next, mine.get, i32.add(mine.get, i32.const(1)));
      return [
        seen.set(atomic.load(next)),
        loopWhile(
          i32.ne(mine.get, seen.get),
          mine.set(seen.get),
          when(i32.eq(mine.get, atomic.load(queue.get)), zero, leave),
          seen.set(take),
        ),
        i32.add(i32.load(queue.get, 4), i32.mul(mine.get, i32.const(4 * recordWords))),
      ];
    },
  };
}

/**
 * runOne(scratch, own): takes the next task and does it, of queue `own` first; 1 if there was one, else 0. `like`: any
 * task's number; `takenFrom`: that function's.
 */
export function runOneFunction(like: number, takenFrom: number): FunctionSource {
  return {
    name: "runOne",
    params: 2,
    result: true,
    body: ({ params: [scratch, own], local }) => {
      const [left, record] = [local("i32"), local("i32")];
      const queue = i32.add(i32.const(firstQueue), i32.mul(own.get, i32.const(queueBytes)));
      return [
        left.set(i32.load(i32.const(control.queues))),
        loopWhile(
          left.get,
          when(i32.geS(own.get, i32.load(i32.const(control.queues))), own.set(zero)),
          record.set(callFunction(takenFrom, queue)),
          when(
            record.get,
            callIndirect(like, i32.load(record.get), record.get, scratch.get),
            i32.const(1),
            leave,
          ),
          own.step(i32.const(1)),
          left.step(i32.const(-1)),
        ),
        zero,
      ];
    },
  };
}
