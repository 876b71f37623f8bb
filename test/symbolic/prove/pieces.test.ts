import assert from "node:assert/strict";
import fc from "fast-check";
import { checkStatement } from "../../../src/symbolic/check/check.js";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import {
  constant,
  evaluate,
  type Polynomial,
  plus,
  times,
} from "../../../src/symbolic/language/polynomial.js";
import { inPieces } from "../../../src/symbolic/prove/pieces.js";
import { proveForAllSizes } from "../../../src/symbolic/prove/prove.js";
import { type Term, unit } from "../../../src/symbolic/prove/terms.js";
import type { World } from "../../../src/symbolic/world/world.js";
import { cases } from "../../cases.js";
import { letters } from "./letters.js";
import { valueAt } from "./termValue.js";

const stacked = declare(`
  dims m n p
  N = 2*n; L = m + n
  x : n x 1; y : m x 1; v : N x 1; w : 2*n x 1; z : L x 1; Z : m + n + p x 1; A : N x m; B : 2*n x m; u : 2*n x 1; E : L x L
  map even, P_even(i:n; ) = (2*i; ) from N x 1
  map odd, P_odd(i:n; ) = (2*i + 1; ) from N x 1
  map low, P_low(i:n; ) = (i; ) from N x 1
  map named, P_named(N:n; ) = (N; ) from N x 1
  map high, P_high(i:n; ) = (n + i; ) from N x 1
  map top, P_top(i:m; ) = (i; ) from L x 1
  map rest, P_rest(i:n; ) = (m + i; ) from L x 1
  map late, P_late(i:n; ) = (m - 1 + i; ) from L x 1
  map first, P_first(i:m; ) = (i; ) from m + n + p x 1
  map second, P_second(i:n; ) = (m + i; ) from m + n + p x 1
  map third, P_third(i:p; ) = (m + n + i; ) from m + n + p x 1
  map zeroth, P_0(i:n; ) = (0, i; ) from 2*n x 1
  map oneth, P_1(i:n; ) = (1, i; ) from 2*n x 1
`);

/** θ = [vec(W); b]. */
const network = declare(`
  dims h s d a b k
  a_out = floor((a - h)/s) + 1; b_out = floor((b - h)/s) + 1
  D = h*h*d; A = a_out*b_out
  Z : d x a*b each; W : k x D; bias : k x 1; G : k x a_out*b_out each; theta : k*D + k x 1; w : k*D x 1
  phi, P = conv(h, s, d, a, b)
  map filters, P_W(i:k, j:h*h*d; ) = (i + k*j; ) from k*D + k x 1
  map biases, P_b(i:k; ) = (k*D + i; ) from k*D + k x 1
  xi(S) with gradient G
`);
const S = "mat(filters(theta), k, D)*phi(Z) + biases(theta)*ones(A)'";

const losses = declare(`
  dims m n l
  A : m x n; B : m x n; G : m x n; x : n x 1; g : n x 1; H : n x n; y : n x 1 each; h : n x 1 each
  nu(S) with gradient G
  rho(S) with gradient g, hessian H
  xi(S) with gradient h
`);

/** [what it is about, the world, what is proved, what is not true] */
const statements: readonly (readonly [string, World, readonly string[], readonly string[]])[] = [
  [
    "a column is its pieces one below the other",
    stacked,
    [
      "P_top'*top(z) + P_rest'*rest(z) = z",
      "P_top'*P_top + P_rest'*P_rest = I(m + n)",
      "norm2(top(z)) + norm2(rest(z)) = norm2(z)",
      "ones(m)'*top(z) + ones(n)'*rest(z) = ones(L)'*z",
      "P_first'*first(Z) + P_second'*second(Z) + P_third'*third(Z) = Z",
      "sigma(P_top'*y + P_rest'*x) = P_top'*sigma(y) + P_rest'*sigma(x)",
      "trace(P_top*E*P_top') + trace(P_rest*E*P_rest') = trace(E)",
      "sigma(ones(m)'*top(z) + ones(n)'*rest(z)) = sigma(ones(L)'*z)",
      "sigma(sigma(ones(L)'*z)) = sigma(sigma(ones(m)'*top(z) + ones(n)'*rest(z)))",
    ],
    [
      "P_top'*top(z) + P_late'*late(z) = z",
      "norm2(top(z)) + norm2(late(z)) = norm2(z)",
      "P_first'*first(Z) + P_third'*third(Z) = Z",
      "P_top'*top(z) + 2*P_rest'*rest(z) = z",
      "trace(P_top*E*P_top') = trace(E)",
      "sigma(ones(L)'*z) = sigma(ones(m)'*top(z))",
      "sigma(ones(m)'*top(z)) + sigma(ones(n)'*rest(z)) = sigma(ones(L)'*z)",
    ],
  ],
  [
    "even and odd entries, halves and digits of two values are all entries",
    stacked,
    [
      "P_even'*even(v) + P_odd'*odd(v) = v",
      "P_low'*P_low + P_high'*P_high = I(N)",
      "norm2(even(v)) + norm2(odd(v)) = norm2(v)",
      "P_0'*zeroth(u) + P_1'*oneth(u) = u",
      "norm2(zeroth(u)) + norm2(oneth(u)) = norm2(u)",
    ],
    [
      "P_even'*even(v) + P_low'*low(v) = v",
      "P_even'*even(v) + P_even'*even(v) = v",
      "P_0'*zeroth(u) + P_1'*zeroth(u) = u",
    ],
  ],
  [
    "a digit is what an equation says that it is",
    stacked,
    [
      "high(kron(ones(2), x)) = x",
      "low(kron(ones(2), x)) = x",
      "even(kron(x, ones(2))) = x",
      "odd(kron(x, ones(2))) = x",
    ],
    ["high(kron(x, ones(2))) = x", "even(kron(ones(2), x)) = x"],
  ],
  [
    "a size is what it is defined as",
    stacked,
    [
      "v + w = w + v",
      "trace(A'*B) = trace(B'*A)",
      "I(N) = I(2*n)",
      "N = 2*n",
      "L = m + n",
      "trace(I(L)) = m + n",
      "mat(vec(A), 2*n, m) = A",
      "named(w) = low(w)",
    ],
    ["v = w", "N = n", "trace(I(L)) = m"],
  ],
  [
    "θ is all filters and all biases",
    network,
    [
      "P_W'*filters(theta) + P_b'*biases(theta) = theta",
      "norm2(filters(theta)) + norm2(biases(theta)) = norm2(theta)",
      "filters(P_W'*w + P_b'*bias) = w",
      `d(xi(${S}), theta) = (P_W'*vec(G*phi(Z)') + P_b'*G*ones(A))'*dtheta`,
      "vec(W*phi(Z)) = kron(I(A), W)*P*vec(Z)",
    ],
    [
      "P_W'*filters(theta) = theta",
      "norm2(filters(theta)) = norm2(theta)",
      `d(xi(${S}), theta) = (P_W'*vec(G*phi(Z)'))'*dtheta`,
    ],
  ],
  [
    "a loss stands at two arguments that are equal, or where nothing is asked of its derivatives",
    losses,
    [
      "nu(A + A) = nu(2*A)",
      "nu(A) - nu(B) = -nu(B) + nu(A)",
      "nu(A)*nu(B) = nu(B)*nu(A)",
      "d(nu(A + A) + nu(2*A), A) = 4*trace(G'*dA)",
      "d(d(rho(x + x) + rho(2*x), x), x) = 8*dx'*H*dx",
      "Sum(xi(y + y)) = Sum(xi(2*y))",
    ],
    [
      "nu(A) + nu(B) = 2*nu(A)",
      "d(nu(A + A) + nu(2*A), A) = 3*trace(G'*dA)",
      "d(nu(A) + nu(2*A), A) = 3*trace(G'*dA)",
      "d(nu(A) + nu(2*A), A) - 3*d(nu(A), A) = 0*nu(A)",
      "0*nu(A) = d(nu(A) + nu(2*A), A) - 3*d(nu(A), A)",
      "Sum(xi(y) - xi(x)) = 0*Sum(xi(y))",
    ],
  ],
];

for (const [about, world, truths, slips] of statements)
  describe(`proved in pieces: ${about}`, () => {
    for (const text of truths)
      it(text, () => {
        const proof = proveForAllSizes(world, parseStatement(text));
        assert.equal(proof.status, "proved", JSON.stringify(proof));
      });

    for (const text of slips)
      it(`not ${text}`, () => {
        assert.notEqual(proveForAllSizes(world, parseStatement(text)).status, "proved");
      });
  });

describe("a loss at two arguments", () => {
  it("is outside where a letter for one of its derivatives stands, in whichever side and of whichever order", () => {
    for (const text of [
      "nu(A)*G + nu(B)*G = (nu(B) + nu(A))*G",
      "nu(A) + nu(B) + 0*trace(G'*G) = nu(B) + nu(A)",
      "nu(A) + nu(B) = nu(B) + nu(A) + 0*trace(G'*G)",
      "rho(x) + rho(2*x) = rho(2*x) + rho(x) + 0*norm2(g)",
      "rho(x) + rho(2*x) = rho(2*x) + rho(x) + 0*trace(H)",
    ])
      assert.equal(proveForAllSizes(losses, parseStatement(text)).status, "outside", text);
  });
});

describe("sizes that are equal by definition", () => {
  it("fit: at a map, beside one another, in a product, in mat, in the statement's two sides", () => {
    for (const text of ["high(w) = high(w)", "v'*w = w'*v", "A'*B = A'*B", "mat(2*v, 2, n) = 2*mat(v, 2, n)"])
      assert.equal(checkStatement(stacked, parseStatement(text)).ok, true, text);
  });

  it("do not fit where the definition says otherwise", () => {
    const { ok, why } = checkStatement(stacked, parseStatement("high(z) = x"));
    assert.deepEqual([ok, why?.split("\n")[0]], [false, "z is L × 1; high needs N × 1"]);
  });

  it("stay the sizes they are where a counter of a map has the name of one that defines them", () => {
    const world = (t: string): World =>
      declare(`
        dims n e m j r K
        y = K*r + n + e + K; u = K*j + n + e + K
        map f, P(i:K, ${t}:K, k:m; p:r, q:j) = (k; K*p + i, u - 1 - q) from m x y*u
        map g, Q(i:K, ${t}:K, k:m; p:r, q:j) = (k; y - 1 - p, K*q) from m x y*u`);
    for (const t of ["t", "j"]) {
      const status = (power: string): string =>
        proveForAllSizes(world(t), parseStatement(`norm2(Q' * P) = ${power} * m * r * j`)).status;
      assert.equal(status("K * K * K"), "proved", t);
      assert.notEqual(status("K * K"), "proved", t);
    }
  });

  it("are looked into where a definition is made of defined sizes", () => {
    const world = declare("dims m n; N = 2*n; M = N*m; A : N x m; y : M x 1; w : 2*m*n x 1");
    for (const text of ["vec(A) + y = y + vec(A)", "w + y = y + w", "M = 2*m*n"])
      assert.equal(proveForAllSizes(world, parseStatement(text)).status, "proved", text);
  });
});

describe("terms in pieces", () => {
  const [i, j, m, n, r] = letters("i", "j", "m", "n", "r");
  const [one, two, three] = [constant(1), constant(2), constant(3)] as const;
  let count = 0;
  const places = [
    i,
    plus(i, m),
    plus(i, n),
    times(two, i),
    plus(times(two, i), one),
    plus(times(three, i), one),
    r,
  ];
  const place = fc.constantFrom(
    ...places,
    times(three, i),
    plus(times(three, i), two),
    constant(1),
    plus(i, times(m, j)),
    plus(plus(i, times(m, j)), n),
  );
  const size = fc.constantFrom(
    m,
    n,
    plus(m, n),
    times(two, n),
    times(three, m),
    two,
    plus(plus(m, n), n),
    times(m, n),
    plus(times(m, n), n),
  );
  const termFrom = (count: Polynomial, x: Polynomial, y: Polynomial, isEquation: boolean): Term => ({
    ...unit,
    sums: new Map([
      ["i", count],
      ["j", n],
    ]),
    factors: [{ kind: "entry", name: "z", index: [x] }],
    equations: isEquation ? [{ left: r, right: y, size: plus(m, n) }] : [],
  });
  const term = fc.tuple(size, place, place, fc.boolean()).map((all) => termFrom(...all));

  it("come to the same value at all sizes and places", () => {
    let cut = 0;
    fc.assert(
      fc.property(fc.array(term, { minLength: 1, maxLength: 4 }), size, (terms, range) => {
        const ranges = new Map([["r", range]]);
        const isSize = (name: string) => name === "m" || name === "n";
        const found = inPieces([terms], { ranges, fresh: () => `fresh${count++}`, isSize });
        if (found) cut++;
        for (const sizes of [
          { m: 2, n: 3 },
          { m: 3, n: 1 },
          { m: 1, n: 2 },
        ])
          for (let at = 0; found && at < evaluate(range, sizes); at++)
            assert.equal(valueAt(found[0]!, { ...sizes, r: at }), valueAt(terms, { ...sizes, r: at }));
      }),
      cases(400),
    );
    assert.ok(cut > cases(400).numRuns / 10, `${cut} were cut`);
  });
});
