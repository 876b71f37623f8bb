/**
 * What is published, on its way to all subscribers. It waits for those that read slowly, and while much waits the runner
 * waits too, so that nothing is lost and nothing piles up. A subscriber that reads nothing for two seconds while others
 * wait is not waited for any more: it loses what its own queue of `mostQueued` messages does not hold.
 */
import type { XPublisher } from "zeromq";
import type { Send } from "./sockets.js";

/** Messages in the socket for each subscriber; a message of text has 64 KiB. */
export const mostQueued = 256;

/** Bytes that wait here: above the first the runner is held, below the second it goes on. */
const [heldAbove, freeBelow] = [32 * 2 ** 20, 8 * 2 ** 20];

/** How long all wait for one that does not read; less than the time after which Stop ends a runner. ms */
const patience = 2_000;

interface Waiting {
  readonly frames: readonly Uint8Array[];
  readonly size: number;
  readonly sent: () => void;
}

export class IopubWriter {
  readonly #socket: Pick<XPublisher, "send" | "noDrop">;
  readonly #log: (text: string) => void;
  readonly #queue: Waiting[] = [];
  #size = 0;
  #isSending = false;
  #isHeld = false;
  /** Somebody has read nothing for longer than we wait. */
  #isStuck = false;
  /** Is told when the runner is to be held, and when it may go on. */
  hold: (isHeld: boolean) => void = () => {};

  /** The socket must refuse at once what it has no room for: noDrop, and a sendTimeout of 0. */
  constructor(socket: Pick<XPublisher, "send" | "noDrop">, log: (text: string) => void) {
    this.#socket = socket;
    this.#log = log;
  }

  /** Sends frames after all those sent before. */
  readonly send: Send = (frames) =>
    new Promise((sent) => {
      const size = frames.reduce((sum, frame) => sum + frame.length, 0);
      this.#queue.push({ frames, size, sent });
      this.#size += size;
      if (this.#size > heldAbove) this.#setHeld(true);
      if (!this.#isSending) void this.#sendAll();
    });

  async #sendAll(): Promise<void> {
    this.#isSending = true;
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      await this.#sendOne(next.frames);
      this.#size -= next.size;
      if (this.#size < freeBelow) this.#setHeld(false);
      next.sent();
    }
    this.#isSending = false;
  }

  async #sendOne(frames: readonly Uint8Array[]): Promise<void> {
    const until = performance.now() + patience;
    while (!(await this.#attempt(frames))) {
      if (this.#isStuck || performance.now() > until) return this.#sendWithout(frames);
      await pause();
    }
    this.#isStuck = false;
  }

  /** Sends to all, or to none where one has no room for it. */
  async #attempt(frames: readonly Uint8Array[]): Promise<boolean> {
    try {
      await this.#socket.send([...frames]);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EAGAIN") return false;
      this.#log(`a message was not sent: ${(error as Error).message}`);
      return true;
    }
  }

  /** Sends to those that have room. The pause gives them time to read. */
  async #sendWithout(frames: readonly Uint8Array[]): Promise<void> {
    if (!this.#isStuck) this.#log("a subscriber reads nothing: it is not waited for");
    this.#isStuck = true;
    this.#socket.noDrop = false;
    await this.#attempt(frames);
    this.#socket.noDrop = true;
    await pause();
  }

  #setHeld(isHeld: boolean): void {
    if (isHeld !== this.#isHeld) this.hold(isHeld);
    this.#isHeld = isHeld;
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}
