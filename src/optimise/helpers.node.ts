/** Threads of Node that compute shards, each with an engine of its own; they start at the first work that is large enough. */

import { nodeRuntime } from "../engine/machine/runtime.node.js";
import type { Network } from "../network/network.js";
import type { Numbers } from "../numeric/storage.js";
import type { Dtype } from "./data.js";
import type { LossName } from "./loss.js";
import type { Model } from "./shardPass.js";
import type { Made } from "./shards.js";
import type { AtTheta, ShardRange } from "./shardsAt.js";
import type { ShardTask } from "./shardTask.js";

/** What a thread is told, in order. */
export type Said =
  | ({ readonly say: "model"; readonly model: number } & ModelSent)
  | ({ readonly say: "begin"; readonly session: number; readonly model: number } & AtTheta)
  | {
      readonly say: "ask";
      readonly request: number;
      readonly session: number;
      readonly how: "sum" | "sideBySide";
      readonly task: ShardTask;
      readonly range: ShardRange;
    }
  | { readonly say: "end"; readonly session: number }
  | { readonly say: "forget"; readonly model: number };

/** A model as it can be sent: its data are shared and not copied. */
export interface ModelSent {
  readonly net: Omit<Network, "initial">;
  readonly Z: Numbers;
  readonly y: Float64Array;
  readonly loss: LossName;
  readonly dtype: Dtype;
}

/** What a thread answers; undefined: it could not, or was stopped. */
export type Answered =
  | { readonly request: number; readonly found: Made | Float64Array | undefined }
  | "ready";

/** Multiplications of all products W φ(Z) below which one thread alone is as fast: a few hundredths of a second. */
const fewMultiplications = 2e8;

/** The threads that are ready to help with so many instances; where some are missing they are started for the next time. */
export function helpersFor(model: Model, count: number): readonly Helper[] {
  const node = nodeRuntime();
  const wanted = (model.threads ?? node?.cores ?? 1) - 1;
  if (!node || wanted < 1 || model.lossName === undefined) return [];
  if (count * model.net.multiplications < fewMultiplications) return [];
  for (; begun < wanted && !isRefused; begun++) void startOne();
  return helpers.slice(0, wanted).filter(({ isReady }) => isReady);
}

const helpers: Helper[] = [];
let begun = 0;
let isRefused = false;

async function startOne(): Promise<void> {
  try {
    const { newShardThread } = await import("./startShardThread.node.js");
    helpers.push(new Helper(newShardThread));
  } catch {
    isRefused = true; // as by --permission: this thread works alone
  }
}

/** A thread of Node, as far as it is needed. */
export interface ShardThread {
  postMessage(message: Said): void;
  on(event: string, heard: (message: never) => void): void;
  ref(): void;
  unref(): void;
}

/** One thread. */
export class Helper {
  isReady = false;
  readonly #worker: ShardThread;
  readonly #waiting = new Map<number, (found: Made | Float64Array | undefined) => void>();
  /** The number of the last request that is void. */
  readonly #stopped = new Int32Array(new SharedArrayBuffer(4));
  readonly #models = new WeakMap<Model["data"], number>();
  readonly #forgotten = new FinalizationRegistry<number>((model) => this.#say({ say: "forget", model }));
  #last = 0;

  constructor(start: (stopped: Int32Array) => ShardThread) {
    this.#worker = start(this.#stopped);
    this.#worker.unref();
    this.#worker.on("message", (answer: Answered) => this.#hear(answer));
    for (const event of ["error", "exit"]) this.#worker.on(event, () => this.#lose());
  }

  /** Tells it of a place; the session's number. */
  begin(model: Model, place: AtTheta): number {
    const session = ++this.#last;
    this.#say({ say: "begin", session, model: this.#knownModel(model), ...place });
    return session;
  }

  /** The sums over a range; undefined where it cannot be had. */
  sum(session: number, task: ShardTask, range: ShardRange): Promise<Made | undefined> {
    return this.#ask({ session, how: "sum", task, range }) as Promise<Made | undefined>;
  }

  /** What stands side by side. */
  sideBySide(session: number, task: ShardTask, range: ShardRange): Promise<Float64Array | undefined> {
    return this.#ask({ session, how: "sideBySide", task, range }) as Promise<Float64Array | undefined>;
  }

  /** What was asked so far is not wanted any more. */
  stop(): void {
    Atomics.store(this.#stopped, 0, this.#last);
  }

  end(session: number): void {
    this.#say({ say: "end", session });
  }

  #ask(asked: Omit<Extract<Said, { say: "ask" }>, "say" | "request">): Promise<unknown> {
    if (!this.isReady) return Promise.resolve(undefined);
    const request = ++this.#last;
    if (this.#waiting.size === 0) this.#worker.ref();
    this.#say({ say: "ask", request, ...asked });
    return new Promise((resolve) => this.#waiting.set(request, resolve));
  }

  #hear(answer: Answered): void {
    if (answer === "ready") {
      this.isReady = true;
      return;
    }
    this.#waiting.get(answer.request)?.(answer.found);
    this.#waiting.delete(answer.request);
    if (this.#waiting.size === 0) this.#worker.unref();
  }

  /** It has ended: whoever waits does the work himself, and nobody asks it again. */
  #lose(): void {
    this.isReady = false;
    isRefused = true;
    for (const resolve of this.#waiting.values()) resolve(undefined);
    this.#waiting.clear();
  }

  #knownModel({ net: { initial, ...net }, data, lossName, dtype }: Model): number {
    const known = this.#models.get(data);
    if (known !== undefined) return known;
    const model = ++this.#last;
    const [Z, y] = [data.Z.data, data.y.data as Float64Array];
    this.#say({ say: "model", model, net, Z, y, loss: lossName as LossName, dtype });
    this.#models.set(data, model);
    this.#forgotten.register(data, model);
    return model;
  }

  #say(said: Said): void {
    this.#worker.postMessage(said);
  }
}
