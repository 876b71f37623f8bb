/** Two convolutional layers with padding and pooling, and two full layers, for tests. */

import { declare } from "../../src/symbolic/declare/declare.js";
import type { World } from "../../src/symbolic/world/world.js";

export const network: World = declare(`
  dims h s p q d_in a_in b_in d_1 d_2 n_1 n_2 l
  a_pad = a_in + 2*p;  b_pad = b_in + 2*p
  a_1 = floor((a_pad - h)/s) + 1;  b_1 = floor((b_pad - h)/s) + 1
  a_half = floor(a_1/q);  b_half = floor(b_1/q)
  a_2 = floor((a_half - h)/s) + 1;  b_2 = floor((b_half - h)/s) + 1
  scalar C
  Z : d_in x a_in*b_in each
  W1 : d_1 x h*h*d_in;  b1 : d_1 x 1;  G1 : d_1 x a_1*b_1
  W2 : d_2 x h*h*d_1;  b2 : d_2 x 1;  G2 : d_2 x a_2*b_2
  V1 : n_1 x d_2*a_2*b_2;  c1 : n_1 x 1;  V2 : n_2 x n_1;  c2 : n_2 x 1
  y : n_2 x 1 each;  u : n_2 x 1;  z : n_1 x 1;  H : n_2 x n_2;  g : n_2 x 1
  pad, P_pad = padding(p, d_in, a_in, b_in)
  phi_1, P_1 = conv(h, s, d_in, a_pad, b_pad)
  pool, P_pool = maxpool(q, d_1, a_1, b_1)
  mean, P_mean = avgpool(q, d_1, a_1, b_1)
  phi_2, P_2 = conv(h, s, d_1, a_half, b_half)
  xi(S) with gradient G2
  psi(S) with gradient G1
  zeta(t) with gradient g, hessian H
`);

/** S¹, Z¹ after pooling, S², and what the last layer gives. */
export const S1 = "W1*phi_1(pad(Z)) + b1*ones(a_1*b_1)'";
export const S2: string = `W2*phi_2(pool(sigma(${S1}))) + b2*ones(a_2*b_2)'`;
export const output: string = `V2*sigma(V1*vec(sigma(${S2})) + c1) + c2`;
