import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type Precision, type Problem, problem } from "../../bench/conv/problem.js";
import { engineInfo } from "../../src/engine/info.js";
import { convGradients, convLinear } from "../../src/layers/conv.js";
import type { Numbers } from "../../src/numeric/storage.js";
import { type ConvShape, convShape } from "../../src/shape.js";

/** Some of a large matrix, as torch_results.py says. */
interface Some {
  readonly count: number;
  readonly entries: readonly number[];
  readonly sum: number;
  readonly weighted: number;
  readonly largest: number;
}

type Name = "S" | "dW" | "db" | "dZ";

interface Case {
  readonly layer: ConvShape & { name: string; dOut: number; groups: number };
  readonly batch: number;
  readonly dtype: Precision;
  readonly whole: boolean;
  readonly results: Record<Name, readonly number[] | Some>;
}

const file = new URL("../fixtures/torch_conv.json", import.meta.url);
const { made_by, cases } = JSON.parse(readFileSync(file, "utf8")) as { made_by: string; cases: Case[] };
/** Relative to the largest entry; the sums below, to the sum of absolute values. */
const tolerance = { float32: 1e-5, float64: 1e-12 } as const;

describe(`convLinear and convGradients beside ${made_by}`, () => {
  for (const accuracy of ["exact", undefined] as const) {
    for (const { layer, batch, dtype, whole, results } of cases) {
      it(`agree on ${layer.name}, ${batch} × ${dtype}, accuracy ${accuracy ?? "by default"}`, function () {
        if (!whole && engineInfo().engine === "plain") this.skip(); // AlexNet's layers would take it minutes
        const { name, dOut, groups, ...shape } = layer;
        const inputs = problem(
          { name, shape: convShape(shape), dOut, groups, manyInstances: batch },
          batch,
          dtype,
        );
        for (const [matrix, data] of Object.entries(computed(inputs, accuracy))) {
          agree(`${matrix} of ${name}`, data, results[matrix as Name], tolerance[dtype]);
        }
      });
    }
  }

  it("would not agree with rows and columns of the image exchanged", () => {
    const { layer, batch, results } = cases.find(({ layer }) => layer.name === "padded")!;
    const { name, dOut, groups, ...shape } = layer;
    const turned = convShape({ ...shape, a: shape.b, b: shape.a });
    const inputs = problem({ name, shape: turned, dOut, groups, manyInstances: batch }, batch, "float64");
    assert.throws(() => agree("S", computed(inputs, "exact").S, results.S, 1e-3));
  });
});

function computed(
  { W, b, Z, dS, layer, batch }: Problem,
  accuracy: "exact" | undefined,
): Record<Name, Numbers> {
  const options = { groups: layer.groups, batch, accuracy };
  const gradients = convGradients(W, Z, dS, layer.shape, options);
  return {
    S: convLinear(W, b, Z, layer.shape, options).data,
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
