import assert from "node:assert/strict";
import fc from "fast-check";
import { channel, image } from "../../src/numeric/image.js";
import { eye, fromRows, mat, matrix, ones, toRows, transpose, vec } from "../../src/numeric/matrix.js";
import { Ppad, pad, unpad } from "../../src/numeric/pad.js";

describe("matrix", () => {
  it("is made of its rows too, as it is written on paper", () => {
    const M = matrix([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    assert.deepEqual([M.rows, M.cols, [...M.data]], [2, 3, [1, 4, 2, 5, 3, 6]]);
    assert.throws(() => matrix([[1, 2], [3]]), /^RangeError: matrix: row 2 has 1 entries, row 1 has 2/);
    assert.throws(() => matrix([]), /^TypeError: matrix: .*non-empty/);
    assert.throws(() => matrix([[Number.NaN]]), /^RangeError: matrix: /);
    assert.ok(Number.isNaN(matrix([[Number.NaN]], { nonFinite: true }).data[0]));
  });

  it("stores columns one after another", () => {
    const M = fromRows([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    assert.deepEqual([...M.data], [1, 4, 2, 5, 3, 6]);
    assert.deepEqual(toRows(M), [
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  it("shares the given numbers, and keeps float32 where it is asked for", () => {
    const data = new Float32Array(6);
    assert.equal(matrix(2, 3, data).data, data);
    assert.ok(transpose(matrix(2, 3, data)).data instanceof Float32Array);
  });

  it("transposes, and makes ones and the identity", () => {
    assert.deepEqual(toRows(transpose(fromRows([[1, 2]]))), [[1], [2]]);
    assert.deepEqual(toRows(ones(2)), [[1], [1]]);
    assert.deepEqual(toRows(ones(1, 2)), [[1, 1]]);
    assert.deepEqual(toRows(eye(2)), [
      [1, 0],
      [0, 1],
    ]);
  });

  it("makes an image that knows its sides", () => {
    const Z = image(matrix(2, 6), 2, 3);
    assert.deepEqual({ a: Z.a, b: Z.b, d: Z.d }, { a: 2, b: 3, d: 2 });
    assert.throws(() => image(matrix(2, 6), 2, 2), /image: Z is 2 × 6; needed a·b = 2·2 = 4 columns/);
  });
});

describe("a channel of an image", () => {
  const Z = image(
    fromRows([
      [1, 2, 3, 4, 5, 6],
      [7, 8, 9, 10, 11, 12],
    ]),
    2,
    3,
  );
  it("is a row of Z that knows its sides", () => {
    const { data, a, b, d } = channel(Z, 1);
    assert.deepEqual({ data: [...data], a, b, d }, { data: [7, 8, 9, 10, 11, 12], a: 2, b: 3, d: 1 });
  });
  it("is refused where there is none", () => assert.throws(() => channel(Z, 2), /c = 2; Z has 2 channels/));
});

describe("vec and mat, eq. (5)", () => {
  it("stack the columns as on the slide, and put them back", () => {
    const M = fromRows([
      [1, 3, 5],
      [2, 4, 6],
    ]);
    assert.deepEqual([...vec(M).data], [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(toRows(mat([1, 2, 3, 4, 5, 6], 2, 3)), toRows(M));
  });

  it("copy nothing: both are views", () => {
    const M = matrix(3, 4);
    assert.equal(vec(M).data, M.data);
    assert.equal(mat(vec(M), 4, 3).data, M.data);
  });

  it("are each other's inverse for any size", () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }));
    fc.assert(
      fc.property(sizes, ([a, b]) => {
        const M = matrix(
          a,
          b,
          Array.from({ length: a * b }, (_, k) => k * k - 3),
        );
        assert.deepEqual(toRows(mat(vec(M), a, b)), toRows(M));
      }),
    );
  });
});

describe("a matrix refuses", () => {
  const cases: [string, () => unknown, RegExp][] = [
    [
      "a vector that does not fit",
      () => mat([1, 2, 3, 4, 5, 6, 7], 2, 3),
      /: mat: a vector of length 7 cannot become 2 × 3$/,
    ],
    ["sizes that are no whole numbers", () => matrix(2.5, 1), /matrix: rows = 2.5; needed a whole number/],
    ["sizes that are strings", () => matrix("3" as never, 1), /matrix: rows = "3"/],
    ["an empty matrix", () => matrix(0, 3), /rows = 0/],
    ["too few numbers", () => matrix(2, 2, [1, 2, 3]), /length 3; needed rows·cols = 2·2 = 4/],
    ["rows of different length", () => fromRows([[1, 2], [3]]), /fromRows: row 2 has 1 entries, row 1 has 2/],
    ["no rows", () => fromRows([]), /fromRows: an array of length 0/],
    ["null for rows", () => fromRows(null as never), /fromRows: null/],
    [
      "text among numbers",
      () => fromRows([[1, "2" as never]]),
      /fromRows: entry 2 is string 2; needed a number/,
    ],
    [
      "NaN, with its first place",
      () =>
        fromRows([
          [1, 2],
          [3, Number.NaN],
        ]),
      /fromRows: entry \(2, 2\) is NaN/,
    ],
    [
      "Infinity in column order",
      () => matrix(2, 2, [1, Number.POSITIVE_INFINITY, 3, 4]),
      /entry \(2, 1\) is Infinity/,
    ],
    ["what is no matrix", () => vec([1, 2] as never), /vec: M is an array of length 2; needed a Matrix/],
    [
      "a hand-made one whose data do not fit",
      () => vec({ rows: 2, cols: 2, data: new Float64Array(3) }),
      /length 3/,
    ],
    [
      "a hand-made one with NaN",
      () => vec({ rows: 1, cols: 1, data: Float64Array.of(Number.NaN) }),
      /\(1, 1\) is NaN/,
    ],
    ["more entries than an index holds", () => matrix(2 ** 16, 2 ** 16), /limit is 2³¹ − 1/],
  ];
  for (const [what, attempt, message] of cases) it(what, () => assert.throws(attempt, message));

  it("detached memory", () => {
    const M = matrix(2, 2);
    structuredClone(M.data.buffer, { transfer: [M.data.buffer as ArrayBuffer] });
    assert.throws(() => vec(M), /length 0; needed rows·cols = 2·2/);
  });

  it("but takes NaN where it is allowed", () => {
    assert.ok(Number.isNaN(fromRows([[Number.NaN]], { nonFinite: true }).data[0]));
  });
});

describe("a matrix shows itself", () => {
  const display = Symbol.for("Jupyter.display");
  const shown = (M: object) => (M as Record<symbol, () => Record<string, string>>)[display]();

  it("as text and as LaTeX", () => {
    const bundle = shown(fromRows([[1, -2.5]]));
    assert.equal(bundle["text/plain"], "Matrix 1 × 2\n1  -2.5");
    assert.match(bundle["text/latex"], /1 & -2\.5/);
  });

  it("by its corners where it is large", () => {
    const bundle = shown(matrix(1000, 2000));
    assert.match(bundle["text/plain"], /Matrix 1000 × 2000/);
    assert.match(bundle["text/plain"], /⋱/);
    assert.ok(bundle["text/latex"].length < 2000);
  });
});

describe("a frame", () => {
  it("refuses a shape without one of its sizes, and says which", () => {
    const shape = { a: 2, b: 2, d: 1, pad: 1 } as never;
    for (const [name, f] of Object.entries({ pad, unpad })) {
      assert.throws(
        () => f(matrix(1, 16), shape),
        new RegExp(`^RangeError: ${name}: aPad = undefined; needed a whole`),
      );
    }
    assert.throws(() => Ppad({ a: 2, d: 1 } as never), /Ppad: b = undefined/);
  });
});
