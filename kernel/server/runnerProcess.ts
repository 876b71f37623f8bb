/** The runner as the protocol process sees it: a child that may die at any moment, and is replaced then. */
import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { frameReader, objectFrame } from "../pipe/frames.js";
import type { Command, Report } from "../pipe/runnerWords.js";
import { fastestRuntime } from "../place/runtime.js";

export interface Runner {
  send(command: Command): void;
  /** Stops what runs; if nothing else helps, by ending the process. */
  interrupt(): void;
  /** Ends it for good. */
  kill(): void;
}

export interface RunnerEvents {
  report(report: Report): void;
  /** Text that did not come through the runner's own stdout: a child process, or native code. */
  native(name: "stdout" | "stderr", text: string): void;
  /** It has ended, unasked; `why` completes the sentence "the runner …". A fresh one has taken its place. */
  died(why: string): void;
}

const script = fileURLToPath(new URL("../runner/main.js", import.meta.url));
/** A loop with checks stops at once; SIGINT is for library code; after the last, only ending the process helps. */
const [sigintAfter, killAfter] = [120, 3_000];
const outOfMemory = /heap out of memory|Reached heap limit|Array buffer allocation failed.*FATAL|OOM/;
/** What V8 writes when it ends the process. */
const lastWords = /FATAL ERROR|<--- Last few GCs|<--- JS stacktrace|#\s+Fatal error|Native stack trace/;

/** Starts a runner. `args` are Node's options for it. */
export function startRunner(args: readonly string[], events: RunnerEvents): Runner {
  let current = start();

  function start(): Living {
    const { node, flags } = fastestRuntime();
    const child = spawn(node, ["--no-warnings=ExperimentalWarning", ...flags, ...args, script], {
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
    });
    return watch(child, events, (living, why) => {
      if (living !== current) return;
      current = start();
      events.died(why);
    });
  }

  return {
    send: (command) => void current.commands.write(objectFrame(command)),
    interrupt: () => current.interrupt(),
    kill: () => {
      const last = current;
      current = undefined as unknown as Living;
      last.child.kill("SIGKILL");
    },
  };
}

interface Living {
  readonly child: ChildProcess;
  readonly commands: Writable;
  interrupt(): void;
}

function watch(
  child: ChildProcess,
  events: RunnerEvents,
  ended: (living: Living, why: string) => void,
): Living {
  const commands = child.stdio[4] as Writable;
  const reports = child.stdio[3] as Readable;
  let words = "";
  let heapLimit = 0;
  let because: string | undefined;
  let isGone = false;
  let timers: NodeJS.Timeout[] = [];

  function calm(): void {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
  }

  function interrupt(): void {
    commands.write(objectFrame({ op: "interrupt" } satisfies Command));
    if (timers.length > 0) return;
    timers.push(setTimeout(() => child.kill("SIGINT"), sigintAfter));
    timers.push(setTimeout(() => end(unstoppable), killAfter));
  }

  /** Ends it, for a reason of ours. */
  function end(reason: string): void {
    because ??= reason;
    child.kill("SIGKILL");
  }

  function native(name: "stdout" | "stderr", text: string): void {
    if (name === "stderr" && (words !== "" || lastWords.test(text))) words += text;
    else events.native(name, text);
  }

  function hear(value: unknown): void {
    const report = value as Report;
    if (report.op === "ready") heapLimit = report.heapLimit;
    else if (report.op === "interrupted") calm();
    else events.report(report);
    if (report.op !== "stream") throttle();
  }

  function why(code: number | null, signal: NodeJS.Signals | null): string {
    if (because) return because;
    if (code === handlerFailed) return garbled;
    if (outOfMemory.test(words)) return `ran out of memory at ${(heapLimit / 2 ** 30).toFixed(1)} GB`;
    if (signal) return `was ended by ${signal}${crashes.includes(signal) ? " (a crash in native code)" : ""}`;
    return code === 134 || words !== "" ? "crashed in native code" : `was ended by process.exit(${code})`;
  }

  const throttle = throttled(reports);
  const read = frameReader(hear);
  reports.on("data", (chunk: Buffer) => {
    try {
      read(chunk);
    } catch {
      end(garbled);
    }
  });
  reports.on("end", () => setTimeout(() => isGone || end(garbled), 200)); // it has ended, or a cell has closed the pipe
  child.stdout?.setEncoding("utf8").on("data", (text: string) => native("stdout", text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => native("stderr", text));
  commands.on("error", () => undefined); // it has ended: "exit" says so
  reports.on("error", () => undefined);
  const living: Living = { child, commands, interrupt };
  child.on("error", (error) => ended(living, `could not be started: ${error.message}`));
  child.on("exit", (code, signal) => {
    isGone = true;
    calm();
    reports.resume();
    // What it wrote before its end is still in the pipes; a grandchild may hold them open.
    void Promise.race([drained([reports, child.stdout, child.stderr]), wait(500)]).then(() =>
      ended(living, why(code, signal)),
    );
  });
  return living;
}

/** Node's exit code when reporting an error has failed. */
const handlerFailed = 7;
const unstoppable = "did not stop when interrupted (compiled code in a callback), and was ended";
const garbled = "lost its line to the kernel (a cell used file descriptor 3), and was ended";
const crashes: readonly string[] = ["SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGABRT", "SIGTRAP"];

/** Reports beyond this many in a tenth of a second wait: the runner's writes block then, and front ends can follow. */
const reportsPerWindow = 200;
const windowMs = 100;

/** Called for each report; makes a runner that floods wait for the next window. Nothing is lost. */
function throttled(reports: Readable): () => void {
  let [start, count] = [0, 0];
  return () => {
    const now = performance.now();
    if (now - start > windowMs) [start, count] = [now, 0];
    if (++count !== reportsPerWindow) return;
    reports.pause();
    setTimeout(() => reports.resume(), windowMs - (now - start));
  };
}

async function drained(pipes: readonly (Readable | null)[]): Promise<void> {
  await Promise.all(
    pipes.map((pipe) =>
      !pipe || pipe.readableEnded ? undefined : new Promise((resolve) => pipe.once("close", resolve)),
    ),
  );
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
