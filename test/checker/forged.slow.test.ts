/** True statements with one slip each, and statements that were once taken for true: none of them may hold. */
import assert from "node:assert/strict";
import { judge } from "../../checker/judge.js";
import { judged, type Stored, storedCertificates } from "./certificates.js";

/** Each at every place where it can be made. */
const slips: readonly (readonly [from: RegExp, to: string])[] = [
  [/ \+ /g, " - "],
  [/ = /g, " = 2 * "],
  [/'/g, ""],
  [/\b[WGZAXB]\b(?!')/g, "$&'"],
  [/\bphi\(Z\)/g, "phi(2 * Z)"],
  [/K\((\w+), (\w+)\)/g, "K($2, $1)"],
  [/\bI\((\w+)\)/g, "ones($1, $1)"],
  [/\bP\b/g, "P'"],
];

function forged({ statement }: Stored["certificate"]): string[] {
  return slips.flatMap(([from, to]) => {
    const places = [...statement.matchAll(from)].map(({ index }) => index);
    return places.map((place) =>
      statement.replace(from, (word, ...rest) => {
        const [offset, groups] = [rest.find((part) => typeof part === "number"), rest];
        return offset === place ? to.replace("$&", word).replace(/\$(\d)/g, (_, k) => groups[k - 1]) : word;
      }),
    );
  });
}

const shifted = `dims r0 c0 d u v; a = u + r0 + c0; b = v + r0 + c0; Z : d x a*b
  map f, P(c:d; p:u, q:v) = (c; p + r0, q + c0) from d x a*b
  map g, Q(c:d; p:u, q:v) = (c; p + c0, q + r0) from d x a*b`;
const pooled = `dims l q d a b; A : d x a*b; B : d x a*b; pool, P = maxpool(q, d, a, b); mean, M = avgpool(q, d, a, b)`;
const summed = `dims l d k n; Z : d x n each; W : k x d; G : k x n; y : n x 1; g : n x 1; scalar c
  xi(S) with gradient G; chi(S) with gradient g`;
const plain =
  "dims m n; A : m x n; X : n x m; Q : n x n; x : n x 1; y : n x 1; S : m x n; G : m x n; scalar c; xi(S) with gradient G";

/** By the names that two maps share, one selection for two arguments, one gradient for all, and smaller ones. */
const once: readonly (readonly [
  declarations: string,
  statements: readonly string[],
  standing?: Record<string, string>,
])[] = [
  [shifted, ["P = Q", "P*vec(Z) = Q*vec(Z)", "Q*P' = I(d*u*v)", "P'*P = Q'*Q", "f(Z) = g(Z)"]],
  [
    pooled,
    [
      "pool(A + B) = pool(A) + pool(B)",
      "pool(-A) = -pool(A)",
      "pool(A .* B) = pool(A) .* pool(B)",
      "pool(A) = mean(A)",
      "Sum(pool(A)) = pool(A)",
      "P*vec(A + B) = vec(pool(A) + pool(B))",
      "d(pool(A .* A), A) = 2*pool(A) .* pool(dA)",
      "P .* P = P .* M",
    ],
  ],
  [
    summed,
    [
      "d(Sum(xi(W*Z)), W) = vec(G*Sum(Z)')'*vec(dW)",
      "d(Sum(xi(W*Z)), W) = Sum(vec(G*Z')')*vec(dW)",
      "d(Sum(chi(c*y)), c) = g'*Sum(y)*dc*l",
      "Sum(Z) = l*Z",
      "norm2(Sum(Z)) = Sum(norm2(Z))",
    ],
  ],
  [plain, ["d(xi(S), S) = d(xi(2*S), S)/2", "d(xi(S), S) + d(xi(2*S), S) = 3*vec(G)'*vec(dS)"]],
  [plain, ["vec(G)'*vec(dS) = d(xi(2*S), S)/2", "vec(G)'*vec(dA) = d(xi(A), A)"], { xi: "S" }],
  [
    plain,
    [
      "relu(c*A) = c*relu(A)",
      "relu(-A) = -relu(A)",
      "relu(A) + relu(-A) = A",
      "d(relu(A), A) = drelu(A)",
      "relu(A + S) = relu(A) + relu(S)",
      "drelu(A) .* A = A",
      "sigma(2*A) = 2*sigma(A)",
      "sigma(A) + sigma(-A) = 2*sigma(0*A)",
      "x'*y*I(n) = x*y'",
      "x'*y*diag(x) = diag(x)",
      "(x'*x)*x = x'*x",
      "vec(x'*y*A) = vec(A)",
      "norm2(x)*x'*y = norm2(y)*x'*y",
      "A*X = X*A",
      "Q*Q = Q*Q'",
      "trace(I(m)) = n",
      "I(m - n) = 2*I(m - n)",
      "x*x'*x/norm2(x) = x/2",
      "A - A = 1*0*A + A",
      "A + 1 = A",
      "x/c/c = x/c",
      "dA = d(A, X)",
      "d(d(A, A), A) = dA",
    ],
  ],
];

/** A certificate that holds, and what is changed in it beside its statement so that it does not. */
const changed: readonly (readonly [
  what: string,
  declarations: string,
  statement: string,
  more: Readonly<Record<string, unknown>>,
  change: Readonly<Record<string, unknown>>,
])[] = [
  [
    "the level, raised from one shape to all",
    "dims m n; A : m x n",
    "vec(A) = vec(A')",
    { level: "here", shapes: [{ m: 1, n: 3 }] },
    { level: "all sizes" },
  ],
  [
    "another shape",
    "dims m n; A : m x n",
    "vec(A) = vec(A')",
    { level: "here", shapes: [{ m: 1, n: 3 }] },
    { shapes: [{ m: 2, n: 3 }] },
  ],
  [
    "the number of instances",
    "dims n; c : n x 1",
    "Sum(c) = 3*c",
    {},
    { declarations: "dims n l; c : n x 1" },
  ],
  [
    "a matrix that is one for each instance",
    "dims n l; c : n x 1",
    "Sum(c) = l*c",
    {},
    { declarations: "dims n l; c : n x 1 each" },
  ],
  [
    "the kind of a map",
    "dims q d a b; A : d x a*b; B : d x a*b; f, P = avgpool(q, d, a, b)",
    "f(A + B) = f(A) + f(B)",
    {},
    { declarations: "dims q d a b; A : d x a*b; B : d x a*b; f, P = maxpool(q, d, a, b)" },
  ],
  [
    "the stride of a map",
    "dims h d a b; Z : d x a*b; f, P = conv(h, 1, d, a, b)",
    "trace(P'*P) = d*h*h*(a - h + 1)*(b - h + 1)",
    {},
    { declarations: "dims h d a b; Z : d x a*b; f, P = conv(h, h, d, a, b)" },
  ],
  [
    "the order of a map's digits",
    "dims m n; Z : m x n; map f, P(i:m; j:n) = (i; j) from m x n",
    "f(Z) = Z",
    {},
    { declarations: "dims m; n = m; Z : m x n; map f, P(i:m; j:n) = (j; i) from m x n" },
  ],
  [
    "the size of a Hessian",
    "dims n; v : n x 1; g : n x 1; H : n x n; xi(S) with gradient g, hessian H",
    "d(xi(v), v) + trace(H) = g'*dv + trace(H)",
    {},
    { declarations: "dims n; v : n x 1; g : n x 1; H : 2*n x 2*n; xi(S) with gradient g, hessian H" },
  ],
  [
    "where a loss stands",
    "dims n; v : n x 1; g : n x 1; xi(S) with gradient g",
    "d(g, v) + 0*d(xi(3*v), v)*g = 3*d(g, v)/3",
    {},
    { statement: "d(g, v) + 0*d(xi(3*v), v)*g = 0*g" },
  ],
  [
    "the caveat that σ rises",
    "dims n; x : n x 1",
    "relu(dsigma(x)) = dsigma(x)",
    { caveats: [{ kind: "rising" }] },
    { caveats: [{ kind: "where", condition: "n ≥ 1" }] },
  ],
  [
    "a bound",
    "dims n; x : n x 1",
    "x + x = 2*x",
    { level: "identity", shapes: [{ n: 2 }] },
    { bound: 1e-99 },
  ],
];

/** A slip that leaves a statement true: the matrix is symmetric. */
const changedNothing = new Set(["(r * I(n) + 2 * J' * J) = r * I(n) + 2 * J' * J"]);

describe("the second program refuses what was forged", () => {
  let count = 0;

  // nothing that is differentiated, where some slips change nothing
  const texts = new Set<string>();
  for (const { certificate } of storedCertificates()) {
    if (certificate.statement.includes("d(") || texts.has(certificate.statement)) continue;
    texts.add(certificate.statement);
    const statements = forged(certificate);
    count += statements.length;
    it(`${statements.length} slips in ${certificate.statement}`, () => {
      const held = statements.filter(
        (statement) =>
          !changedNothing.has(statement) && judge({ ...certificate, statement }).verdict !== "differs",
      );
      assert.deepEqual(held, []);
    });
  }

  it("at over 250 places", () => assert.ok(count > 250, String(count)));

  for (const [declarations, statements, standing] of once) {
    for (const statement of statements)
      it(statement, () =>
        assert.equal(judged(declarations, statement, standing ? { standing } : {}).verdict, "differs"),
      );
  }

  for (const [what, declarations, statement, more, change] of changed)
    it(`what says otherwise than the statement: ${what}`, () => {
      const { verdict, why } = judged(declarations, statement, more);
      assert.deepEqual([verdict, why], ["holds", ""]);
      assert.equal(judged(declarations, statement, { ...more, ...change }).verdict, "differs");
    });
});
