/** What is equal for all sizes only once equations between places are shortened, or both sides multiplied by divisors. */

import { declare } from "../../../src/symbolic/declare/declare.js";
import type { World } from "../../../src/symbolic/world/world.js";

export const world: World = declare(`
  dims m n k h s t d u v p q a b l
  b_p = b + 2*p;  a_p = a + 2*p
  A : m x n;  B : m x n;  x : n x 1;  y : n x 1;  e : n x 1 each;  F : m + n x k
  f_1 : 1 x 1;  f_2 : 1 x 1
  Z : d x a*b;  Y : d x a*b;  w : 1 x 1;  g : 1 x 1;  xi(w) with gradient g
  map sub, P(c:d; p:u, q:v) = (c; p*s, q*s) from d x a*b
  map odd, O(c:d; p:u, q:v) = (c; 2*p + 1, q) from d x a*b
  map even, E(c:d; p:u, q:v) = (c; 2*p, q) from d x a*b
  map back, R(c:d; p:a, q:b) = (d - 1 - c; p, b - 1 - q) from d x a*b
  map slide, H(i:h; p:u) = (i + p; ) from n x 1
  map slope, T(i:h; p:u) = (h - 1 - i + p; ) from n x 1
  map top, Ptop(i:m; j:k) = (i; j) from m + n x k
  map low, Plow(i:n; j:k) = (m + i; j) from m + n x k
  map twice, D(t:t, i:n; ) = (i; ) from n x 1
  pad, Q = padding(p, d, a, b)`);

/** True for all sizes. */
export const truths: readonly string[] = [
  "P*P' = I(d*u*v)",
  "O*E' = 0",
  "Ptop*Plow' = 0",
  "Plow*Plow' = I(n*k)",
  "H'*H = diag(H'*ones(h*u))",
  "H'*diag(H*x) = diag(x)*H'",
  "H'*(H*x) = diag(H'*ones(h*u))*x",
  "H'*H = T'*T",
  "norm2(slide(x)) = norm2(slope(x))",
  "ones(h)'*slide(x) = ones(h)'*slope(x)",
  "D'*D = t*I(n)",
  "vec(back(Z))'*vec(Y) = vec(Z)'*vec(back(Y))",
  "R'*diag(R*vec(Z))*R = diag(vec(Z))",
  "pad(Z .* Y) = pad(Z) .* pad(Y)",
  "Q*diag(vec(Z)) = diag(Q*vec(Z))*Q",
  "x*x'*x/norm2(x) = x",
  "(x'*y)/(y'*x) = 1",
  "1/(f_1 - f_2) = -1/(f_2 - f_1)",
  "1/(f_1 + f_2) = (f_1 - f_2)/(f_1*f_1 - f_2*f_2)",
  "A/(norm2(x) + norm2(x)) = A/norm2(x)/2",
  "Sum(e*(x'*y))/(x'*y) = Sum(e)",
  "A/(1 + x'*x) + (x'*x)*A/(1 + norm2(x)) = A",
  "d(xi(w)/xi(w), w) = 0",
];

/** One slip each, and false. */
export const slips: readonly string[] = [
  "P'*P = I(d*a*b)",
  "O*O' = O*E'",
  "E*O' = I(d*u*v)",
  "Ptop*Ptop' = 0",
  "H'*H = I(n)",
  "H'*diag(T*x) = diag(x)*H'",
  "H = T",
  "slide(x) = slope(x)",
  "D*D' = t*I(t*n)",
  "back(Z)'*Y = Z'*Y",
  "pad(Z .* Y) = pad(Z)",
  "Q*Q' = I(d*a_p*b_p)",
  "x*x'*y/norm2(x) = y",
  "(x'*y)/(x'*x) = 1",
  "1/(f_1 - f_2) = 1/(f_2 - f_1)",
  "1/(f_1 + f_2) = 1/f_1 + 1/f_2",
  "A/(norm2(x) + norm2(y)) = A/norm2(x)/2",
  "Sum(e*(e'*x)/(e'*y)) = Sum(e)*(x'*y)/(y'*y)",
  // Σ e′x is Σ of its mean; divided by e′y, which differs from instance to instance, they are not equal.
  "Sum((e'*x)/(e'*y) - Sum(e'*x)/(l*(e'*y))) = 0",
  "A/(1 + x'*x) + A/(1 + x'*x) = A",
];
