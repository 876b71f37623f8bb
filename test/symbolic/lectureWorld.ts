/** The lecture's own declarations, for tests. */

import { declare } from "../../src/symbolic/declare/declare.js";
import type { World } from "../../src/symbolic/world/world.js";

/** One convolutional layer, a full layer after it, any loss. */
export const lectureText = `
  dims h s d_in a_in b_in d_out n_L l
  a_out = floor((a_in - h)/s) + 1;  b_out = floor((b_in - h)/s) + 1
  scalar C
  Z : d_in x a_in*b_in each
  W : d_out x h*h*d_in;  b : d_out x 1
  V : n_L x d_out*a_out*b_out;  y : n_L x 1 each
  G : d_out x a_out*b_out
  phi, P = conv(h, s, d_in, a_in, b_in)
  xi(S) with gradient G
`;

export const lecture: World = declare(lectureText);
