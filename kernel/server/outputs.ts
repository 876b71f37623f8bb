/** What the runner reports, on its way to iopub: each output under the message that caused it. */
import type { ExecutionId, Failure, Report } from "../pipe/runnerWords.js";
import type { Json, Message } from "../wire/wire.js";
import type { Channels } from "./channels.js";
import type { CommTable } from "./commTable.js";
import { newStreams } from "./streams.js";

/** One run of a cell, of a user expression, or of the handlers of a comm message. */
export interface Origin {
  readonly message: Message;
  /** Nothing is shown of it. */
  readonly silent: boolean;
}

export interface Outputs {
  /** A new execution for outputs to belong to. */
  begin(origin: Origin): ExecutionId;
  /** All its output is out, so that idle may follow. */
  finish(execution: ExecutionId): void;
  /** Publishes under the message that caused it, after what was printed before. */
  publish(
    execution: ExecutionId,
    type: string,
    content: Json,
    more?: { metadata?: Json; buffers?: readonly Uint8Array[] },
  ): void;
  /** What was printed goes out before what follows. */
  flush(): void;
  /** Publishes a failure as an error message. */
  fail(execution: ExecutionId, failure: Failure): void;
  /** Takes a display, stream, clear, comm or late error of the runner. */
  take(report: Report): void;
  /** Text of the runner's process itself: it belongs to the last execution. */
  native(name: "stdout" | "stderr", text: string): void;
  originOf(execution: ExecutionId): Origin | undefined;
  /** The last execution begun. */
  last(): ExecutionId;
}

/** Origins are kept for late output, the oldest forgotten first. */
const remembered = 10_000;

/** `limit`: the characters of stream output for each execution. */
export function newOutputs(channels: Channels, comms: CommTable, limit: number): Outputs {
  const origins = new Map<ExecutionId, Origin>();
  let last: ExecutionId = 0;
  const streams = newStreams(limit, (execution, name, text) => send(execution, "stream", { name, text }));

  function send(execution: ExecutionId, type: string, content: Json, more = {}): void {
    const origin = origins.get(execution);
    if (origin && !origin.silent) void channels.publish(type, content, origin.message.header, more);
  }

  function publish(execution: ExecutionId, type: string, content: Json, more = {}): void {
    streams.flush();
    send(execution, type, content, more);
  }

  function fail(execution: ExecutionId, { ename, evalue, traceback }: Failure): void {
    publish(execution, "error", { ename, evalue, traceback });
  }

  function display({ execution, update, data, metadata, displayId }: Report & { op: "display" }): void {
    const transient = displayId === undefined ? {} : { display_id: displayId };
    publish(execution, update ? "update_display_data" : "display_data", { data, metadata, transient });
  }

  function comm({ execution, kind, content, metadata, buffers }: Report & { op: "comm" }): void {
    comms.note(kind, { ...content });
    publish(execution, kind, { ...content }, { metadata, buffers });
  }

  return {
    begin(origin) {
      origins.set(++last, origin);
      origins.delete(last - remembered);
      return last;
    },
    finish: (execution) => streams.finish(execution),
    flush: () => streams.flush(),
    publish,
    fail,
    take(report) {
      if (report.op === "stream") streams.write(report.execution, report.name, report.text);
      else if (report.op === "display") display(report);
      else if (report.op === "clear") publish(report.execution, "clear_output", { wait: report.wait });
      else if (report.op === "comm") comm(report);
      else if (report.op === "late") fail(report.execution, report.failure);
    },
    native: (name, text) => streams.write(last, name, text),
    originOf: (execution) => origins.get(execution),
    last: () => last,
  };
}
