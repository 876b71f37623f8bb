/** Interrupts in four places: how soon the next cell answers, and whether the variables are still there. */
import type { Message } from "../../kernel/wire/wire.js";
import { executeContent, type LiveKernel } from "./liveKernel.js";
import type { Measure, Sample } from "./measure.js";

const places: Readonly<Record<string, string>> = {
  "a synchronous loop": "while (true) {}",
  "a pending promise": "await new Promise(() => {});",
  "a loop after an await": "await new Promise((resolve) => setTimeout(resolve, 1)); while (true) {}",
  "a timer's callback": "setTimeout(() => { while (true) {} }, 50);",
};

export const interrupts: readonly Measure[] = Object.entries(places).map(([place, code]) => ({
  name: `interrupt in ${place} until the next cell answers`,
  times: 1,
  take: (kernel) => interrupted(kernel, code),
}));

const limit = 5;

async function interrupted(kernel: LiveKernel, code: string): Promise<Sample> {
  await kernel.execute("var kept = 41;");
  const cell = kernel.begin("execute_request", executeContent(code));
  await cell.until(({ iopub }) => iopub.length > 0, limit);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const from = performance.now();
  kernel.interrupt();
  await cell.settled(limit);
  const { repliedAt, reply, iopub } = await answered(kernel);
  return { ms: repliedAt - from, note: outcome(reply, iopub) };
}

/** A cell that was sent too early is aborted, as the protocol has it: then it is sent again (tslab says "abort"). */
async function answered(kernel: LiveKernel): ReturnType<LiveKernel["execute"]> {
  const end = performance.now() + limit * 1000;
  for (;;) {
    const settled = await kernel.execute("kept + 1", limit);
    if (!/^abort/.test(String(settled.reply.content.status)) || performance.now() > end) return settled;
  }
}

function outcome({ content }: Message, iopub: readonly Message[]): string {
  if (content.status !== "ok") return `the next cell: ${content.status} ${content.ename ?? ""}`;
  const results = iopub.map(({ content }) => JSON.stringify(content.data ?? content.text ?? ""));
  return results.some((result) => result.includes("42")) ? "variables kept" : "variables lost";
}
