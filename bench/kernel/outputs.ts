/** How long large outputs take, and whether they arrive whole before the idle status. */
import type { Json, Message } from "../../kernel/wire/wire.js";
import type { Settled } from "./exchanges.js";
import { executeContent, type LiveKernel } from "./liveKernel.js";
import type { Measure, Sample } from "./measure.js";

const size = 10_000_000;

export const outputs: readonly Measure[] = [
  { name: "10,000 printed lines until idle", times: 2, take: (kernel) => printLines(kernel, 10_000, 10) },
  { name: "100,000 printed lines until idle", times: 1, take: (kernel) => printLines(kernel, 100_000, 20) },
  {
    name: "display of 10 MB until idle",
    times: 2,
    async take(kernel, contestant) {
      const settled = await kernel.execute(contestant.display(size), 10);
      return sample(settled, displayed, size);
    },
  },
];

async function printLines(kernel: LiveKernel, count: number, seconds: number): Promise<Sample> {
  const code = `for (let i = 0; i < ${count}; i++) console.log("line " + i);`;
  const exchange = kernel.begin("execute_request", executeContent(code));
  try {
    return sample(await exchange.settled(seconds), linesIn, count);
  } catch (silence) {
    const came = linesIn(exchange.iopub);
    throw new Error(`${(silence as Error).message}; ${came} of ${count} lines came`, {
      cause: silence,
    });
  }
}

/** The time until idle, and whether what was wanted came before it. */
function sample(
  { sentAt, idleAt, iopub }: Settled,
  count: (messages: readonly Message[]) => number,
  wanted: number,
): Sample {
  const idle = iopub.findIndex(({ content }) => content.execution_state === "idle");
  const came = count(iopub.slice(0, idle));
  const note = came === wanted ? "all before idle" : "not all before idle";
  return { ms: idleAt - sentAt, note };
}

function linesIn(messages: readonly Message[]): number {
  let lines = 0;
  for (const { content } of messages) {
    if (content.name === "stdout") lines += (content.text as string).split("\n").length - 1;
  }
  return lines;
}

function displayed(messages: readonly Message[]): number {
  const texts = messages.map(({ content }) => (content.data as Json | undefined)?.["text/plain"]);
  return texts.reduce<number>((sum, text) => sum + (typeof text === "string" ? text.length : 0), 0);
}
