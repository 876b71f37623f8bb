import assert from "node:assert/strict";
import { network } from "../../src/network/network.js";
import { randomMatrix } from "../../src/numeric/random.js";
import { type Helper, helpersFor } from "../../src/optimise/helpers.node.js";
import { modelOf, objective, type Problem } from "../../src/optimise/objective.js";
import { randomInstances, randomVector } from "../network/given.js";

const net = network({ input: { a: 20, b: 17, d: 2 }, conv: [{ dOut: 24, h: 5, pool: 2 }], full: [16, 3] });
const instances = randomInstances(net, 900, 5);
const [theta, v] = [net.initial(1), randomVector(net.n, 3)];
const u = randomMatrix(3, 900, { seed: 4 });
const subset = Int32Array.from({ length: 850 }, (_, k) => 899 - k);
const options = { dtype: "float32" } as const;

/** The thread that helps where two are allowed, once it is ready. */
async function readyHelper(): Promise<Helper> {
  const model = modelOf(net, instances, { ...options, threads: 2 });
  for (let waits = 0; waits < 600; waits++) {
    const [helper] = helpersFor(model, 900);
    if (helper) return helper;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("no thread is ready after 30 s");
}

/** Everything that is made of shards, as bytes. */
async function made(problem: Problem): Promise<string[]> {
  const kept = problem.linearised(theta);
  const all = [
    [await problem.value(theta, { subset })],
    (await problem.gradient(theta)).g,
    [(await problem.gradient(theta, { subset })).f],
    (await problem.outputs(theta, { subset })).data,
    (await problem.Jv(theta, v)).data,
    await problem.JTu(theta, u),
    await problem.Gv(theta, v, { subset }),
    await kept.Gv(v),
    await kept.Gv(v),
  ];
  kept.dispose();
  return all.map((numbers) => Buffer.from(Float64Array.from(numbers).buffer).toString("base64"));
}

describe("threads with an engine of their own share the shards", function () {
  this.timeout(120_000);
  let helper: Helper;
  before(async () => {
    helper = await readyHelper();
  });

  it("give the same bits, and are asked for each of all products", async () => {
    let asked = 0;
    const { sum, sideBySide } = helper;
    const counted = Object.assign(helper, {
      sum: (...args: Parameters<Helper["sum"]>) => {
        asked++;
        return sum.apply(helper, args);
      },
      sideBySide: (...args: Parameters<Helper["sideBySide"]>) => {
        asked++;
        return sideBySide.apply(helper, args);
      },
    });
    const alone = await made(objective(net, instances, { ...options, threads: 1 }));
    assert.equal(asked, 0);
    assert.deepEqual(await made(objective(net, instances, { ...options, threads: 2 })), alone);
    assert.equal(asked, 9);
    Object.assign(counted, { sum, sideBySide });
  });

  it("where each instance is a shard, and some shards are empty, give the same bits too", async () => {
    const heavy = { ...net, multiplications: 1e8 }; // said, not done
    for (const l of [3, 5, 6, 7]) {
      const few = randomInstances(net, l, 7);
      const all = async (threads: number) => {
        const problem = objective(heavy, few, { threads });
        const [{ f, g }, Jv] = [await problem.gradient(theta), await problem.Jv(theta, v)];
        return { f, g, Jv, z: await problem.outputs(theta), Gv: await problem.Gv(theta, v) };
      };
      assert.deepEqual(await all(2), await all(1), `${l} instances`);
    }
  });

  it("may give nothing: then this thread does it, with the same bits", async () => {
    const { sum, sideBySide } = helper;
    Object.assign(helper, { sum: async () => undefined, sideBySide: async () => undefined });
    const two = await made(objective(net, instances, { ...options, threads: 2 }));
    Object.assign(helper, { sum, sideBySide });
    assert.deepEqual(two, await made(objective(net, instances, { ...options, threads: 1 })));
  });

  it("are stopped with the work, and answer the next one", async () => {
    const problem = objective(net, instances, { ...options, threads: 2 });
    const one = problem.linearised(theta);
    const going = one.gradient();
    one.dispose();
    await assert.rejects(going, /it was disposed of/);
    const { f } = await problem.gradient(theta);
    assert.equal(f, (await objective(net, instances, { ...options, threads: 1 }).gradient(theta)).f);
  });

  it("are not asked for little work, nor for a loss of the reader's own", () => {
    const model = modelOf(net, instances, { ...options, threads: 2 });
    const own = { value: () => 0, gradient: () => [0, 0, 0], hessianProduct: () => [0, 0, 0] };
    assert.equal(helpersFor(model, 900).length, 1);
    assert.equal(helpersFor(model, 10).length, 0);
    assert.equal(helpersFor({ ...model, threads: 1 }, 900).length, 0);
    assert.equal(helpersFor(modelOf(net, instances, { ...options, threads: 2, loss: own }), 900).length, 0);
  });
});
