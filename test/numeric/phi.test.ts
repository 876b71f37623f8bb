import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { fromRows, mat, matrix, toRows, vec } from "../../src/numeric/matrix.js";
import { multiply } from "../../src/numeric/multiply.js";
import { Ppad, pad } from "../../src/numeric/pad.js";
import { Pphi, phi, phiIndex, vTP } from "../../src/numeric/phi.js";
import { randomMatrix } from "../../src/numeric/random.js";
import { type ConvShape, convShape } from "../../src/shape.js";
import { cases } from "../cases.js";
import { anyShape } from "./shapes.js";

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), "utf8"));
const imageOf = (shape: ConvShape, seed = 1) => randomMatrix(shape.d, shape.a * shape.b, { seed, low: -1 });

describe("phi, eq. (4)", () => {
  it("collects the four 2 × 2 sub-images of a 3 × 3 image, as on the slide", () => {
    const Z = matrix(1, 9, [11, 21, 31, 12, 22, 32, 13, 23, 33]); // z_{i,j} written as ij
    // biome-ignore format: one row per place of the sub-image
    assert.deepEqual(toRows(phi(Z, convShape({ a: 3, b: 3, d: 1, h: 2 }))), [
      [11, 21, 12, 22],
      [21, 31, 22, 32],
      [12, 22, 13, 23],
      [22, 32, 23, 33],
    ]);
  });

  it("puts the second channel's rows below the first's", () => {
    const Z = fromRows([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
    assert.deepEqual(toRows(phi(Z, convShape({ a: 2, b: 2, d: 2, h: 2 }))).flat(), [1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("reads z at (p·s + i, q·s + j, c) for every row and column", () => {
    fc.assert(
      fc.property(anyShape, (shape) => {
        const { a, b, d, h, s, pad: frame, aOut, bOut } = shape;
        const Z = imageOf(shape);
        const phiZ = phi(Z, shape);
        const pixel = (i: number, j: number, c: number) =>
          i < 0 || j < 0 || i >= a || j >= b ? 0 : Z.data[c + d * (i + a * j)];
        for (let q = 0; q < bOut; q++)
          for (let p = 0; p < aOut; p++)
            for (let c = 0; c < d; c++)
              for (let j = 0; j < h; j++)
                for (let i = 0; i < h; i++) {
                  const row = i + h * (j + h * c);
                  const col = p + aOut * q;
                  assert.equal(
                    phiZ.data[row + phiZ.rows * col],
                    pixel(p * s + i - frame, q * s + j - frame, c),
                  );
                }
      }),
    );
  });

  it("equals mat(P_phi P_pad vec(Z)) with both matrices written out", () => {
    fc.assert(
      fc.property(anyShape, (shape) => {
        const Z = imageOf(shape);
        const phiZ = phi(Z, shape);
        const explicit = multiply(Pphi(shape).toDense(), multiply(Ppad(shape).toDense(), vec(Z)));
        assert.deepEqual(toRows(mat(explicit, phiZ.rows, phiZ.cols)), toRows(phiZ));
      }),
      cases(30),
    );
  });

  it("has vTP as its transpose: <phi(Z), V> = <Z, vTP(V)>", () => {
    const dot = (x: ArrayLike<number>, y: ArrayLike<number>) =>
      Array.from(x).reduce((sum, v, k) => sum + v * y[k], 0);
    fc.assert(
      fc.property(anyShape, (shape) => {
        const Z = imageOf(shape, 1);
        const phiZ = phi(Z, shape);
        const V = randomMatrix(phiZ.rows, phiZ.cols, { seed: 2, low: -1 });
        assert.ok(
          Math.abs(dot(phiZ.data, V.data) - dot(Z.data, vTP(V, shape).data)) < 1e-12 * phiZ.data.length,
        );
      }),
    );
  });

  it("leaves Z as it was and keeps float32", () => {
    const Z = matrix(
      1,
      9,
      Float32Array.from({ length: 9 }, (_, k) => k),
    );
    const phiZ = phi(Z, convShape({ a: 3, b: 3, d: 1, h: 2 }));
    assert.ok(phiZ.data instanceof Float32Array);
    assert.deepEqual([...Z.data], [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe("phi agrees with simpleNN", () => {
  const index = fixture("phi_index");
  for (const shape of index.cases) {
    it(`in every index: a ${shape.a}, b ${shape.b}, d ${shape.d}, h ${shape.h}, s ${shape.s}`, () => {
      assert.deepEqual(
        Array.from(phiIndex(sizesOf(shape)), (k) => k + 1),
        shape.idx,
      );
    });
  }
  for (const shape of index.large) {
    it(`by sum, hash and samples: a ${shape.a}, b ${shape.b}, d ${shape.d}, h ${shape.h}, s ${shape.s}`, () => {
      const found = phiIndex(sizesOf(shape));
      assert.deepEqual(sumAndHash(found), { sum: shape.sum, hash: shape.hash31 });
      assert.deepEqual(
        shape.sample_pos.map((k: number) => found[k - 1] + 1),
        shape.sample_idx,
      );
      const uses = new Int32Array(shape.d * shape.a * shape.b);
      for (const k of found) uses[k]++;
      assert.equal(uses.filter((n) => n === 0).length, shape.unused_inputs);
      assert.equal(
        uses.reduce((most, n) => Math.max(most, n)),
        shape.max_multiplicity,
      );
    });
  }
  for (const known of fixture("P_phi").cases) {
    const shape = sizesOf(known);
    it(`in P_phi as triplets, its column sums and P_phi' v: ${known.rows} × ${known.cols}`, () => {
      const P = Pphi(shape);
      const { row, col, value } = P.triplets();
      assert.deepEqual([P.rows, P.cols], [known.rows, known.cols]);
      assert.deepEqual(
        Array.from(row, (k) => k + 1),
        known.triplet_row,
      );
      assert.deepEqual(
        Array.from(col, (k) => k + 1),
        known.triplet_col,
      );
      assert.ok(value.every((x) => x === 1));
      const count = Array.from({ length: P.cols }, (_, k) => k + 1);
      assert.deepEqual([...P.times(count).data], known.phi_of_1toN);
      assert.deepEqual([...P.transposeTimes(new Float64Array(P.rows).fill(1)).data], known.column_sums);
      assert.deepEqual([...P.transposeTimes(known.v).data], known.PTv);
      const V = mat(known.v, shape.h * shape.h * shape.d, shape.aOut * shape.bOut);
      assert.deepEqual([...vTP(V, shape).data], known.PTv);
    });
  }
  for (const known of fixture("pad_pool").pad_phi) {
    const shape = sizesOf({ ...known, pad: known.p });
    it(`in phi(pad(Z)) and its transpose: a ${known.a}, b ${known.b}, d ${known.d}, pad ${known.p}, s ${known.s}`, () => {
      for (let n = 0; n < known.l; n++) {
        const Z = mat(part(known.vecZ, n, known.l), shape.d, shape.a * shape.b);
        const phiZ = phi(Z, shape);
        assert.deepEqual([...phiZ.data], part(known.vec_phi_pad_Z, n, known.l));
        const V = mat(part(known.vecV, n, known.l), phiZ.rows, phiZ.cols);
        assert.deepEqual([...vTP(V, shape).data], part(known.PpadT_PphiT_V, n, known.l));
        assert.deepEqual(
          [...Pphi(shape).transposeTimes(vec(V)).data],
          part(known.PphiT_V_padded, n, known.l),
        );
        assert.deepEqual([...Ppad(shape).times(vec(Z)).data], [...pad(Z, shape).data]);
      }
    });
  }
});

describe("phi refuses", () => {
  const shape = convShape({ a: 5, b: 4, d: 2, h: 3 });
  it("an image of another size, and names both", () => {
    assert.throws(() => phi(matrix(2, 21), shape), /phi: Z is 2 × 21; the shape needs 2 × 20/);
    assert.throws(() => phi(matrix(3, 20), shape), /phi: Z is 3 × 20; the shape needs 2 × 20/);
    assert.throws(() => vTP(matrix(18, 7), shape), /vTP: V is 18 × 7; the shape needs 18 × 6/);
  });
  it("a shape that is none", () => {
    assert.throws(() => phi(matrix(2, 20), null as never), /phi: shape is null/);
    assert.throws(() => phiIndex({ ...shape, h: 9 }), /h = 9/);
  });
  it("an index beyond 32 bits, before allocating it", () => {
    assert.throws(() => phiIndex(convShape({ a: 30000, b: 30000, d: 3, h: 3 })), /h h d aOut bOut.*2³¹/);
  });
  it("P_phi of AlexNet's conv1 as a full matrix, with its size and the remedy", () => {
    const P = Pphi(convShape({ a: 227, b: 227, d: 3, h: 11, s: 4 }));
    assert.throws(() => P.toDense(), /1098075 × 154587 in float64 takes 1\.36 TB.*phi\(Z, shape\)/);
  });
});

/** Part n of l equal parts of a list. */
function part(list: number[], n: number, l: number): number[] {
  const length = list.length / l;
  return list.slice(n * length, (n + 1) * length);
}

function sumAndHash(index: Int32Array): { sum: number; hash: number } {
  let sum = 0;
  let hash = 0;
  for (const k of index) {
    sum += k + 1;
    hash = (31 * hash + k + 1) % (2 ** 31 - 1); // below 2^36: exact
  }
  return { sum, hash };
}

/** The shape of a stored case, which has other fields as well. */
function sizesOf({ a, b, d, h, s, pad }: Parameters<typeof convShape>[0]): ConvShape {
  return convShape({ a, b, d, h, s, pad });
}
