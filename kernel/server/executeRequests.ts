/** An execute_request from busy to idle. */

import type { Json, Message } from "../wire/wire.js";
import type { Channels } from "./channels.js";
import type { History } from "./history.js";
import { type Cell, type Cells, failureContent, type Outcome } from "./interpreter.js";
import type { Outputs } from "./outputs.js";
import type { Queue } from "./queue.js";

export interface Executor {
  /** Puts the request into the queue. */
  add(message: Message): void;
  /** The request that runs, if one does. */
  running(): Message | undefined;
}

/** An executor; cells count from 1. */
export function newExecutor(
  channels: Channels,
  queue: Queue,
  cells: Cells,
  outputs: Outputs,
  history: History,
): Executor {
  let count = 0;
  let current: Message | undefined;

  const status = (message: Message, state: string): Promise<void> =>
    channels.publish("status", { execution_state: state }, message.header);

  async function execute(message: Message, aborted: boolean): Promise<void> {
    void status(message, "busy");
    if (aborted) {
      void channels.reply("shell", message, "execute_reply", { status: "aborted", execution_count: count });
    } else {
      current = message;
      await perform(message).finally(() => {
        current = undefined;
      });
    }
    await status(message, "idle");
  }

  async function perform(message: Message): Promise<void> {
    const cell = readCell(message);
    const execution = outputs.begin({ message, silent: cell.silent });
    outputs.publish(execution, "execute_input", { code: cell.code, execution_count: cell.count });
    const outcome = await cells.run(cell, execution).catch(brokenService);
    outputs.finish(execution);
    const reply = await settle(cell, execution, outcome);
    outputs.finish(execution);
    // Before the reply: whoever has it may send the next cell at once, and that one is not to be aborted.
    if (outcome.failure && message.content.stop_on_error !== false) await abortReceived(queue);
    void channels.reply("shell", message, "execute_reply", { execution_count: cell.count, ...reply });
  }

  function readCell(message: Message): Cell {
    const { content } = message;
    const code = String(content.code ?? "");
    const silent = content.silent === true;
    const stores = !silent && content.store_history !== false;
    if (stores) history.add(++count, code);
    return { message, code, count, silent, allowInput: content.allow_stdin === true };
  }

  /** Publishes result or error; returns the reply's content. */
  async function settle(cell: Cell, execution: number, { failure, result }: Outcome): Promise<Json> {
    if (failure) {
      outputs.fail(execution, failure);
      return failureContent(failure);
    }
    if (result) {
      outputs.publish(execution, "execute_result", {
        data: result,
        metadata: {},
        execution_count: cell.count,
      });
    }
    return { status: "ok", user_expressions: await userExpressions(cell), payload: [] };
  }

  async function userExpressions(cell: Cell): Promise<Json> {
    const values: Json = {};
    for (const [name, expression] of Object.entries(cell.message.content.user_expressions ?? {})) {
      const { failure, result } = await cells.evaluate(cell, String(expression)).catch(brokenService);
      values[name] = failure ? failureContent(failure) : { status: "ok", data: result ?? {}, metadata: {} };
    }
    return values;
  }

  return {
    add: (message) => queue.add((aborted) => execute(message, aborted)),
    running: () => current,
  };
}

/** Messages that have arrived but wait in a socket are received before the line is drawn. */
async function abortReceived(queue: Queue): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  queue.abortReceived();
}

function brokenService(error: Error): Outcome {
  const { name, message, stack } = error;
  return { failure: { ename: name, evalue: message, traceback: [stack ?? message] }, result: undefined };
}
