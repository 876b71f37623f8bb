/** A client of a kernel over ZeroMQ: what JupyterLab's server does, as far as running a notebook needs it. */
import { setTimeout as delay } from "node:timers/promises";
import { kernelCommand } from "../../place/kernelCommand.js";
import type { Message } from "../../wire/wire.js";
import { type CellOutcome, KernelError } from "./cellOutcome.js";
import { type KernelProcess, startProcess } from "./kernelProcess.js";
import { Link } from "./link.js";

/** Where and what to start; the defaults are this package's kernel in the present folder. */
export interface KernelOptions {
  readonly folder?: string;
  readonly command?: readonly string[];
  /** How long the kernel may take until it answers; s. */
  readonly patience?: number;
  /** How long it may take to heed an interrupt or a shutdown, before it is ended; s. */
  readonly grace?: number;
}

export class KernelClient {
  readonly #process: KernelProcess;
  readonly #link: Link;
  readonly #grace: number;

  private constructor(process: KernelProcess, link: Link, grace: number) {
    this.#process = process;
    this.#link = link;
    this.#grace = grace;
  }

  /** Starts a kernel and resolves when it answers. Throws KernelError with its last words when it does not. */
  static async start(options: KernelOptions = {}): Promise<KernelClient> {
    const { folder = process.cwd(), command = kernelCommand(), patience = 60, grace = 5 } = options;
    const kernel = await startProcess(command, folder);
    let link: Link | undefined;
    const reach = async (): Promise<Link> => {
      link = new Link(await kernel.connection, kernel.ended);
      await link.ready();
      return link;
    };
    try {
      return new KernelClient(kernel, await within(patience, reach(), "the kernel did not answer"), grace);
    } catch (error) {
      kernel.kill();
      await kernel.ended;
      link?.close();
      throw error;
    }
  }

  /**
   * Runs `source` as one cell. Throws KernelError when the kernel ends, or when the cell runs longer than
   * `seconds` and has been interrupted.
   */
  async execute(source: string, seconds: number = Number.POSITIVE_INFINITY): Promise<CellOutcome> {
    const content = { code: source, silent: false, store_history: true, user_expressions: {}, ...alone };
    const { id, done } = this.#link.request("execute_request", content);
    const outputs = this.#link.outputs.outputsOf(id);
    try {
      const { content: reply } = await within(seconds, done, `ran longer than ${seconds} s`);
      const { status, execution_count } = reply as {
        status: CellOutcome["status"];
        execution_count?: number;
      };
      return { status, executionCount: execution_count ?? null, outputs };
    } catch (error) {
      if (error instanceof TimeLimit) await this.#interrupt(done);
      throw new KernelError((error as Error).message, { status: "error", executionCount: null, outputs });
    }
  }

  /** Ends the kernel, by asking first, and resolves when its process is gone. */
  async stop(): Promise<void> {
    const { ended } = this.#process;
    this.#link.control("shutdown_request", { restart: false });
    await within(this.#grace, ended, "").catch(() => this.#process.kill());
    await ended;
    this.#link.close();
  }

  /** Lets the cell end by itself, so that what it printed before is kept. */
  async #interrupt(done: Promise<Message>): Promise<void> {
    this.#link.control("interrupt_request", {});
    await within(this.#grace, done, "").catch(() => undefined);
  }
}

/** Nobody is there to answer `input`, and no cell waits behind this one. */
const alone = { allow_stdin: false, stop_on_error: true };

/** What is waited for took too long. */
class TimeLimit extends KernelError {}

async function within<T>(seconds: number, promise: Promise<T>, problem: string): Promise<T> {
  if (seconds === Number.POSITIVE_INFINITY) return promise;
  const timer = new AbortController();
  const limit = delay(seconds * 1000, undefined, { signal: timer.signal }).then(
    () => Promise.reject(new TimeLimit(problem)),
    () => new Promise<never>(() => {}),
  );
  try {
    return await Promise.race([promise, limit]);
  } finally {
    timer.abort();
  }
}
