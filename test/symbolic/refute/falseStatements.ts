/** Statements that are false for some sizes and numbers: maps, selections, losses, σ, instances, scalars. */

import { declare } from "../../../src/symbolic/declare/declare.js";
import type { World } from "../../../src/symbolic/world/world.js";
import type { HandMap } from "./shownValue.js";

export const falseWorld: World = declare(`
  dims h s d a b e q m n k l
  a_out = floor((a - h)/s) + 1;  b_out = floor((b - h)/s) + 1
  a_q = floor(a/q);  b_q = floor(b/q)
  scalar C t
  Z : d x a*b each;  y : m x 1 each;  c : m x 1
  A : m x n;  M : m x n;  X : n x k;  D : d x a*b;  F : d x a*b;  N : n x n
  W : e x h*h*d;  B : e x 1;  w : n x 1;  v : n x 1
  G : e x a_out*b_out;  g : m x 1 each;  R : n x 1;  H : n x n;  U : d x a_q*b_q
  phi, P = conv(h, s, d, a, b)
  pool, P_pool = maxpool(q, d, a, b)
  map flip, P_flip(i:d; p:a, q0:b) = (i; a - 1 - p, q0) from d x a*b
  map turn, P_turn(i:d; q0:b, p:a) = (i; p, q0) from d x a*b
  xi(S) with gradient G
  eta(y) with gradient g
  rho(w) with gradient R, hessian H
  psi(U) with gradient U
`);

/** All sizes of the world from the free ones that are given; a size that is not given is not there. */
export function allSizes(free: Readonly<Record<string, number>>): Record<string, number> {
  const { h, s, a, b, q } = free;
  const outs = { a_out: Math.floor((a - h) / s) + 1, b_out: Math.floor((b - h) / s) + 1 };
  const pooled = { a_q: Math.floor(a / q), b_q: Math.floor(b / q) };
  return { ...free, ...outs, ...pooled };
}

/** The maps by hand: the entry of the source that each entry reads, the channel fastest. */
export const handMaps: Readonly<Record<string, HandMap>> = {
  phi: {
    size: ({ h, d, a_out, b_out }) => [h * h * d, a_out * b_out],
    reads: ({ h, s, d, a, a_out }, row, col) => {
      const [i, j, c] = [row % h, Math.floor(row / h) % h, Math.floor(row / (h * h))];
      const [p, q] = [col % a_out, Math.floor(col / a_out)];
      return [c + d * (p * s + i + a * (q * s + j))];
    },
  },
  pool: {
    selects: true,
    size: ({ d, a_q, b_q }) => [d, a_q * b_q],
    reads: ({ d, a, a_q, q }, c, col) => {
      const [u, v] = [col % a_q, Math.floor(col / a_q)];
      const one = Array.from({ length: q }, (_, k) => k);
      return one.flatMap((j) => one.map((i) => c + d * (u * q + i + a * (v * q + j))));
    },
  },
  flip: {
    size: ({ d, a, b }) => [d, a * b],
    reads: ({ d, a }, c, col) => [c + d * (a - 1 - (col % a) + a * Math.floor(col / a))],
  },
  turn: {
    size: ({ d, a, b }) => [d, a * b],
    reads: ({ d, a, b }, c, col) => [c + d * (Math.floor(col / b) + a * (col % b))],
  },
};

export const falseStatements: readonly string[] = [
  "vec(A*X) = kron(A, X')*vec(I(n))*1 + vec(A*X)",
  "A*X = -A*X",
  "A = 2*A",
  "A .* M = A + M",
  "N = N'",
  "N*N = N .* N",
  "N*w = N'*w",
  "w*v' = v*w'",
  "trace(N)*N = N*N",
  "norm2(A) = trace(A*A')*2",
  "norm2(w + v) = norm2(w) + norm2(v)",
  "kron(A, M) = kron(M, A)",
  "K(m, n)*vec(A) = vec(A)",
  "K(n, m)*vec(A) = vec(A')",
  "diag(w)*v = w + v",
  "diag(w)*N = N*diag(w)",
  "kron(w, v) = kron(v, w)",
  "vec(A*X) = kron(I(k), A)*vec(X)*2",
  "(t*A)*X = A*X",
  "A/C = C*A",
  "A/t + M/t = (A + M)*t",
  "(w'*v)*A = (w'*w)*A",
  "w'*v/C = w'*v",
  "m*A = n*A",
  "(m + n)*w = m*n*w",
  "ones(m)*ones(n)' .* A = A + ones(m, n)",
  "0 = A",
  "phi(D) = 2*phi(D)",
  "phi(D .* F) = phi(D) + phi(F)",
  "P'*P = I(d*a*b)",
  "P*P' = I(h*h*d*a_out*b_out)",
  "vec(W*phi(D)) = kron(phi(D)', I(e))*vec(W) + kron(ones(a_out*b_out), B)",
  "vec(W*phi(D)) = kron(I(a_out*b_out), W)*P*vec(F)",
  "vec(W*phi(D)) = kron(I(e), phi(D)')*vec(W)",
  "W*phi(D) + B*ones(a_out*b_out)' = W*phi(D) - B*ones(a_out*b_out)'",
  "flip(D) = D",
  "P_flip*P_flip = 2*I(d*a*b)",
  "turn(D) = D",
  "turn(turn(D)) = D",
  "P_turn' = P_turn",
  "phi(flip(D)) = phi(D)",
  "pool(D + F) = pool(D) + pool(F)",
  "pool(-D) = -pool(D)",
  "pool(D .* F) = pool(D) .* pool(F)",
  "P_pool*vec(D) = 2*vec(pool(D))",
  "P_pool'*vec(pool(D)) = vec(D)",
  "pool(flip(D)) = pool(D)",
  "pool(sigma(D)) = 2*sigma(pool(D))",
  "sigma(A + M) = sigma(A) + sigma(M)",
  "sigma(2*A) = 4*sigma(A)",
  "sigma(2*A) = 8*sigma(A)",
  "sigma(0*A) = 0*A",
  "dsigma(A) = 2*A",
  "dsigma(A) = sigma(A)",
  "d2sigma(A) = dsigma(A)",
  "d(sigma(A), A) = sigma(A) .* dA",
  "d(d(sigma(A), A), A) = d2sigma(A) .* dA",
  "sigma(-A) = sigma(A)",
  "d(norm2(w), w) = w'*dw",
  "d(N*w, w) = N'*dw",
  "d(w'*N*w, w) = 2*w'*N*dw",
  "d(trace(N*N), N) = trace(N*dN)",
  "d(A*X, A) = dA*X + A*X",
  "d(xi(W*phi(D)), W) = vec(G*phi(D)')'*vec(dW)*2",
  "d(xi(W*phi(D)), D) = vec(W'*G)'*P*vec(D)",
  "d(xi(W*phi(D)), W) = vec(G)'*vec(W*phi(D))",
  "d(d(xi(W*phi(D)), W), W) = 0",
  "xi(W*phi(D)) = vec(G)'*vec(W*phi(D))",
  "d(rho(w), w) = R'*dw + dw'*H*dw",
  "d(d(rho(w), w), w) = dw'*dw",
  "rho(w + v) = rho(w) + R'*v",
  "rho(w) = R'*w",
  "d(d(rho(N*v), v), v) = dv'*N*H*N'*dv",
  "Sum(y) = l*y",
  "Sum(norm2(y))/l = norm2(y)",
  "Sum(y*c') = Sum(y)*Sum(c')",
  "norm2(Sum(y)) = Sum(norm2(y))",
  "Sum(eta(y)) = eta(Sum(y))",
  "Sum(eta(y)) = l*eta(y)",
  "d(Sum(eta(y + c)), c) = g'*dc",
  "Sum(W*phi(Z)) = W*phi(Z)",
  "Sum(pool(Z)) = l*pool(Z)",
  "d(psi(pool(D)), D) = vec(U)'*vec(pool(D))",
  "d(psi(pool(D)), D) = vec(U)'*P_pool*vec(D)",
];
