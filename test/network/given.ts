/** Networks for tests: the lecturer's, and random ones with odd sizes; instances and vectors for them. */

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { type Network, network } from "../../src/network/network.js";
import { randomMatrix } from "../../src/numeric/random.js";
import { columnMajor, type Matrix } from "../../src/numeric/storage.js";
import type { Instances } from "../../src/optimise/data.js";

// biome-ignore lint/suspicious/noExplicitAny: numbers from other programs, whose fields test/fixtures/README.md explains
export const fixture = (name: string): any =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), "utf8"));

/** Network A of the fixtures: padding, stride 2, remainders dropped, n = 560. */
export const networkA: Network = network({
  input: { a: 28, b: 28, d: 1 },
  conv: [
    { dOut: 3, h: 5, s: 2, pad: 1, pool: 2 },
    { dOut: 4, h: 3, s: 1, pad: 1, pool: 2 },
  ],
  full: [10],
});

/** The first l of the fixtures' digits with one-hot labels. */
export function fixtureDigits(l: number): Instances {
  const { pixels_base64, labels } = fixture("images");
  const bytes = Buffer.from(pixels_base64, "base64");
  const [Z, y] = [new Float64Array(784 * l), new Float64Array(10 * l)];
  for (let k = 0; k < l; k++) {
    for (let i = 0; i < 28; i++) {
      for (let j = 0; j < 28; j++) Z[784 * k + i + 28 * j] = bytes[784 * k + 28 * i + j]! / 255;
    }
    y[10 * k + labels[k]] = 1;
  }
  return { Z: columnMajor(784, l, Z), y: columnMajor(10, l, y) };
}

/** θ of the fixtures' runs. */
export const thetaA: Float64Array = Float64Array.from(fixture("network_A").theta as number[]);

/** n numbers uniform on [−1, 1). */
export function randomVector(n: number, seed: number): Float64Array {
  return randomMatrix(n, 1, { seed, low: -1 }).data as Float64Array;
}

/** Instances of a network with numbers uniform on [−1, 1), one column of y with a 1 each. */
export function randomInstances(net: Network, l: number, seed: number): Instances {
  const { a, b, d } = net.input;
  const y = columnMajor(net.outputs, l, new Float64Array(net.outputs * l));
  for (let k = 0; k < l; k++) y.data[((7 * k + seed) % net.outputs) + net.outputs * k] = 1;
  return { Z: randomMatrix(d * a * b, l, { seed, low: -1 }), y };
}

/** Column k of M. */
export function columnOf(M: Matrix, k: number): Float64Array {
  return Float64Array.from(M.data.subarray(M.rows * k, M.rows * (k + 1)));
}

/** max |x − y| / max |y|. */
export function relativeError(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length) return Number.NaN;
  let [error, largest] = [0, 0];
  for (let k = 0; k < y.length; k++) {
    error = Math.max(error, Math.abs(x[k]! - y[k]!));
    largest = Math.max(largest, Math.abs(y[k]!));
  }
  return largest === 0 ? error : error / largest;
}

const convSizes = fc.record({
  dOut: fc.constantFrom(2, 4, 6),
  h: fc.integer({ min: 1, max: 3 }),
  s: fc.integer({ min: 1, max: 2 }),
  pad: fc.integer({ min: 1, max: 2 }),
  groups: fc.integer({ min: 1, max: 2 }),
  pool: fc.constantFrom(undefined, 1, 2),
  poolKind: fc.constantFrom("max" as const, "average" as const),
});

/** Networks of up to two convolutions and two full layers, or without one kind; odd sides, strides, groups, both poolings. */
export const anyNetwork: fc.Arbitrary<Network> = fc
  .record({
    input: fc.record({
      a: fc.integer({ min: 5, max: 11 }),
      b: fc.integer({ min: 5, max: 11 }),
      d: fc.constantFrom(2, 4),
    }),
    conv: fc.array(convSizes, { maxLength: 2 }),
    full: fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 2 }),
  })
  .filter(({ conv, full }) => conv.length + full.length > 0)
  .map((size) => {
    try {
      const conv = size.conv.map(({ pool, ...rest }) => (pool === undefined ? rest : { ...rest, pool }));
      return network({ ...size, conv });
    } catch {
      return undefined; // windows larger than their image
    }
  })
  .filter((net) => net !== undefined);
