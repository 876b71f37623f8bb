import assert from "node:assert/strict";
import { judged } from "./certificates.js";

const plain = "dims m n; A : m x n; B : m x n";
const pooled = "dims q d a b; S : d x a*b; pool, P = maxpool(q, d, a, b)";
const lossy =
  "dims n; v : n x 1; u : n x 1; g : n x 1; H : n x n; xi(S) with gradient g, hessian H; w : n x 1; psi(S) with gradient w";

describe("the second program refuses", () => {
  it("a difference, with the sizes, the entry and both values", () => {
    const { verdict, why } = judged("dims m n; A : m x n", "A + 3*ones(m, n) - A = 4*ones(m, n)");
    assert.equal(verdict, "differs");
    assert.match(why, /^entry \(1, 1\) is 3 on the left, 4 on the right, at m = \d+, n = \d+$/);
  });

  it("sides of different sizes, and parts that do not fit", () => {
    assert.match(
      judged(plain, "A = kron(A, I(2))").why,
      /^\d+ x \d+ on the left, \d+ x \d+ on the right, at m = /,
    );
    assert.match(judged(plain, "A*B = A*B").why, /^the product, or a quotient, of \d+ x \d+ and .* at m = /);
    for (const statement of [
      "A + B' = A",
      "trace(A) = trace(A)",
      "diag(A) = diag(A)",
      "mat(vec(A), m, m) = A",
      "A/B = A",
    ])
      assert.equal(judged(plain, statement).verdict, "differs", statement);
  });

  it("both sides 0 wherever it was tried, unless the certificate says so", () => {
    assert.match(judged(plain, "A - A = 0").why, /both sides are 0/);
    assert.equal(judged(plain, "A - A = 0", { caveats: [{ kind: "vacuous" }] }).verdict, "holds");
    assert.equal(judged(plain, "A - B = 0").verdict, "differs");
    assert.equal(judged(plain, "0 = A - B").verdict, "differs");
  });

  it("σ taken over a maximum, unless it rises", () => {
    const rising = { caveats: [{ kind: "rising" }] };
    assert.equal(judged(pooled, "pool(sigma(S)) = sigma(pool(S))").verdict, "differs");
    assert.equal(judged(pooled, "pool(sigma(S)) = sigma(pool(S))", rising).verdict, "holds");
    assert.equal(judged(pooled, "pool(sigma(-S)) = -sigma(pool(S))", rising).verdict, "differs");
    assert.equal(
      judged(pooled, "d(pool(sigma(S)), S) = mat(P*vec(dsigma(S) .* dS), d, floor(a/q)*floor(b/q))").verdict,
      "holds",
    );
    assert.equal(judged(pooled, "d(d(sigma(S), S), S) = d2sigma(S) .* dS .* dS", rising).verdict, "holds");
    assert.equal(judged(pooled, "d(d(sigma(S), S), S) = dsigma(S) .* dS .* dS", rising).verdict, "differs");
  });

  it("a selection at σ(S) that is taken for that at S, since σ may be flat; it is that at S where a map stands at both", () => {
    const rising = { caveats: [{ kind: "rising" }] };
    const pooling = `dims q d a b; u = floor(a/q); v = floor(b/q); S : d x a*b
      pool, P = maxpool(q, d, a, b); other, Q = maxpool(q, d, a, b)`;
    const at = { standing: { pool: "sigma(S)" } };
    for (const statement of [
      "P*vec(S) = vec(other(S))",
      "P*vec(S) = Q*vec(S) + 0*vec(other(S))",
      "d(other(S), S) = mat(P*vec(dS), d, u*v)",
    ])
      assert.equal(judged(pooling, statement, { ...at, ...rising }).verdict, "differs", statement);
    for (const statement of [
      "P*vec(S) = vec(pool(S))",
      "P*vec(sigma(S)) + 0*vec(pool(S)) = vec(pool(sigma(S)))",
      "Q*vec(sigma(S)) + 0*vec(other(S)) = vec(pool(sigma(S)))",
      "pool(sigma(S)) = sigma(pool(S))",
      "d(pool(sigma(S)), S) = mat(P*vec(dsigma(S) .* dS), d, u*v)",
      "d(sigma(pool(S)), S) = dsigma(pool(S)) .* mat(P*vec(dS), d, u*v)",
      "relu(dsigma(S)) = dsigma(S)",
    ])
      assert.equal(judged(pooling, statement, { ...at, ...rising }).verdict, "holds", statement);
  });

  it("what holds of polynomials of degree 5 alone, or of a σ that increases, or has a slope", () => {
    const rising = { caveats: [{ kind: "rising" }, { kind: "vacuous" }] };
    const sixth = [1, -6, 15, -20, 15, -6, 1].map(
      (c, k) => `${c < 0 ? "-" : "+"} ${c < 0 ? -c : c}*sigma(x + ${k}*ones(n))`,
    );
    for (const [statement, verdict] of [
      [`0*x ${sixth.join(" ")} = 0`, "differs"],
      ["drelu(dsigma(x)) = ones(n)", "differs"],
      ["drelu(sigma(x + ones(n)) - sigma(x)) = ones(n)", "differs"],
      ["drelu(sigma(x) - sigma(x + ones(n))) = 0", "holds"],
      ["drelu(sigma(x/17) - sigma(x/17 + ones(n)/19)) = 0", "holds"],
      ["drelu(-dsigma(x)) = 0", "holds"],
    ] as const)
      assert.equal(judged("dims n; x : n x 1", statement, rising).verdict, verdict, statement);
  });

  it("a selection that belongs to another argument", () => {
    const statement = "vec(pool(S)) = P*vec(S)";
    assert.equal(judged(pooled, statement).verdict, "holds");
    assert.equal(judged(pooled, statement, { standing: { pool: "S" } }).verdict, "holds");
    assert.equal(judged(pooled, statement, { standing: { pool: "-S" } }).verdict, "differs");
    assert.equal(judged(pooled, "P*P' = I(d*floor(a/q)*floor(b/q))").verdict, "holds");
    assert.equal(judged(pooled, "P'*P = I(d*a*b)").verdict, "differs");
  });

  it("but not what differs only where entries of a window tie", () => {
    // where all are at most 0, relu has a tie and P takes the first
    assert.equal(
      judged(pooled, "P*vec(S) = vec(pool(S))", { standing: { pool: "relu(S)" } }).verdict,
      "holds",
    );
  });

  it("what is false at 0 alone, and what a small term makes false", () => {
    const declarations = "dims m n; A : m x n; B : n x m; b : m x 1; c : 1 x 1";
    const wrong = [
      "drelu(A) + drelu(-A) = ones(m, n)",
      "drelu(c*c*A) = drelu(A)",
      "drelu(A*B*A + b*ones(n)') = drelu(A*B*A)",
    ];
    for (const statement of wrong)
      assert.equal(judged(declarations, statement).verdict, "differs", statement);
    assert.equal(judged(declarations, "A .* drelu(A) = relu(A)").verdict, "holds");
    const pooling = "dims q a; A : 1 x a*a; B : a*a x a*a; v : 1 x a*a; pool, P = maxpool(q, 1, a, a)";
    assert.equal(
      judged(pooling, "pool(A*B*B + v) = mat(P*vec(A*B*B + v), 1, floor(a/q)*floor(a/q))").verdict,
      "holds",
    );
    const other = { standing: { pool: "A*B*B" } };
    assert.equal(
      judged(pooling, "pool(A*B*B + v) = mat(P*vec(A*B*B + v), 1, floor(a/q)*floor(a/q))", other).verdict,
      "differs",
    );
  });

  it("but not what differs where P has chosen one of two that tie, as in relu(S) below 0", () => {
    const two = `${pooled}; other = maxpool(q, d, a, b)`;
    const standing = { standing: { pool: "relu(S)" } };
    assert.equal(judged(two, "P*vec(S) = vec(other(S))", standing).verdict, "holds");
  });

  it("what differs where entries tie of which none is chosen: the largest number is the same", () => {
    assert.match(judged(pooled, "pool(S - S) = pool(S) + pool(-S)").why, /^entry .* at a = /);
    assert.equal(judged(pooled, "pool(S - S) + pool(S) = pool(S)").verdict, "holds");
    assert.equal(judged(pooled, "pool(relu(S)) = relu(pool(S))").verdict, "holds");
  });

  it("nor what has a tie wherever it is tried, and is true there", () => {
    assert.equal(judged(pooled, "pool(ones(d, a*b)) = ones(d, floor(a/q)*floor(b/q))").verdict, "holds");
  });

  it("a gradient at another argument than where its loss stands", () => {
    assert.equal(judged(lossy, "d(xi(2*v), v)/2 = g'*dv").verdict, "holds");
    assert.equal(judged(lossy, "d(xi(2*v), v)/2 = g'*dv", { standing: { xi: "v" } }).verdict, "differs");
    assert.equal(judged(lossy, "d(xi(v), v) + d(xi(u), u) = g'*dv + g'*du").verdict, "differs");
    assert.equal(
      judged(lossy, "d(xi(v), v) - d(xi(v + u - u), v) = 0*xi(v)", { caveats: [{ kind: "vacuous" }] })
        .verdict,
      "holds",
    );
  });

  it("a Hessian that is another's, or not there; third derivatives are symmetric", () => {
    assert.equal(judged(lossy, "d(d(xi(v), v), v) = dv'*H*dv").verdict, "holds");
    assert.equal(judged(lossy, "d(d(psi(v), v), v) = dv'*H*dv").verdict, "differs");
    assert.equal(judged(lossy, "d(g, v) = H*dv", { standing: { xi: "v" } }).verdict, "holds");
    const twice = "d(d(xi(2*v), v), v) = 4*dv'*H*dv";
    assert.equal(judged(lossy, twice).verdict, "holds");
    assert.equal(judged(lossy, twice, { standing: { xi: "v" } }).verdict, "differs");
    assert.equal(judged(lossy, "d(H, v) = 0*H", { standing: { xi: "v" } }).verdict, "differs");
    assert.equal(judged(lossy, "d(d(d(xi(v), v), v), v) = dv'*d(H, v)*dv").verdict, "holds");
    assert.equal(judged(lossy, "d(d(d(xi(v + u), v), v), u) = d(d(d(xi(v + u), u), v), v)").verdict, "holds");
    assert.equal(
      judged(lossy, "d(d(d(xi(v + u), v), v), u) = d(d(d(xi(v + u), v), v), v)").verdict,
      "differs",
    );
  });

  it("a statement on a gradient that moves, where the loss stands nowhere", () => {
    assert.equal(judged(lossy, "d(g, v) = H*dv").verdict, "differs");
    assert.equal(judged(lossy, "d(g, v) = 0*g").verdict, "differs");
  });

  it("but takes one gradient for all instances at the first one's argument", () => {
    const one = "dims l d k n; Z : d x n each; W : k x d; G : k x n; xi(S) with gradient G";
    const standing = { standing: { xi: "W*Z" } };
    assert.equal(judged(one, "Sum(d(G, W)) = l*d(G, W)", standing).verdict, "holds");
    assert.equal(
      judged(one.replace("G : k x n", "G : k x n each"), "Sum(d(G, W)) = l*d(G, W)", standing).verdict,
      "differs",
    );
  });

  it("does not judge a loss at its own gradient", () => {
    assert.equal(
      judged("dims n; W : n x n; xi(S) with gradient W", "d(xi(W), W) = vec(W)'*vec(dW)").verdict,
      "not judged",
    );
  });
});

describe("the second program and its bound", () => {
  const one = {
    level: "identity",
    shapes: [
      { m: 2, n: 3 },
      { m: 4, n: 1 },
    ],
  };

  it("tries the certificate's shapes alone for here, identity and float, as often as the bound needs", () => {
    const { verdict, shapes, trials, chance } = judged(plain, "A .* B = B .* A", { ...one, bound: 1e-21 });
    assert.deepEqual([verdict, shapes, trials], ["holds", 2, 4]); // 8 of 2^41 at one trial: 2^-76 at two
    assert.equal(chance, 2 ** -76);
    assert.equal(judged(plain, "A + B = B + A", { ...one, bound: 1e-10 }).trials, 2);
    assert.equal(judged(plain, "A + B = B + A", { ...one, level: "here" }).trials, 2);
  });

  it("is true at one shape and not at others", () => {
    const square = "vec(A) = vec(A')";
    assert.equal(judged(plain, square, { level: "here", shapes: [{ m: 1, n: 3 }] }).verdict, "holds");
    assert.equal(judged(plain, square).verdict, "differs");
  });

  it("refuses a bound that more than 8 trials would need", () => {
    assert.match(
      judged(plain, "A .* B = B .* A", { ...one, bound: 1e-100 }).why,
      /bound 1e-100 needs more than 8 trials/,
    );
  });

  it("does not judge where a shape of the certificate is not admissible", () => {
    const wrong = {
      ...one,
      shapes: [
        { m: 2, n: 3 },
        { m: 0, n: 3 },
      ],
    };
    assert.equal(judged(plain, "A + B = B + A", wrong).verdict, "not judged");
  });

  it("does not judge where a shape of the certificate gives a size otherwise than it is defined", () => {
    const here = (sizes: object) =>
      judged("dims m; n = 2*m; A : n x n", "A + A = 2*A", { level: "here", shapes: [sizes] }).verdict;
    assert.deepEqual([here({ m: 1, n: 2 }), here({ m: 1 })], ["holds", "holds"]);
    assert.equal(here({ m: 1, n: 3 }), "not judged");
  });

  it("counts the arguments of σ that may meet by chance", () => {
    const of = (statement: string) =>
      judged("dims n; v : n x 1", statement, { level: "identity", shapes: [{ n: 3 }] }).chance;
    assert.equal(of("v + v = 2*v"), 6 / 2 ** 41); // left − right and its divisor, three letters each
    assert.equal(of("sigma(v) + v = v + sigma(v)"), (2 * (3 + 3) + 3 * 2) / 2 ** 41); // three arguments, three pairs, each a difference of fractions
    assert.equal(of("norm2(v)/norm2(v) = 1"), (2 * 4) / 2 ** 41);
    assert.equal(of("d(v, v) + 0*v = Sum(dv)/3"), (2 * (2 + 1 + 3)) / 2 ** 41);
  });
});
