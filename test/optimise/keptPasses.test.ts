import assert from "node:assert/strict";
import { network } from "../../src/network/network.js";
import type { NetworkState } from "../../src/network/passes.js";
import { columnMajor } from "../../src/numeric/storage.js";
import { KeptPasses, roomOfThread } from "../../src/optimise/keptPasses.js";
import { objective } from "../../src/optimise/objective.js";
import { sweep } from "../engine/memory/collect.js";
import { randomInstances } from "../network/given.js";

/** A forward pass of so many numbers. */
function passOf(numbers: number): NetworkState {
  const [Z, out] = [
    columnMajor(1, 1, new Float64Array(1)),
    columnMajor(1, numbers, new Float64Array(numbers)),
  ];
  return [{ Z, out, choice: undefined, unpooled: undefined }];
}

const shards = [0, 1, 2].map((from) => ({ from, count: 1 }));

describe("forward passes", () => {
  it("of all threads together have 512 MiB", () => {
    for (const threads of [1, 2, 4, 64]) assert.ok(threads * roomOfThread(threads) <= 2 ** 29);
    assert.equal(roomOfThread(1), 2 ** 29);
  });

  it("are kept as long as they fit, and no longer", () => {
    const kept = new KeptPasses(200 * 8);
    for (const shard of shards) kept.keep(shard, passOf(90));
    assert.deepEqual(
      shards.map((shard) => kept.of(shard) !== undefined),
      [true, true, false],
    );
    assert.ok(!kept.takes(passOf(90)) && kept.takes(passOf(20)));
    kept.dispose();
    assert.ok(kept.of(shards[0]!) === undefined && !kept.takes(passOf(20)));
  });

  it("of several products of a thread share its room, which comes back", () => {
    const [one, two] = [new KeptPasses(800), new KeptPasses(800)];
    one.keep(shards[0]!, passOf(60));
    assert.ok(!two.takes(passOf(60)) && two.takes(passOf(40)));
    one.dispose();
    one.dispose();
    assert.ok(two.takes(passOf(100)) && !two.takes(passOf(101)));
    two.dispose();
  });
});

describe("what nobody disposed of", () => {
  it("gives its passes back once nobody can ask it any more", async () => {
    const net = network({ input: { a: 6, b: 6, d: 2 }, conv: [{ dOut: 4, h: 3, pad: 1 }], full: [3] });
    const problem = objective(net, randomInstances(net, 9, 1));
    const isAny = (): boolean => !new KeptPasses(8).takes(passOf(1));
    await (async () => {
      await problem.linearised(net.initial(1)).value();
    })();
    assert.ok(isAny());
    for (let time = 0; time < 50 && isAny(); time++) await sweep();
    assert.ok(!isAny());
  });
});
