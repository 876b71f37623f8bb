import assert from "node:assert/strict";
import { dot } from "../../src/numeric/dot.js";
import { add, axpy, dotMultiply, relu, reluGradient, scale } from "../../src/numeric/elementwise.js";
import { fromRows, matrix, toRows } from "../../src/numeric/matrix.js";
import { randomMatrix } from "../../src/numeric/random.js";
import { asFloat32 } from "../operations/layers.js";

const X = (): ReturnType<typeof matrix> => fromRows([[1, -2, 3]]);

describe("operations entry by entry", () => {
  it("masks dZ where Z is not above 0, by hand", () => {
    const Z = matrix(1, 5, [2, 0, -1, Number.NaN, 0.5], { nonFinite: true });
    const dZ = matrix(1, 5, [10, 20, 30, 40, Number.NaN], { nonFinite: true });
    assert.deepEqual([...reluGradient(dZ, Z).data], [10, 0, 0, 0, Number.NaN]);
  });

  it("is the transpose of σ's derivative: ⟨σ′(S) ⊙ dS, dZ⟩ = ⟨dS, reluGradient(dZ, S)⟩", () => {
    const [S, dS, dZ] = [1, 2, 3].map((seed) => randomMatrix(3, 7, { seed, low: -1 }));
    const h = 1e-7;
    const moved = add(S!, scale(h, dS!));
    const change = scale(1 / h, add(relu(moved), scale(-1, relu(S!))));
    assert.ok(Math.abs(dot(change, dZ!) - dot(dS!, reluGradient(dZ!, S!))) < 1e-6);
  });

  it("adds α X to Y in place", () => {
    const Y = fromRows([[10, 20, 30]]);
    assert.equal(axpy(2, X(), Y), Y);
    assert.deepEqual(toRows(Y), [[12, 16, 36]]);
    assert.deepEqual(toRows(axpy(1, Y, Y)), [[24, 32, 72]]);
  });

  it("rounds α and α x to float32 where all are", () => {
    const [x, y] = [asFloat32(fromRows([[1 / 3]])), asFloat32(fromRows([[1e4]]))];
    const [a, f] = [0.1, Math.fround];
    assert.equal(axpy(a, x, y).data[0], f(f(1e4) + f(f(a) * f(1 / 3))));
    assert.equal(scale(a, x).data[0], f(f(a) * f(1 / 3)));
  });

  it("writes into a matrix of the result's size and precision, an operand too", () => {
    const [A, into] = [X(), matrix(1, 3)];
    assert.equal(dotMultiply(A, A, { into }), into);
    assert.deepEqual(toRows(into), [[1, 4, 9]]);
    assert.equal(relu(A, { into: A }), A);
    assert.deepEqual(toRows(A), [[1, 0, 3]]);
  });

  it("refuses other targets, and those that are an operand's part", () => {
    const shared = new Float64Array(4);
    const [A, shifted] = [matrix(1, 3, shared.subarray(0, 3)), matrix(1, 3, shared.subarray(1))];
    assert.throws(() => relu(A, { into: shifted }), /relu: into shares a part of its memory with S/);
    assert.throws(() => axpy(1, A, shifted), /axpy: Y shares a part of its memory with X/);
    assert.throws(() => relu(A, { into: matrix(3, 1) }), /relu: into is 3 × 1; the result is 1 × 3/);
    assert.throws(() => relu(A, { into: asFloat32(A) }), /relu: into is float32; the result is float64/);
    assert.throws(() => relu(A, { into: 3 as never }), /relu: into is number 3; needed a Matrix 1 × 3/);
    assert.throws(() => scale("2" as never, A), /scale: α is string 2; needed a number/);
  });
});

describe("⟨A, B⟩", () => {
  it("sums as it is written up to 4096 products, and in a tree of blocks beyond", () => {
    const [A, B] = [1, 2].map((seed) => randomMatrix(1, 4096, { seed, low: -1 }));
    let sum = 0;
    for (let k = 0; k < 4096; k++) sum += A!.data[k]! * B!.data[k]!;
    assert.equal(dot(A!, B!), sum);
    const n = 3 * 4096 + 19;
    const [x, y] = [3, 4].map((seed) => randomMatrix(n, 1, { seed, low: -1 }).data);
    const eights = Array.from({ length: 4 }, (_, block) => {
      const s = new Array<number>(8).fill(0);
      for (let k = 4096 * block; k < Math.min(4096 * (block + 1), n - 3); k++) s[k % 8]! += x![k]! * y![k]!;
      const [a, b, c, d, e, f, g, h] = s as [number, number, number, number, number, number, number, number];
      return a + c + (e + g) + (b + d + (f + h));
    }) as [number, number, number, number];
    const rest = 0 + x![n - 3]! * y![n - 3]! + x![n - 2]! * y![n - 2]! + x![n - 1]! * y![n - 1]!;
    const whole = eights[0] + eights[1] + (eights[2] + eights[3]) + rest;
    assert.equal(dot(matrix(n, 1, x), matrix(n, 1, y)), whole);
  });

  it("is exact for whole numbers of any length", () => {
    for (const n of [1, 9, 4097, 12_301]) {
      const A = matrix(
        1,
        n,
        Float64Array.from({ length: n }, (_, k) => (k % 7) - 3),
      );
      let sum = 0;
      for (const x of A.data) sum += x * x;
      assert.equal(dot(A, A), sum);
    }
  });
});
