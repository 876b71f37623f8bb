/** An execute_request from busy to idle. */

import type { ExecutionId } from "../pipe/runnerWords.js";
import type { Json, Message } from "../wire/wire.js";
import type { Channels } from "./channels.js";
import type { History } from "./history.js";
import type { CellCode, Interpreter } from "./interpreter.js";
import { type ExecutionOutcome, failed, failureContent, faultOf } from "./outcome.js";
import type { Outputs } from "./outputs.js";
import type { Queue } from "./queue.js";

/** What execute requests are answered with. */
export interface ExecuteParts {
  readonly channels: Channels;
  readonly queue: Queue;
  readonly interpreter: Interpreter;
  readonly outputs: Outputs;
  readonly history: History;
}

/** Nothing more is on its way when nothing has come for so long, or when so much time has passed at most; ms. */
const [msBetweenArrivals, arrivesWithin] = [20, 1_500];

/** How long Stop goes on to abort what arrives, where a full queue has kept it from being read; ms. */
const abortsWithin = 2_000;

/** Answers execute requests one after the other; their cells count from 1. */
export class ExecuteRequests {
  readonly #parts: ExecuteParts;
  #count = 0;
  #running: Message | undefined;
  /** The running one that Stop ends: what waited behind it is aborted already, and what comes now is not meant. */
  #stopped: Message | undefined;

  constructor(parts: ExecuteParts) {
    this.#parts = parts;
  }

  /** The request whose cell runs, if one does. */
  get running(): Message | undefined {
    return this.#running;
  }

  /** Puts the request into the queue; `size` is that of its message in bytes. */
  add(request: Message, size: number): void {
    this.#parts.queue.add((aborted) => this.#take(request, aborted), size);
  }

  /**
   * Aborts every request received so far but the one that runs. Awaits first what is on its way: it comes by another socket
   * than Stop, and whoever hears of Stop's effect may send a request that is not meant.
   */
  async abortWaiting(): Promise<void> {
    const { queue } = this.#parts;
    const end = performance.now() + abortsWithin;
    let mayBeMore = true; // what a full queue has kept from being read arrives when it has been emptied
    while (mayBeMore && performance.now() < end) {
      await this.#arrived();
      mayBeMore = queue.fill.isFull;
      this.#stopped = this.#running;
      queue.abortAtOnce();
    }
  }

  async #arrived(): Promise<void> {
    const { queue } = this.#parts;
    const end = performance.now() + arrivesWithin;
    let seen = -1;
    while (seen !== queue.received && performance.now() < end) {
      seen = queue.received;
      await new Promise((resolve) => setTimeout(resolve, msBetweenArrivals));
      await socketsRead(); // on a busy machine the time may have passed without a look at them
    }
  }

  /** The value of an expression, asked for beside the cells; undefined while one runs, and where it has none. */
  async valueOf(code: string, request: Message): Promise<Json | undefined> {
    if (this.#running) return undefined;
    const { outputs, interpreter } = this.#parts;
    const execution = outputs.begin({ message: request, silent: true });
    const expression = { code, count: this.#count, allowInput: false, wantsValue: true };
    const { failure, result } = await interpreter.evaluate(expression, execution).catch(brokenService);
    outputs.finish(execution);
    return failure ? undefined : result;
  }

  async #take(request: Message, aborted: boolean): Promise<void> {
    const { channels } = this.#parts;
    const started = new Date().toISOString();
    const content = aborted ? this.#abort(request) : await this.#run(request);
    void channels.reply("shell", request, "execute_reply", content, { started, status: content.status });
    await channels.status("idle", request.header);
  }

  #abort(request: Message): Json {
    void this.#parts.channels.status("busy", request.header);
    return { status: "aborted", execution_count: this.#count };
  }

  async #run(request: Message): Promise<Json> {
    this.#running = request;
    try {
      return await this.#answer(request);
    } finally {
      this.#running = undefined;
    }
  }

  /** The reply's content. */
  async #answer(request: Message): Promise<Json> {
    const { channels, outputs, interpreter, history } = this.#parts;
    const cell = this.#read(request);
    const execution = outputs.begin({ message: request, silent: isSilent(request) });
    const ran = interpreter.run(cell, execution).catch(brokenService); // converted while busy is told
    void channels.status("busy", request.header);
    outputs.publish(execution, "execute_input", { code: cell.code, execution_count: cell.count });
    if (isStored(request)) history.add(cell.count, cell.code);
    const outcome = await ran;
    outputs.finish(execution);
    const content = await this.#settle(request, cell, execution, outcome);
    outputs.finish(execution);
    // Before the reply: whoever has it may send the next cell at once, and that one is not to be aborted.
    const stopsOthers = request.content.stop_on_error !== false && this.#stopped !== request;
    if (outcome.failure && stopsOthers) await this.#abortReceived();
    return { execution_count: cell.count, ...content };
  }

  #read(request: Message): CellCode {
    const { content } = request;
    const code = String(content.code ?? "");
    if (isStored(request)) this.#count++;
    const allowInput = content.allow_stdin === true;
    return { code, count: this.#count, allowInput, wantsValue: !isSilent(request) };
  }

  /** Publishes result or error; returns the reply's content. */
  async #settle(
    request: Message,
    cell: CellCode,
    execution: ExecutionId,
    { failure, result }: ExecutionOutcome,
  ): Promise<Json> {
    const { outputs } = this.#parts;
    if (failure) {
      outputs.fail(execution, failure);
      return failureContent(failure);
    }
    const shown = { data: result, metadata: {}, execution_count: cell.count };
    if (result) outputs.publish(execution, "execute_result", shown);
    return { status: "ok", user_expressions: await this.#userExpressions(request, cell), payload: [] };
  }

  async #userExpressions(request: Message, cell: CellCode): Promise<Json> {
    const values: Json = {};
    for (const [name, expression] of Object.entries(request.content.user_expressions ?? {})) {
      values[name] = await this.#userExpression(request, { ...cell, code: String(expression) });
    }
    return values;
  }

  async #userExpression(request: Message, expression: CellCode): Promise<Json> {
    const { outputs, interpreter } = this.#parts;
    const execution = outputs.begin({ message: request, silent: isSilent(request) });
    const { failure, result } = await interpreter
      .evaluate({ ...expression, wantsValue: true }, execution)
      .catch(brokenService);
    outputs.finish(execution);
    return failure ? failureContent(failure) : { status: "ok", data: result ?? {}, metadata: {} };
  }

  /** Messages that have arrived but wait in a socket are received before the line is drawn, for a second at most. */
  async #abortReceived(): Promise<void> {
    const { queue } = this.#parts;
    const end = performance.now() + 1_000;
    for (let seen = -1; seen !== queue.received && performance.now() < end; ) {
      seen = queue.received;
      await socketsRead();
    }
    queue.abortReceived();
  }
}

/** The event loop has looked at the sockets: it does between two turns. */
async function socketsRead(): Promise<void> {
  for (const _ of [1, 2]) await new Promise((resolve) => setImmediate(resolve));
}

function isStored(request: Message): boolean {
  return !isSilent(request) && request.content.store_history !== false;
}

function isSilent({ content }: Message): boolean {
  return content.silent === true;
}

function brokenService(error: Error): ExecutionOutcome {
  return failed(faultOf(error));
}
