import assert from "node:assert/strict";
import { format } from "node:util";
import { network } from "../../src/network/network.js";
import { columnMajor } from "../../src/numeric/storage.js";
import { adam, adamSteps } from "../../src/optimise/adam.js";
import { objective } from "../../src/optimise/objective.js";
import { sgd, sgdSteps } from "../../src/optimise/sgd.js";
import type { StochasticEntry } from "../../src/optimise/stochastic.js";
import { TrainingError } from "../../src/optimise/training.js";
import { fixture, fixtureDigits, networkA, relativeError, thetaA } from "../network/given.js";

const [plain, moments] = fixture("sg").runs;
const digits = fixtureDigits(64);
const batchesOf = (run: typeof plain): number[][] =>
  run.trace.map(({ batch }: { batch: number[] }) => batch.map((i) => i - 1));

/** f(θ) = g·θ₁ for one instance, by a loss of the reader's own: z = θ₁·1 + θ₂·0 … only b counts where Z = 0. */
function slope(g: number) {
  const net = network({ input: { a: 1, b: 1, d: 1 }, full: [1] });
  const loss = { value: (z: Float64Array) => g * z[0]!, gradient: () => [g], hessianProduct: () => [0] };
  const data = { Z: columnMajor(1, 1, new Float64Array(1)), y: columnMajor(1, 1, new Float64Array(1)) };
  return objective(net, data, { C: Number.POSITIVE_INFINITY, loss });
}

describe("stochastic gradient", () => {
  it("writes the batches of an epoch to a console, not that they are worked out when asked for", async () => {
    const problem = objective(networkA, digits, { C: plain.options.C });
    const { trace } = await sgd(problem, thetaA, { lr: 0.01, bsize: 16, epochs: 1 });
    assert.match(format(trace), /batches: \[\s*\[/);
    assert.doesNotMatch(format(trace[0]), /Getter/);
  });

  it("has the lecturer's θ after 1, 5 and 20 steps, to 1e-12", async () => {
    const problem = objective(networkA, digits, { C: plain.options.C });
    const { lr, bsize } = plain.options;
    for (const steps of [1, 5, 20]) {
      const batches = batchesOf(plain).slice(0, steps);
      const { theta, trace } = await sgd(problem, thetaA, { lr, bsize, batches });
      assert.ok(relativeError(theta, plain[`theta_after_step_${steps}`]) < 1e-12, `${steps}`);
      assert.deepEqual(
        trace.flatMap((entry) => entry.batches),
        batches,
      );
      assert.equal(trace.length, Math.ceil(steps / 4));
    }
  });

  it("takes two steps of −0.20 with g = 1, μ = 0.9, η = 0.1 then 0.01: v ← μv − ηg", async () => {
    const options = { lr: 0.1, decay: 9, momentum: 0.9, epochs: 2 };
    const { theta } = await sgd(slope(1), new Float64Array(2), options);
    assert.ok(Math.abs(theta[1]! + 0.2) < 1e-15, `${theta[1]}`);
    assert.equal(theta[0], 0);
  });

  it("stops where f or θ is no number any more, with the last good θ", async () => {
    const run = sgd(objective(networkA, digits), thetaA, { lr: 1e60, bsize: 16, epochs: 5 });
    const error = await run.catch((error: unknown) => error);
    assert.ok(error instanceof TrainingError);
    assert.match(error.message, /sgd: epoch 1, step \d+: .*smaller lr/);
    assert.deepEqual(error.theta, thetaA);
    assert.deepEqual(run.last!.theta, thetaA);
  });
});

describe("Adam", () => {
  const problem = objective(networkA, digits, { C: moments.options.C });
  const { lr, bsize } = moments.options;
  const batches = batchesOf(moments);

  it("has the lecturer's θ where moments are corrected by epochs, to 1e-12", async () => {
    const { theta } = await adam(problem, thetaA, { lr, bsize, batches, correction: "epoch" });
    assert.ok(relativeError(theta, moments.theta_after_step_20) < 1e-12);
    const parity = await adam(problem, thetaA, { lr, bsize, batches, parity: "simpleNN" });
    assert.deepEqual(parity.theta, theta);
    const named = await adam(problem, thetaA, { lr, batches, stepsPerEpoch: 4, correction: "epoch" });
    assert.deepEqual(named.theta, theta);
  });

  it("has PyTorch's θ where they are corrected by steps, to 1e-12", async () => {
    const { theta } = await adam(problem, thetaA, { lr, bsize, batches });
    assert.ok(relativeError(theta, fixture("adam_textbook").theta_after_step_20) < 1e-12);
  });

  it("adds ε outside the root: g = 1e-3, α = 0.1, ε = 1e-3 is −0.05 at once", async () => {
    const { theta } = await adam(slope(1e-3), new Float64Array(2), { lr: 0.1, eps: 1e-3, epochs: 1 });
    assert.ok(Math.abs(theta[1]! + 0.05) < 1e-15, `${theta[1]}`);
  });
});

describe("epochs", () => {
  const problem = objective(networkA, digits);
  const sorted = ({ batches }: StochasticEntry) => batches.flat().sort((a, b) => a - b);
  const all = Array.from({ length: 64 }, (_, i) => i);

  it("see each instance once, in another order each time; the last batch may be smaller", async () => {
    const { trace } = await sgd(problem, thetaA, { lr: 1e-3, bsize: 24, epochs: 3, seed: 4 });
    for (const entry of trace) assert.deepEqual(sorted(entry), all);
    assert.deepEqual(
      trace[0]!.batches.map(({ length }) => length),
      [24, 24, 16],
    );
    assert.equal(new Set(trace.map(({ batches }) => batches.flat().join())).size, 3);
    assert.deepEqual(
      trace.map(({ epoch }) => epoch),
      [1, 2, 3],
    );
  });

  it("share given batches evenly, where their number is asked for; none is left out", async () => {
    const lengths = async (count: number, epochs?: number): Promise<number[]> => {
      const batches = Array.from({ length: count }, (_, k) => [k]);
      const { trace } = await sgd(problem, thetaA, {
        lr: 1e-4,
        bsize: 16,
        batches,
        ...(epochs && { epochs }),
      });
      assert.deepEqual(
        trace.flatMap((entry) => entry.batches),
        batches,
      );
      return trace.map((entry) => entry.batches.length);
    };
    assert.deepEqual(await lengths(5, 4), [1, 2, 1, 1]);
    assert.deepEqual(await lengths(6, 3), [2, 2, 2]);
    assert.deepEqual(await lengths(2, 3), [1, 1]);
    assert.deepEqual(await lengths(6), [4, 2]);
  });

  it("draw each batch anew for parity: instances come twice or never", async () => {
    const { trace } = await sgd(problem, thetaA, { lr: 1e-3, bsize: 16, epochs: 2, parity: "simpleNN" });
    for (const entry of trace) {
      assert.deepEqual(
        entry.batches.map((batch) => new Set(batch).size),
        [16, 16, 16, 16],
      );
      assert.notDeepEqual(sorted(entry), all);
    }
  });

  it("have f of all instances, and the best θ of them", async () => {
    const states = [];
    for await (const state of sgdSteps(problem, thetaA, { lr: 2e-2, momentum: 0.9, bsize: 8, epochs: 4 }))
      states.push(state);
    assert.deepEqual(
      states.map(({ epoch }) => epoch),
      [0, 1, 2, 3, 4],
    );
    for (const { theta, f } of states) assert.equal(await problem.value(theta), f);
    const lowest = Math.min(...states.map(({ f }) => f));
    assert.equal(states.at(-1)!.best!.score, -lowest);
    assert.deepEqual(states.at(-1)!.best!.theta, states.find(({ f }) => f === lowest)!.theta);
  });

  it("have the same bits for a seed on 1, 2 and 3 threads", async () => {
    const run = async (threads: number) => {
      const options = { bsize: 20, epochs: 2, seed: 9 };
      return (await adam(objective(networkA, digits, { threads, dtype: "float32" }), thetaA, options)).theta;
    };
    const known = await run(1);
    assert.deepEqual(await run(2), known);
    assert.deepEqual(await run(3), known);
  });

  it("stop at ‖∇f‖ where that is asked for, and say it", async () => {
    const problem = objective(networkA, fixtureDigits(16));
    const { trace, stopped } = await sgd(problem, thetaA, { bsize: 8, epochs: 9, stop: { gnorm: 1e9 } });
    assert.match(stopped, /‖∇f‖ = .* ≤ 1000000000/);
    assert.equal(trace.length, 1);
    const { theta } = await sgd(problem, thetaA, { bsize: 8, epochs: 1 });
    const { g } = await problem.gradient(theta);
    assert.ok(Math.abs(trace[0]!.gnorm! / Math.hypot(...g) - 1) < 1e-12);
  });

  it("refuse what does not fit", () => {
    assert.throws(() => sgdSteps(problem, thetaA, { bsize: 65 }), /bsize = 65; there are 64/);
    assert.throws(() => sgdSteps(problem, thetaA, { batches: [[0, 64]] }), /batches\[0\]: subset\[1\] = 64/);
    assert.throws(() => adamSteps(problem, thetaA, { correction: "steps" as never }), /correction is steps/);
    assert.throws(
      () => adamSteps(problem, thetaA, { momentum: 0.9 } as never),
      /no option is called momentum/,
    );
    assert.throws(() => sgdSteps(problem, thetaA, { parity: "torch" as never }), /parity/);
    for (const lr of [Number.NaN, -1, Number.POSITIVE_INFINITY, "0.1"])
      assert.throws(() => sgdSteps(problem, thetaA, { lr: lr as number }), /sgd: lr is/);
    assert.throws(() => adamSteps(problem, thetaA, { beta1: 1 }), /beta1 is number 1/);
    assert.throws(() => sgdSteps(problem, thetaA, { seed: -1 }), /sgd: seed = -1/);
    assert.throws(
      () => sgdSteps(problem, thetaA, { batches: 4 as never }),
      /batches is number 4; needed an array/,
    );
    assert.throws(
      () => sgdSteps(problem, thetaA, { validation: fixtureDigits(3).Z as never }),
      /onInstances/,
    );
  });
});
