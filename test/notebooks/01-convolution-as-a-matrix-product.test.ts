import assert from "node:assert/strict";
import {
  columnOf,
  entryOf,
  filter,
  placeOf,
  sigma,
  sigmaPrime,
} from "../../notebooks/generated/01-convolution-as-a-matrix-product.js";
import {
  convLinear,
  convShape,
  fromRows,
  image,
  randomMatrix,
  relu,
  reluPrime,
  symbolImage,
  toRows,
} from "../../src/index.js";
import { namesCells } from "./namesCells.js";

const from1to = (n: number): number[] => Array.from({ length: n }, (_, k) => k + 1);

describe("notebook 01's own definitions, exported", () => {
  namesCells("01-convolution-as-a-matrix-product");

  const shape = convShape({ a: 5, b: 7, d: 2, h: 3, s: 2 });

  it("place z_{i,j,c} in vec(Z) where the library's letters are (U1)", () => {
    const letters = symbolImage("z", { a: 3, b: 4, d: 2 }).toArray() as unknown as object[][];
    const vecZ = from1to(12).flatMap((column) =>
      from1to(2).map((row) => String(letters[row - 1]?.[column - 1])),
    );
    for (const c of from1to(2))
      for (const j of from1to(4))
        for (const i of from1to(3))
          assert.equal(vecZ[placeOf(i, j, c, { a: 3, d: 2 }) - 1], `z_{${i},${j},${c}}`);
  });

  it("order a filter's columns as on the slide: w_{1,1,1}, w_{2,1,1}, …, w_{h,h,d} (U2)", () => {
    assert.deepEqual(
      [
        columnOf(1, 1, 1, shape),
        columnOf(2, 1, 1, shape),
        columnOf(1, 2, 1, shape),
        columnOf(3, 3, 2, shape),
      ],
      [1, 2, 4, 18],
    );
    assert.deepEqual(
      filter(
        fromRows([
          [3, 9],
          [6, 12],
        ]),
      ),
      [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4],
    );
  });

  it("give every entry of S = W φ(Z) + b 1ᵀ, eq. (1), on a shape whose sizes all differ (U3, U4)", () => {
    const [W, Z, b] = [
      randomMatrix(4, 18, { seed: 1 }),
      randomMatrix(2, 35, { seed: 2 }),
      randomMatrix(4, 1, { seed: 3 }),
    ];
    const S = toRows(convLinear(W, b.data as Float64Array, image(Z, 5, 7), shape));
    for (const k of from1to(4))
      for (const q of from1to(shape.bOut))
        for (const p of from1to(shape.aOut)) {
          const byHand = entryOf(k, p, q, W, b.data, Z, shape);
          assert.ok(Math.abs(byHand - S[k - 1]![p - 1 + shape.aOut * (q - 1)]!) < 1e-12, `${k}; ${p}, ${q}`);
        }
  });

  it("are σ of eq. (2) and (3), and σ′ (U6), which is 0 at 0", () => {
    for (const x of [-1.5, -0, 0, 1e-300, 2]) {
      assert.equal(sigma(x), relu(fromRows([[x]])).data[0]);
      assert.equal(sigmaPrime(x), reluPrime(fromRows([[x]])).data[0]);
    }
    assert.equal(sigmaPrime(0), 0);
  });
});
