/** Equations of the lecture and of what comes next, each true for all sizes. */

import { declare } from "../../src/symbolic/declare/declare.js";
import type { World } from "../../src/symbolic/world/world.js";
import { lectureText } from "./lectureWorld.js";

export const provedWorld: World = declare(`${lectureText}
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
  Gnew : d_out x a_new*b_new;  Q : d_out x a_out*b_out
  chi(S) with gradient Gnew
  A : m x n;  X : n x k;  B : k x d2;  M : m x n
  V1 : h*h*d_in x a_out*b_out
  map flip, P_flip(c:d_in; y:a_in, x:b_in) = (c; a_in - 1 - y, x) from d_in x a_in*b_in
`);

const S = "W*phi(Z) + b*ones(a_out*b_out)'";
const residual = `V*vec(sigma(${S})) - y`;
const f = `(vec(W)'*vec(W) + b'*b + vec(V)'*vec(V))/(2*C) + Sum(norm2(${residual}))/l`;

/** Tag and statement. */
export const provedStatements: readonly (readonly [string, string])[] = [
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
  ["X19", "d(norm2(V*vec(Q) - y), V) = vec(2*(V*vec(Q) - y)*vec(Q)')'*vec(dV)"],
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
  ["a count of σ(0)", "ones(m)'*sigma(A - A)*ones(n) = m*n*sigma(norm2(A) - norm2(A))"],
  ["diag", "diag(vec(A))*vec(M) = vec(A .* M)"],
  ["a quotient by a scalar", "d(W/(2*C), W) = dW/(2*C)"],
  ["a quotient by a norm", "d(A/norm2(b), b) = -A*(2*b'*db)/(norm2(b)*norm2(b))"],
  ["a second differential", "d(d(norm2(A*X), X), X) = 2*norm2(A*dX)"],
  ["an index map of one's own", "vec(flip(Z)) = P_flip*vec(Z)"],
  ["its transpose", "vec(Z)'*P_flip'*vec(Z) = vec(flip(Z))'*vec(Z)"],
];
