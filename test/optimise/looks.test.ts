import assert from "node:assert/strict";
import { inspect } from "node:util";
import { digits, network, newton, objective, oneHot, randomMatrix, sgdSteps } from "../../src/index.js";
import { objective as lightObjective } from "../../src/numbers.js";
import { displayKey } from "../../src/numeric/show.js";

const looks = (value: object): Record<string, string> => {
  const shown = (value as { [displayKey](): Record<string, string> })[displayKey]();
  assert.equal(inspect(value), shown["text/plain"]);
  return shown;
};

describe("what is solved looks like what it is, and not like the object that holds it", () => {
  const net = network({
    input: { a: 8, b: 7, d: 2 },
    conv: [{ dOut: 4, h: 3, pad: 1, s: 2, groups: 2, pool: 2, poolKind: "average" }],
    full: [6, 3],
  });
  const data = { Z: randomMatrix(112, 9, { seed: 1 }), y: oneHot([0, 1, 2, 0, 1, 2, 0, 1, 2]) };

  it("a network: its layers with the sizes of W, images and parts of θ, by hand", () => {
    // 4 (9·2/2 + 1) = 40, then 6 (2·2·4 → 2·2 pooled: (8-3+2)/2+1 = 4 → 2, (7-3+2)/2+1 = 4 → 2: 16 + 1) = 102, 3 (6 + 1) = 21
    const { "text/plain": text, "text/markdown": table } = looks(net);
    assert.equal(
      text,
      [
        "network: θ has 163 numbers",
        "  images 8 × 7, 2 channels",
        "  1. W 4 × 9, windows 3 × 3, stride 2, padding 1, 2 groups, σ, average pooling 2 × 2 → 2 × 2, 4 channels",
        "  2. W 6 × 16, full, σ → 6",
        "  3. W 3 × 6, full → 3",
      ].join("\n"),
    );
    assert.match(table, /^\| 2 \| 6 × 16 \| full, σ \| 6 \| 102 \|$/m);
    assert.deepEqual(Object.keys(net), ["input", "layers", "n", "outputs", "multiplications", "initial"]);
    assert.ok(Object.isFrozen(net));
  });

  it("a problem: f with its sizes and options, also beside what verifies it", () => {
    const options = { C: 5, loss: "crossEntropy", dtype: "float32" } as const;
    const problem = objective(net, data, options);
    assert.match(looks(problem)["text/plain"], /: n = 163, l = 9, C = 5, ξ crossEntropy, float32$/);
    assert.match(looks(problem)["text/markdown"], /^\$\$\\min_\\theta f\(\\theta\) = .*\$\$\n\n\$n\$ = 163/s);
    assert.deepEqual(looks(lightObjective(net, data, options)), looks(problem));
    assert.equal(typeof problem.verify, "function");
    const own = { value: () => 0, gradient: () => [0, 0, 0], hessianProduct: () => [0, 0, 0] };
    assert.match(looks(objective(net, data, { loss: own as never }))["text/plain"], /ξ of one's own/);
  });

  it("a training under way, its states and its outcome: f, and how many numbers θ has", async () => {
    const problem = objective(net, data);
    const run = newton(problem, net.initial(1), { iterMax: 2 });
    assert.match(looks(run)["text/plain"], /^a training, begun: await it/);
    const trained = await run;
    assert.match(looks(run)["text/plain"], /^a training, at 2, f = [\d.]+: await it/);
    const f = trained.trace.map((entry) => String(Number(entry.f.toPrecision(4))));
    assert.equal(
      looks(trained)["text/plain"],
      `trained: 2 iterations; f = ${f[0]} → ${f[2]}; theta has 163 numbers`,
    );
    assert.deepEqual(Object.keys(trained), ["theta", "trace", "best", "stopped"]);
    for await (const state of sgdSteps(problem, net.initial(1), { epochs: 1, bsize: 3 }))
      assert.match(looks(state)["text/plain"], new RegExp(`^state ${state.at}: f = [\\d.]+; theta has 163`));
  });

  it("digits: their sizes and the first labels", async () => {
    assert.equal(
      looks(await digits())["text/plain"],
      "digits: Z 784 × 100, images of 28 × 28; y 10 × 100; labels 5 0 4 1 9 2 1 3 1 4 3 5 3 6 1 7 2 8 6 9 …",
    );
  });
});
