import assert from "node:assert/strict";
import fc from "fast-check";
import { partOf } from "../../src/layers/layer.js";
import { network } from "../../src/network/network.js";
import { referenceInstance } from "../../src/network/reference.js";
import { cases } from "../cases.js";
import { outputsByDefinition } from "./definition.js";
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
} from "./given.js";

const A = fixture("network_A");

describe("a network's sizes", () => {
  it("are those of the lecturer's program: pixels, channels and parts of θ", () => {
    assert.equal(networkA.n, A.n);
    assert.deepEqual(
      networkA.layers.map(({ from }, m) => (networkA.layers[m + 1]?.from ?? networkA.n) - from),
      A.n_layer,
    );
    assert.deepEqual(
      networkA.layers.map(({ image }) => image),
      [
        { a: 6, b: 6, d: 3 },
        { a: 3, b: 3, d: 4 },
        { a: 1, b: 1, d: 10 },
      ],
    );
  });

  it("cannot be changed afterwards, as θ would not fit any more", () => {
    const size = { input: { a: 5, b: 4, d: 1 }, conv: [{ dOut: 2, h: 3, pool: 2 }], full: [3] };
    const net = network(size);
    const known = JSON.stringify(net);
    size.input.a = size.conv[0]!.dOut = size.full[0] = 9;
    assert.equal(JSON.stringify(net), known);
    for (const part of [
      net,
      net.input,
      net.layers,
      net.layers[0]!,
      net.layers[0]!.shape,
      net.layers[0]!.pool!,
    ])
      assert.throws(() => Object.assign(part, { n: 1, a: 1, 0: 1 }), TypeError);
  });

  it("of the demo network are n = 62,026", () => {
    const conv = [
      { dOut: 32, h: 5, pad: 2, pool: 2 },
      { dOut: 64, h: 3, pad: 1, pool: 2 },
      { dOut: 64, h: 3, pad: 1, pool: 2 },
    ];
    assert.equal(network({ input: { a: 28, b: 28, d: 1 }, conv, full: [10] }).n, 62026);
  });

  it("are refused by the layer's name where they do not fit", () => {
    const input = { a: 7, b: 5, d: 3 };
    assert.throws(() => network({ input }), /network: no layer/);
    assert.throws(() => network({ input, conv: [{ dOut: 4, h: 6 }] }), /conv\[0\].*h = 6/);
    assert.throws(
      () => network({ input, conv: [{ dOut: 4, h: 3, groups: 2 }] }),
      /conv\[0\]: groups = 2.*d = 3/,
    );
    assert.throws(
      () => network({ input, conv: [{ dOut: 4, h: 3, stride: 2 } as never] }),
      /stride.*meant: s/,
    );
    assert.throws(() => network({ input, conv: [{ dOut: 4, h: 3, pool: 4 }] }), /conv\[0\].*q = 4/);
    assert.throws(() => network({ input, full: [3, 0] }), /full\[1\] = 0/);
  });
});

describe("θ", () => {
  const net = network({ input: { a: 3, b: 2, d: 2 }, conv: [{ dOut: 2, h: 2 }], full: [3] });

  it("is W before b, layer by layer, and its parts are views, U9", () => {
    const theta = Float64Array.from({ length: net.n }, (_, k) => k);
    const [first, second] = net.layers.map((layer) => partOf(layer, theta));
    assert.deepEqual([first!.W.rows, first!.W.cols, first!.b.rows], [2, 8, 2]);
    assert.deepEqual([...first!.b.data], [16, 17]);
    assert.deepEqual([second!.W.rows, second!.W.cols, second!.W.data[0], second!.b.data[0]], [3, 4, 18, 30]);
    second!.W.data[0] = -1;
    assert.equal(theta[18], -1);
  });

  it("to start from has normal weights of variance 2/(inputs), biases 0, and the same bits for a seed", () => {
    const large = network({ input: { a: 8, b: 8, d: 5 }, conv: [{ dOut: 40, h: 5 }], full: [7] });
    const theta = large.initial(3);
    assert.deepEqual(large.initial(3), theta);
    assert.notDeepEqual(large.initial(4), theta);
    for (const layer of large.layers) {
      const { W, b } = partOf(layer, theta);
      assert.ok(b.data.every((x) => x === 0));
      const variance = Array.from(W.data).reduce((sum, x) => sum + x * x, 0) / W.data.length;
      const spread = Math.sqrt(2 / W.data.length); // of the mean of squares, over its mean
      assert.ok(Math.abs((variance * W.cols) / 2 - 1) < 5 * spread, `${variance * W.cols}`);
    }
  });
});

describe("the reference of one instance", () => {
  it("has the lecturer's numbers: images, outputs, J, J v", () => {
    const { Z } = fixtureDigits(1);
    const one = referenceInstance(networkA, thetaA, columnOf(Z, 0));
    for (const [m, { vecZnext_first_instance }] of A.layers.entries())
      assert.ok(relativeError(one.images[m]!.data, vecZnext_first_instance) < 1e-12, `layer ${m}`);
    assert.ok(relativeError(one.jacobian().data, A.vec_Jacobian_first_instance) < 1e-12);
    assert.ok(relativeError(one.Jv(Float64Array.from(A.v)).data, A.vec_Jv.slice(0, 10)) < 1e-12);
  });

  it("is the definition entry by entry, and J v its complex step, on networks of all kinds", () => {
    fc.assert(
      fc.property(anyNetwork, fc.nat(1000), (net, seed) => {
        const [theta, v] = [randomVector(net.n, seed), randomVector(net.n, seed + 1)];
        const Z = columnOf(randomInstances(net, 1, seed).Z, 0);
        const known = outputsByDefinition(net, { re: theta, im: v.map((x) => 1e-200 * x) }, Z);
        const one = referenceInstance(net, theta, Z);
        assert.ok(relativeError(one.z.data, known.re) < 1e-13);
        assert.ok(
          relativeError(
            one.Jv(v).data,
            known.im.map((x) => x / 1e-200),
          ) < 1e-12,
        );
      }),
      cases(100),
    );
  });

  it("has Jᵀ as the transpose of J: uᵀ(J v) = (Jᵀ u)ᵀ v", () => {
    fc.assert(
      fc.property(anyNetwork, fc.nat(1000), (net, seed) => {
        const [theta, v] = [randomVector(net.n, seed), randomVector(net.n, seed + 1)];
        const u = randomVector(net.outputs, seed + 2);
        const one = referenceInstance(net, theta, columnOf(randomInstances(net, 1, seed).Z, 0));
        const left = Array.from(one.Jv(v).data).reduce((sum, x, k) => sum + x * u[k]!, 0);
        const right = one.JTu(u).reduce((sum, x, k) => sum + x * v[k]!, 0);
        assert.ok(Math.abs(left - right) <= 1e-11 * Math.max(1, Math.abs(left)), `${left} ${right}`);
      }),
      cases(50),
    );
  });
});
