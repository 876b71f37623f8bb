/** How soon a kernel answers small questions. */
import type { Json, Message } from "../../kernel/wire/wire.js";
import { median } from "../row.js";
import type { Settled } from "./exchanges.js";
import { executeContent, type LiveKernel } from "./liveKernel.js";
import type { Measure, Sample } from "./measure.js";

let sums = 0;

export const answers: readonly Measure[] = [
  {
    name: "1+1 until reply and idle",
    times: 20,
    take: (kernel) => executed(kernel, "1+1"),
  },
  {
    name: "a sum that was not asked before",
    times: 20,
    take: (kernel) => executed(kernel, `1+${++sums}`),
  },
  {
    name: "completion of a member",
    times: 10,
    async take(kernel) {
      const { sentAt, repliedAt, reply } = await complete(kernel);
      return { ms: repliedAt - sentAt, note: quality(reply) };
    },
  },
  {
    name: "completion while a cell runs",
    times: 1,
    async take(kernel) {
      const cell = kernel.begin("execute_request", executeContent(busyFor(1200)));
      await cell.until(({ iopub }) => iopub.length > 0, 5);
      await new Promise((resolve) => setTimeout(resolve, 150));
      const asked: Settled[] = [];
      do asked.push(await complete(kernel));
      while (asked.length < 5 && cell.repliedAt === undefined);
      const { reply, repliedAt } = asked[0]!;
      await cell.settled(5);
      const late = repliedAt > cell.repliedAt! ? ", after the cell's end" : "";
      return { ms: median(asked.map(duration)), note: quality(reply) + late };
    },
  },
];

async function executed(kernel: LiveKernel, code: string): Promise<Sample> {
  const { sentAt, repliedAt, idleAt } = await kernel.execute(code);
  return { ms: Math.max(repliedAt, idleAt) - sentAt };
}

function duration({ sentAt, repliedAt }: Settled): number {
  return repliedAt - sentAt;
}

/** `places` is declared by the cell that each kernel's life begins with. */
function complete(kernel: LiveKernel): ReturnType<LiveKernel["ask"]> {
  const code = "places.ma";
  return kernel.ask("complete_request", { code, cursor_pos: code.length });
}

const busyFor = (ms: number): string => `for (const end = Date.now() + ${ms}; Date.now() < end; );`;

/** Whether "map" is among the matches, and whether types came with them. */
function quality({ content }: Message): string {
  const matches = content.matches as string[] | undefined;
  const found = matches?.some((match) => /(^|\.)map$/.test(match)) ? "" : "not found, ";
  const { _jupyter_types_experimental: types } = (content.metadata ?? {}) as Json;
  return found + (types === undefined ? "without types" : "typed");
}
