/** The networks whose outputs test/fixtures/onnx.json has from onnxruntime: everything that onnx() can write. */

import { type NetworkSize, network } from "../../src/network/network.js";
import { randomMatrix } from "../../src/numeric/random.js";
import { randomVector } from "../network/given.js";
import type { OnnxCase } from "./onnxPeer.js";

const sizes: Readonly<Record<string, NetworkSize>> = {
  "groups, average pooling, stride": {
    input: { a: 13, b: 10, d: 4 },
    conv: [
      { dOut: 6, h: 3, pad: 1, groups: 2, pool: 2, poolKind: "average" },
      { dOut: 9, h: 2, s: 2, groups: 3 },
    ],
    full: [8, 5],
  },
  "max pooling with remainders, padding, stride 2": {
    input: { a: 11, b: 14, d: 3 },
    conv: [
      { dOut: 5, h: 4, s: 2, pad: 2, pool: 2 },
      { dOut: 7, h: 3, pad: 1, pool: 3 },
    ],
    full: [4],
  },
  "a convolution last, with average pooling": {
    input: { a: 9, b: 6, d: 2 },
    conv: [
      { dOut: 4, h: 3, pad: 1 },
      { dOut: 3, h: 2, pool: 2, poolKind: "average" },
    ],
  },
  "full layers alone, on an image": { input: { a: 3, b: 5, d: 2 }, full: [6, 4, 3] },
  "one full layer": { input: { a: 4, b: 3, d: 3 }, full: [2] },
};

/** Cases by name, θ and Z uniform on [−½, ½) and [−1, 1). */
export const onnxCases: Readonly<Record<string, OnnxCase>> = Object.fromEntries(
  Object.entries(sizes).map(([name, size]) => {
    const net = network(size);
    const { a, b, d } = net.input;
    const theta = randomVector(net.n, 1).map((x) => x / 2);
    return [name, { net, theta, Z: randomMatrix(d * a * b, 3, { seed: 2, low: -1 }) }];
  }),
);
