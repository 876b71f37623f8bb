/** Starts the thread whose program stands beside this file; the number of the last request that is void is shared with it. */

import type { ShardThread } from "./helpers.node.js";

interface WorkerThreads {
  readonly Worker: new (
    program: URL | string,
    options: { eval: boolean; workerData: Int32Array },
  ) => ShardThread;
}

export function newShardThread(stopped: Int32Array): ShardThread {
  const { process } = globalThis as unknown as { process: { getBuiltinModule(name: string): unknown } };
  const { Worker } = process.getBuiltinModule("node:worker_threads") as WorkerThreads;
  const given = { workerData: stopped };
  if (!import.meta.url.endsWith(".ts"))
    return new Worker(new URL("shardThread.node.js", import.meta.url), { ...given, eval: false });
  // From source, as the tests run it: a thread has to be told anew how TypeScript is read.
  const program = new URL("shardThread.node.ts", import.meta.url).href;
  const text = `import("tsx/esm/api").then(({ register }) => { register(); return import("${program}"); });`;
  return new Worker(text, { ...given, eval: true });
}
