/** Central differences of a formula that runs. */

import assert from "node:assert/strict";
import { subtract } from "../../src/numeric/elementwise.js";
import { matrix } from "../../src/numeric/matrix.js";
import { maxAbs } from "../../src/numeric/measure.js";
import { type Matrix, size, zeros } from "../../src/numeric/storage.js";

/** A step of 2⁻¹⁷: the third derivative adds 1e-10, rounding 1e-11. */
const step = 2 ** -17;

/** ∂vec(f(X))/∂vec(X)ᵀ at X. */
export function differences(f: (X: Matrix) => Matrix, X: Matrix): Matrix {
  const columns = Array.from(X.data, (_, k) => {
    const [after, before] = [step, -step].map((by) => {
      const moved = Float64Array.from(X.data);
      moved[k] += by;
      return f(matrix(X.rows, X.cols, moved));
    });
    return subtract(after, before).data.map((x) => x / (2 * step));
  });
  const J = zeros(columns[0].length, X.data.length);
  for (const [k, column] of columns.entries()) J.data.set(column, k * J.rows);
  return J;
}

/** Throws unless sizes are the same and entries are alike to 1e-7 of the largest. */
export function assertAlike(found: Matrix, wanted: Matrix, what: string): void {
  assert.equal(size(found), size(wanted), what);
  const error = maxAbs(subtract(found, wanted));
  assert.ok(error <= 1e-7 * Math.max(1, maxAbs(wanted)), `${what}: ${error}`);
}
