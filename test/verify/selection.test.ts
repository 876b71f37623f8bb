import assert from "node:assert/strict";
import { add, scale } from "../../src/numeric/elementwise.js";
import { image } from "../../src/numeric/image.js";
import { matrix, transpose, vec } from "../../src/numeric/matrix.js";
import { maxPool, maxPoolTranspose } from "../../src/numeric/pool.js";
import { type Matrix, zeros } from "../../src/numeric/storage.js";
import { assertAlike, differences } from "./differences.js";
import { L, near, random } from "./poolingLecture.js";

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
