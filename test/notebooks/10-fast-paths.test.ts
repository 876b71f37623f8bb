import assert from "node:assert/strict";
import { convByLoops, multiplyByTiles } from "../../notebooks/generated/10-fast-paths.js";
import { convLinear, convShape, maxAbs, multiply, randomMatrix, subtract } from "../../src/index.js";
import { namesCells } from "./namesCells.js";

describe("notebook 10's own definitions, exported", () => {
  namesCells("10-fast-paths");

  for (const size of [
    { a: 5, b: 7, d: 2, h: 3, s: 2 },
    { a: 6, b: 4, d: 3, h: 2, s: 1, pad: 1 },
    { a: 5, b: 8, d: 1, h: 3, s: 3, pad: 2 },
  ]) {
    it(`give eq. (1) by six loops as convLinear does: ${JSON.stringify(size)}`, () => {
      const shape = convShape(size);
      const Z = randomMatrix(size.d, size.a * size.b, { seed: 1, low: -1 });
      const W = randomMatrix(4, size.h ** 2 * size.d, { seed: 2, low: -1 });
      const b = Float64Array.of(1, -2, 0, 0.5);
      const byLoops = convByLoops(W, b, Z, shape);
      assert.ok(maxAbs(subtract(byLoops, convLinear(W, b, Z, shape))) < 1e-12);
    });
  }

  it("multiply by tiles with the bits of a product entry by entry, and fetch less", () => {
    const [A, B] = [randomMatrix(7, 5, { seed: 3 }), randomMatrix(5, 9, { seed: 4 })];
    const one = multiplyByTiles(A, B, 1, 1);
    assert.equal(one.fetched, 2 * 7 * 5 * 9);
    assert.ok(maxAbs(subtract(one.AB, multiply(A, B))) < 1e-14);
    const tiled = multiplyByTiles(A, B, 4, 3);
    assert.deepEqual(tiled.AB.data, one.AB.data);
    assert.equal(tiled.fetched, 5 * (3 * (4 + 3) + 3 * (3 + 3)));
  });
});
