/** One life of the runner, from its start to its end. */
import type { ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { frameReader, objectFrame } from "../pipe/frames.js";
import type { Command, Report } from "../pipe/runnerWords.js";
import type { StreamName } from "./streams.js";
import { Throttle } from "./throttle.js";
import { exited, garbled, hasLastWords, unstoppable, whyEnded } from "./whyEnded.js";

export interface LifeEvents {
  report(report: Report): void;
  /** Text that did not come through the runner's own stdout: a child process, or native code. */
  native(name: StreamName, text: string): void;
}

/** A loop with checks stops at once; SIGINT is for library code; after the last, only ending the process helps. */
const [sigintAfter, killAfter] = [120, 3_000];
/** How long a closed pipe waits for the process that has closed it to end, and what it wrote for being read; ms. */
const [endAfter, drainAtMost] = [200, 500];

export class RunnerLife {
  readonly #child: ChildProcess;
  readonly #commands: Writable;
  readonly #reports: Readable;
  readonly #events: LifeEvents;
  readonly #ended: (life: RunnerLife, why: string) => void;
  /** Counts reports, and makes a runner that floods wait. */
  readonly #throttle: Throttle;
  #heapLimit = 0;
  /** Until then SIGINT would end it. */
  #isReady = false;
  /** What V8 wrote when it ended the process. */
  #lastWords = "";
  /** Why we have ended it. */
  #reason: string | undefined;
  #isGone = false;
  /** An interrupt has not worked yet. */
  #isInterrupted = false;
  /** What follows an interrupt that has not worked yet. */
  #timers: NodeJS.Timeout[] = [];

  /** `ended` is called once: when the process is gone and what it wrote has been read, or when it could not start. */
  constructor(child: ChildProcess, events: LifeEvents, ended: (life: RunnerLife, why: string) => void) {
    this.#child = child;
    this.#reports = child.stdio[3] as Readable;
    this.#commands = child.stdio[4] as Writable;
    this.#events = events;
    this.#ended = ended;
    this.#throttle = new Throttle(this.#reports);
    this.#readPipes();
    child.on("error", (error) => ended(this, `could not be started: ${error.message}`));
    child.on("exit", (code, signal) => void this.#exited(code, signal));
  }

  send(command: Command): void {
    this.#commands.write(objectFrame(command));
  }

  interrupt(): void {
    this.send({ op: "interrupt" });
    this.#isInterrupted = true;
    if (this.#isReady) this.#insist();
  }

  #insist(): void {
    if (this.#timers.length > 0) return;
    this.#timers.push(setTimeout(() => this.#child.kill("SIGINT"), sigintAfter));
    this.#timers.push(setTimeout(() => this.#end(unstoppable), killAfter));
  }

  /** While it is held nothing that it writes is read. */
  hold(isHeld: boolean): void {
    this.#throttle.hold(isHeld);
    for (const pipe of [this.#child.stdout, this.#child.stderr]) isHeld ? pipe?.pause() : pipe?.resume();
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  /** Ends it, for a reason of ours. */
  #end(reason: string): void {
    this.#reason ??= reason;
    this.kill();
  }

  #readPipes(): void {
    const read = frameReader((value) => this.#hear(value as Report));
    this.#reports.on("data", (chunk: Buffer) => {
      try {
        read(chunk);
      } catch {
        this.#end(garbled);
      }
    });
    // it has ended, or a cell has closed the pipe
    this.#reports.on("end", () => setTimeout(() => this.#isGone || this.#end(garbled), endAfter));
    this.#reports.on("error", () => undefined);
    this.#commands.on("error", () => undefined); // it has ended: "exit" says so
    for (const name of ["stdout", "stderr"] as const) {
      this.#child[name]?.setEncoding("utf8").on("data", (text: string) => this.#native(name, text));
    }
  }

  #hear(report: Report): void {
    if (report.op === "ready") this.#ready(report.heapLimit);
    else if (report.op === "interrupted") this.#calm();
    else if (report.op === "exit") this.#reason ??= exited(report.code);
    else this.#events.report(report);
    if (report.op !== "stream") this.#throttle.note();
  }

  #native(name: StreamName, text: string): void {
    const isLast = name === "stderr" && (this.#lastWords !== "" || hasLastWords(text));
    if (isLast) this.#lastWords += text;
    else this.#events.native(name, text);
  }

  #ready(heapLimit: number): void {
    this.#heapLimit = heapLimit;
    this.#isReady = true;
    if (this.#isInterrupted) this.#insist();
  }

  #calm(): void {
    this.#isInterrupted = false;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
  }

  /** What it wrote before its end is still in the pipes; a grandchild may hold them open. */
  async #exited(code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    this.#isGone = true;
    this.#calm();
    this.#reports.resume();
    const { stdout, stderr } = this.#child;
    await Promise.race([drained([this.#reports, stdout, stderr]), wait(drainAtMost)]);
    this.#ended(this, this.#reason ?? whyEnded(code, signal, this.#lastWords, this.#heapLimit));
  }
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
