/** The kernel beside tslab's own and Deno's: in every round each of them is measured once, one after the other. */
import { rmSync } from "node:fs";
import type { Bench } from "../bench.js";
import { machine } from "../machine.js";
import { finding, type Row, table } from "../row.js";
import { answers } from "./answers.js";
import { type Contestant, contestants, notebookFolder, philab } from "./contestants.js";
import { interrupts } from "./interrupts.js";
import { executeContent, type LiveKernel, startKernel } from "./liveKernel.js";
import { loopCosts, loopsInNode } from "./loops.js";
import type { Measure, Sample } from "./measure.js";
import { outputs } from "./outputs.js";
import { type Records, records } from "./records.js";

const rounds = 5;
const measures: readonly Measure[] = [...answers, ...outputs, ...loopCosts, ...interrupts];

export const kernelBench: Bench = {
  options: { alone: { type: "boolean" } },
  inRuntime: false,
  async run({ alone }, { say, found }) {
    const rows = await measureKernels(alone ? [philab()] : await contestants(say), say);
    found({ machine: machine() });
    for (const row of rows) found(finding(rows, row));
    return table(rows);
  },
};

/** Starts every kernel anew in each round, and measures its start and then its answers. */
async function measureKernels(
  kernels: readonly Contestant[],
  say: (line: string) => void,
): Promise<readonly Row[]> {
  const folder = notebookFolder();
  const found = records("kernel");
  for (let round = 1; round <= rounds; round++) {
    say(`round ${round} of ${rounds}`);
    for (const contestant of kernels) await measureAll(contestant, folder, found);
    for (const [name, ms] of await loopsInNode()) found.add(name, "plain node", { ms });
  }
  rmSync(folder, { recursive: true, force: true });
  return found.rows();
}

/** One life after the other: a kernel that hangs is ended, and the next measure gets a fresh one. */
async function measureAll(contestant: Contestant, folder: string, found: Records): Promise<void> {
  let kernel = await begin(contestant, folder, found);
  for (const measure of measures) {
    for (let turn = 0; turn < measure.times && !found.hung(measure.name, contestant.name); turn++) {
      kernel ??= await begin(contestant, folder);
      if (kernel === undefined) break;
      const sample = await taken(measure, kernel, contestant);
      found.add(measure.name, contestant.name, sample);
      if (sample.ms !== undefined) continue;
      await kernel.kill();
      kernel = undefined;
    }
  }
  await kernel?.kill();
}

async function taken(measure: Measure, kernel: LiveKernel, contestant: Contestant): Promise<Sample> {
  try {
    return await measure.take(kernel, contestant);
  } catch (error) {
    return { note: (error as Error).message };
  }
}

/** A kernel with a cell behind it; where `found` is given, the moments of its first answers are noted. */
async function begin(
  contestant: Contestant,
  folder: string,
  found?: Records,
): Promise<LiveKernel | undefined> {
  const kernel = await startKernel(contestant, folder);
  const { name } = contestant;
  try {
    const info = kernel.begin("kernel_info_request", {});
    await info.until(({ reply }) => reply !== undefined, 20);
    found?.add("start until kernel_info_reply", name, { ms: info.repliedAt! - kernel.startedAt });
    const first = kernel.begin("execute_request", executeContent("1+1"));
    await first.until(({ reply }) => reply !== undefined, 20);
    found?.add("start until the first execute_reply (1+1)", name, {
      ms: first.repliedAt! - kernel.startedAt,
    });
    await warmUp(kernel);
    return kernel;
  } catch (error) {
    found?.add("start until kernel_info_reply", name, { note: (error as Error).message });
    await kernel.kill();
    return undefined;
  }
}

/** iopub is heard, the variable that completion asks for is there, and the compilers have run more than once. */
async function warmUp(kernel: LiveKernel): Promise<void> {
  for (let heard = false; !heard; ) {
    const info = kernel.begin("kernel_info_request", {});
    await info.until(({ reply }) => reply !== undefined, 10);
    heard = await info
      .until(({ iopub }) => iopub.length > 0, 0.1)
      .then(
        () => true,
        () => false,
      );
  }
  await kernel.execute("var places = [1, 2, 3];");
  for (let cell = 0; cell < 5; cell++) await kernel.execute("1+1");
  const code = "places.ma";
  await kernel.ask("complete_request", { code, cursor_pos: code.length });
}
