/**
 * Replies on their way to those that asked. The socket holds a few for each peer; what has no room there waits here until
 * the peer reads. Beyond a bound of bytes its replies are dropped: it asks and does not read. Others are not held up.
 */
import type { Router } from "zeromq";
import type { Send } from "./sockets.js";

/** Replies in the socket for each peer. */
export const mostSent = 4;

/** Bytes that wait here for one peer, and for all of them. One that nothing waits before is taken whatever its size. */
const [mostForOne, mostForAll] = [16 * 2 ** 20, 64 * 2 ** 20];

/** A peer without room is tried again after 1 ms, then after twice as long each time, and so on up to this; ms. */
const longestPause = 64;

interface Waiting {
  readonly frames: readonly Uint8Array[];
  readonly size: number;
  /** It is sent, or dropped. */
  readonly settled: () => void;
}

interface Line {
  readonly replies: Waiting[];
  size: number;
}

export class ReplyWriter {
  readonly #socket: Pick<Router, "send">;
  readonly #log: (text: string) => void;
  /** What waits, by peer; one that nothing waits for has no line. */
  readonly #lines = new Map<string, Line>();
  /** Bytes of all lines. */
  #size = 0;

  /** The socket must refuse at once what it has no room for: mandatory, and a sendTimeout of 0. */
  constructor(socket: Pick<Router, "send">, log: (text: string) => void) {
    this.#socket = socket;
    this.#log = log;
  }

  /** Sends frames after all those sent to the same peer before. */
  readonly send: Send = (frames) =>
    new Promise((settled) => {
      const size = frames.reduce((sum, frame) => sum + frame.length, 0);
      const peer = Buffer.from(frames[0] ?? []).toString("latin1");
      const line = this.#lines.get(peer) ?? { replies: [], size: 0 };
      if (this.#isTooMuch(line, size)) {
        this.#log("a reply was dropped: whoever asked reads nothing");
        return settled();
      }
      this.#grow(line, size);
      if (line.replies.push({ frames, size, settled }) > 1) return;
      this.#lines.set(peer, line);
      void this.#sendAll(peer, line);
    });

  #isTooMuch(line: Line, size: number): boolean {
    return line.replies.length > 0 && (line.size + size > mostForOne || this.#size + size > mostForAll);
  }

  #grow(line: Line, size: number): void {
    line.size += size;
    this.#size += size;
  }

  async #sendAll(peer: string, line: Line): Promise<void> {
    for (let next = line.replies[0]; next; next = line.replies[0]) {
      for (let ms = 1; !(await this.#attempt(next.frames)); ms = Math.min(2 * ms, longestPause))
        await new Promise((resolve) => setTimeout(resolve, ms));
      line.replies.shift();
      this.#grow(line, -next.size);
      next.settled();
    }
    this.#lines.delete(peer);
  }

  /** Whether the frames are sent, or never will be; not, where the peer has no room for them. */
  async #attempt(frames: readonly Uint8Array[]): Promise<boolean> {
    try {
      await this.#socket.send([...frames]);
      return true;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === "EAGAIN") return false;
      if (code !== "EHOSTUNREACH") this.#log(`a message was not sent: ${message}`); // the peer is gone
      return true;
    }
  }
}
