import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare.js";
import { parseStatement } from "../../../src/symbolic/parse.js";
import { proveForAllSizes } from "../../../src/symbolic/proof/prove.js";
import { sameShape, shapeOf } from "../../../src/symbolic/shapes.js";
import { lectureText } from "../lectureWorld.js";

const world = declare(`${lectureText}
  dims p q h2 s2 d2 m n k
  a_pad = a_in + 2*p;  b_pad = b_in + 2*p
  a_new = floor((a_pad - h)/s) + 1;  b_new = floor((b_pad - h)/s) + 1
  a_half = floor(a_out/q);  b_half = floor(b_out/q)
  a_2 = floor((a_out - h2)/s2) + 1;  b_2 = floor((b_out - h2)/s2) + 1
  pad, P_pad = padding(p, d_in, a_in, b_in)
  phi_pad, P_phi_pad = conv(h, s, d_in, a_pad, b_pad)
  pool, P_pool = maxpool(q, d_out, a_out, b_out)
  mean, P_mean = avgpool(q, d_out, a_out, b_out)
  phi2, P2 = conv(h2, s2, d_out, a_out, b_out)
  W2 : d2 x h2*h2*d_out;  G2 : d2 x a_2*b_2;  Gpool : d_out x a_half*b_half
  psi(S) with gradient G2
  rho(S) with gradient Gpool
  Gnew : d_out x a_new*b_new
  chi(S) with gradient Gnew
  A : m x n;  X : n x k;  B : k x d2;  M : m x n
  V1 : h*h*d_in x a_out*b_out
  map flip, P_flip(c:d_in; y:a_in, x:b_in) = (c; a_in - 1 - y, x) from d_in x a_in*b_in
`);

const S = "W*phi(Z) + b*ones(a_out*b_out)'";
const residual = `V*vec(sigma(${S})) - y`;
const f = `(vec(W)'*vec(W) + b'*b + vec(V)'*vec(V))/(2*C) + Sum(norm2(${residual}))/l`;

function prove(text: string): ReturnType<typeof proveForAllSizes> {
  const statement = parseStatement(text);
  assert.ok(
    sameShape(shapeOf(world, statement.left), shapeOf(world, statement.right)),
    "the sides differ in size",
  );
  return proveForAllSizes(world, statement);
}

describe("proved for all sizes", () => {
  const known: [string, string][] = [
    ["S4, eq. (4)", "phi(Z) = mat(P*vec(Z), h*h*d_in, a_out*b_out)"],
    ["S5, eq. (5)", "mat(vec(W), d_out, h*h*d_in) = W"],
    ["X3", "vec(A*X*B) = kron(B', A)*vec(X)"],
    ["X3, left factor", "vec(A*X) = kron(I(k), A)*vec(X)"],
    ["X3, right factor", "vec(A*X) = kron(X', I(m))*vec(A)"],
    ["X4 in Z", `vec(${S}) = kron(I(a_out*b_out), W)*P*vec(Z) + kron(ones(a_out*b_out), I(d_out))*b`],
    ["X4 in W", `vec(${S}) = kron(phi(Z)', I(d_out))*vec(W) + kron(ones(a_out*b_out), I(d_out))*b`],
    ["a size written in another order", "vec(W*phi(Z)) = kron(I(b_out*a_out), W)*vec(phi(Z))"],
    ["X5", "vec(pad(Z)) = P_pad*vec(Z)"],
    ["X6", "phi_pad(pad(Z)) = mat(P_phi_pad*P_pad*vec(Z), h*h*d_in, a_new*b_new)"],
    ["padding keeps the norm", "norm2(pad(Z)) = norm2(Z)"],
    ["X7, max pooling given its selection", "vec(pool(G)) = P_pool*vec(G)"],
    ["X7, average pooling", "vec(mean(G)) = P_mean*vec(G)"],
    [
      "X15",
      `d(rho(pool(sigma(W*phi(Z)))), W) = ((vec(Gpool)'*P_pool) .* vec(dsigma(W*phi(Z)))')*vec(dW*phi(Z))`,
    ],
    ["X16", `d(xi(${S}), W) = vec(G*phi(Z)')'*vec(dW)`],
    ["X17", `d(xi(${S}), b) = (G*ones(a_out*b_out))'*db`],
    ["X18", "d(xi(W*phi(Z)), Z) = vec(W'*G)'*P*vec(dZ)"],
    ["X18 with padding", "d(chi(W*phi_pad(pad(Z))), Z) = vec(W'*Gnew)'*P_phi_pad*P_pad*vec(dZ)"],
    ["X19", "d(norm2(V*vec(G) - y), V) = vec(2*(V*vec(G) - y)*vec(G)')'*vec(dV)"],
    ["X20", "d(norm2(y), y) = 2*y'*dy"],
    ["eq. (4) through two layers", "vec(phi2(W*phi(Z))) = P2*kron(I(a_out*b_out), W)*P*vec(Z)"],
    [
      "the gradient of a first layer below a second",
      `d(psi(W2*phi2(sigma(${S}))), W) = vec((mat(P2'*vec(W2'*G2), d_out, a_out*b_out) .* dsigma(${S}))*phi(Z)')'*vec(dW)`,
    ],
    [
      "∇f with regulariser, σ and a full layer, summed over instances",
      `d(${f}, W) = vec(W)'*vec(dW)/C + Sum(vec(mat(V'*(2*(${residual})), d_out, a_out*b_out) .* dsigma(${S}) * phi(Z)')')*vec(dW)/l`,
    ],
    ["the commutation matrix", "vec(A') = K(m, n)*vec(A)"],
    ["its inverse", "K(n, m)*K(m, n) = I(m*n)"],
    ["mixed product", "kron(A, B)*kron(X, B') = kron(A*X, B*B')"],
    ["transpose of a product", "(A*X)' = X'*A'"],
    ["a count of ones", "ones(m)'*ones(m) = m"],
    ["diag", "diag(vec(A))*vec(M) = vec(A .* M)"],
    ["a quotient by a scalar", "d(W/(2*C), W) = dW/(2*C)"],
    ["a quotient by a norm", "d(A/norm2(b), b) = -A*(2*b'*db)/(norm2(b)*norm2(b))"],
    ["a second differential", "d(d(norm2(A*X), X), X) = 2*norm2(A*dX)"],
    ["an index map of one's own", "vec(flip(Z)) = P_flip*vec(Z)"],
    ["its transpose", "vec(Z)'*P_flip'*vec(Z) = vec(flip(Z))'*vec(Z)"],
  ];
  for (const [tag, statement] of known) {
    it(`${tag}: ${statement.length > 90 ? `${statement.slice(0, 87)}…` : statement}`, () => {
      assert.equal(prove(statement).status, "proved", JSON.stringify(prove(statement)));
    });
  }

  it("in milliseconds, once warm", () => {
    const started = performance.now();
    for (const [, statement] of known) prove(statement);
    assert.ok(performance.now() - started < 100 * known.length, `${performance.now() - started} ms`);
  });
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
    [
      "a mean without its divisor",
      "ones(d_out)'*mean(G)*ones(a_half*b_half) = ones(d_out)'*pool(G)*ones(a_half*b_half)",
    ],
  ];
  for (const [what, statement] of wrong) {
    it(`${what}: ${statement}`, () => assert.notEqual(prove(statement).status, "proved"));
  }

  it("a loss at two arguments, for which one gradient is declared", () => {
    const result = prove("d(xi(W*phi(Z)) - xi(G), W) = vec(G*phi(Z)')'*vec(dW)");
    assert.deepEqual(result, { status: "outside", why: "xi stands at two different arguments" });
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
