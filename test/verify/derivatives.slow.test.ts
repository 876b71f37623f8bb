import assert from "node:assert/strict";
import { type Formula, lecture } from "../../src/lecture/lecture.js";
import { scale } from "../../src/numeric/elementwise.js";
import { transpose, vec } from "../../src/numeric/matrix.js";
import { multiply } from "../../src/numeric/multiply.js";
import { randomMatrix } from "../../src/numeric/random.js";
import { columnMajor, type Matrix } from "../../src/numeric/storage.js";
import type { Values } from "../../src/verify/sizes.js";
import { assertAlike, differences } from "./differences.js";

const L = lecture`
  dims m n k l
  scalars c w1 w2
  x : n x 1;  y : n x 1;  u : m x 1;  r : 1 x n;  t : n x 1 each
  A : m x n;  X : n x n;  B : n x n;  Q : m x k
`;

const random = (rows: number, cols: number, seed: number) => randomMatrix(rows, cols, { seed, low: -1 });
const [m, n, k] = [2, 3, 4];
const values: Values & Record<string, Matrix | Matrix[]> = {
  ...{ c: random(1, 1, 1), w1: random(1, 1, 2), w2: random(1, 1, 3) },
  ...{ x: random(n, 1, 4), y: random(n, 1, 5), u: random(m, 1, 6), r: random(1, n, 7) },
  ...{ A: random(m, n, 8), X: random(n, n, 9), B: random(n, n, 10), Q: random(m, k, 11) },
  t: [random(n, 1, 12), random(n, 1, 13)],
};

const byDifferences = (e: string, X: string): Matrix =>
  differences((moved) => vec(L.run(e, { ...values, [X]: moved })), values[X] as Matrix);

function assertProved({ steps }: Formula, what: string): void {
  const weak = steps.lines.slice(1).filter(({ verdict }) => verdict?.level !== "all sizes");
  assert.deepEqual(weak, [], what);
}

describe("Jacobians of products with numbers that change: each line proved, each entry a difference", () => {
  const known: [string, string, string][] = [
    ["trace(X)*X", "X", "vec(X) * vec(I(n))' + trace(X) * I(n * n)"],
    ["x*x'*x", "x", "x' * x * I(n) + 2 * x * x'"],
    ["(x'*y)*x", "x", "x * y' + x' * y * I(n)"],
    ["x/norm2(x)", "x", "I(n) / norm2(x) - 2 * x * x' / (norm2(x) * norm2(x))"],
    ["(w1*w2 - 1)^2/2", "w1", "(2 * w2 * w1 * w2 - 2 * w2) / 2"],
    ["c*x + c^2*y", "c", "x + 2 * c * y"],
  ];
  for (const [e, X, formula] of known)
    it(`of ${e} by ${X} is ${formula}`, () => assert.equal(L.jacobian(e, X).formula, formula));

  const others: [string, string][] = [
    ...["x*(x'*x)", "(x'*B*x)*x", "norm2(x)*x'", "x'*y*x*x'", "norm2(x)*A", "A*x*(y'*x)"].map(by("x")),
    ...["kron(x, x)*(x'*y)", "kron(x'*y, x*r)", "diag(x)*x/norm2(x)", "sigma((x'*y)*x)"].map(by("x")),
    ...["(x'*y)*A*x + x'*x*u*x'*y", "A*(x/norm2(x))*r*x", "y'*(x/norm2(x))*A", "1/norm2(x)*x"].map(by("x")),
    ...["norm2(norm2(x)*x)*x", "(norm2(x) - 1)^2*x", "(x'*y/norm2(x))*x", "x*x'/(x'*x)"].map(by("x")),
    ...["X*x/(x'*X*x)", "(x'*X*x)/(x'*x)", "(x'*x - 1)^2", "x'*x*x'*x", "norm2(x)*(x'*y)^2"].map(by("x")),
    ...["Sum(t'*x)*x", "Sum((t'*x)*x)", "Sum((t'*x)*t)/l + x/norm2(x)", "Sum(norm2(t - x))*A"].map(by("x")),
    ...["trace(B*X)*B*X", "X/trace(X)", "trace(X)^2*X", "trace(X*X)*X'", "norm2(X)*X*B*X"].map(by("X")),
    ...["trace(trace(X)*X)*X", "X*x/(x'*X*x)", "c*X/(c + trace(X))", "norm2(trace(X)*X)"].map(by("X")),
    ...["trace(X)*trace(B*X)", "norm2(X)/trace(X)", "trace(X)^3", "trace(X)*A*X*A'"].map(by("X")),
    ...["c*A", "c^2*A", "A/c", "A/(c^2 + 1)", "c*x/norm2(c*x)", "sigma(c*A)*c", "c/(c + norm2(x))*x"].map(
      by("c"),
    ),
    ...["r*r'*r", "norm2(r)*r", "r/norm2(r)", "(r*x)*r"].map(by("r")),
    ...["w1^3", "w1/w2", "(w1 - w2)/(w1 + w2)", "sigma(w1*w2)*w1", "w1*x'*X*x + w1^2"].map(by("w1")),
  ];
  for (const [e, X] of [...known, ...others])
    it(`of ${e} by ${X} is what differences say`, () => {
      const found = L.jacobian(e, X);
      assertProved(found, e);
      assertAlike(found.run(values), byDifferences(e, X), found.formula);
    });
});

function by(X: string): (e: string) => [string, string] {
  return (e) => [e, X];
}

describe("gradients, J v and Jᵀ u of such products", () => {
  const numbers: [string, string][] = [
    ...["(w1*w2 - 1)^2/2", "w1^3", "w1*x'*X*x + w1^2", "(w1 - w2)/(w1 + w2)"].map(by("w1")),
    ...["(x'*x - 1)^2", "(x'*X*x)/(x'*x)", "norm2(x)*(x'*y)^2", "norm2(x*x' - B)", "norm2((x'*y)*A*x)"].map(
      by("x"),
    ),
    ...["norm2(trace(X)*X)", "trace(X)*trace(B*X)", "norm2(X)/trace(X)", "trace(X)^3"].map(by("X")),
  ];
  for (const [e, X] of numbers)
    it(`∂(${e})/∂${X} is what differences say`, () => {
      const found = L.gradient(e, X);
      assertProved(found, e);
      assertAlike(found.run(values), byDifferences(e, X), found.formula);
    });

  for (const [e, X] of [
    ...["trace(X)*X", "X/norm2(X)"].map(by("X")),
    ...["x*x'*x", "(x'*y)*x/norm2(x)"].map(by("x")),
  ])
    it(`${e} changes by J vec(d${X}), and Jᵀ vec(U) is its transpose`, () => {
      const J = byDifferences(e, X);
      const { rows, cols } = values[X] as Matrix;
      const dX = random(rows, cols, 20);
      const moved = L.jv(e, X).run({ ...values, [`d${X}`]: dX });
      assertAlike(vec(moved), multiply(J, vec(dX)), "J v");
      const U = X === "X" ? "B" : "y";
      assertAlike(L.jtu(e, X, U).run(values), multiply(transpose(J), vec(values[U] as Matrix)), "Jᵀ u");
    });
});

describe("Gauss–Newton products of squares", () => {
  // f = α ‖R‖², so that the product is 2 α Jᵀ J vec(dX) with the Jacobian J of R
  const squares: [f: string, X: string, alpha: number, R: string][] = [
    ["(w1*w2 - 1)^2/2", "w1", 1 / 2, "w1*w2 - 1"],
    ["3*(x'*x - 1)^2", "x", 3, "x'*x - 1"],
    ["x'*x*x'*x", "x", 1, "x'*x"],
    ["x'*A'*A*x/2", "x", 1 / 2, "A*x"],
    ["norm2(x*x' - B)", "x", 1, "x*x' - B"],
    ["norm2(trace(X)*X)/2", "X", 1 / 2, "trace(X)*X"],
    ["norm2(x/norm2(x) - y)", "x", 1, "x/norm2(x) - y"],
  ];
  for (const [f, X, alpha, R] of squares)
    it(`of ${f} by ${X} is 2α Jᵀ J vec(d${X})`, () => {
      const J = byDifferences(R, X);
      const { rows, cols } = values[X] as Matrix;
      const dX = random(rows, cols, 21);
      const found = L.gaussNewton(f, X);
      assertProved(found, f);
      const wanted = scale(
        2 * alpha,
        multiply(transpose(J), multiply(J, columnMajor(rows * cols, 1, dX.data))),
      );
      assertAlike(found.run({ ...values, [`d${X}`]: dX }), wanted, found.formula);
    });

  it("scales with a number that does not change", () => {
    const dx = random(n, 1, 22);
    const found = L.gaussNewton("(u'*A*y)*norm2(x)", "x").run({ ...values, dx });
    assertAlike(found, scale(2 * L.run("u'*A*y", values).data[0], dx), "a number in front");
  });

  for (const f of ["w1^3", "w1/w2", "w1*x'*x + w1^2"])
    it(`of ${f} are refused in words: it is no square`, () =>
      assert.throws(() => L.gaussNewton(f, "w1"), /is no norm2, no loss and no sum of such/));
});
