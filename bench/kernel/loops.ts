/** What the checks for interrupts cost: numeric loops in a cell, beside the same text in plain Node. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fastestRuntime } from "../../kernel/place/runtime.js";
import type { Json, Message } from "../../kernel/wire/wire.js";
import { executeContent, type LiveKernel } from "./liveKernel.js";
import type { Measure, Sample } from "./measure.js";

/** Each is a function `loop` that returns a number: TypeScript and JavaScript at once. */
const loops: Readonly<Record<string, string>> = {
  "a sum of 3·10⁷ terms": `
    function loop() { let sum = 0; for (let i = 0; i < 3e7; i++) sum += i * 0.5; return sum; }`,
  "a matrix product, 256 × 256": `
    const [A, B, C] = [0, 1, 2].map(() => new Float64Array(65536).fill(1.5));
    function loop() {
      for (let j = 0; j < 256; j++) for (let i = 0; i < 256; i++) {
        let sum = 0;
        for (let k = 0; k < 256; k++) sum += A[i + 256 * k] * B[k + 256 * j];
        C[i + 256 * j] = sum;
      }
      return C[7];
    }`,
  "10⁷ calls of a function": `
    function term(x = 1) { return Math.sqrt(x) + 1; }
    function loop() { let sum = 0; for (let i = 0; i < 1e7; i++) sum += term(i); return sum; }`,
};

/** The least of seven runs, so that the compiler's warming up is left out. */
const best = `
  var least = Infinity;
  for (let run = 0; run < 7; run++) {
    const from = performance.now();
    loop();
    least = Math.min(least, performance.now() - from);
  }`;

/** Runs in a block, so that the next loop may use the same names. */
const script = (loop: string, end: string): string => `{ ${loop} ${best} }\n${end}`;

export const loopCosts: readonly Measure[] = Object.entries(loops).map(([name, loop]) => ({
  name: `${name}, in a cell`,
  times: 1,
  take: (kernel) => inCell(kernel, loop),
}));

async function inCell(kernel: LiveKernel, loop: string): Promise<Sample> {
  const cell = kernel.begin("execute_request", executeContent(script(loop, "least")));
  const { reply } = await cell.settled(20);
  if (reply.content.status !== "ok") return { note: `${reply.content.ename}: ${reply.content.evalue}` };
  await cell.until(({ iopub }) => shown(iopub) !== undefined, 5); // Deno's results come after idle
  return { ms: Number(shown(cell.iopub)) };
}

/** The number that the cell ends with (tslab prints it), without colours, and not late text of an earlier cell. */
function shown(iopub: readonly Message[]): string | undefined {
  const texts = iopub.map(
    ({ content }) => (content.data as Json | undefined)?.["text/plain"] ?? content.text,
  );
  return texts
    .map((text) => String(text).replaceAll(colours, "").trim())
    .find((text) => /^\d[\d.]*$/.test(text));
}

const colours = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, "g");

/** The same in plain Node, under the same names. */
export async function loopsInNode(): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  for (const [name, loop] of Object.entries(loops)) {
    const { stdout } = await promisify(execFile)(fastestRuntime().node, [
      "-e",
      script(loop, "console.log(least)"),
    ]);
    times.set(`${name}, in a cell`, Number(stdout));
  }
  return times;
}
