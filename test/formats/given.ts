import fc from "fast-check";
import { columnMajor, type Matrix } from "../../src/numeric/storage.js";

/** Matrices of up to 5 × 5 finite numbers in both precisions. */
export const anyMatrix: fc.Arbitrary<Matrix> = fc
  .record({
    rows: fc.integer({ min: 1, max: 5 }),
    cols: fc.integer({ min: 1, max: 5 }),
    single: fc.boolean(),
  })
  .chain(({ rows, cols, single }) =>
    fc
      .array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e30, max: 1e30 }), {
        minLength: rows * cols,
        maxLength: rows * cols,
      })
      .map((numbers) =>
        columnMajor(rows, cols, single ? Float32Array.from(numbers) : Float64Array.from(numbers)),
      ),
  );
