/** stdout and stderr on their way out: many small writes become few messages, and none is lost silently. */

export type StreamName = "stdout" | "stderr";

export interface Streams {
  /** Takes a piece of output. */
  write(execution: number, name: StreamName, text: string): void;
  /** Sends what is held: before every other message, so that the order on the page is the order in time. */
  flush(): void;
  /** The execution is over: says how much of its output was dropped, if any. */
  finish(execution: number): void;
}

/** Characters a message holds at most (nearly), and how long a piece waits for others. */
const [fullAt, waitMs] = [1 << 16, 20];

interface Held {
  readonly execution: number;
  readonly name: StreamName;
  readonly parts: string[];
  size: number;
}

/** `limit` is in characters for each execution. */
export function newStreams(
  limit: number,
  send: (execution: number, name: StreamName, text: string) => void,
): Streams {
  const sizes = new Map<number, number>();
  let held: Held | undefined;
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const ready = held;
    held = undefined;
    if (ready) send(ready.execution, ready.name, ready.parts.join(""));
  }

  /** The part of `text` that the limit lets through. */
  function allowed(execution: number, text: string): string {
    const before = sizes.get(execution) ?? 0;
    sizes.set(execution, before + text.length);
    return before >= limit ? "" : text.slice(0, limit - before);
  }

  function hold(execution: number, name: StreamName, text: string): void {
    if (held && (held.execution !== execution || held.name !== name)) flush();
    held ??= { execution, name, parts: [], size: 0 };
    held.parts.push(text);
    held.size += text.length;
    if (held.size >= fullAt) flush();
    else timer ??= setTimeout(flush, waitMs);
  }

  return {
    write(execution, name, text) {
      const part = allowed(execution, text);
      if (part !== "") hold(execution, name, part);
    },
    flush,
    finish(execution) {
      const dropped = (sizes.get(execution) ?? 0) - limit;
      if (dropped > 0) hold(execution, "stderr", droppedNotice(dropped, limit));
      sizes.delete(execution);
      flush();
    },
  };
}

function droppedNotice(dropped: number, limit: number): string {
  return `\n… ${dropped} characters dropped: a cell's output ends at ${limit}; PHILAB_OUTPUT_LIMIT in the kernel's environment raises it\n`;
}
