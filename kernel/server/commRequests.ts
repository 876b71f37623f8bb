/**
 * Comm messages of the front end, each from busy to idle. They need no cell but the one that opened their comm, so they are
 * delivered while cells run or wait. Of a widget's updates one is dealt with at a time and one waits, the latest: those
 * that come meanwhile are joined to it.
 */
import type { CommContent } from "../pipe/runnerWords.js";
import type { Json, Message } from "../wire/wire.js";
import type { CommTable } from "./commTable.js";
import { isUpdate, joined } from "./commUpdate.js";
import type { Executions } from "./executions.js";
import type { Outputs } from "./outputs.js";
import type { Queue } from "./queue.js";

/** What comm messages are answered with. */
export interface CommParts {
  /** Says busy, or idle, because of a message. */
  readonly status: (state: "busy" | "idle", message: Message) => Promise<void>;
  readonly queue: Queue;
  readonly comms: CommTable;
  readonly outputs: Outputs;
  readonly executions: Executions;
}

export class CommRequests {
  readonly #parts: CommParts;
  /** Comms with an update that is dealt with, and the one that waits for its end. */
  readonly #updating = new Map<string, { next: Message | undefined }>();
  /** How many messages of a comm are in the queue of cells. */
  readonly #queued = new Map<string, number>();

  constructor(parts: CommParts) {
    this.#parts = parts;
  }

  /** Deals with a message at once, after the cells before it where its comm is not open yet, or after an earlier update. */
  take(message: Message, size: number): void {
    const id = idOf(message);
    const isOpen = this.#parts.comms.has(id) && !this.#queued.has(id);
    if (!isOpen) this.#enqueue(id, message, size);
    else if (isUpdate(message)) this.#update(id, message);
    else this.#afterUpdates(id, message);
  }

  /** Stop: handlers that go on are not waited for any more, and the updates that wait are dropped. */
  stop(): void {
    for (const { next } of this.#updating.values()) if (next) void this.#drop(next);
    this.#updating.clear();
  }

  #enqueue(id: string, message: Message, size: number): void {
    this.#queued.set(id, (this.#queued.get(id) ?? 0) + 1);
    this.#parts.queue.addBeside(async () => {
      const left = (this.#queued.get(id) ?? 0) - 1;
      if (left > 0) this.#queued.set(id, left);
      else this.#queued.delete(id);
      await this.#answer(message);
    }, size);
  }

  #update(id: string, message: Message): void {
    const updating = this.#updating.get(id);
    if (!updating) return void this.#updateFrom(id, message);
    if (updating.next) void this.#drop(updating.next);
    updating.next = updating.next ? joined(updating.next, message) : message;
  }

  /** Deals with an update, and then with what has come meanwhile. */
  async #updateFrom(id: string, first: Message): Promise<void> {
    const updating = { next: first as Message | undefined };
    this.#updating.set(id, updating);
    while (updating.next && this.#updating.get(id) === updating) {
      const message = updating.next;
      updating.next = undefined;
      await this.#answer(message);
    }
    if (this.#updating.get(id) === updating) this.#updating.delete(id);
  }

  /** Any other message keeps its place after the updates before it, but does not wait for what their handlers await. */
  #afterUpdates(id: string, message: Message): void {
    const updating = this.#updating.get(id);
    if (updating?.next) void this.#answer(updating.next);
    if (updating) updating.next = undefined;
    void this.#answer(message);
  }

  async #drop(message: Message): Promise<void> {
    void this.#parts.status("busy", message);
    await this.#parts.status("idle", message);
  }

  async #answer(message: Message): Promise<void> {
    void this.#parts.status("busy", message);
    await this.#deliver(message);
    await this.#parts.status("idle", message);
  }

  /** Runs the handlers of the message; resolves when they are done and all their output is out. */
  async #deliver(message: Message): Promise<void> {
    const { comms, outputs, executions } = this.#parts;
    const { header, metadata, buffers } = message;
    const kind = header.msg_type as "comm_open" | "comm_msg" | "comm_close";
    comms.note(kind, message.content);
    const execution = outputs.begin({ message, silent: false });
    const about = { execution, message: header.msg_id, kind, content: commContent(message.content) };
    const { failure } = await executions.start({ op: "comm", ...about, metadata, buffers }, "a comm message");
    if (failure) outputs.fail(execution, failure);
    outputs.finish(execution);
  }
}

function idOf({ content }: Message): string {
  return String(content.comm_id);
}

function commContent({ comm_id, target_name, data }: Json): CommContent {
  return {
    comm_id: String(comm_id),
    ...(typeof target_name === "string" ? { target_name } : {}),
    data: (data ?? {}) as Json,
  };
}
