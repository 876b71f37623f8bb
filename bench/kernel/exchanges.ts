/** Requests under way, each with the moments of its reply and of the idle status. */
import type { Message } from "../../kernel/wire/wire.js";

/** A request that is answered. Moments are those of performance.now(). */
export interface Settled {
  readonly sentAt: number;
  readonly repliedAt: number;
  readonly idleAt: number;
  readonly reply: Message;
  readonly iopub: readonly Message[];
}

export interface Exchange extends Partial<Settled> {
  readonly sentAt: number;
  readonly iopub: readonly Message[];
  /** Resolves when reply and idle are there; rejects with Silence after `seconds`. */
  settled(seconds: number): Promise<Settled>;
  /** Resolves when `fits` the state; rejects as `settled`. */
  until(fits: (exchange: Exchange) => boolean, seconds: number): Promise<void>;
}

/** A kernel did not answer, or has ended. */
export class Silence extends Error {}

export interface Exchanges {
  add(id: string): Exchange;
  take(message: Message, from: "iopub" | "shell"): void;
  fail(why: string): void;
}

type Growing = { -readonly [Key in keyof Settled]?: Settled[Key] } & {
  sentAt: number;
  iopub: Message[];
  changed: () => void;
};

// Over 40 lines: a table of exchanges, one after the other.
export function exchanges(): Exchanges {
  const all = new Map<string, Growing & Exchange>();
  let end: string | undefined;

  function until(
    exchange: Growing & Exchange,
    fits: (exchange: Exchange) => boolean,
    seconds: number,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Silence(`hangs: no answer in ${seconds} s`)), seconds * 1000);
      exchange.changed = () => {
        if (!fits(exchange) && end === undefined) return;
        clearTimeout(timer);
        if (fits(exchange)) resolve();
        else reject(new Silence(end));
      };
      exchange.changed();
    });
  }

  function add(id: string): Exchange {
    const exchange: Growing & Exchange = {
      sentAt: performance.now(),
      iopub: [],
      changed: () => undefined,
      until: (fits, seconds) => until(exchange, fits, seconds),
      async settled(seconds) {
        await until(exchange, ({ reply, idleAt }) => reply !== undefined && idleAt !== undefined, seconds);
        return exchange as unknown as Settled;
      },
    };
    all.set(id, exchange);
    return exchange;
  }

  return {
    add,
    take(message, from) {
      const exchange = all.get(message.parent_header.msg_id ?? "");
      if (exchange === undefined) return;
      if (from === "iopub") hear(exchange, message);
      else {
        exchange.reply = message;
        exchange.repliedAt = performance.now();
      }
      exchange.changed();
    },
    fail(why) {
      end = why;
      for (const { changed } of all.values()) changed();
    },
  };
}

function hear(exchange: Growing, message: Message): void {
  exchange.iopub.push(message);
  if (message.content.execution_state === "idle") exchange.idleAt = performance.now();
}
