import type { Message } from "../../wire/wire.js";

/** A request under way: answered first, and done once the kernel is also idle again. */
export interface Pending {
  readonly id: string;
  readonly reply: Promise<Message>;
  readonly done: Promise<Message>;
}

interface Halves {
  readonly reply: Deferred<Message>;
  readonly idle: Deferred<void>;
}

/** The requests that wait for reply and idle, which come on two sockets and so in either order. */
export class PendingRequests {
  readonly #requests = new Map<string, Halves>();
  #failure: Error | undefined;

  add(id: string): Pending {
    const { reply, idle } = { reply: deferred<Message>(), idle: deferred<void>() };
    const done = Promise.all([reply.promise, idle.promise]).then(([answer]) => {
      this.#requests.delete(id);
      return answer;
    });
    done.catch(() => {}); // a failure that nobody waits for is no fault
    this.#requests.set(id, { reply, idle });
    if (this.#failure !== undefined) reply.reject(this.#failure);
    return { id, reply: reply.promise, done };
  }

  replied(reply: Message): void {
    this.#requests.get(reply.parent_header.msg_id ?? "")?.reply.resolve(reply);
  }

  idle(id: string): void {
    this.#requests.get(id)?.idle.resolve();
  }

  /** Rejects what is under way, and whatever is added later. */
  fail(error: Error): void {
    this.#failure = error;
    for (const { reply, idle } of this.#requests.values()) {
      reply.reject(error);
      idle.reject(error);
    }
  }
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
