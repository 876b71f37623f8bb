import assert from "node:assert/strict";
import { matBySlide, phiBySlide, vecBySlide } from "../../notebooks/generated/02-vec-mat-phi.js";
import { convShape, image, matrix, ones, Pphi, phi, randomMatrix, toRows, vec } from "../../src/index.js";
import { namesCells } from "./namesCells.js";

describe("notebook 02's own definitions, exported", () => {
  namesCells("02-vec-mat-phi");

  it("give vec(M) (U7) and mat(v), eq. (5), as the library does", () => {
    const M = randomMatrix(3, 5, { seed: 2 });
    assert.deepEqual(vecBySlide(M), [...vec(M).data]);
    assert.deepEqual(toRows(matBySlide(vec(M).data, 3, 5)), toRows(M));
  });

  it("give φ(Z) (U5), eq. (4), as the library does, on a shape whose sizes all differ", () => {
    const shape = convShape({ a: 5, b: 7, d: 2, h: 3, s: 2 });
    const Z = image(randomMatrix(2, 35, { seed: 3 }), 5, 7);
    assert.deepEqual(toRows(phiBySlide(Z, shape)), toRows(phi(Z, shape)));
  });

  it("have one 1 in each row of P_φ (U8), and as many in a column as sub-images use its pixel", () => {
    const shape = convShape({ a: 4, b: 5, d: 2, h: 2 });
    const P = Pphi(shape);
    assert.deepEqual([P.rows, P.cols], [8 * shape.aOut * shape.bOut, 40]);
    assert.deepEqual([...P.times(ones(40)).data], Array(P.rows).fill(1));
    assert.deepEqual([...P.transposeTimes(ones(P.rows)).data].slice(0, 6), [1, 1, 2, 2, 2, 2]);
  });

  it("fail with the notebook, the cell and the line in the traceback", () => {
    const shape = convShape({ a: 3, b: 3, d: 2, h: 2 });
    assert.throws(
      () => phiBySlide(matrix(1, 9), shape),
      (error) =>
        /at phiBySlide \(.*notebooks\/02-vec-mat-phi\.ipynb\/U5:\d+:\d+\)/.test((error as Error).stack ?? ""),
    );
  });
});
