import assert from "node:assert/strict";
import { judged } from "./certificates.js";

/** What is declared by each line is read as this statement says. */
const kinds: readonly (readonly [what: string, declarations: string, statement: string])[] = [
  ["sizes with and without commas", "dims m, n k; A : m x n; B : n x k", "(A*B)' = B'*A'"],
  ["a comment, and lines between semicolons", "dims m; // dims m\nA : m x m; B : m x m", "A + B = B + A"],
  [
    "a size defined by others, with floor",
    "dims a h s; b = floor((a - h)/s) + 1; v : b x 1",
    "ones(floor((a - h)/s) + 1)'*v = v'*ones(b)",
  ],
  [
    "⌊ ⌋, · and −",
    "dims a h s; b = ⌊(a − h)/s⌋ + 1; v : 2·b x 1",
    "ones(2*floor((a - h)/s) + 2)'*v = v'*ones(2*b)",
  ],
  ["an exact quotient", "dims n; m = n/2; v : n x 1", "ones(2*m)'*v = v'*ones(n)"],
  [
    "products without a sign, and powers",
    "dims a b h; v : 2(a + 1) b x 1; w : h^2 x 1; x : h² x 1; y : h^{2} x 1",
    "ones(2*a*b + 2*b)'*v + ones(h*h)'*(w + x + y) = (w + x + y)'*ones(h*h) + v'*ones(2*(a + 1)*b)",
  ],
  ["a mark that is no power", "dims a^{2}; v : a_2 x 1", "v'*ones(a_2) = ones(a_2)'*v"],
  [
    "a mark behind a letter that has powers, as a declared name",
    "dims n^{1}; v : n_1 x 1",
    "v'*ones(n_1) = ones(n_1)'*v",
  ],
  ["scalars", "scalar c; scalars r, t u", "c*r*t*u = u*t*r*c"],
  ["×", "dims m n; A : m × n", "mat(vec(A), m, n) = A"],
  ["a matrix for each instance", "dims l n; v : n x 1 each", "Sum(v + v) = 2*Sum(v)"],
  [
    "∈ R with braces, and the mark of the instance",
    "dims d a b; Z^{in,i} ∈ R^{d × a b}",
    "mat(vec(Z_in), d, a*b) = Z_in",
  ],
  ["in ℝ with parentheses", "dims d_{in} a; Z in ℝ^(d_{in} x a)", "mat(vec(Z), d_in, a) = Z"],
  ["columns of R", "dims n; u ∈ R^n; v ∈ R^{n}; w ∈ ℝ^3", "u'*v + w'*w = v'*u + norm2(w)"],
  [
    "W^1, W^{1} and W_{1}",
    "dims n; W^1 : n x n; V^{2} : n x n; U_{out} : n x n",
    "W_1*V_2*U_out = W_1*(V_2*U_out)",
  ],
  [
    "Greek letters",
    "dims n; θ : n x 1; Ω : n x n; ϵ : n x 1; µ : n x 1",
    "(Omega*theta)'*epsilon + mu'*mu = epsilon'*Omega*theta + norm2(mu)",
  ],
  ["conv", "dims h s d a b; Z : d x a*b; phi, P = conv(h, s, d, a, b)", "vec(phi(Z)) = P*vec(Z)"],
  [
    "conv without a name for its matrix",
    "dims h s d a b; Z : d x a*b; φ = conv(h, s, d, a, b)",
    "vec(phi(Z)) = P_phi*vec(Z)",
  ],
  [
    "conv of sizes that are products",
    "dims h s d a; Z : h*h*d x a*a*2; f, P = conv(h, s, h*h*d, 2*a, a)",
    "vec(f(Z)) = P*vec(Z)",
  ],
  [
    "padding",
    "dims p d a b; a_pad = a + 2*p; Z : d x a*b; pad, P = padding(p, d, a, b)",
    "mat(P*vec(Z), d, a_pad*(b + 2*p)) = pad(Z)",
  ],
  ["avgpool", "dims q d a b; Z : d x a*b; f, P = avgpool(q, d, a, b)", "P*vec(Z) = vec(f(Z))"],
  ["maxpool", "dims q d a b; Z : d x a*b; f, P = maxpool(q, d, a, b)", "P*vec(Z) = vec(f(Z))"],
  [
    "a map of one's own",
    "dims u d; a = 2*u; Z : d x a; map f, P(c:d; p:u) = (c; 2*p + 1) from d x a",
    "vec(f(Z)) = P*vec(Z)",
  ],
  [
    "a map whose places have a size that stands nowhere else",
    "dims n m r; v : n x 1; map f, P(i:m; ) = (r*i; ) from n x 1",
    "f(v) = P*v",
  ],
  ["a map from a column", "dims n; v : n x 1; map f(p:n; ) = (n - 1 - p; ) from n x 1", "f(f(v)) = v"],
  ["a loss", "dims n; v : n x 1; g : n x 1; ξ(S) with gradient g", "d(xi(v), v) = g'*dv"],
  [
    "a loss with a Hessian",
    "dims n; v : n x 1; g : n x 1; H : n x n; xi(S) with gradient g, hessian H",
    "d(d(xi(v), v), v) = dv'*H*dv",
  ],
  [
    "a loss with a Hessian, without a comma",
    "dims n; v : n x 1; g : n x 1; H : n x n; xi(S) with gradient g hessian H",
    "d(d(xi(v), v), v) = (H*dv)'*dv",
  ],
  [
    "a loss for each instance",
    "dims l n k; Z : n x k each; W : n x n; G : n x k each; xi(S) with gradient G",
    "d(Sum(xi(W*Z)), W) = Sum(vec(G*Z'))'*vec(dW)",
  ],
];

/** Lines that are none, and names that are two things. */
const unreadable: readonly (readonly [what: string, declarations: string])[] = [
  ["a line that is no declaration", "dims n; A is n x n"],
  ["a matrix without columns", "dims n; A : n"],
  ["a name twice", "dims n; A : n x n; A : n x n"],
  ["a size that is a matrix", "dims n A; A : n x n"],
  ["a declared differential", "dims n; A : n x n; dA : n x n"],
  [
    "a matrix of a map that is another's",
    "dims n; v : n x 1; f, P = conv(n, n, n, n, n); g, P = conv(n, n, n, n, n)",
  ],
  ["a gradient of two losses", "dims n; A : n x n; G : n x n; xi(S) with gradient G; rho(S) with gradient G"],
  ["a gradient that is no matrix", "dims n; A : n x n; xi(S) with gradient G"],
  ["a map that gives too few digits", "dims n; A : n x n; map f(i:n; ) = (i; ) from n x n"],
  ["a counter twice", "dims n; A : n x n; map f(i:n; i:n) = (i; i) from n x n"],
  ["conv of four sizes", "dims n; A : n x n; phi = conv(n, n, n, n)"],
  ["a sign that is no letter", "dims $i; A : 1 x 1"],
  ["a size defined by itself", "dims n; m = m + 1; A : m x m"],
  ["an l that is no size, or follows from others", "scalar l; dims n; A : n x n"],
  ["an l that follows from others", "dims n; l = n; A : n x n"],
  ["a size that is not declared", "dims n; A : n x k"],
];

describe("the second program reads", () => {
  for (const [what, declarations, statement] of kinds)
    it(`${what}: ${declarations}`, () => {
      const { verdict, why, shapes } = judged(declarations, statement);
      assert.deepEqual([verdict, why], ["holds", ""]);
      assert.ok(shapes >= 1);
      const [left, right] = statement.split(" = ");
      assert.equal(judged(declarations, `${left} = 2*(${right})`).verdict, "differs");
    });
});

it("the second program knows what stands in a standing alone", () => {
  const declarations = `dims q d a b; Z : d x a*b; map f(c:d; p:a, s:b) = (c; p, s) from d x a*b
    pool, P = maxpool(q, d, a, b)`;
  const { verdict, why } = judged(declarations, "P*vec(Z) = vec(pool(Z))", { standing: { pool: "f(Z)" } });
  assert.deepEqual([verdict, why], ["holds", ""]);
});

describe("the second program takes a matrix with the mark of the instance for one of each", () => {
  for (const name of ["Z^i", "Zᵢ", "Zⁱ", "Z^{i}", "Z_{i}"])
    it(name, () => assert.equal(judged(`dims n l; ${name} : n x 1`, "Sum(Z) = l*Z").verdict, "differs"));
  it("Z^{in,i}, which is Z_in", () =>
    assert.equal(judged("dims n l; Z^{in,i} : n x 1", "Sum(Z_in) = l*Z_in").verdict, "differs"));
  it("and no other for one", () => {
    assert.equal(judged("dims n l; Z^{in} : n x 1", "Sum(Z_in) = l*Z_in").verdict, "holds");
    assert.equal(judged("dims n^i; A : n x 1", "A = A").verdict, "not judged");
  });
});

describe("the second program does not judge", () => {
  for (const [what, declarations] of unreadable)
    it(what, () => {
      const name = /A :/.test(declarations) ? "A" : "v";
      const { verdict, why } = judged(declarations, `${name} = ${name}`);
      assert.equal(verdict, "not judged");
      assert.notEqual(why, "");
    });

  for (const statement of [
    "A = ",
    "A = B",
    "A",
    "A = A = A",
    "f(A) = A",
    "d(A, A*A) = A",
    "kron(A) = A",
    "A = 2A",
    "A^2 = A*A",
    "1.5*A = A",
  ])
    it(`what is no statement: ${statement}`, () => {
      assert.equal(judged("dims n; A : n x n", statement).verdict, "not judged");
    });

  it("what is no certificate", () => {
    const fields = {
      version: 1,
      declarations: "dims n; A : n x n",
      statement: "A = A",
      level: "all sizes",
      shapes: [],
    };
    const changes = [
      { version: 2 },
      { declarations: 1 },
      { statement: null },
      { level: "surely" },
      { shapes: 3 },
      { shapes: [{ n: 1.5 }] },
      { bound: "small" },
      { caveats: {} },
      { standing: { A: "A" } },
    ];
    for (const change of changes)
      assert.equal(
        judged(fields.declarations, fields.statement, change).verdict,
        "not judged",
        JSON.stringify(change),
      );
    assert.equal(judged(fields.declarations, fields.statement).verdict, "holds");
  });

  it("a statement whose shapes are too large, or of which too few are found", () => {
    assert.match(judged("dims n; A : n x n", "I(100000*n) = I(100000*n)").why, /only 0 shapes/);
    assert.match(judged("dims n; m = 20 - n; k = 1/m; A : k x k", "A*A = A*A").why, /only \d shapes/);
  });
});
