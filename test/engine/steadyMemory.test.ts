import assert from "node:assert/strict";
import {
  avgPool,
  avgPoolTranspose,
  axpy,
  convFilterGradient,
  convGradients,
  convImageGradient,
  convLinear,
  convShape,
  engineInfo,
  type Matrix,
  matrix,
  maxPool,
  maxPoolTranspose,
  randomMatrix,
  reluGradient,
  scope,
} from "../../src/index.js";
import { asFloat32 } from "../operations/layers.js";

/** Three layers, a max pooling behind the first, an average pooling behind the second; one step of gradient descent. */
function network(a: number, d: number, batch: number): { theta: Matrix[]; step(): number } {
  const half = Math.floor(a / 2);
  const quarter = Math.floor(half / 2);
  const shapes = [
    convShape({ a, b: a, d, h: 3, pad: 1 }),
    convShape({ a: half, b: half, d, h: 3, pad: 1 }),
    convShape({ a: quarter, b: quarter, d, h: 1 }),
  ] as const;
  const float32 = (rows: number, cols: number, seed: number) =>
    asFloat32(randomMatrix(rows, cols, { seed, low: -0.1, high: 0.1 }));
  const theta = shapes.map(({ h }, k) => float32(d, h * h * d, k));
  const [W1, W2, W3] = theta as [Matrix, Matrix, Matrix];
  const b = asFloat32(matrix(d, 1));
  const Z1 = float32(d, a * a * batch, 7);
  const dS3 = float32(d, quarter * quarter * batch, 8);
  const options = { batch };
  const [first, second] = [
    { a, b: a, q: 2 },
    { a: half, b: half, q: 2 },
  ];
  return { theta, step };

  function step(): number {
    return scope(() => {
      const S1 = convLinear(W1, b, Z1, shapes[0], { ...options, relu: true });
      const pooled = maxPool(S1, first);
      const S2 = convLinear(W2, b, pooled.Z, shapes[1], { ...options, relu: true });
      const Z3 = avgPool(S2, second);
      const S3 = convLinear(W3, b, Z3, shapes[2], options);
      const last = convGradients(W3, Z3, dS3, shapes[2], options);
      const dS2 = reluGradient(avgPoolTranspose(last.Z, second), S2);
      const dW2 = convFilterGradient(pooled.Z, dS2, shapes[1], options);
      const dZ2 = convImageGradient(W2, dS2, shapes[1], options);
      const dS1 = reluGradient(maxPoolTranspose(dZ2, pooled.index, { a, b: a, d }, options), S1);
      const dW1 = convFilterGradient(Z1, dS1, shapes[0], options);
      for (const [k, dW] of [dW1, dW2, last.W].entries()) axpy(-1e-5, dW, theta[k]!);
      return S3.rows;
    });
  }
}

describe("a synchronous loop of a network's products", () => {
  const runs = [
    { name: "10,000 steps of small ones", steps: 10_000, of: network(6, 4, 2), most: 24 },
    { name: "300 steps with results of 2 MiB", steps: 300, of: network(64, 32, 4), most: 48 },
  ];
  for (const { name, steps: all, of, most } of runs) {
    it(`takes no more memory from step to step: ${name} (npm test: half of them)`, function () {
      this.timeout(120_000);
      const steps = all * Math.min(1, Number(process.env.PHILAB_RUNS || 1));
      const before = [...of.theta[2]!.data];
      for (let k = 0; k < steps / 10; k++) of.step();
      const { used, size } = engineInfo().memory;
      // What is lost in each step is lost in each third; JavaScript's own heap may grow once for other tests' sake.
      const grown = [0, 1, 2].map(() => {
        const rss = process.memoryUsage.rss();
        for (let k = 0; k < steps / 3; k++) of.step();
        return (process.memoryUsage.rss() - rss) / 2 ** 20;
      });
      assert.deepEqual(engineInfo().memory, { used, size });
      assert.ok(Math.min(...grown) < most / 3, `${grown} MiB`);
      assert.notDeepEqual([...of.theta[2]!.data], before);
    });
  }
});
