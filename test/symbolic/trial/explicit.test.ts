import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Explicit,
  entryPlace,
  kronecker,
  mapped,
  matrixOf,
  multiply,
  paired,
  scalarOf,
  transposedExplicit,
} from "../../../src/symbolic/trial/explicit.js";
import { primeField } from "../../../src/symbolic/trial/primeField.js";

const field = primeField(1, 101);

/** From rows, as they are written. */
const rows = (...lines: readonly (readonly number[])[]): Explicit<number> =>
  matrixOf(lines.length, lines[0]!.length, (i, j) => lines[i]![j]!);

const A = rows([1, 2, 3], [4, 5, 6]);
const B = rows([1, 0], [0, 2], [7, 0]);

describe("a matrix with its entries written out", () => {
  it("has them column after column", () => {
    assert.deepEqual(A, { rows: 2, cols: 3, entries: [1, 4, 2, 5, 3, 6] });
    assert.deepEqual(
      [0, 1, 2, 5].map((k) => entryPlace(A, k)),
      [
        [1, 1],
        [2, 1],
        [1, 2],
        [2, 3],
      ],
    );
    assert.deepEqual(transposedExplicit(A), rows([1, 4], [2, 5], [3, 6]));
    assert.deepEqual(
      mapped(A, (x) => -x),
      rows([-1, -2, -3], [-4, -5, -6]),
    );
  });

  it("is multiplied row by column, by hand", () => {
    assert.deepEqual(multiply(field, A, B), rows([22, 4], [46, 10]));
    assert.deepEqual(multiply(field, B, A), rows([1, 2, 3], [8, 10, 12], [7, 14, 21]));
  });

  it("is multiplied by a number, from either side", () => {
    assert.deepEqual(multiply(field, scalarOf(2), A), rows([2, 4, 6], [8, 10, 12]));
    assert.deepEqual(multiply(field, A, scalarOf(2)), rows([2, 4, 6], [8, 10, 12]));
  });

  it("has Kronecker products of blocks a_ij B, by hand", () => {
    const small = rows([1, 0], [2, 3]);
    const known = rows([1, 2, 3, 0, 0, 0], [4, 5, 6, 0, 0, 0], [2, 4, 6, 3, 6, 9], [8, 10, 12, 12, 15, 18]);
    assert.deepEqual(kronecker(field, small, A), known);
  });

  it("obeys (A ⊗ B)(C ⊗ D) = AC ⊗ BD on sizes that all differ, with zeros among the entries", () => {
    const entry = fc.constantFrom(0, 0, 1, 2, 50, 100);
    const matrix = (m: number, n: number) =>
      fc
        .array(entry, { minLength: m * n, maxLength: m * n })
        .map((entries) => ({ rows: m, cols: n, entries }));
    fc.assert(
      fc.property(matrix(2, 3), matrix(4, 2), matrix(3, 5), matrix(2, 1), (P, Q, R, S) => {
        const left = multiply(field, kronecker(field, P, Q), kronecker(field, R, S));
        assert.deepEqual(left, kronecker(field, multiply(field, P, R), multiply(field, Q, S)));
        const turned = multiply(field, transposedExplicit(R), transposedExplicit(P));
        assert.deepEqual(transposedExplicit(multiply(field, P, R)), turned);
      }),
    );
  });

  it("refuses what does not fit, with both sizes", () => {
    assert.throws(() => multiply(field, A, A), /a product of a 2 × 3 and a 2 × 3 matrix/);
    assert.throws(() => paired(A, B, field.add), /an entry by entry operation of a 2 × 3 and a 3 × 2 matrix/);
    assert.throws(() => paired(rows([1, 2]), rows([1, 2, 3]), field.add), /of a 1 × 2 and a 1 × 3 matrix/);
    assert.throws(() => paired(rows([1], [2]), rows([1]), field.add), /of a 2 × 1 and a 1 × 1 matrix/);
    assert.deepEqual(paired(A, A, field.add), rows([2, 4, 6], [8, 10, 12]));
  });
});
