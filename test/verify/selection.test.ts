import assert from "node:assert/strict";
import { lecture } from "../../src/lecture/lecture.js";
import { add, relu, scale, subtract } from "../../src/numeric/elementwise.js";
import { image } from "../../src/numeric/image.js";
import { matrix, transpose, vec } from "../../src/numeric/matrix.js";
import { maxAbs } from "../../src/numeric/measure.js";
import { addColumn, multiply } from "../../src/numeric/multiply.js";
import { phi } from "../../src/numeric/phi.js";
import { maxPool, maxPoolTranspose } from "../../src/numeric/pool.js";
import { randomMatrix } from "../../src/numeric/random.js";
import { reluPrime } from "../../src/numeric/relu.js";
import { type Matrix, zeros } from "../../src/numeric/storage.js";
import { convShape } from "../../src/shape.js";
import type { Values } from "../../src/verify/sizes.js";
import { assertAlike, differences } from "./differences.js";

const L = lecture`
  dims h s q r d_in a_in b_in d_1 n l
  a_1 = floor((a_in - h)/s) + 1;  b_1 = floor((b_in - h)/s) + 1
  a_2 = floor(a_1/q);  b_2 = floor(b_1/q)
  a_3 = floor(a_2/r);  b_3 = floor(b_2/r)
  Z : d_in x a_in*b_in each;  y : n x 1 each
  W : d_1 x h*h*d_in;  b : d_1 x 1;  V : n x d_1*a_2*b_2
  S : d_1 x a_1*b_1;  T : d_1 x a_1*b_1;  G : d_1 x a_2*b_2;  H : d_1 x a_3*b_3
  phi, P = conv(h, s, d_in, a_in, b_in)
  pool, P_pool = maxpool(q, d_1, a_1, b_1)
  again, P_again = maxpool(r, d_1, a_2, b_2)
  xi(t) with gradient G;  zeta(t) with gradient H
`;

const random = (rows: number, cols: number, seed: number) => randomMatrix(rows, cols, { seed, low: -1 });

function near(found: Matrix, wanted: Matrix): void {
  assert.deepEqual([found.rows, found.cols], [wanted.rows, wanted.cols]);
  assert.ok(maxAbs(subtract(found, wanted)) < 1e-12);
}

// windows 2 × 3 of 2 × 2, with a row and a column that belong to none
const sides = { a: 5, b: 7 };
const S = image(random(3, 35, 1), 5, 7);
const G = random(3, 6, 2);
const given = { S, G, q: 2 };
const { Z: pooled, index } = maxPool(S, { ...sides, q: 2 });

describe("the selection of max pooling in a run", () => {
  it("is the one that maxPool's index says: ∂ξ/∂S, X15 without σ", () => {
    const found = L.gradient("xi(pool(S))", "S");
    assert.equal(found.formula, "vec(G)' * P_pool");
    near(found.run(given), transpose(vec(maxPoolTranspose(G, index, { ...sides, d: 3 }))));
  });

  it("gives the gradient of the maximum: differences of ⟨G, pool(S)⟩", () => {
    const f = (S: Matrix) => L.run("vec(G)'*vec(pool(S))", { ...given, S, a_1: 5, b_1: 7 });
    assertAlike(L.gradient("xi(pool(S))", "S").run(given), differences(f, S), "pool");
  });

  it("takes the first of equal maxima, down the columns of a window", () => {
    // windows [2 2; 1 2] and [0 3; 3 3] side by side
    const ties = image(matrix(1, 8, [2, 1, 2, 2, 0, 3, 3, 3]), 2, 4);
    const row = L.gradient("xi(pool(S))", "S").run({ S: ties, G: matrix(1, 2, [5, 7]), q: 2 });
    assert.deepEqual([...row.data], [5, 0, 0, 0, 0, 7, 0, 0]);
    const all = image(zeros(1, 8), 2, 4);
    const flat = L.gradient("xi(pool(S))", "S").run({ S: all, G: matrix(1, 2, [5, 7]), q: 2 });
    assert.deepEqual([...flat.data], [5, 0, 0, 0, 7, 0, 0, 0]);
  });

  it("is applied to a change of its image: J dS is what stands where the maxima were", () => {
    const dS = random(3, 35, 3);
    const found = L.jv("pool(S)", "S");
    assert.equal(found.formula, "mat(P_pool * vec(dS), d_1, a_2 * b_2)");
    const wanted = Array.from(index, (place) => dS.data[place]);
    near(found.run({ ...given, dS }), matrix(3, 6, wanted));
    near(
      L.jacobian("pool(S)", "S").run(given),
      differences((S) => vec(L.run("pool(S)", { ...given, S, a_1: 5, b_1: 7 })), S),
    );
    near(L.run("vec(pool(S)) + P_pool*vec(dS)", { ...given, dS }), vec(add(pooled, matrix(3, 6, wanted))));
  });

  it("is that of the image below σ and positive numbers, which leave the largest where they are", () => {
    near(L.run("vec(pool(sigma(S))) - P_pool*vec(sigma(S))", given), zeros(18, 1));
    near(L.run("vec(pool(2*sigma(S)/q)) - P_pool*vec(sigma(S))", given), zeros(18, 1));
    near(L.run("vec(pool(sigma(S)) + pool(2*S)) - P_pool*vec(sigma(S) + 2*S)", given), zeros(18, 1));
    assert.throws(() => L.run("vec(pool(S) + pool(-S)) - P_pool*vec(S)", given), /was taken at S and -S/);
  });

  it("is another one of a moved image", () => {
    const dS = image(random(3, 35, 3), 5, 7);
    near(L.run("pool(S + dS)", { ...given, dS }), maxPool(add(S, dS), { ...sides, q: 2 }).Z);
  });

  it("gives Jᵀ u and the Gauss–Newton product", () => {
    const dS = random(3, 35, 3);
    const U = L.jtu("pool(S)", "S", "G").run(given);
    near(U, vec(maxPoolTranspose(G, index, { ...sides, d: 3 })));
    const moved = matrix(
      3,
      6,
      Array.from(index, (place) => dS.data[place]),
    );
    const product = L.gaussNewton("norm2(pool(S))", "S").run({ ...given, dS });
    near(product, scale(2, vec(maxPoolTranspose(moved, index, { ...sides, d: 3 }))));
  });

  it("stands for max(X) where pool stands at X, at every argument", () => {
    const T = image(random(3, 35, 4), 5, 7);
    const sum = L.run("pool(S) + pool(T)", { ...given, T });
    near(sum, add(pooled, maxPool(T, { ...sides, q: 2 }).Z));
    near(L.run("vec(pool(S)) - P_pool*vec(S)", given), zeros(18, 1));
  });

  it("is refused where nothing says of which image it is", () => {
    assert.throws(
      () => L.run("P_pool*vec(S)", given),
      /P_pool depends on which entry pool took, and pool is taken nowhere/,
    );
    assert.throws(
      () => L.run("P_pool'*vec(pool(S) + pool(T))", { ...given, T: S }),
      /which entry pool took, and it was taken at S and T; needed one of them/,
    );
    assert.throws(
      () => L.gradient("xi(pool(S))", "S").run({ G, q: 2, a_1: 5, b_1: 7, d_1: 3 }),
      /S has no value/,
    );
  });
});

describe("pool at a change dS", () => {
  for (const e of ["pool(dS)", "pool(S) + pool(dS)", "pool(2*dS - dS)", "pool(-S .* dS)"])
    it(`is refused: ${e} would take other entries than those that were taken`, () =>
      assert.throws(
        () => L.run(e, { ...given, dS: S }),
        /: P_pool depends on which entry pool took, and .*dS is a change of what it took them of; needed P_pool\*vec\(/,
      ));
});

describe("a layer W φ(Z) + b 1ᵀ, σ and max pooling", () => {
  const shape = convShape({ a: 7, b: 9, d: 2, h: 3 });
  const layer = "pool(sigma(W*phi(Z) + b*ones(a_1*b_1)'))";
  const Z = [5, 6, 7].map((seed) => image(random(2, 63, seed), 7, 9));
  const y = [8, 9, 10].map((seed) => random(4, 1, seed));
  const [W, b, V] = [random(3, 18, 11), random(3, 1, 12), random(4, 18, 13)];
  const values: Values = { W, b, V, Z, y, q: 2, s: 1 };
  const at = (X: string, M: Matrix): Values => ({ ...values, [X]: M });

  it("has X15's gradient by the reference's steps", () => {
    const [G, one] = [random(3, 6, 14), { ...values, Z: Z[0], y: y[0] }];
    const S1 = addColumn(multiply(W, phi(Z[0], shape)), b);
    const { index } = maxPool(relu(S1), { a: 5, b: 7, q: 2 });
    const dS = maxPoolTranspose(G, index, { a: 5, b: 7, d: 3 });
    dS.data.forEach((x, k) => {
      dS.data[k] = x * reluPrime(S1).data[k];
    });
    const found = L.gradient(`xi(${layer})`, "W").run({ ...one, G });
    near(found, transpose(vec(multiply(dS, transpose(phi(Z[0], shape))))));
  });

  for (const [X, M] of Object.entries({ W, b, V })) {
    it(`has the gradient by ${X} that differences say, over instances`, () => {
      const f = `(norm2(W) + norm2(V))/2 + Sum(norm2(V*vec(${layer}) - y))/l`;
      assertAlike(
        L.gradient(f, X).run(values),
        differences((at_X) => L.run(f, at(X, at_X)), M),
        f,
      );
    });
  }

  it("has a Gauss–Newton product, Jᵀ B J by differences", () => {
    const f = `Sum(norm2(V*vec(${layer}) - y))`;
    const dW = random(3, 18, 15);
    const products = [0, 1, 2].map((i) => {
      const one = (M: Matrix) => L.run(`V*vec(${layer}) - y`, { ...values, Z: Z[i], y: y[i], W: M });
      const J = differences(one, W);
      return scale(2, multiply(transpose(J), multiply(J, vec(dW))));
    });
    assertAlike(
      L.gaussNewton(f, "W").run({ ...values, dW }),
      products.reduce((A, B) => add(A, B)),
      f,
    );
  });

  it("goes through a second pooling of what the first one took", () => {
    const one = { ...values, Z: Z[0], y: y[0], r: 2, H: random(3, 1, 16) };
    const f = (b: Matrix) => L.run(`vec(H)'*vec(again(${layer}))`, { ...one, b });
    assertAlike(L.gradient(`zeta(again(${layer}))`, "b").run(one), differences(f, b), "two poolings");
  });
});
