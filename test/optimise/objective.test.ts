import assert from "node:assert/strict";
import fc from "fast-check";
import { type Network, network } from "../../src/network/network.js";
import { referenceInstance } from "../../src/network/reference.js";
import { matrix } from "../../src/numeric/matrix.js";
import { randomMatrix } from "../../src/numeric/random.js";
import { columnMajor } from "../../src/numeric/storage.js";
import type { Instances } from "../../src/optimise/data.js";
import { type InstanceLoss, namedLoss } from "../../src/optimise/loss.js";
import { type ObjectiveOptions, objective } from "../../src/optimise/objective.js";
import { cases } from "../cases.js";
import {
  anyNetwork,
  columnOf,
  fixture,
  fixtureDigits,
  networkA,
  randomInstances,
  randomVector,
  relativeError,
  thetaA,
} from "../network/given.js";

const A = fixture("network_A");
const digits8 = fixtureDigits(8);
const u = columnMajor(10, 8, Float64Array.from(A.vec_u));

describe("the objective of the lecturer's network", () => {
  const problem = objective(networkA, digits8, { C: A.C });

  it("has his f, ∇f, outputs, J v, Jᵀ u, G v and Jacobian, to 1e-12", async () => {
    const { f, g } = await problem.gradient(thetaA);
    assert.ok(Math.abs(f / A.f - 1) < 1e-12);
    assert.equal(await problem.value(thetaA), f);
    assert.ok(relativeError(g, A.theta_grad) < 1e-12);
    assert.ok(relativeError((await problem.outputs(thetaA)).data, A.vec_zLp1) < 1e-12);
    assert.ok(relativeError((await problem.Jv(thetaA, A.v)).data, A.vec_Jv) < 1e-12);
    assert.ok(relativeError(await problem.JTu(thetaA, u), A.theta_JTu) < 1e-12);
    assert.ok(relativeError(await problem.Gv(thetaA, A.v), A.theta_Gv) < 1e-12);
    const J = await problem.jacobian(thetaA);
    assert.ok(relativeError(J.data, A.vec_Jacobian_first_instance) < 1e-12);
  });

  it("has his Σ JᵀBJ v where nothing regularises, and where all instances are a subset", async () => {
    const bare = objective(networkA, digits8, { C: Number.POSITIVE_INFINITY });
    const subset = [7, 6, 5, 4, 3, 2, 1, 0];
    const product = await bare.Gv(thetaA, A.v, { subset });
    assert.ok(
      relativeError(
        product,
        (A.theta_JTBJv as number[]).map((x) => x / 8),
      ) < 1e-12,
    );
    assert.ok(Math.abs((await bare.value(thetaA)) / (A.loss_sum / 8) - 1) < 1e-12);
  });

  it("is within 1e-5 of it in float32", async () => {
    const single = objective(networkA, digits8, { C: A.C, dtype: "float32" });
    const { f, g } = await single.gradient(thetaA);
    assert.ok(Math.abs(f / A.f - 1) < 1e-5);
    assert.ok(relativeError(g, A.theta_grad) < 1e-5);
    assert.ok(relativeError(await single.Gv(thetaA, A.v), A.theta_Gv) < 1e-5);
  });

  it("has C = 0.01·l where none is given", async () => {
    const standard = objective(networkA, digits8);
    assert.equal(standard.C, 0.08);
  });
});

/** f, ∇f and G v instance by instance, from the plain reference. */
function plainly(
  net: Network,
  { Z, y }: Instances,
  loss: InstanceLoss,
  C: number,
  theta: Float64Array,
  v: Float64Array,
) {
  const [g, Gv] = [theta.map((x) => x / C), v.map((x) => x / C)];
  let f = theta.reduce((sum, x) => sum + x * x, 0) / (2 * C);
  for (let i = 0; i < Z.cols; i++) {
    const one = referenceInstance(net, theta, columnOf(Z, i));
    const [z, wanted] = [one.z.data as Float64Array, columnOf(y, i)];
    f += loss.value(z, wanted) / Z.cols;
    const B = loss.hessianProduct(z, wanted, one.Jv(v).data as Float64Array);
    const [back, product] = [
      one.JTu(Float64Array.from(loss.gradient(z, wanted))),
      one.JTu(Float64Array.from(B)),
    ];
    for (let k = 0; k < net.n; k++) {
      g[k] = g[k]! + back[k]! / Z.cols;
      Gv[k] = Gv[k]! + product[k]! / Z.cols;
    }
  }
  return { f, g, Gv };
}

describe("the objective over batches", () => {
  const options = fc.record({
    loss: fc.constantFrom("squared" as const, "crossEntropy" as const),
    dtype: fc.constantFrom("float64" as const, "float32" as const),
  });

  it("is the plain reference instance by instance, on networks of all kinds", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyNetwork,
        options,
        fc.integer({ min: 1, max: 5 }),
        fc.nat(999),
        async (net, o, l, seed) => {
          const [theta, v] = [randomVector(net.n, seed), randomVector(net.n, seed + 1)];
          const data = randomInstances(net, l, seed);
          const known = plainly(net, data, namedLoss(o.loss), 3, theta, v);
          const problem = objective(net, data, { C: 3, ...o });
          const { f, g } = await problem.gradient(theta);
          const tolerance = o.dtype === "float64" ? 1e-11 : 1e-3; // a float32 sum near 0 may flip σ′
          assert.ok(Math.abs(f - known.f) <= tolerance * known.f, `f ${f} ${known.f}`);
          if (o.dtype === "float32") return;
          assert.ok(relativeError(g, known.g) < tolerance, "∇f");
          assert.ok(relativeError(await problem.Gv(theta, v), known.Gv) < tolerance, "G v");
        },
      ),
      cases(60),
    );
  }).timeout(60_000);

  it("has central differences of f as its gradient, and of ∇f where the network is linear as G v", async () => {
    const net = network({
      input: { a: 5, b: 4, d: 2 },
      conv: [{ dOut: 3, h: 3, pad: 1, pool: 2, poolKind: "average" }],
    });
    const data = randomInstances(net, 6, 5);
    const own: InstanceLoss = {
      value: (z, y) => z.reduce((sum, x, k) => sum + Math.cosh(x - y[k]!), 0),
      gradient: (z, y) => z.map((x, k) => Math.sinh(x - y[k]!)),
      hessianProduct: (z, y, v) => v.map((x, k) => x * Math.cosh(z[k]! - y[k]!)),
    };
    for (const loss of ["squared", "crossEntropy", own] as const) {
      const problem = objective(net, data, { C: 2, loss });
      const [theta, v] = [randomVector(net.n, 1), randomVector(net.n, 2)];
      const moved = (t: number) => theta.map((x, k) => x + t * v[k]!);
      const h = 1e-5;
      const slope = ((await problem.value(moved(h))) - (await problem.value(moved(-h)))) / (2 * h);
      const { g } = await problem.gradient(theta);
      const product = g.reduce((sum, x, k) => sum + x * v[k]!, 0);
      assert.ok(Math.abs(slope - product) < 1e-8 * Math.max(1, Math.abs(product)), `${slope} ${product}`);
      const [ahead, behind] = [await problem.gradient(moved(h)), await problem.gradient(moved(-h))];
      const change = ahead.g.map((x, k) => (x - behind.g[k]!) / (2 * h));
      assert.ok(relativeError(await problem.Gv(theta, v), change) < 1e-8);
    }
  });

  // 150 instances: several shards
  const demo = network({
    input: { a: 28, b: 28, d: 1 },
    conv: [
      { dOut: 32, h: 5, pad: 2, pool: 2 },
      { dOut: 64, h: 3, pad: 1, pool: 2 },
      { dOut: 64, h: 3, pad: 1, pool: 2 },
    ],
    full: [10],
  });
  const many = randomInstances(demo, 101, 3);
  const [theta, v] = [demo.initial(1), randomVector(demo.n, 2)];
  const all = async (options: ObjectiveOptions) => {
    const problem = objective(demo, many, options);
    const { f, g } = await problem.gradient(theta);
    return {
      f,
      g,
      Gv: await problem.Gv(theta, v, { subset: [5, 100, 0, 17] }),
      Jv: await problem.Jv(theta, v),
    };
  };

  for (const dtype of ["float32", "float64"] as const)
    it(`has the same bits on 1, 2 and 3 threads, ${dtype}`, async () => {
      const one = await all({ dtype, threads: 1 });
      assert.deepEqual(await all({ dtype, threads: 2 }), one);
      assert.deepEqual(await all({ dtype, threads: 3 }), one);
    }).timeout(60_000);

  it("lets others have their turn at least every 50 ms", async () => {
    const problem = objective(demo, many, { dtype: "float32" });
    await problem.gradient(theta); // the engine starts
    let [last, longest] = [performance.now(), 0];
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    await problem.gradient(theta);
    clearInterval(timer);
    assert.ok(longest < 500, `${longest} ms`); // ten times 50: others use the machine too
  })
    .timeout(60_000)
    .retries(2);
});

describe("linearised", () => {
  const net = networkA;
  const data = fixtureDigits(64);
  const problem = objective(net, data, { C: 2 });
  const subset = [3, 60, 2, 9];
  const v = randomVector(net.n, 8);

  it("has the products of its subset, more than once, with the bits of one product alone", async () => {
    const one = problem.linearised(thetaA, subset);
    const known = await problem.Gv(thetaA, v, { subset });
    assert.deepEqual(await one.Gv(v), known);
    assert.deepEqual(await one.Gv(v), known);
    assert.deepEqual(await one.Jv(v), await problem.Jv(thetaA, v, { subset }));
    one.dispose();
    await assert.rejects(one.Gv(v), /linearised: it was disposed of/);
  });

  it("sees what θ was when it was made", async () => {
    const theta = thetaA.slice();
    const one = problem.linearised(theta, subset);
    const known = await problem.Gv(thetaA, v, { subset });
    theta.fill(0);
    assert.deepEqual(await one.Gv(v), known);
    one.dispose();
  });
});

describe("losses", () => {
  it("squared has no ½: ‖z − y‖², 2(z − y), 2v", () => {
    const squared = namedLoss("squared");
    const [z, y] = [Float64Array.of(3, 1), Float64Array.of(1, 2)];
    assert.equal(squared.value(z, y), 5);
    assert.deepEqual([...Array.from(squared.gradient(z, y))], [4, -2]);
    assert.deepEqual(Array.from(squared.hessianProduct(z, y, Float64Array.of(1, -3))), [2, -6]);
  });

  it("cross-entropy of logits of ±1000 is finite and right", () => {
    const loss = namedLoss("crossEntropy");
    const [z, right, wrong] = [Float64Array.of(1000, -1000), Float64Array.of(1, 0), Float64Array.of(0, 1)];
    assert.equal(loss.value(z, right), 0);
    assert.equal(loss.value(z, wrong), 2000);
    assert.deepEqual(Array.from(loss.gradient(z, wrong)), [1, -1]);
    assert.deepEqual(Array.from(loss.hessianProduct(z, wrong, Float64Array.of(1, 1))), [0, 0]);
  });

  it("cross-entropy near 0 keeps its digits: log(1 + e⁻⁴⁰)", () => {
    const value = namedLoss("crossEntropy").value(Float64Array.of(40, 0), Float64Array.of(1, 0));
    assert.ok(Math.abs(value / Math.exp(-40) - 1) < 1e-12, `${value}`);
  });

  it("cross-entropy of three equal logits is log 3", () => {
    const value = namedLoss("crossEntropy").value(Float64Array.of(7, 7, 7), Float64Array.of(0, 1, 0));
    assert.ok(Math.abs(value - Math.log(3)) < 1e-15);
  });
});

describe("what does not fit", () => {
  const Z = randomMatrix(784, 3, { seed: 1 });
  const y = randomMatrix(10, 3, { seed: 2 });
  const problem = objective(networkA, { Z, y });

  it("is refused with both sizes", async () => {
    assert.throws(
      () => objective(networkA, { Z: randomMatrix(783, 3, { seed: 1 }), y }),
      /Z is 783 × 3.*28·28 = 784/,
    );
    assert.throws(
      () => objective(networkA, { Z, y: randomMatrix(10, 2, { seed: 1 }) }),
      /y is 10 × 2; needed 10 × 3/,
    );
    await assert.rejects(problem.value(new Float64Array(559)), /theta has 559 numbers; needed 560/);
    await assert.rejects(problem.value(thetaA.map(() => Number.NaN)), /entry \(1, 1\) is NaN/);
    const bad = matrix(560, 1, new Float64Array(560).fill(Number.NaN), { nonFinite: true });
    await assert.rejects(problem.value(bad), /value: theta: entry \(1, 1\) is NaN/);
    await assert.rejects(problem.JTu(thetaA, randomMatrix(10, 2, { seed: 1 })), /u is 10 × 2; needed 10 × 3/);
    await assert.rejects(problem.value(thetaA, { subset: [0, 3] }), /subset\[1\] = 3.*from 0 to 2/);
    await assert.rejects(problem.value(thetaA, { subset: [] }), /subset/);
    await assert.rejects(
      problem.Gv(thetaA, thetaA, [0, 1] as never),
      /Gv: no option is called 0.*there are subset/,
    );
    await assert.rejects(problem.gradient(thetaA, { subset: null as never }), /the subset is null/);
    await assert.rejects(
      problem.JTu(thetaA, [1, 2] as never),
      /JTu: u is an array of length 2; needed a Matrix/,
    );
  });

  it("is refused among the options", () => {
    assert.throws(() => objective(networkA, { Z, y }, { C: 0 }), /C = 0/);
    assert.throws(
      () => objective(networkA, { Z, y }, { loss: "hinge" as never }),
      /"squared", "crossEntropy"/,
    );
    assert.throws(() => objective(networkA, { Z, y }, { dtype: "float16" as never }), /float16/);
    assert.throws(() => objective(networkA, { Z, y }, { lambda: 1 } as never), /no option is called lambda/);
  });
});
