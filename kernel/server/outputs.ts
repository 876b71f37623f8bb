/** What the runner reports, on its way to iopub: each output under the message that caused it. */
import type { ExecutionId, Failure, Report } from "../pipe/runnerWords.js";
import type { Json, Message } from "../wire/wire.js";
import type { Channels, Published } from "./channels.js";
import type { CommTable } from "./commTable.js";
import { type StreamName, Streams } from "./streams.js";

/** Whose outputs those of an execution are: of the message as much as answers to it need. */
export interface Origin {
  readonly message: Pick<Message, "header" | "identities">;
  /** Nothing is shown of it. */
  readonly silent: boolean;
}

/** Origins are kept for late output, the oldest forgotten first: so many, and so many bytes of them. */
const [remembered, rememberedBytes] = [10_000, 16 * 2 ** 20];

export class Outputs {
  readonly #channels: Channels;
  readonly #comms: CommTable;
  readonly #streams: Streams;
  readonly #origins = new Map<ExecutionId, Origin & { readonly size: number }>();
  /** Bytes of the origins. */
  #size = 0;
  #last: ExecutionId = 0;

  /** `limit`: the characters of stream output for each execution. */
  constructor(channels: Channels, comms: CommTable, limit: number) {
    this.#channels = channels;
    this.#comms = comms;
    this.#streams = new Streams(limit, (execution, name, text) =>
      this.#send(execution, "stream", { name, text }),
    );
  }

  /** The last execution begun. */
  get last(): ExecutionId {
    return this.#last;
  }

  /** A new execution for outputs to belong to. */
  begin(origin: Origin): ExecutionId {
    const { header, identities } = origin.message;
    const size = JSON.stringify(header).length + identities.reduce((sum, frame) => sum + frame.length, 0);
    this.#origins.set(++this.#last, { message: { header, identities }, silent: origin.silent, size });
    this.#size += size;
    this.#forget();
    return this.#last;
  }

  /** The oldest origins go, never the last. */
  #forget(): void {
    for (const [execution, { size }] of this.#origins) {
      const isTooMuch = this.#origins.size > remembered || this.#size > rememberedBytes;
      if (!isTooMuch || execution === this.#last) return;
      this.#origins.delete(execution);
      this.#size -= size;
    }
  }

  /** All its output is out, so that idle may follow. */
  finish(execution: ExecutionId): void {
    this.#streams.finish(execution);
  }

  originOf(execution: ExecutionId): Origin | undefined {
    return this.#origins.get(execution);
  }

  /** What was printed goes out before what follows. */
  flush(): void {
    this.#streams.flush();
  }

  /** Publishes under the message that caused it, after what was printed before. */
  publish(execution: ExecutionId, type: string, content: Json, more: Published = {}): void {
    this.#streams.flush();
    this.#send(execution, type, content, more);
  }

  /** Publishes a failure as an error message. */
  fail(execution: ExecutionId, { ename, evalue, traceback }: Failure): void {
    this.publish(execution, "error", { ename, evalue, traceback });
  }

  /** Text of the runner's process itself: it belongs to the last execution. */
  native(name: StreamName, text: string): void {
    this.#streams.write(this.#last, name, text);
  }

  /** Takes a display, stream, clear, comm or late error of the runner. */
  take(report: Report): void {
    if (report.op === "stream") this.#streams.write(report.execution, report.name, report.text);
    else if (report.op === "display") this.#display(report);
    else if (report.op === "clear") this.publish(report.execution, "clear_output", { wait: report.wait });
    else if (report.op === "comm") this.#comm(report);
    else if (report.op === "late") this.fail(report.execution, report.failure);
  }

  #display({ execution, update, data, metadata, displayId }: Report & { op: "display" }): void {
    const transient = displayId === undefined ? {} : { display_id: displayId };
    this.publish(execution, update ? "update_display_data" : "display_data", { data, metadata, transient });
  }

  #comm({ execution, kind, content, metadata, buffers }: Report & { op: "comm" }): void {
    this.#comms.note(kind, { ...content });
    this.publish(execution, kind, { ...content }, { metadata, buffers });
  }

  #send(execution: ExecutionId, type: string, content: Json, more: Published = {}): void {
    const origin = this.#origins.get(execution);
    if (origin && !origin.silent) void this.#channels.publish(type, content, origin.message.header, more);
  }
}
