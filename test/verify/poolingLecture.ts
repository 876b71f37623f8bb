/** A layer, σ and two poolings: what selections are tried on. */

import assert from "node:assert/strict";
import { type Lecture, lecture } from "../../src/lecture/lecture.js";
import { subtract } from "../../src/numeric/elementwise.js";
import { maxAbs } from "../../src/numeric/measure.js";
import { randomMatrix } from "../../src/numeric/random.js";
import type { Matrix } from "../../src/numeric/storage.js";

export const L: Lecture = lecture`
  dims h s q r d_in a_in b_in d_1 n l
  a_1 = floor((a_in - h)/s) + 1;  b_1 = floor((b_in - h)/s) + 1
  a_2 = floor(a_1/q);  b_2 = floor(b_1/q)
  a_3 = floor(a_2/r);  b_3 = floor(b_2/r)
  Z : d_in x a_in*b_in each;  y : n x 1 each
  W : d_1 x h*h*d_in;  b : d_1 x 1;  V : n x d_1*a_2*b_2
  S : d_1 x a_1*b_1;  T : d_1 x a_1*b_1;  G : d_1 x a_2*b_2;  H : d_1 x a_3*b_3
  phi, P = conv(h, s, d_in, a_in, b_in)
  pool, P_pool = maxpool(q, d_1, a_1, b_1)
  again, P_again = maxpool(r, d_1, a_2, b_2)
  xi(t) with gradient G;  zeta(t) with gradient H
`;

/** Numbers from −1 to 1. */
export function random(rows: number, cols: number, seed: number): Matrix {
  return randomMatrix(rows, cols, { seed, low: -1 });
}

/** Throws unless both have one size, and entries that differ by rounding. */
export function near(found: Matrix, wanted: Matrix): void {
  assert.deepEqual([found.rows, found.cols], [wanted.rows, wanted.cols]);
  assert.ok(maxAbs(subtract(found, wanted)) < 1e-12);
}
