/** f, ∇f and a product with G_S on all 60,000 training digits, and the most memory that this process had. */

import { digits, dot, network, objective } from "../../src/index.js";
import { columnMajor } from "../../src/numeric/storage.js";

const { Z, y } = await digits({ split: "train", places: "all", dtype: "float32" });
const net = network({
  input: { a: 28, b: 28, d: 1 },
  conv: [
    { dOut: 32, h: 5, pad: 2, pool: 2 },
    { dOut: 64, h: 3, pad: 1, pool: 2 },
    { dOut: 64, h: 3, pad: 1, pool: 2 },
  ],
  full: [10],
});
const problem = objective(net, { Z, y }, { dtype: "float32" });
const theta = net.initial(1);
const { f, g } = await problem.gradient(theta);
const subset = Array.from({ length: 3000 }, (_, i) => 20 * i);
const here = problem.linearised(theta, subset);
for (let k = 0; k < 2; k++) await here.Gv(g);
here.dispose();
const vector = columnMajor(net.n, 1, g);
console.log(
  JSON.stringify({
    f,
    gnorm: Math.sqrt(dot(vector, vector)),
    maxRSS: process.resourceUsage().maxRSS * 1024,
  }),
);
process.exit(0);
