/** Differentials by the prover alone. */

import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { proveForAllSizes } from "../../../src/symbolic/prove/prove.js";
import { withZeroMatrix } from "../../../src/symbolic/world/zero.js";

const world = declare(`
  dims m n k l
  A : n x k;  W : m x n;  B : m x n;  N : n x n;  v : n x 1;  w : n x 1;  c : 1 x 1;  t : 1 x 1;  y : n x 1 each
  G : m x k;  xi(S) with gradient G
  T : n x k;  U : n*k x n*k;  tau(A) with gradient T, hessian U
  R : n x 1;  H : n x n;  rho(v) with gradient R, hessian H
  g : n x 1 each;  J : n x n each;  eta(y) with gradient g, hessian J
  e : n x 1 each;  nu(y) with gradient e
  f : 1 x 1;  phi(c) with gradient f
  E : n x 1 each;  K_E : n x n;  chi(y) with gradient E, hessian K_E
`);
const proofOf = (text: string) => proveForAllSizes(world, withZeroMatrix(world, parseStatement(text)));

const proved: readonly string[] = [
  // powers, products, quotients
  "d(c*c*A, c) = 2*c*dc*A",
  "d(c*c*c, c) = 3*c*c*dc",
  "d(c*t, c) = t*dc",
  "d(A/c, c) = -A*dc/(c*c)",
  "d(d(c*c*c, c), c) = 6*c*dc*dc",
  "d(1/(1 + norm2(v)), v) = -2*(v'*dv)/((1 + norm2(v))*(1 + norm2(v)))",
  "d(norm2(v)*norm2(v), v) = 4*norm2(v)*(v'*dv)",
  "d(w, v) = 0",
  "d(N*v*v'*w, v) = N*dv*(v'*w) + N*v*(dv'*w)",
  "d(v .* v .* v, v) = 3*v .* v .* dv",
  // functions
  "d(sigma(v), v) = dsigma(v) .* dv",
  "d(d(sigma(v), v), v) = d2sigma(v) .* dv .* dv",
  "d(sigma(v) .* sigma(v), v) = 2*sigma(v) .* dsigma(v) .* dv",
  "d(sigma(N*v), v) = dsigma(N*v) .* (N*dv)",
  "d(sigma(sigma(N*v)), v) = dsigma(sigma(N*v)) .* dsigma(N*v) .* (N*dv)",
  "d(d(relu(v), v), v) = 0",
  "d(sigma(w), v) = 0",
  "d(sigma(N*v)'*(N*v), v) = (dsigma(N*v) .* (N*dv))'*(N*v) + sigma(N*v)'*(N*dv)",
  // losses
  "d(xi(W*A), W) = trace(G'*dW*A)",
  "d(xi(W*A), v) = 0",
  "d(rho(N*v), v) = R'*N*dv",
  "d(d(rho(N*v), v), v) = dv'*N'*H*N*dv",
  "d(d(rho(v .* v), v), v) = 4*(v .* dv)'*H*(v .* dv) + 2*R'*(dv .* dv)",
  "0*rho(N*v)*R + d(R, v) = H*N*dv",
  "0*tau(N*A)*T + d(T, A) = mat(U*vec(N*dA), n, k)",
  "d(d(tau(N*A), A), A) = vec(N*dA)'*U*vec(N*dA)",
  "d(d(xi(W*A), W), W) = d(d(xi(W*A), W), W)'",
  "d(d(xi(W*A), W), A) - trace(G'*dW*dA) = d(d(xi(W*A), A), W) - trace(G'*dW*dA)",
  "d(Sum(eta(y + v)), v) = Sum(g)'*dv",
  "d(d(Sum(eta(y + v)), v), v) = Sum(dv'*J*dv)",
  "d(Sum(d(nu(y + v), v)), w) = 0",
  "0*nu(y + v)*e + d(e, v) = d(e, v)",
  "0*chi(N*y)*E + Sum(d(E, N)) = K_E*dN*Sum(y)",
  "0*eta(N*y)*g + Sum(d(g, N)) = Sum(J*dN*y)",
  "d(phi(c*t), c) = f*t*dc",
  "d(Sum(rho(v))*rho(v), v) = 2*l*rho(v)*(R'*dv)",
  "d(sigma(rho(v)*w), v) = dsigma(rho(v)*w) .* w*(R'*dv)",
  // letters for what both sides have in common
  "d(sigma(W*A)*(t*c), c) = sigma(W*A)*t*dc",
  "d(norm2(W)*norm2(A), A) = norm2(W)*d(norm2(A), A)",
];

const wrong: readonly string[] = [
  "d(c*c*A, c) = c*dc*A",
  "d(c*c*c, c) = 2*c*c*dc",
  "d(A/c, c) = A*dc/(c*c)",
  "d(A/c, c) = -A*dc/c",
  "d(d(c*c*c, c), c) = 3*c*dc*dc",
  "d(1/(1 + norm2(v)), v) = 2*(v'*dv)/((1 + norm2(v))*(1 + norm2(v)))",
  "d(1/(1 + norm2(v)), v) = -2*(v'*dv)/(1 + norm2(v))",
  "d(v, v) = v",
  "d(v, v) = dw",
  "d(sigma(v), v) = dsigma(v)",
  "d(sigma(N*v), v) = dsigma(N*v) .* dv",
  "d(d(sigma(v), v), v) = dsigma(v) .* dv .* dv",
  "d(relu(v), v) = 0",
  "d(xi(W*A), W) = 0",
  "d(rho(N*v), v) = R'*dv",
  "d(rho(N*v), v) = R'*N*v",
  "d(d(rho(N*v), v), v) = dv'*N*H*N'*dv",
  "d(d(rho(N*v), v), v) = 0",
  "0*rho(N*v)*R + d(R, v) = 0*R",
  "0*rho(N*v)*sigma(R) + d(sigma(R), v) = 0*sigma(R)",
  "0*rho(N*v)*sigma(H) + d(sigma(H), v) = 0*sigma(H)",
  "0*rho(N*v)*H + d(H, v) = 0*H",
  "0*xi(W*A)*sigma(G) + d(sigma(G), W) = 0*sigma(G)",
  "0*tau(N*A)*T + d(T, A) = mat(U'*vec(N'*dA), n, k)",
  "d(Sum(eta(y + v)), v) = g'*dv",
  "d(d(Sum(eta(y + v)), v), v) = dv'*J*dv",
  "d(Sum(eta(y + v)), v) = Sum(e)'*dv",
  "d(d(rho(v .* v), v), v) = 4*(v .* dv)'*H*(v .* dv)",
  "J = H",
  "J' = J*J",
  "d(norm2(N)*N, N) = d(norm2(N), N)*N",
  "0*nu(y + v)*e + Sum(d(e, v)) = l*d(e, v)",
  "d(sigma(N*v), v) = 0*sigma(N*v)",
  "d(d(sigma(N*v), v), v) = 0*sigma(N*v)",
  "d(d(d(sigma(N*v), v), v), v) = 0*sigma(N*v)",
  "0*eta(N*y)*g + Sum(d(g, N)) = J*dN*Sum(y)",
];

describe("a differential", () => {
  for (const text of proved)
    it(`is proved: ${text}`, () =>
      assert.equal(proofOf(text).status, "proved", JSON.stringify(proofOf(text))));
  for (const text of wrong) it(`is not: ${text}`, () => assert.notEqual(proofOf(text).status, "proved"));

  it("goes by what a letter stands for: what neither moves nor has a loss's derivative stays", () => {
    const proof = proofOf("d(sigma(W*A)*(t*c), c) = sigma(W*A)*(t*dc)");
    assert.match(proof.status === "proved" ? proof.left : "", /, where #0 is sigma\(W \* A\)$/);
  });

  it("of a loss's derivative is unknown where the loss stands nowhere, and of the last that has a name", () => {
    for (const [text, name, loss] of [
      ["d(R, v) = 0*R", "R", "rho"],
      ["0*rho(v)*H + d(H, v) = 0*H", "H", "rho"],
      ["d(d(d(xi(W*A), W), W), W) = 0", "xi^2", "xi"],
    ])
      assert.deepEqual(proofOf(text as string), {
        status: "outside",
        why: `${name} depends on the argument of ${loss}; its differential is not declared`,
      });
  });
});
