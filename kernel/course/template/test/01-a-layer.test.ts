import assert from "node:assert/strict";
import { convShape, fromRows, toRows } from "philab";
import { layer } from "../notebooks/generated/01-a-layer.js";

describe("the layer of notebook 1", () => {
  const shape = convShape({ a: 2, b: 3, d: 1, h: 2 });
  // [1 3 5; 2 4 6] as a row, column by column
  const Z = fromRows([[1, 2, 3, 4, 5, 6]]);

  it("adds up each sub-image of a filter of ones, and the bias", () => {
    const S = layer(fromRows([[1, 1, 1, 1]]), fromRows([[0.5]]), Z, shape);
    assert.deepEqual(toRows(S), [[10.5, 18.5]]);
  });

  it("takes filters with the vertical index fastest", () => {
    const S = layer(
      fromRows([
        [1, 0, 0, 0],
        [0, 1, 0, 0],
      ]),
      fromRows([[0], [0]]),
      Z,
      shape,
    );
    assert.deepEqual(toRows(S), [
      [1, 3],
      [2, 4],
    ]);
  });
});
