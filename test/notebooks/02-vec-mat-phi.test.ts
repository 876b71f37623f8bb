import assert from "node:assert/strict";
import { phiBySlide, vecBySlide } from "../../notebooks/lib/02-vec-mat-phi.js";
import { convShape, image, matrix, phi, randomMatrix, toRows, vec } from "../../src/index.js";

describe("notebook 02's own definitions, exported", () => {
  it("give vec(M), eq. (5), as the library does", () => {
    const M = randomMatrix(3, 5, { seed: 2 });
    assert.deepEqual(vecBySlide(M), [...vec(M).data]);
  });

  it("give φ(Z), eq. (4), as the library does, on a shape whose sizes all differ", () => {
    const shape = convShape({ a: 5, b: 7, d: 2, h: 3, s: 2 });
    const Z = image(randomMatrix(2, 35, { seed: 3 }), 5, 7);
    assert.deepEqual(toRows(phiBySlide(Z, shape)), toRows(phi(Z, shape)));
  });

  it("fail with the notebook, the cell and the line in the traceback", () => {
    const shape = convShape({ a: 3, b: 3, d: 2, h: 2 });
    assert.throws(
      () => phiBySlide(matrix(1, 9), shape),
      (error) =>
        /at phiBySlide \(.*notebooks\/02-vec-mat-phi\.ipynb\/eq-4:\d+:\d+\)/.test(
          (error as Error).stack ?? "",
        ),
    );
  });
});
