import assert from "node:assert/strict";
import { network } from "../../src/network/network.js";
import { columnMajor, type Matrix } from "../../src/numeric/storage.js";
import { adam, adamSteps } from "../../src/optimise/adam.js";
import type { Instances } from "../../src/optimise/data.js";
import type { InstanceLoss } from "../../src/optimise/loss.js";
import { newton, newtonSteps } from "../../src/optimise/newton.js";
import { objective } from "../../src/optimise/objective.js";
import { sgd, sgdSteps } from "../../src/optimise/sgd.js";
import { randomInstances, randomVector } from "../network/given.js";

const net = network({
  input: { a: 5, b: 4, d: 2 },
  conv: [{ dOut: 3, h: 3, pad: 1, pool: 2 }],
  full: [3],
});
const given = randomInstances(net, 12, 1);
const [theta, v] = [randomVector(net.n, 2), randomVector(net.n, 3)];
const single = (M: Matrix) => columnMajor(M.rows, M.cols, Float32Array.from(M.data));
const copyOf = ({ Z, y }: Instances): Instances => ({
  Z: columnMajor(Z.rows, Z.cols, Z.data.slice()),
  y: columnMajor(y.rows, y.cols, y.data.slice()),
});
const spoil = ({ Z, y }: Instances): void => {
  Z.data.fill(0.5);
  y.data.fill(0.25);
};

describe("a problem has numbers of its own", () => {
  for (const dtype of ["float32", "float64"] as const)
    it(`so that later changes of Z and y are not seen, before the first use or after it, ${dtype}`, async () => {
      const known = await objective(net, given, { dtype }).gradient(theta);
      const mine = copyOf(dtype === "float32" ? { Z: single(given.Z), y: given.y } : given);
      const problem = objective(net, mine, { dtype });
      const other = problem.onInstances(mine);
      spoil(mine);
      assert.deepEqual(await problem.gradient(theta), known);
      assert.deepEqual(await other.gradient(theta), known);
      spoil(mine);
      assert.deepEqual(await problem.gradient(theta), known);
    });

  it("nor changes of θ, v, u and a subset while a call is under way", async () => {
    const problem = objective(net, given, { C: 0.1 });
    const [u, subset] = [randomInstances(net, 2, 4).y, [3, 5]];
    const calls = (th: Float64Array, w: Float64Array, U: Matrix, S: number[]) => [
      problem.gradient(th, { subset: S }),
      problem.value(th),
      problem.Gv(th, w, { subset: S }),
      problem.Jv(th, w),
      problem.JTu(th, U, { subset: S }),
    ];
    const known = await Promise.all(calls(theta, v, u, subset));
    const mine = { theta: theta.slice(), v: v.slice(), u: copyOf({ Z: u, y: u }).Z, subset: [...subset] };
    const going = Promise.all(calls(mine.theta, mine.v, mine.u, mine.subset));
    for (const numbers of [mine.theta, mine.v, mine.u.data, mine.subset]) numbers.fill(1);
    assert.deepEqual(await going, known);
    const own = theta.slice();
    const here = problem.linearised(own, subset);
    own.fill(0);
    assert.deepEqual(await here.gradient(), known[0]);
    here.dispose();
  });

  it("nor what a loss of the reader's own writes over what it is given, or becomes later", async () => {
    const clean: InstanceLoss = {
      value: (z, y) => z.reduce((sum, x, k) => sum + (x - y[k]!) ** 2, 0),
      gradient: (z, y) => z.map((x, k) => 2 * (x - y[k]!)),
      hessianProduct: (_z, _y, w) => w.map((x) => 2 * x),
    };
    const known = objective(net, given, { loss: clean });
    const rude = {
      value: (z: Float64Array, y: Float64Array) => {
        const sum = clean.value(z, y);
        for (const numbers of [z, y]) numbers.fill(7);
        return sum;
      },
      gradient: (z: Float64Array, y: Float64Array) => {
        for (const [k, x] of z.entries()) y[k] = 2 * (x - y[k]!);
        return y;
      },
      hessianProduct: (z: Float64Array, y: Float64Array, w: Float64Array) => {
        for (const numbers of [z, y]) numbers.fill(7);
        for (const k of w.keys()) w[k] = 2 * w[k]!;
        return w;
      },
    };
    const problem = objective(net, given, { loss: rude });
    rude.value = () => 0;
    for (let time = 0; time < 2; time++) {
      assert.deepEqual(await problem.gradient(theta), await known.gradient(theta));
      assert.deepEqual(await problem.Gv(theta, v), await known.Gv(theta, v));
    }
  });

  it("which are finite, in the precision that is computed in", () => {
    const [late, large] = [copyOf(given), copyOf(given)];
    late.y.data[4] = Number.NaN;
    assert.throws(() => objective(net, late), /objective: entry \(2, 2\) of y is NaN in float64/);
    large.Z.data[41] = 1e39;
    assert.throws(
      () => objective(net, large, { dtype: "float32" }),
      /entry \(2, 2\) of Z is Infinity in float32/,
    );
    assert.equal(objective(net, large).l, 12);
  });
});

/** Everything in a state that can be written over is. */
function spoilState(state: { theta: Float64Array; best?: { theta: Float64Array } } & object): void {
  for (const value of Object.values(state)) {
    if (value instanceof Float64Array) value.fill(9);
    if (Array.isArray(value)) {
      for (const part of value) if (part instanceof Float64Array) part.fill(9);
      if (value.length > 0 && !(value[0] instanceof Float64Array)) {
        assert.throws(() => Object.assign(value[0], { f: 3 }), /read only|Cannot assign/);
        value.length = 0;
      }
    }
  }
  state.best?.theta.fill(9);
}

describe("a training has states of its own", () => {
  const problem = objective(net, given);
  const order = Array.from({ length: 12 }, (_, k) => 11 - k);
  const batches = () => [0, 1, 2, 3].map((k) => order.slice(3 * k, 3 * k + 3));
  const methods = {
    newton: {
      steps: newtonSteps,
      run: newton,
      options: () => ({ iterMax: 3, GNsize: 6, permutations: [[...order], [...order]], stop: { f: 0 } }),
    },
    sgd: { steps: sgdSteps, run: sgd, options: () => ({ batches: batches(), epochs: 2, momentum: 0.5 }) },
    adam: { steps: adamSteps, run: adam, options: () => ({ batches: batches(), epochs: 4 }) },
  };
  for (const [name, { steps, run, options }] of Object.entries(methods))
    it(`${name} goes the same way whatever the reader does to states, θ⁰, options and validation`, async () => {
      const mine = { theta: theta.slice(), validation: copyOf(given), options: options() };
      const known = await run(problem, theta, { ...options(), validation: given } as never);
      const all = { ...mine.options, validation: mine.validation, onIteration: spoilState } as object;
      const states = steps(problem, mine.theta, all as never);
      const accuracies: unknown[] = [];
      mine.theta.fill(0);
      spoil(mine.validation);
      const { permutations, batches: lists } = mine.options as object as Record<string, number[][]>;
      for (const list of permutations ?? lists!) list.fill(0);
      if ("stop" in mine.options) (mine.options.stop as { f: number }).f = 1e9;
      let last: { f: number; at: number } | undefined;
      for await (const state of states) {
        last = state;
        spoilState(state);
        accuracies.push(state.best?.score);
      }
      assert.equal(last?.f, known.trace.at(-1)!.f);
      assert.equal(accuracies.at(-1), known.best.score);
    });

  it("and two of them at once go as each would alone", async () => {
    const options = { epochs: 3, bsize: 5, lr: 1e-2 };
    const [one, two, three] = await Promise.all([
      sgd(problem, theta, options),
      adam(problem, theta, options),
      newton(problem, theta, { iterMax: 3, GNsize: 4 }),
    ]);
    assert.deepEqual(one, await sgd(problem, theta, options));
    assert.deepEqual(two, await adam(problem, theta, options));
    assert.deepEqual(three, await newton(problem, theta, { iterMax: 3, GNsize: 4 }));
  });

  it("and what was reached is there where the reader ends it early", async () => {
    const states = sgdSteps(problem, theta, { epochs: 5, bsize: 5 });
    const first = (await states.next()).value;
    await states.return();
    assert.deepEqual(first?.theta, theta);
    assert.equal((await states.next()).done, true);
    const run = sgd(problem, theta, { epochs: 2, bsize: 5, onIteration: ({ at }) => at === 2 && run.stop() });
    const { stopped, trace } = await run;
    assert.deepEqual([stopped, trace.length], ["2 epochs", 2]); // the last one was the last in any case
  });
});
