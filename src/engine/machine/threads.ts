/** Threads that help: each has an instance of the module over the shared memory, and takes tasks while there are any. */

import { control, mostQueues } from "../kernels/scheduler.js";
import type { NodeRuntime } from "./runtime.node.js";

/** What a helper is started with. */
export interface Help {
  readonly memory: WebAssembly.Memory;
  readonly module: WebAssembly.Module;
  /** Where the addon is that has the machine code, if there is any. */
  readonly addon: string | undefined;
  /** The address of its scratch memory. */
  readonly scratch: number;
  /** 1, 2, …; it helps where more threads than that are allowed. */
  readonly id: number;
}

/** Looks for a stage before a thread goes to sleep: some 0.3 ms, more than lies between two operations of a training. */
export const spins = 200_000;

const [stage, busy, sleepers, threads, failed] = (
  ["stage", "busy", "sleepers", "threads", "failed"] as const
).map((name) => control[name] >> 2);

/** A helper's whole program, as text: it stands alone, in Node and in a page. */
const program = `
const codeOf = (memory, addon) => {
  const loaded = { exports: {} };
  if (addon !== undefined) process.dlopen(loaded, addon);
  const bytes = new Uint8Array(memory.buffer);
  return Object.fromEntries(Object.entries(loaded.exports).map(([name, over]) => [name, over(bytes)]));
};
const help = ({ memory, module, addon, scratch, id }) => {
  const { runOne } = new WebAssembly.Instance(module, { env: { memory }, code: codeOf(memory, addon) }).exports;
  const words = new Int32Array(memory.buffer);
  for (;;) {
    const seen = Atomics.load(words, ${stage});
    if (Atomics.load(words, ${threads}) > id) {
      Atomics.add(words, ${busy}, 1);
      try {
        while (runOne(scratch, id % ${mostQueues}));
      } catch {
        Atomics.store(words, ${failed}, 1);
      }
      Atomics.sub(words, ${busy}, 1);
    }
    let looks = ${spins};
    while (looks > 0 && Atomics.load(words, ${stage}) === seen) looks--;
    if (looks > 0) continue;
    Atomics.add(words, ${sleepers}, 1);
    Atomics.wait(words, ${stage}, seen);
    Atomics.sub(words, ${sleepers}, 1);
  }
};
`;

/** Starts a helper that does not keep the process alive. */
export function startHelper(node: NodeRuntime | undefined, help: Help): void {
  if (node === undefined) startInPage(globalThis as unknown as Page, help);
  else node.startThread(program, help);
}

function startInPage({ URL, Blob, Worker }: Page, help: Help): void {
  const text = `${program}onmessage = ({ data }) => help(data);`;
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  new Worker(url).postMessage(help);
}

/** What a page offers, as far as we use it. */
interface Page {
  readonly URL: { createObjectURL(blob: unknown): string };
  readonly Blob: new (parts: string[], options: { type: string }) => unknown;
  readonly Worker: new (url: string) => { postMessage(message: unknown): void };
}
