import assert from "node:assert/strict";
import { fromRows, matrix, toRows } from "../../src/numeric/matrix.js";
import { Ppad, pad, unpad } from "../../src/numeric/pad.js";
import { convShape } from "../../src/shape.js";

const shape = convShape({ a: 2, b: 1, d: 1, h: 1, pad: 1 });

describe("pad", () => {
  it("puts a frame of zeros around each channel, and unpad takes it off", () => {
    const Z = fromRows([[5, 7]]);
    const padded = pad(Z, shape);
    // 4 × 3 pixels, column by column: only the middle column has pixels, its second and third
    assert.deepEqual(toRows(padded), [[0, 0, 0, 0, 0, 5, 7, 0, 0, 0, 0, 0]]);
    assert.deepEqual(toRows(unpad(padded, shape)), [[5, 7]]);
    assert.deepEqual([...Ppad(shape).times(Z).data], [...padded.data]);
  });

  it("and unpad give the same matrix back where pad = 0: nothing is copied", () => {
    const bare = convShape({ a: 2, b: 1, d: 1, h: 1 });
    const Z = fromRows([[5, 7]]);
    assert.equal(pad(Z, bare), Z);
    assert.equal(unpad(Z, bare), Z);
  });

  it("refuses an image with other channels or pixels, and so does unpad", () => {
    assert.throws(() => pad(matrix(2, 2), shape), /pad: Z is 2 × 2; the shape needs 1 × 2/);
    assert.throws(() => pad(matrix(1, 3), shape), /pad: Z is 1 × 3; the shape needs 1 × 2/);
    assert.throws(() => pad(matrix(2, 1), shape), /pad: Z is 2 × 1; the shape needs 1 × 2/);
    assert.throws(() => unpad(matrix(1, 2), shape), /unpad: Z is 1 × 2; the shape needs 1 × 12/);
  });
});
