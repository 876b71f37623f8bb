import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { proveForAllSizes } from "../../../src/symbolic/prove/prove.js";
import { sameShape, shapeOf } from "../../../src/symbolic/world/shapes.js";
import { withZeroMatrix } from "../../../src/symbolic/world/zero.js";
import { provedStatements, provedWorld as world } from "../provedStatements.js";
import { falseStatements, falseWorld } from "../refute/falseStatements.js";

function prove(text: string): ReturnType<typeof proveForAllSizes> {
  const statement = parseStatement(text);
  assert.ok(
    sameShape(world, shapeOf(world, statement.left), shapeOf(world, statement.right)),
    "the sides differ in size",
  );
  return proveForAllSizes(world, statement);
}

describe("proved for all sizes", () => {
  for (const [tag, statement] of provedStatements) {
    it(`${tag}: ${statement.length > 90 ? `${statement.slice(0, 87)}…` : statement}`, () => {
      assert.equal(prove(statement).status, "proved", JSON.stringify(prove(statement)));
    });
  }

  it("in milliseconds, once warm", () => {
    const started = performance.now();
    for (const [, statement] of provedStatements) prove(statement);
    assert.ok(
      performance.now() - started < 100 * provedStatements.length,
      `${performance.now() - started} ms`,
    );
  }).retries(2);
});

describe("never proved", () => {
  const wrong: [string, string][] = [
    ["i and j exchanged in the sub-image", "vec(phi(Z)) = kron(I(d_in*a_out*b_out), K(h, h))*P*vec(Z)"],
    ["the channel fastest in the rows of φ(Z)", "vec(phi(Z)) = kron(I(a_out*b_out), K(h*h, d_in))*P*vec(Z)"],
    ["columns that run horizontally first", "vec(phi(Z)) = kron(K(a_out, b_out), I(h*h*d_in))*P*vec(Z)"],
    ["vec of the transpose", "vec(phi(Z)) = P*vec(Z')"],
    ["mat with its sizes exchanged", "vec(phi(Z)) = vec(mat(P*vec(Z), a_out*b_out, h*h*d_in)')"],
    ["the Kronecker factors exchanged", "vec(W*phi(Z)) = kron(W, I(a_out*b_out))*vec(phi(Z))"],
    ["a missing factor 2", "d(norm2(y), y) = y'*dy"],
    ["a wrong sign", "d(xi(W*phi(Z)), Z) = -vec(W'*G)'*P*vec(dZ)"],
    ["σ in the place of σ′", "d(xi(sigma(W*phi(Z))), W) = vec((G .* sigma(W*phi(Z)))*phi(Z)')'*vec(dW)"],
    ["a sum taken for one instance", "Sum(norm2(y)) = norm2(y)"],
    ["φ of a padded image without the padding", "norm2(phi_pad(pad(Z))) = norm2(phi_pad(pad(Z))) + norm2(y)"],
    ["a product that does not commute", "kron(A, M) = kron(M, A)"],
    ["pooling that keeps the norm", "norm2(pool(G)) = norm2(G)"],
    ["a sum of σ where its argument cancels", "ones(d_in)'*sigma(Z - Z) = sigma(ones(d_in)'*(Z - Z))"],
    [
      "a mean without its divisor",
      "ones(d_out)'*mean(G)*ones(a_half*b_half) = ones(d_out)'*pool(G)*ones(a_half*b_half)",
    ],
  ];
  for (const [what, statement] of wrong) {
    it(`${what}: ${statement}`, () => assert.notEqual(prove(statement).status, "proved"));
  }

  for (const text of falseStatements)
    it(`what is false, by the prover alone: ${text}`, () => {
      const statement = withZeroMatrix(falseWorld, parseStatement(text));
      assert.notEqual(proveForAllSizes(falseWorld, statement).status, "proved");
    });

  it("a loss at two arguments, for which one gradient is declared", () => {
    const result = prove("d(xi(W*phi(Z)) - xi(G), W) = vec(G*phi(Z)')'*vec(dW)");
    assert.deepEqual(result, { status: "outside", why: "xi stands at two different arguments" });
  });

  it("a loss's gradient taken for a constant: it changes with the loss's argument", () => {
    const result = prove("d(G, W) = 0*G");
    assert.deepEqual(result, {
      status: "outside",
      why: "G depends on the argument of xi; its differential is not declared",
    });
  });

  it("and says where its reach ends", () => {
    const result = prove("vec(W*phi(Z)) = kron(W, I(a_out*b_out))*vec(phi(Z))");
    assert.equal(result.status, "outside");
    assert.match(result.status === "outside" ? result.why : "", /digits of sizes h and a_out·b_out meet/);
  });
});

describe("a statement about nothing", () => {
  it("is proved, and said to be vacuous", () => {
    const result = prove("A - A = M - M");
    assert.deepEqual([result.status, result.status === "proved" && result.vacuous], ["proved", true]);
  });
});

describe("what is said of a proof", () => {
  const said = (text: string) => {
    const { status, ...more } = prove(text);
    return status === "outside" ? [status] : [status, ...Object.values(more)];
  };

  it("is both forms, in which no index has the prover's own sign, and whether they are 0", () => {
    const form = "1/1 A[1r0,1_0:n] X[1_0:n,1c0] ";
    assert.deepEqual(said("A*X = A*X"), ["proved", form, form, false]);
    assert.deepEqual(said("A*X = 2*A*X"), ["open", form, form.replace("1/1", "2/1"), false]);
    assert.deepEqual(said("A - A = M - M"), ["proved", "0", "0", true]);
    assert.deepEqual(said("A - A = M"), ["open", "0", "1/1 M[1r0,1c0] ", false]);
  });

  it("is the forms of all parts in which the sides differ, and what letters stand for", () => {
    const [, left, right, isVacuous] = said("kron(vec(A'), vec(X')) = kron(K(m, n)*vec(A), K(n, k)*vec(X))");
    assert.equal(left, "1/1 A[1r1,1r0] ; 1/1 X[1r1,1r0] ");
    assert.deepEqual([right, isVacuous], [left, false]);
    assert.equal(said("kron(A, vec(A')) = kron(A, K(m, n)*vec(A))")[1], "1/1 A[1r1,1r0] ");
    const [, letters] = said("vec(sigma(A)*X) = kron(X', I(m))*vec(sigma(A))");
    assert.equal(letters, "1/1 #0[1r0,1_0:n] X[1_0:n,1r1] , where #0 is sigma(A)");
  });

  it("is none where one of the parts is not proved", () => {
    assert.notEqual(said("kron(vec(A'), vec(X')) = kron(K(m, n)*vec(A), vec(X))")[0], "proved");
    assert.notEqual(said("kron(vec(A'), vec(X')) = kron(vec(A), K(n, k)*vec(X))")[0], "proved");
  });
});

describe("a sum within a function", () => {
  const sums = declare(
    `dims m n l; A : m x n; x : n x 1; Z : m x n each; c : 1 x 1; g : 1 x 1; xi(c) with gradient g`,
  );
  const statusOf = (text: string) => proveForAllSizes(sums, parseStatement(text)).status;

  it("is not the sum of the function's values", () => {
    for (const statement of [
      "sigma(Sum(Z)) = Sum(sigma(Z))",
      "sigma(A*x) = sigma(A*diag(x))*ones(n)",
      "sigma(sigma(A*x)) = sigma(sigma(A*diag(x))*ones(n))",
      "sigma(sigma(sigma(A*x))) = sigma(sigma(sigma(A*diag(x))*ones(n)))",
      "sigma(trace(x*x')) = ones(n)'*sigma(x .* x)",
      "1/Sum(c + trace(Z*Z')) = Sum(1/(c + trace(Z*Z')))",
      "xi(Sum(c*trace(Z*Z'))) = Sum(xi(c*trace(Z*Z')))",
    ])
      assert.notEqual(statusOf(statement), "proved", statement);
    for (const statement of ["sigma(Sum(Z)) = sigma(Sum(Z) + 0*A)", "Sum(sigma(Z)) = Sum(sigma(Z + 0*A))"])
      assert.equal(statusOf(statement), "proved", statement);
  });
});
