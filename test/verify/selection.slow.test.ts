import { add, relu, scale } from "../../src/numeric/elementwise.js";
import { image } from "../../src/numeric/image.js";
import { transpose, vec } from "../../src/numeric/matrix.js";
import { addColumn, multiply } from "../../src/numeric/multiply.js";
import { phi } from "../../src/numeric/phi.js";
import { maxPool, maxPoolTranspose } from "../../src/numeric/pool.js";
import { reluPrime } from "../../src/numeric/relu.js";
import type { Matrix } from "../../src/numeric/storage.js";
import { convShape } from "../../src/shape.js";
import type { Values } from "../../src/verify/sizes.js";
import { assertAlike, differences } from "./differences.js";
import { L, near, random } from "./poolingLecture.js";

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
