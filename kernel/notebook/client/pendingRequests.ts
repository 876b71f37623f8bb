import type { Message } from "../../wire/wire.js";

/** A request under way: answered first, and done once the kernel is also idle again. */
export interface Pending {
  readonly id: string;
  readonly reply: Promise<Message>;
  readonly done: Promise<Message>;
}

export interface PendingRequests {
  add(id: string): Pending;
  replied(reply: Message): void;
  idle(id: string): void;
  /** Rejects what is under way, and whatever is added later. */
  fail(error: Error): void;
}

/** The requests that wait for reply and idle, which come on two sockets and so in either order. */
export function pendingRequests(): PendingRequests {
  const requests = new Map<string, { reply: Deferred<Message>; idle: Deferred<void> }>();
  let failure: Error | undefined;
  return {
    add(id) {
      const request = { reply: deferred<Message>(), idle: deferred<void>() };
      const done = Promise.all([request.reply.promise, request.idle.promise]).then(([reply]) => {
        requests.delete(id);
        return reply;
      });
      done.catch(() => {}); // a failure that nobody waits for is no fault
      requests.set(id, request);
      if (failure !== undefined) request.reply.reject(failure);
      return { id, reply: request.reply.promise, done };
    },
    replied: (reply) => requests.get(reply.parent_header.msg_id ?? "")?.reply.resolve(reply),
    idle: (id) => requests.get(id)?.idle.resolve(),
    fail(error) {
      failure = error;
      for (const { reply, idle } of requests.values()) {
        reply.reject(error);
        idle.reject(error);
      }
    },
  };
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: Error): void;
}

function deferred<T>(): Deferred<T> {
  let parts: Omit<Deferred<T>, "promise"> | undefined;
  const promise = new Promise<T>((resolve, reject) => {
    parts = { resolve, reject };
  });
  promise.catch(() => {});
  return { promise, ...(parts as Omit<Deferred<T>, "promise">) };
}
