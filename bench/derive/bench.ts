/** Derivations beside SymPy: in every round each does each task once, from nothing; and one shown in a warm kernel. */

import type { Bench } from "../bench.js";
import type { Sample } from "../kernel/measure.js";
import { records } from "../kernel/records.js";
import { machine } from "../machine.js";
import { finding, table } from "../row.js";
import { type SymPy, startSymPy } from "./sympy.js";
import { deriveTasks } from "./tasks.js";
import { shownInWarmKernel } from "./warmKernel.js";

const rounds = 7;

export const deriveBench: Bench = {
  options: {},
  inRuntime: true,
  async run(_, { say, found }) {
    const sympy = await symPyOrNone(say);
    const kept = records("derive");
    for (const { run } of deriveTasks) run(); // the first run compiles
    for (let round = 1; round <= rounds; round++) {
      say(`round ${round} of ${rounds}`);
      for (const { name, title, theirs, run } of deriveTasks) {
        kept.add(title, "philab", { ms: timeOf(run), note: "for all sizes, every line proved" });
        if (sympy && !kept.hung(title, "sympy")) {
          const sample = await sympy.take(name);
          kept.add(title, "sympy", { note: theirs, ...sample });
        }
      }
    }
    sympy?.end();
    const [first, ...again] = await shownInWarmKernel(rounds);
    kept.add("24 lines (∇f by W) in a warm kernel, first", "philab", first as Sample);
    for (const sample of again) kept.add("24 lines (∇f by W) in a warm kernel, again", "philab", sample);
    const rows = kept.rows();
    found({ machine: machine() });
    for (const row of rows) found(finding(rows, row));
    return table(rows);
  },
};

function timeOf(run: () => void): number {
  const from = performance.now();
  run();
  return performance.now() - from;
}

async function symPyOrNone(say: (line: string) => void): Promise<SymPy | undefined> {
  try {
    const sympy = await startSymPy(say);
    say(`SymPy ${sympy.version}`);
    return sympy;
  } catch (error) {
    say(`sympy is left out: ${(error as Error).message.trim().split("\n").at(-1)}`);
    return undefined;
  }
}
