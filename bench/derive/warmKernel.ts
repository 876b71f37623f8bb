/** A derivation of more than twenty lines, derived, proved and shown in a kernel that has run cells before. */

import { rmSync } from "node:fs";
import { notebookFolder, philab } from "../kernel/contestants.js";
import { startKernel } from "../kernel/liveKernel.js";
import type { Sample } from "../kernel/measure.js";

const declarations = `const L = lecture\`
  dims h s d_in a_in b_in d_out n_L l
  a_out = floor((a_in - h)/s) + 1;  b_out = floor((b_in - h)/s) + 1
  scalar C
  Z : d_in x a_in*b_in each;  W : d_out x h*h*d_in;  b : d_out x 1
  V : n_L x d_out*a_out*b_out;  y : n_L x 1 each
  phi, P = conv(h, s, d_in, a_in, b_in)
\`;
const S = "W*phi(Z) + b*ones(a_out*b_out)'";
const f = \`(vec(W)'*vec(W) + b'*b + vec(V)'*vec(V))/(2*C) + Sum(norm2(V*vec(sigma(\${S})) - y))/l\`;`;

/** The gradient of f by the filters, 23 lines after the first. */
const derivation = `L.gradient(f, "W").steps`;

/** Milliseconds from the request until the derivation is shown and the kernel idle, for each of `runs` runs of the cell. */
export async function shownInWarmKernel(runs: number): Promise<Sample[]> {
  const folder = notebookFolder();
  const kernel = await startKernel(philab(), folder);
  try {
    await kernel.execute(declarations, 60);
    await kernel.execute("1+1", 60);
    const samples: Sample[] = [];
    for (let run = 0; run < runs; run++) {
      const from = performance.now();
      const settled = await kernel.execute(derivation, 60);
      const ms = performance.now() - from;
      samples.push(
        settled.reply.content.status === "ok" ? { ms } : { note: String(settled.reply.content.evalue) },
      );
    }
    return samples;
  } finally {
    await kernel.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
