import assert from "node:assert/strict";
import { checkFinite, isMatrix, kind } from "../../src/numeric/check.js";
import { fromRows, mat, matrix, vec } from "../../src/numeric/matrix.js";
import { columnMajor, zeros } from "../../src/numeric/storage.js";

describe("what came, in words", () => {
  it("is what it is, an array by its length, an object by its type", () => {
    assert.deepEqual([null, undefined, [1, 2], {}, new Map(), Object.create(null), 3, "a", true].map(kind), [
      ...["null", "undefined", "an array of length 2", "an object of type Object"],
      ...["an object of type Map", "an object of type Object", "number 3", "string a", "boolean true"],
    ]);
  });
});

describe("a matrix made by hand", () => {
  const data = new Float64Array(6);
  it("has two numbers for sizes and typed numbers", () => {
    assert.equal(isMatrix({ rows: 2, cols: 3, data }), true);
    assert.equal(isMatrix({ rows: 2, cols: 3, data: new Float32Array(6) }), true);
    for (const M of [
      { rows: "2", cols: 3, data },
      { rows: 2, data },
      { cols: 3, data },
      { rows: 2, cols: 3, data: [0, 0, 0, 0, 0, 0] },
      { rows: 2, cols: 3 },
      null,
    ]) {
      assert.equal(isMatrix(M), false, JSON.stringify(M));
    }
  });

  it("is finite to its last number", () => {
    const M = columnMajor(2, 2, Float64Array.of(1, 2, 3, Number.NaN));
    assert.throws(() => checkFinite("f", M), /f: entry \(2, 2\) is NaN/);
    assert.throws(
      () => vec({ rows: 2, cols: 2, data: Float64Array.of(1, 2, 3, Number.NEGATIVE_INFINITY) }),
      /entry \(2, 2\) is -Infinity/,
    );
  });
});

describe("numbers in an array", () => {
  it("are numbers from the first on", () => {
    assert.throws(() => mat(["1" as never, 2], 1, 2), /mat: entry 1 is string 1; needed a number/);
    assert.throws(() => mat([1, null as never], 1, 2), /mat: entry 2 is null; needed a number/);
  });

  it("may be NaN in matrix where that is asked for", () => {
    assert.ok(Number.isNaN(matrix(1, 2, [1, Number.NaN], { nonFinite: true }).data[1]));
    assert.throws(() => matrix(1, 2, [1, Number.NaN], { nonFinite: false }), /\(1, 2\) is NaN/);
  });
});

describe("rows", () => {
  it("that are none, or have nothing in the first, are refused", () => {
    for (const rows of [[], [[]], [3], "ab", null]) {
      assert.throws(
        () => fromRows(rows as never),
        /fromRows: .*; needed a non-empty array of non-empty rows/,
      );
    }
  });
});

describe("room for a matrix", () => {
  it("ends at 2³¹ − 1 entries, and the message says how many were asked for", () => {
    const message = "a 65536 × 32768 matrix has 2147483648 entries; the limit is 2³¹ − 1";
    assert.throws(() => zeros(65536, 32768), { name: "RangeError", message });
  });
});
