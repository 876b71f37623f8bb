/** stdout and stderr on their way out: many small writes become few messages, and none is lost silently. */
import type { ExecutionId } from "../pipe/runnerWords.js";

export type StreamName = "stdout" | "stderr";

type SendText = (execution: ExecutionId, name: StreamName, text: string) => void;

/** Characters a message holds at most (nearly), and how long a piece waits for others. */
const [fullAt, waitMs] = [1 << 16, 20];

interface Held {
  readonly execution: ExecutionId;
  readonly name: StreamName;
  readonly parts: string[];
  size: number;
}

export class Streams {
  readonly #limit: number;
  readonly #send: SendText;
  /** Characters written so far, by execution. */
  readonly #sizes = new Map<ExecutionId, number>();
  #held: Held | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** `limit` is in characters for each execution. */
  constructor(limit: number, send: SendText) {
    this.#limit = limit;
    this.#send = send;
  }

  /** Takes a piece of output. */
  write(execution: ExecutionId, name: StreamName, text: string): void {
    const part = this.#allowed(execution, text);
    if (part !== "") this.#hold(execution, name, part);
  }

  /** Sends what is held: before every other message, so that the order on the page is the order in time. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const ready = this.#held;
    this.#held = undefined;
    if (ready) this.#send(ready.execution, ready.name, ready.parts.join(""));
  }

  /** The execution is over: says how much of its output was dropped, if any. */
  finish(execution: ExecutionId): void {
    const dropped = (this.#sizes.get(execution) ?? 0) - this.#limit;
    if (dropped > 0) this.#hold(execution, "stderr", droppedNotice(dropped, this.#limit));
    this.#sizes.delete(execution);
    this.flush();
  }

  /** The part of `text` that the limit lets through. */
  #allowed(execution: ExecutionId, text: string): string {
    const before = this.#sizes.get(execution) ?? 0;
    this.#sizes.set(execution, before + text.length);
    return before >= this.#limit ? "" : text.slice(0, this.#limit - before);
  }

  #hold(execution: ExecutionId, name: StreamName, text: string): void {
    if (this.#held && (this.#held.execution !== execution || this.#held.name !== name)) this.flush();
    this.#held ??= { execution, name, parts: [], size: 0 };
    this.#held.parts.push(text);
    this.#held.size += text.length;
    if (this.#held.size >= fullAt) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), waitMs);
  }
}

function droppedNotice(dropped: number, limit: number): string {
  return `\n… ${dropped} characters dropped: a cell's output ends at ${limit}; PHILAB_OUTPUT_LIMIT in the kernel's environment raises it\n`;
}
