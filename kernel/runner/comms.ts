/** Comms: two-way channels between a cell and a widget or plugin in the page. */
import { randomUUID } from "node:crypto";
import type { CommContent } from "../pipe/runnerWords.js";
import { currentExecution } from "./currentExecution.js";
import { guarded } from "./guarded.js";
import { plainJson } from "./plainJson.js";
import { report } from "./report.js";

/** What the other side sent. */
export interface CommMessage {
  /** Its msg_id: a widget in the page may take what is shown under it. */
  readonly id: string;
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
  readonly buffers: readonly Uint8Array[];
}

export interface CommOptions {
  readonly metadata?: Record<string, unknown>;
  readonly buffers?: readonly Uint8Array[];
}

/** One open channel. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  send(data: Record<string, unknown>, options?: CommOptions): void;
  close(data?: Record<string, unknown>): void;
  /** Called with each message of the other side. */
  onMessage(handler: (message: CommMessage) => unknown): void;
  /** Called once when the other side closes. */
  onClose(handler: (message: CommMessage) => unknown): void;
}

interface Ends {
  readonly comm: Comm;
  readonly message: ((message: CommMessage) => unknown)[];
  readonly close: ((message: CommMessage) => unknown)[];
}

type Kind = "comm_open" | "comm_msg" | "comm_close";
type Target = (comm: Comm, message: CommMessage) => unknown;

const targets = new Map<string, Target>();
const open = new Map<string, Ends>();

/** comms.open(target, data) opens a channel to the page; comms.register(target, handler) lets the page open one. */
export const comms: {
  open(target: string, data?: Record<string, unknown>, options?: CommOptions): Comm;
  register(target: string, handler: (comm: Comm, message: CommMessage) => unknown): void;
} = {
  open(target, data = {}, options = {}) {
    const { comm } = ends(randomUUID(), target);
    say("comm_open", { comm_id: comm.id, target_name: target, data }, options);
    return comm;
  },
  register(target, handler) {
    targets.set(target, handler);
  },
};

/** Deals with what the page sent; an unknown target is closed, as the protocol asks. */
export async function hearComm(kind: Kind, content: CommContent, message: CommMessage): Promise<void> {
  if (kind === "comm_open") return hearOpen(content, message);
  const known = open.get(content.comm_id);
  if (!known) return;
  if (kind === "comm_close") open.delete(content.comm_id);
  for (const handler of kind === "comm_close" ? known.close : known.message)
    await guarded(() => handler(message));
}

async function hearOpen(content: CommContent, message: CommMessage): Promise<void> {
  const target = targets.get(content.target_name ?? "");
  if (!target) {
    say("comm_close", { comm_id: content.comm_id, data: {} }, {});
    return;
  }
  await guarded(() => target(ends(content.comm_id, content.target_name ?? "").comm, message));
}

function ends(id: string, target: string): Ends {
  const made: Ends = { comm: channel(id, target), message: [], close: [] };
  open.set(id, made);
  return made;
}

function channel(id: string, target: string): Comm {
  return {
    id,
    target,
    send: (data, options = {}) => say("comm_msg", { comm_id: id, data }, options),
    close: (data = {}) => {
      if (open.delete(id)) say("comm_close", { comm_id: id, data }, {});
    },
    onMessage: (handler) => void open.get(id)?.message.push(handler),
    onClose: (handler) => void open.get(id)?.close.push(handler),
  };
}

function say(kind: Kind, content: CommContent, { metadata = {}, buffers = [] }: CommOptions): void {
  const plain = plainJson(content) as CommContent;
  report({ op: "comm", execution: currentExecution().id, kind, content: plain, metadata, buffers });
}
