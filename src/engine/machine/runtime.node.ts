/** What Node can be asked for and a page cannot: V8's switches, worker threads, the number of cores. */

import { type LoadedAddon, loadAddon, processorFlags } from "./addon.node.js";

interface NodeProcess {
  readonly arch: string;
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly versions: { readonly node: string };
  getBuiltinModule?(name: string): unknown;
}

interface AsyncHooks {
  readonly AsyncLocalStorage: new () => {
    getStore(): unknown;
    run<R>(store: unknown, work: () => R): R;
  };
}

interface WorkerThreads {
  readonly Worker: new (text: string, options: object) => { unref(): void };
}

/** What the engine wants of Node. */
export interface NodeRuntime {
  readonly version: string;
  /** Whether V8 joins two 128-bit operations into one of 256 bits. */
  readonly revectorises: boolean;
  /** The number of threads that PHILAB_THREADS asks for, or else of cores. */
  readonly cores: number;
  /** Whether this is Linux on x64. */
  readonly isLinuxX64: boolean;
  /** The variant of the engine that is asked for by PHILAB_ENGINE. */
  readonly wanted: string | undefined;
  /** What the system says that the processor has; nothing where it does not say. */
  processorFlags(): ReadonlySet<string>;
  /** Writes an addon to a folder for temporary files, opens and deletes it. Throws where that is not allowed. */
  loadAddon(file: Uint8Array): LoadedAddon;
  /** Starts a thread that runs `help(data)`, which the program's text declares. */
  startThread(program: string, data: unknown): void;
  /** What follows a function through its promises. */
  newContext<T>(): { current(): T | undefined; run<R>(value: T, work: () => R): R };
}

let known: NodeRuntime | undefined;

/**
 * Node as we find it, or undefined in a page. Sets V8's switches for relaxed SIMD (Node 20) and for joining vectors
 * (Node 24 and later, x64); they concern WebAssembly that is compiled afterwards.
 */
export function nodeRuntime(): NodeRuntime | undefined {
  known ??= findNode();
  return known;
}

interface Os {
  availableParallelism(): number;
}

/** The number of threads that PHILAB_THREADS asks for. Throws RangeError where it is no whole number from 1 on. */
function asked(threads: string | undefined): number | undefined {
  if (threads === undefined || threads === "") return undefined;
  if (/^[1-9]\d{0,2}$/.test(threads)) return Number(threads);
  throw new RangeError(`PHILAB_THREADS: ${JSON.stringify(threads)}; needed a whole number from 1 to 999`);
}

function findNode(): NodeRuntime | undefined {
  const found = (globalThis as { process?: NodeProcess }).process;
  if (found?.versions?.node === undefined || found.getBuiltinModule === undefined) return undefined;
  const builtin = <T>(name: string) => found.getBuiltinModule?.(`node:${name}`) as T;
  const { setFlagsFromString } = builtin<{ setFlagsFromString(flags: string): void }>("v8");
  const major = Number.parseInt(found.versions.node, 10);
  if (major < 22) setFlagsFromString("--experimental-wasm-relaxed-simd");
  const revectorises = major >= 24 && found.arch === "x64";
  if (revectorises) setFlagsFromString("--experimental-wasm-revectorize");
  return {
    version: found.versions.node,
    revectorises,
    cores: asked(found.env.PHILAB_THREADS) ?? builtin<Os>("os").availableParallelism(),
    isLinuxX64: found.platform === "linux" && found.arch === "x64",
    wanted: found.env.PHILAB_ENGINE || undefined,
    processorFlags: () => processorFlags(builtin),
    loadAddon: (file) => loadAddon(builtin, file),
    startThread: (program, data) => {
      const { Worker } = builtin<WorkerThreads>("worker_threads");
      const text = `${program}help(require("node:worker_threads").workerData);`;
      new Worker(text, { eval: true, execArgv: [], workerData: data }).unref();
    },
    newContext: <T>() => {
      const { AsyncLocalStorage } = builtin<AsyncHooks>("async_hooks");
      const storage = new AsyncLocalStorage();
      return {
        current: () => storage.getStore() as T | undefined,
        run: (value, work) => storage.run(value, work),
      };
    },
  };
}
