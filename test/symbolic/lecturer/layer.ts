/** What a lecturer writes about one layer whose loss has a gradient for each instance, and maps of his own. */

import { declare } from "../../../src/symbolic/declare/declare.js";
import type { World } from "../../../src/symbolic/world/world.js";

export const layer: World = declare(`
  dims h s d a b d_out p q l m n k r c e
  a_out = floor((a - h)/s) + 1; b_out = floor((b - h)/s) + 1
  a_q = floor(a/q); b_q = floor(b/q)
  a_dil = floor((a - 2*(h - 1) - 1)/1) + 1; b_dil = floor((b - 2*(h - 1) - 1)/1) + 1
  a_pad = a + 2*p; b_pad = b + 2*p
  a_z = floor((a_pad - h)/s) + 1; b_z = floor((b_pad - h)/s) + 1
  scalars C t
  Z : d x a*b each; Z0 : d x a*b; W : d_out x h*h*d; bb : d_out x 1
  S : d_out x a_out*b_out each; G : d_out x a_out*b_out each; y : d_out x 1 each
  theta : n x 1; Q : n x n; A : m x n; B : n x k; X : n x k; D : k x r; M : m x n; u : m x 1; v : n x 1; w : k x 1; E : m x m
  Y : a*b x d; V : k x d*a*b
  phi, P = conv(h, s, d, a, b)
  win, P_win = conv(q, q, d, a, b)
  mean, P_mean = avgpool(q, d, a, b)
  pool, P_pool = maxpool(q, d, a, b)
  pad, P_pad = padding(p, d, a, b)
  phiz, P_z = conv(h, s, d, a_pad, b_pad)
  map dil, P_dil(i:h, j:h, c:d; u:a_dil, v:b_dil) = (c; u + 2*i, v + 2*j) from d x a*b
  map mc, P_mc(u:a_out, v:b_out; i:h, j:h, c:d) = (u*s + i, v*s + j; c) from a*b x d
  map shuffle, P_sh(c:d; y:a, x:b) = (c; a - 1 - y, b - 1 - x) from d x a*b
  map swap, P_swap(x:b, y:a; c:d) = (c; y, x) from d x a*b
  map turn, P_turn(c:d; x:b, y:a) = (c; y, x) from d x a*b
  map row1, P_row(c:d; y:a) = (c; y, 0) from d x a*b
  xi(S) with gradient G
`);

/** The other tradition (X34), windows (X8), maps of one's own, commutation, quadratic forms, traces. */
export const maps: readonly string[] = [
  "P_mc = K(h*h*d, a_out*b_out)*P*K(d, a*b)'",
  "P_mc = K(h*h*d, a_out*b_out)*P*K(a*b, d)",
  "mc(Y) = phi(Y')'",
  "mc(Z') = phi(Z)'",
  "vec(mc(Z')) = P_mc*vec(Z')",
  "P_mc*K(d, a*b) = K(h*h*d, a_out*b_out)*P",
  "P = K(a_out*b_out, h*h*d)*P_mc*K(d, a*b)",
  "vec(phi(Z)') = P_mc*vec(Z')",
  "vec(dil(Z)) = P_dil*vec(Z)",
  "dil(Z) = mat(P_dil*vec(Z), h*h*d, a_dil*b_dil)",
  "shuffle(shuffle(Z)) = Z",
  "P_sh*P_sh = I(d*a*b)",
  "P_sh' = P_sh",
  "P_sh'*P_sh = I(d*a*b)",
  "turn(Z) = Z*K(a, b)'",
  "turn(Z) = Z*K(b, a)",
  "swap(Z) = turn(Z)'",
  "P_swap = K(d, b*a)*P_turn",
  "vec(turn(Z)) = kron(K(a, b), I(d))*vec(Z)",
  "P_turn = kron(K(a, b), I(d))",
  "row1(Z + Z0) = row1(Z) + row1(Z0)",
  "vec(mean(Z)) = P_mean*vec(Z)",
  "mean(Z) = mat(kron(I(a_q*b_q), kron(I(d), ones(q*q)'))*P_win*vec(Z), d, a_q*b_q)/(q*q)",
  "mean(Z) = kron(I(d), ones(q*q)')*win(Z)/(q*q)",
  "q*q*P_mean = kron(I(a_q*b_q), kron(I(d), ones(q*q)'))*P_win",
  "P_win*P_win' = I(q*q*d*a_q*b_q)",
  "P_pool*P_win'*P_win = P_pool",
  "win(mat(P_win'*vec(win(Z)), d, a*b)) = win(Z)",
  "K(m*n, k) = kron(I(m), K(n, k))*kron(K(m, k), I(n))",
  "K(m, n*k)*K(n, k*m)*K(k, m*n) = I(m*n*k)",
  "kron(A, D) = K(m, k)*kron(D, A)*K(r, n)",
  "kron(A, D)*K(n, r) = K(m, k)*kron(D, A)",
  "vec(kron(A, D)) = kron(I(n), kron(K(r, m), I(k)))*kron(vec(A), vec(D))",
  "vec(kron(u, v)) = kron(u, v)",
  "vec(kron(v', A)) = kron(v, vec(A))",
  "trace(K(n, n)) = n",
  "trace(K(n, n)*kron(Q, Q)) = trace(Q*Q)",
  "vec(Q)'*K(n, n)*vec(Q) = trace(Q*Q)",
  "norm2(A*X*D) = vec(X)'*kron(D*D', A'*A)*vec(X)",
  "trace(A'*E*A) = vec(A)'*kron(I(n), E)*vec(A)",
  "trace(A'*E*M*Q) = vec(A)'*kron(Q', E)*vec(M)",
  "trace(X*D*(X*D)') = norm2(X*D)",
  "trace(kron(Q, E)) = trace(Q)*trace(E)",
  "norm2(kron(A, D)) = norm2(A)*norm2(D)",
  "norm2(u*v') = norm2(u)*norm2(v)",
  "norm2(kron(u, v)) = norm2(u)*norm2(v)",
  "(u + A*v)'*(u + A*v) = u'*u + 2*u'*A*v + v'*A'*A*v",
  "norm2(theta)/(2*C) = theta'*theta/(2*C)",
  "ones(n)'*v = v'*ones(n)",
  "ones(m)'*A = (A'*ones(m))'",
  "kron(ones(m)', I(n))*vec(A') = A'*ones(m)",
  "kron(ones(n), I(m))*u = vec(u*ones(n)')",
  "kron(I(m), ones(n))*u = vec(ones(n)*u')",
  "ones(m, n) .* A = A",
  "A .* (u*ones(n)') = diag(u)*A",
  "ones(m*n) = vec(ones(m, n))",
  "kron(ones(m), kron(ones(n), w)) = kron(ones(m*n), w)",
  "kron(ones(n), kron(ones(m), w)) = kron(ones(m*n), w)",
  "phi(Z)*ones(a_out*b_out) = kron(ones(a_out*b_out)', I(h*h*d))*P*vec(Z)",
  "W*phi(Z)*ones(a_out*b_out) = kron(ones(a_out*b_out)', W)*P*vec(Z)",
  "vec(W)'*kron(phi(Z), I(d_out))*kron(phi(Z)', I(d_out))*vec(W) = norm2(W*phi(Z))",
  "trace(W*phi(Z)*phi(Z)'*W') = norm2(W*phi(Z))",
  "phiz(pad(Z)) = mat(P_z*P_pad*vec(Z), h*h*d, a_z*b_z)",
  "pool(2*Z) = 2*pool(Z)",
  "sigma(pool(sigma(Z))) = pool(sigma(sigma(Z)))",
  "sigma(turn(Z)) = turn(sigma(Z))",
  "diag(vec(Z))*vec(Z0) = vec(Z .* Z0)",
  "diag(P*vec(Z)) = diag(vec(phi(Z)))",
  "P'*diag(vec(phi(Z)))*P = P'*diag(P*vec(Z))*P",
  "phi(Z .* Z0) = phi(Z) .* phi(Z0)",
  "P*vec(Z .* Z0) = (P*vec(Z)) .* (P*vec(Z0))",
  "P*diag(vec(Z)) = diag(P*vec(Z))*P",
  "vec(Z)'*vec(mat(P'*vec(phi(Z0)), d, a*b)) = vec(phi(Z))'*vec(phi(Z0))",
];

/** Sums over instances, scalars, least squares. */
export const differentials: readonly string[] = [
  "d(d(Sum(xi(W*phi(Z))), W), W) = d(Sum(vec(G)'*vec(dW*phi(Z))), W) + 0*Sum(xi(W*phi(Z)))",
  "d(norm2(theta)/(2*C), theta) = theta'*dtheta/C",
  "d(d(theta'*Q*theta/2, theta), theta) = dtheta'*(Q + Q')*dtheta/2",
  "d(norm2(W*phi(Z) - S), W) = 2*vec((W*phi(Z) - S)*phi(Z)')'*vec(dW)",
  "d(norm2(W*phi(Z) - S), Z) = 2*vec(W'*(W*phi(Z) - S))'*P*vec(dZ)",
  "d(d(norm2(W*phi(Z) - S), W), W) = 2*vec(dW)'*kron(phi(Z)*phi(Z)', I(d_out))*vec(dW)",
  "d(trace((W*phi(Z) - S)'*(W*phi(Z) - S)), W) = 2*trace(phi(Z)*(W*phi(Z) - S)'*dW)",
  "d(Sum(xi(W*phi(Z) + bb*ones(a_out*b_out)'))/l, W) = Sum(vec(G*phi(Z)')')*vec(dW)/l",
  "d(Sum(xi(W*phi(Z) + bb*ones(a_out*b_out)'))/l, W) = vec(Sum(G*phi(Z)'))'*vec(dW)/l",
  "d(Sum(xi(W*phi(Z) + bb*ones(a_out*b_out)'))/l, bb) = Sum(G*ones(a_out*b_out))'*dbb/l",
  "d(norm2(W)/(2*C) + norm2(bb)/(2*C) + Sum(xi(W*phi(Z) + bb*ones(a_out*b_out)'))/l, W) = vec(W/C + Sum(G*phi(Z)')/l)'*vec(dW)",
  "d(sigma(t*A), t) = dsigma(t*A) .* A*dt",
  "d(t*t*t, t) = 3*t*t*dt",
  "d(norm2(A)/t, t) = -norm2(A)*dt/(t*t)",
  "d(norm2(t*A - M), t) = 2*vec(A)'*vec(t*A - M)*dt",
  "d(sigma(A*v/t), v) = dsigma(A*v/t) .* (A*dv)/t",
];

/** Each with one thing wrong. */
export const wrong: readonly string[] = [
  "P_mc = K(h*h*d, a_out*b_out)'*P*K(d, a*b)'",
  "P_mc = K(h*h*d, a_out*b_out)*P*K(d, a*b)",
  "P_mc = P'",
  "mc(Y) = phi(Y')",
  "turn(Z) = Z*K(b, a)'",
  "shuffle(Z) = Z",
  "P_turn = kron(I(d), K(a, b))",
  "P_turn = kron(K(b, a), I(d))",
  "dil(Z) = phi(Z)",
  "mean(Z) = kron(ones(q*q)', I(d))*win(Z)/(q*q)",
  "mean(Z) = kron(I(d), ones(q*q)')*win(Z)/q",
  "mean(Z) = kron(I(d), ones(q*q)')*win(Z)",
  "P_win*P_win' = I(d*a*b)",
  "P_win'*P_win = I(d*a*b)",
  "norm2(kron(A, D)) = norm2(A) + norm2(D)",
  "trace(kron(Q, E)) = trace(Q) + trace(E)",
  "trace(A'*E*A) = vec(A)'*kron(E, I(n))*vec(A)",
  "norm2(A*X*D) = vec(X)'*kron(D'*D, A*A')*vec(X)",
  "norm2(A*X*D) = vec(X)'*kron(A'*A, D*D')*vec(X)",
  "vec(kron(A, D)) = kron(vec(A), vec(D))",
  "vec(kron(v', A)) = kron(vec(A), v)",
  "d(d(norm2(W*phi(Z) - S), W), W) = vec(dW)'*kron(phi(Z)*phi(Z)', I(d_out))*vec(dW)",
  "d(d(norm2(W*phi(Z) - S), W), W) = 2*vec(dW)'*kron(I(d_out), phi(Z)*phi(Z)')*vec(dW)",
  "d(Sum(xi(W*phi(Z)))/l, W) = vec(G*phi(Z)')'*vec(dW)",
  "d(Sum(xi(W*phi(Z)))/l, W) = vec(Sum(G)*Sum(phi(Z))')'*vec(dW)/l",
  "d(Sum(xi(W*phi(Z)))/l, W) = Sum(vec(G*phi(Z)')')*vec(dW)",
  "d(norm2(W)/(2*C) + Sum(xi(W*phi(Z)))/l, W) = vec(W + Sum(G*phi(Z)')/l)'*vec(dW)",
  "d(norm2(W)/(2*C) + Sum(xi(W*phi(Z)))/l, W) = vec(2*W/C + Sum(G*phi(Z)')/l)'*vec(dW)",
  "d(xi(W*phi(Z) + bb*ones(a_out*b_out)'), bb) = vec(G)'*dbb",
  "sigma(mean(Z)) = mean(sigma(Z))",
  "pool(Z .* Z0) = pool(Z) .* Z0",
  "pool(Z + Z0) = pool(Z) + pool(Z0)",
  "dsigma(pool(Z)) = pool(dsigma(Z))",
  "pool(Z .* Z0) = pool(Z) .* pool(Z0)",
  "pool(-Z) = -pool(Z)",
  "phi(Z)' = phi(Z')",
  "P*diag(vec(Z)) = diag(vec(Z))*P",
  "K(m*n, k) = kron(K(m, k), K(n, k))",
  "Sum(y)*Sum(y)' = Sum(y*y')",
  "norm2(Sum(y)) = Sum(norm2(y))",
  "Sum(S)/l*ones(a_out*b_out) = Sum(S*ones(a_out*b_out))",
  "d(norm2(A)/t, t) = norm2(A)*dt/(t*t)",
  "d(norm2(A)/t, A) = 2*vec(A)'*vec(dA)*t",
];
