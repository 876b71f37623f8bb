import assert from "node:assert/strict";
import { clearTask } from "../../src/engine/kernels/copy.js";
import { queues, type TaskQueue } from "../../src/engine/kernels/scheduler.js";
import { recordWords, type Task } from "../../src/engine/kernels/task.js";
import { checkpointName } from "../../src/engine/machine/checkpoint.js";
import { machines } from "./machines.js";

const host = globalThis as { [checkpointName]?: () => unknown };

describe("a task that reaches outside the memory", () => {
  for (const { name, machine, precision } of machines.slice(0, 2)) {
    it(`ends the call with an error, whichever thread had it, and the next is done: ${name}, ${precision}`, async () => {
      const bytes = 1 << 14;
      const room = machine.arena.allocate(bytes);
      const good = Array.from({ length: 60 }, () => clearTask({ to: room, bytes }));
      const bad = clearTask({ to: 2 ** 31, bytes });
      machine.run(recordsOf(good), 2);
      await new Promise((resolve) => setTimeout(resolve, 100)); // the helper starts
      for (const inHelper of [false, true, true, false]) {
        const half = good.slice(0, 29); // the last of this thread's own queue: what a helper takes last
        const records = recordsOf(inHelper ? [...half, bad, ...half, ...half.slice(0, 2)] : [bad]);
        const why = inHelper ? /outside the memory.*in another thread/ : /outside the memory/;
        if (inHelper) host[checkpointName] = othersTakeAll;
        assert.throws(() => machine.run(records, 2), why);
        delete host[checkpointName];
        machine.words.fill(1, room / 4, (room + bytes) / 4);
        machine.run(recordsOf(good), 2);
        assert.equal(machine.words[room / 4], 0);
      }
      machine.arena.release(room);

      /** This thread waits after its first task, until none is left to take. */
      function othersTakeAll(): void {
        const until = performance.now() + 1500;
        const isEmpty = ({ next, limit }: TaskQueue) =>
          Atomics.load(machine.words, next >> 2) === machine.words[limit >> 2];
        while (!queues.every(isEmpty) && performance.now() < until);
      }

      function recordsOf(tasks: readonly Task[]): Int32Array {
        const records = new Int32Array(recordWords * tasks.length);
        tasks.forEach(({ name, words }, k) => {
          records.set([machine.numberOf(name), ...words], recordWords * k);
        });
        return records;
      }
    });
  }
});
