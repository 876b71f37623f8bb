import assert from "node:assert/strict";
import { network } from "../../src/network/network.js";
import { columnMajor } from "../../src/numeric/storage.js";
import { conjugateGradients } from "../../src/optimise/conjugate.js";
import { newton, newtonSteps } from "../../src/optimise/newton.js";
import { objective, type Problem } from "../../src/optimise/objective.js";
import { TrainingError } from "../../src/optimise/training.js";
import {
  fixture,
  fixtureDigits,
  networkA,
  randomInstances,
  randomVector,
  relativeError,
  thetaA,
} from "../network/given.js";

const A = fixture("network_A");
const digits = fixtureDigits(64);

describe("conjugate gradients", () => {
  const problem = objective(networkA, fixtureDigits(8), { C: A.C });

  it("have the lecturer's direction and number of steps, ξ = 0.1", async () => {
    const { g } = await problem.gradient(thetaA);
    const found = await conjugateGradients((v) => problem.Gv(thetaA, v), g, {
      xi: 0.1,
      CGmax: 250,
      lambda: 1,
    });
    assert.equal(found.iterations, A.cg.iters);
    assert.ok(relativeError(found.d, A.cg.theta_s) < 1e-12);
    assert.ok(Math.abs(found.slope / A.cg.gTs - 1) < 1e-12);
    assert.ok(Math.abs(found.curvature / A.cg.sTGs - 1) < 1e-12);
  });

  it("have his numbers after three steps", async () => {
    const { g } = await problem.gradient(thetaA);
    const found = await conjugateGradients((v) => problem.Gv(thetaA, v), g, { xi: 0, CGmax: 3, lambda: 1 });
    assert.equal(found.iterations, 3);
    assert.ok(Math.abs(found.slope / A.cg3.gTs - 1) < 1e-11);
    assert.ok(Math.abs(found.curvature / A.cg3.sTGs - 1) < 1e-11);
  });

  it("solve a small system in as many steps as it has unknowns", async () => {
    const G = (v: Float64Array) => Promise.resolve(Float64Array.of(3 * v[0]! + v[1]!, v[0]! + 2 * v[1]!));
    const { d, iterations, slope, curvature } = await conjugateGradients(G, Float64Array.of(-9, -8), {
      ...{ xi: 1e-12, CGmax: 10, lambda: 0 },
    });
    assert.equal(iterations, 2);
    assert.ok(relativeError(d, [2, 3]) < 1e-14);
    assert.ok(Math.abs(slope + 42) < 1e-12 && Math.abs(curvature - 42) < 1e-12);
  });

  it("end with what they have where G is flat but for rounding: λ = 0, less rank than unknowns", async () => {
    const G = (v: Float64Array) => Promise.resolve(Float64Array.of(4 * v[0]!, -1e-17 * v[1]!));
    const options = { xi: 0, CGmax: 10, lambda: 0 };
    const { d, iterations } = await conjugateGradients(G, Float64Array.of(-8, 1e-9), options);
    assert.equal(iterations, 1);
    assert.ok(Math.abs(d[0]! - 2) < 1e-12 && Number.isFinite(d[1]!));
  });

  it("refuse what is no Gauss–Newton matrix", async () => {
    const G = (v: Float64Array) => Promise.resolve(v.map((x) => -x));
    const options = { xi: 0.1, CGmax: 10, lambda: 0 };
    await assert.rejects(conjugateGradients(G, Float64Array.of(1), options), /vᵀ\(G \+ λI\)v = -1 in step 1/);
    const saddle = (v: Float64Array) => Promise.resolve(Float64Array.of(4 * v[0]!, -v[1]!));
    await assert.rejects(conjugateGradients(saddle, Float64Array.of(-4, 0.5), options), /in step 2/);
  });
});

describe("Newton's method", () => {
  // the lecturer's program differs from itself by 3e-7 where its BLAS changes: conjugate gradients amplify rounding
  const tolerances = [1e-9, 1e-5];
  fixture("newton").runs.forEach((known: ReturnType<typeof fixture>, k: number) => {
    it(`has the lecturer's run ${k + 1}: f, λ, steps, lengths, θ to ${tolerances[k]}`, async () => {
      const { C, GNsize, iter_max: iterMax, lambda } = known.options;
      const permutations = known.permutations.map((order: number[]) => order.map((i) => i - 1));
      const options = { GNsize, iterMax, permutations, ...(lambda === undefined ? {} : { lambda }) };
      const { theta, trace, stopped } = await newton(objective(networkA, digits, { C }), thetaA, options);
      assert.equal(stopped, "5 iterations");
      assert.equal(trace.length, 6);
      for (const [i, entry] of trace.entries()) {
        const wanted = known.trace[i];
        assert.ok(Math.abs(entry.f / wanted.f - 1) < tolerances[k]!, `f of ${i}`);
        assert.ok(Math.abs(entry.gnorm / wanted.gnorm - 1) < 10 * tolerances[k]!, `gnorm of ${i}`);
        if (i === 0) continue;
        assert.equal(entry.cgIters, wanted.cg_iters);
        assert.equal(entry.alpha, wanted.alpha);
        assert.equal(entry.lambda, wanted.lambda_after);
        assert.ok(Math.abs(entry.ratio / wanted.ratio - 1) < 100 * tolerances[k]!, `ratio of ${i}`);
      }
      assert.ok(relativeError(theta, known.theta_final) < tolerances[k]!);
    });
  });

  const small = objective(networkA, digits);

  it("has the same bits for a seed, others for another, and on other threads", async () => {
    const run = async (seed: number, threads: number) =>
      (await newton(objective(networkA, digits, { threads }), thetaA, { GNsize: 0.25, iterMax: 3, seed }))
        .theta;
    const known = await run(1, 1);
    assert.deepEqual(await run(1, 2), known);
    assert.deepEqual(await run(1, 3), known);
    assert.notDeepEqual(await run(2, 1), known);
  });

  it("takes each instance once before any twice", async () => {
    const seen: number[] = [];
    const spied: Problem = {
      ...small,
      linearised: (theta, subset) => {
        seen.push(...Array.from(subset!));
        return small.linearised(theta, subset);
      },
    };
    await newton(spied, thetaA, { GNsize: 16, iterMax: 5 });
    assert.deepEqual(new Set(seen.slice(0, 64)).size, 64);
    assert.equal(seen.length, 80);
    assert.notDeepEqual(seen.slice(64), seen.slice(0, 16));
  });

  it("stops where ‖∇f‖ is small, f is, time is over, or validation does not get better", async () => {
    const gnorm = await newton(small, thetaA, { GNsize: 64, stop: { gnorm: 1 } });
    assert.ok(gnorm.trace.at(-1)!.gnorm <= 1 && gnorm.trace.at(-2)!.gnorm > 1);
    assert.match(gnorm.stopped, /‖∇f‖/);
    const f = await newton(small, thetaA, { GNsize: 64, stop: { f: 2 } });
    assert.ok(f.trace.at(-1)!.f <= 2 && f.trace.at(-2)!.f > 2);
    assert.equal((await newton(small, thetaA, { stop: { seconds: 0 } })).trace.length, 1);
    const validation = fixtureDigits(5);
    const { trace, best, stopped } = await newton(small, thetaA, {
      GNsize: 64,
      validation,
      stop: { patience: 3 },
    });
    assert.equal(stopped, `no better score since ${best.at}`);
    assert.equal(trace.length - 1, best.at + 3);
    assert.equal(best.score, Math.max(...trace.map(({ accuracy }) => accuracy!)));
    assert.equal(
      trace.findIndex(({ accuracy }) => accuracy === best.score),
      best.at,
    );
  });

  it("ends where f cannot go down further", async () => {
    const net = network({ input: { a: 1, b: 1, d: 2 }, full: [1] });
    const data = {
      Z: columnMajor(2, 3, Float64Array.of(1, 0, 0, 1, 1, 1)),
      y: columnMajor(1, 3, Float64Array.of(1, 2, 4)),
    };
    const { stopped, trace } = await newton(objective(net, data), new Float64Array(3), {
      GNsize: 3,
      xi: 1e-10,
    });
    assert.match(stopped, /cannot go down further|‖∇f‖ = 0/);
    assert.ok(trace.at(-1)!.gnorm < 1e-6);
  });

  it("keeps the last good state where it fails, and says where that was", async () => {
    const net = network({ input: { a: 3, b: 3, d: 1 }, full: [4, 2] });
    const data = randomInstances(net, 6, 1);
    const real = objective(net, data);
    let calls = 0;
    const broken: Problem = {
      ...real,
      value: async (theta) => (++calls > 1 ? Number.NaN : real.value(theta)),
    };
    const run = newton(broken, randomVector(net.n, 1), { GNsize: 6 });
    const error = await run.then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.ok(error instanceof TrainingError);
    assert.match(error.message, /iteration 2: no step along d/);
    assert.equal(error.iteration, 2);
    assert.deepEqual(error.theta, run.last!.theta);
    assert.equal(run.last!.at, 1);
  });

  it("can be stopped between two iterations, and what it was is kept", async () => {
    const run = newton(small, thetaA, {
      GNsize: 64,
      onIteration: ({ at }) => {
        if (at === 2) run.stop();
      },
    });
    const { trace, stopped } = await run;
    assert.deepEqual([trace.length, stopped, run.last!.at], [3, "stopped", 2]);
  });

  it("as steps is the same as awaited", async () => {
    const options = { GNsize: 8, iterMax: 3, seed: 5 };
    const states = [];
    for await (const state of newtonSteps(small, thetaA, options)) states.push(state);
    const { theta, trace } = await newton(small, thetaA, options);
    assert.deepEqual(
      states.map(({ at }) => at),
      [0, 1, 2, 3],
    );
    assert.deepEqual(states.at(-1)!.theta, theta);
    assert.deepEqual(states.at(-1)!.trace, trace);
    assert.equal(states[1]!.trace.length, 2);
  });

  it("refuses options that it does not have, and orders that are none", async () => {
    assert.throws(
      () => newtonSteps(small, thetaA, { CGMax: 3 } as never),
      /no option is called CGMax \(meant: CGmax\)/,
    );
    await assert.rejects(newton(small, thetaA, { GNsize: 65 }), /GNsize/);
    assert.throws(() => newtonSteps(small, thetaA, { permutations: [[0, 0, 1]] }), /permutations\[0\]/);
    await assert.rejects(
      newton(small, thetaA, {
        GNsize: 64,
        iterMax: 2,
        permutations: [Array.from({ length: 64 }, (_, i) => i)],
      }),
      /iteration 2 needs permutations\[1\]; there are 1/,
    );
    const bad: [object, RegExp][] = [
      [{ lambda: Number.POSITIVE_INFINITY }, /lambda is number Infinity/],
      [{ eta: Number.NaN }, /eta is number NaN/],
      [{ boost: 0.5 }, /boost is number 0.5; needed a number ≥ 1/],
      [{ seed: 1.5 }, /newton: seed = 1.5/],
      [{ permutations: 3 }, /newton: permutations is number 3; needed an array/],
      [{ stop: { seconds: "9" } }, /newton: stop.seconds is string 9; needed a number ≥ 0/],
      [{ stop: { f: Number.NaN } }, /stop.f is number NaN; needed a number/],
      [{ stop: { patience: 0 } }, /stop.patience is number 0; needed a number ≥ 1/],
    ];
    for (const [options, why] of bad) assert.throws(() => newtonSteps(small, thetaA, options as never), why);
  });
});
