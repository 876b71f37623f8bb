import assert from "node:assert/strict";
import { checkConv } from "../../bench/conv/check.js";
import { forwardOperations, type Layer, layers } from "../../bench/conv/layers.js";
import { reference } from "../../bench/conv/ours.js";
import { problem } from "../../bench/conv/problem.js";
import { convShape } from "../../src/shape.js";

const layer: Layer = {
  name: "small",
  shape: convShape({ a: 7, b: 6, d: 4, h: 3, s: 2, pad: 1 }),
  dOut: 12,
  groups: 2,
  manyInstances: 3,
};

describe("the bench of the layers", () => {
  it("lets the reference pass its check, of one instance and of three", () => {
    checkConv(reference, problem(layer, 1, "float64"), 1e-15);
    checkConv(reference, problem(layer, 3, "float64"), 1e-15);
  });

  it("finds one wrong entry of S, dW, db and dZ, in the last group of the last instance", () => {
    const inputs = problem(layer, 3, "float64");
    const spoilt = (name: "W" | "b" | "Z") => ({
      ...reference,
      gradients: (P: typeof inputs) => {
        const gradients = reference.gradients(P);
        const { data, rows } = gradients[name];
        data[name === "W" ? rows / 2 : data.length - (name === "b" ? rows / 2 : 1)]! += 0.01;
        return gradients;
      },
    });
    for (const name of ["W", "b", "Z"] as const) {
      assert.throws(
        () => checkConv(spoilt(name), inputs, 1e-6),
        new RegExp(`small, batch 3: d${name} differs`),
      );
    }
    const forward = (P: typeof inputs) => {
      const S = reference.forward(P);
      S.data[S.data.length - S.rows / 2]! += 0.01; // the first filter of the second group, at the last place
      return S;
    };
    assert.throws(() => checkConv({ ...reference, forward }, inputs, 1e-6), /small, batch 3: S differs/);
  });

  it("has ten layers, and counts AlexNet's second as the paper's 448 million products", () => {
    const names = layers.map(({ name }) => name);
    assert.deepEqual(names.length, new Set(names).size);
    assert.equal(names.length, 10);
    assert.equal(forwardOperations(layers[1]!), 2 * 447_897_600);
    assert.equal(forwardOperations(layers[5]!), 447_897_600);
  });
});
