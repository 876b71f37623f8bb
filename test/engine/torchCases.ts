/** PyTorch's numbers, for whoever computes the layer. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type Precision, type Problem, problem } from "../../bench/conv/problem.js";
import type { Numbers } from "../../src/numeric/storage.js";
import type { convGradients, convLinear } from "../../src/operations/conv.js";
import { type ConvShape, convShape } from "../../src/shape.js";

/** Some of a large matrix, as torch_results.py says. */
interface Some {
  readonly count: number;
  readonly entries: readonly number[];
  readonly sum: number;
  readonly weighted: number;
  readonly largest: number;
}

export type Name = "S" | "dW" | "db" | "dZ";

export interface Case {
  readonly layer: ConvShape & { name: string; dOut: number; groups: number };
  readonly batch: number;
  readonly dtype: Precision;
  readonly whole: boolean;
  readonly results: Record<Name, readonly number[] | Some>;
}

const file = new URL("../fixtures/torch_conv.json", import.meta.url);
const fixture = JSON.parse(readFileSync(file, "utf8")) as { made_by: string; cases: Case[] };
export const madeBy: string = fixture.made_by;
export const cases: readonly Case[] = fixture.cases;
/** Relative to the largest entry; the sums below, to the sum of absolute values. */
const tolerance = { float32: 1e-5, float64: 1e-13 } as const;
const fastTolerance = { float32: 5e-5, float64: 1e-12 } as const;

/** Who computes: the two functions of the layer. */
export interface Layer {
  readonly convLinear: typeof convLinear;
  readonly convGradients: typeof convGradients;
}

/** Throws AssertionError unless S, dW, db and dZ are PyTorch's. */
export function agrees(by: Layer, { layer, batch, dtype, results }: Case, accuracy?: "exact" | "fast"): void {
  const { name, dOut, groups, ...shape } = layer;
  const inputs = problem({ name, shape: convShape(shape), dOut, groups, manyInstances: batch }, batch, dtype);
  for (const [matrix, data] of Object.entries(computed(by, inputs, accuracy))) {
    const allowed = (accuracy === "fast" ? fastTolerance : tolerance)[dtype];
    agree(`${matrix} of ${name}`, data, results[matrix as Name], allowed);
  }
}

function computed(
  by: Layer,
  { W, b, Z, dS, layer, batch }: Problem,
  accuracy?: "exact" | "fast",
): Record<Name, Numbers> {
  const options = { groups: layer.groups, batch, accuracy };
  const gradients = by.convGradients(W, Z, dS, layer.shape, options);
  return {
    S: by.convLinear(W, b, Z, layer.shape, options).data,
    dW: gradients.W.data,
    db: gradients.b.data,
    dZ: gradients.Z.data,
  };
}

function agree(what: string, data: Numbers, expected: readonly number[] | Some, allowed: number): void {
  if (!("count" in expected)) {
    assert.equal(data.length, expected.length, what);
    const largest = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    for (const [k, x] of expected.entries()) close(`${what}[${k}]`, data[k]!, x, allowed * largest);
    return;
  }
  assert.equal(data.length, expected.count, what);
  for (const [k, x] of expected.entries.entries()) {
    const place = Math.floor(((data.length - 1) * k) / 15);
    close(`${what}[${place}]`, data[place]!, x, allowed * expected.largest);
  }
  let [sum, weighted, absolute] = [0, 0, 0];
  for (const [k, x] of data.entries()) {
    sum += x;
    weighted += ((k % 13) - 6) * x;
    absolute += Math.abs(x);
  }
  close(`the sum of ${what}`, sum, expected.sum, allowed * absolute);
  close(`the weighted sum of ${what}`, weighted, expected.weighted, 6 * allowed * absolute);
}

function close(what: string, x: number, expected: number, allowed: number): void {
  assert.ok(Math.abs(x - expected) <= allowed, `${what}: ${x}; PyTorch has ${expected}`);
}
