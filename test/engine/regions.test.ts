import assert from "node:assert/strict";
import { threadsFor } from "../../src/engine/choose/choose.js";
import { addTask } from "../../src/engine/kernels/copy.js";
import { control, queues } from "../../src/engine/kernels/scheduler.js";
import { recordWords } from "../../src/engine/kernels/task.js";
import { machines } from "./machines.js";

/** The bytes of a number, and tasks that each add 1 to a number of its own. */
const [bytes, most] = [4, 5000];

describe("a region of tasks", () => {
  const found = machines.find(({ precision }) => precision === "float32");
  before(function () {
    if (found === undefined) this.skip();
  });

  for (const threads of [1, 2, 3]) {
    it(`is done once each, however many there are, by ${threads} threads`, async () => {
      const { machine } = found!;
      const one = machine.arena.allocate(bytes);
      const sums = machine.arena.allocate(most * bytes);
      machine.numbers[one / bytes] = 1;
      machine.numbers.fill(0, sums / bytes, sums / bytes + most);
      const records = new Int32Array(most * recordWords);
      for (let k = 0; k < most; k++) {
        const { name, words } = addTask({ from: one, to: sums + k * bytes, count: 1 });
        records.set([machine.numberOf(name), ...words], k * recordWords);
      }
      const counts = [1, 2, 3, 7, 4095, 4096, 4097, most]; // more than are published at a time, too
      for (let round = 0; round < 300; round++) {
        const some = round < 8 ? counts[round]! : 1 + (round % 9);
        machine.run(records.subarray(0, some * recordWords), threads);
        if (round === 4) await new Promise((resolve) => setTimeout(resolve, 50)); // helpers have started
      }
      const expected = Array.from({ length: most }, (_, k) => {
        const large = counts.filter((count) => count > k).length;
        return large + Array.from({ length: 292 }, (_, n) => 1 + ((n + 8) % 9)).filter((c) => c > k).length;
      });
      assert.deepEqual([...machine.numbers.subarray(sums / bytes, sums / bytes + most)], expected);
      for (const { next, limit } of queues) assert.equal(machine.words[next >> 2], machine.words[limit >> 2]);
      assert.equal(machine.words[control.busy >> 2], 0);
      machine.arena.release(one);
      machine.arena.release(sums);
    });
  }

  it("has helpers where the work is worth them", () => {
    assert.equal(threadsFor(100_000, 2), 1);
    assert.equal(threadsFor(10_000_000, 2), 2);
    assert.equal(threadsFor(10_000_000, 1), 1);
  });
});
