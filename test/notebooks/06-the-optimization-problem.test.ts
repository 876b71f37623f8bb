import assert from "node:assert/strict";
import {
  fBySlide,
  momentumStep,
  partsOf,
  xi,
} from "../../notebooks/generated/06-the-optimization-problem-and-stochastic-gradient.js";
import {
  add,
  convLinear,
  convShape,
  fromRows,
  matrix,
  maxAbs,
  maxPool,
  multiply,
  network,
  objective,
  randomMatrix,
  relu,
  sgd,
  subtract,
  toRows,
  vec,
} from "../../src/index.js";
import { namesCells } from "./namesCells.js";

const net = network({ input: { a: 7, b: 6, d: 2 }, conv: [{ dOut: 3, h: 2, pool: 2 }], full: [4] });
const data = { Z: randomMatrix(84, 5, { seed: 1, low: -1 }), y: randomMatrix(4, 5, { seed: 2, low: -1 }) };
const theta = net.initial(3).map((x, k) => x + 0.1 * Math.sin(k)); // biases that are not 0

describe("notebook 06's own definitions, exported", () => {
  namesCells("06-the-optimization-problem-and-stochastic-gradient");

  it("have no half in the loss (U10): 2² + 1² for a hand example", () =>
    assert.equal(xi(fromRows([[3], [1]]), fromRows([[1], [2]])), 5));

  it("give f(θ) (U11) as the program does, biases regularised, the loss averaged", async () => {
    const problem = objective(net, data, { C: 0.5 });
    const f = fBySlide(matrix(net.n, 1, theta), await problem.outputs(theta), data.y, 0.5);
    assert.ok(Math.abs(f - (await problem.value(theta))) < 1e-12 * f);
  });

  it("cut θ as the program does (U9): weights before bias, layer by layer", async () => {
    const [W1, b1, W2, b2] = partsOf(theta, [
      [3, 8],
      [3, 1],
      [4, 18],
      [4, 1],
    ]) as [never, never, never, never];
    const shape = convShape({ a: 7, b: 6, d: 2, h: 2 });
    const z = await objective(net, data).outputs(theta);
    for (let i = 0; i < 5; i++) {
      const Z = matrix(2, 42, data.Z.data.slice(84 * i, 84 * (i + 1)));
      const { Z: pooled } = maxPool(relu(convLinear(W1, b1, Z, shape)), {
        a: shape.aOut,
        b: shape.bOut,
        q: 2,
      });
      const byHand = add(multiply(W2, vec(pooled)), b2);
      assert.ok(maxAbs(subtract(byHand, matrix(4, 1, z.data.slice(4 * i, 4 * (i + 1))))) < 1e-12);
    }
  });

  it("step as sgd does (X21): three steps with momentum", async () => {
    const problem = objective(net, data, { C: 0.5 });
    const batches = [
      [0, 1],
      [2, 3],
      [4, 0],
    ];
    let state: [ReturnType<typeof matrix>, ReturnType<typeof matrix>] = [
      matrix(net.n, 1, theta),
      matrix(net.n, 1),
    ];
    for (const subset of batches) {
      const { g } = await problem.gradient(Float64Array.from(state[0].data), { subset });
      state = momentumStep(state, matrix(net.n, 1, g), 0.01, 0.9);
    }
    const { theta: bySgd } = await sgd(problem, theta, { lr: 0.01, momentum: 0.9, batches, epochs: 1 });
    assert.ok(maxAbs(subtract(state[0], matrix(net.n, 1, bySgd))) < 1e-14);
    assert.equal(toRows(state[1]).length, net.n);
  });
});
