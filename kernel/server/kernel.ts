/** The kernel: which message does what. Everything that takes long is elsewhere: the compiler in a thread, cells in a process. */

import type { Report } from "../pipe/runnerWords.js";
import type { ConnectionInfo, Json, Message } from "../wire/wire.js";
import { openChannels, type RequestChannel } from "./channels.js";
import { newCommTable } from "./commTable.js";
import { newExecutor } from "./executeRequests.js";
import type { History } from "./history.js";
import { deathOf, newCells } from "./interpreter.js";
import { kernelInfo } from "./kernelInfo.js";
import type { Language } from "./languageProcess.js";
import { completeReply, inspectReply, isCompleteReply } from "./languageReplies.js";
import { newOutputs } from "./outputs.js";
import { newQueue } from "./queue.js";
import { startRunner } from "./runnerProcess.js";

export interface Parts {
  readonly language: Language;
  readonly history: History;
  /** Node's options for the runner. */
  readonly runnerOptions: readonly string[];
  /** Characters of stream output of one cell. */
  readonly outputLimit: number;
  log(text: string): void;
}

export interface Kernel {
  interrupt(): void;
  /** Ends the runner, delivers what was sent, and ends the process. */
  shutdown(): void;
}

type Answer = (message: Message) => Json | Promise<Json>;

/** Starts a kernel at a connection file's place. */
export async function startKernel(connection: ConnectionInfo, parts: Parts): Promise<Kernel> {
  const { language, history, log } = parts;
  const info = kernelInfo();
  const comms = newCommTable();
  const questions = new Map<string, number>();
  const channels = await openChannels(connection, {
    message: (channel, message) =>
      void take(channel, message).catch((error: Error) => log(String(error.stack))),
    tooLarge: (channel, message, { size, message: evalue }) => void refuse(channel, message, evalue, size),
    log,
  });
  const outputs = newOutputs(channels, comms, parts.outputLimit);
  const runner = startRunner(parts.runnerOptions, {
    report: hear,
    native: (name, text) => outputs.native(name, text),
    died: mourn,
  });
  const cells = newCells(language, outputs, (command) => runner.send(command));
  const queue = newQueue(log);
  const executor = newExecutor(channels, queue, cells, outputs, history);

  function hear(report: Report): void {
    if (report.op === "done") cells.done(report);
    else if (report.op === "input") askInput(report);
    else outputs.take(report);
  }

  function askInput({ execution, request, prompt, password }: Report & { op: "input" }): void {
    const origin = outputs.originOf(execution);
    if (!origin) return;
    outputs.flush();
    questions.set(channels.ask(origin.message, "input_request", { prompt, password }), request);
  }

  function mourn(why: string): void {
    for (const comm_id of comms.clear()) outputs.publish(outputs.last(), "comm_close", { comm_id, data: {} });
    questions.clear();
    if (cells.runnerDied(why) === undefined) outputs.fail(outputs.last(), deathOf(why, "a callback"));
  }

  const answers: Readonly<Record<string, Answer>> = {
    kernel_info_request: () => info,
    complete_request: async ({ content }) => completeReply(language, await cells.declarations(), content),
    inspect_request: async ({ content }) => inspectReply(language, await cells.declarations(), content),
    is_complete_request: ({ content }) => isCompleteReply(language, content),
    history_request: ({ content }) => history.answer(content),
    comm_info_request: ({ content }) => comms.info(content.target_name),
    interrupt_request: () => {
      runner.interrupt();
      return { status: "ok" };
    },
  };

  async function take(channel: RequestChannel, message: Message): Promise<void> {
    const type = message.header.msg_type;
    if (channel === "stdin") takeInput(message);
    else if (type === "execute_request") executor.add(message);
    else if (type.startsWith("comm_") && type !== "comm_info_request") takeComm(message);
    else if (type === "shutdown_request") await takeShutdown(channel, message);
    else await answer(channel, message, answers[type]);
  }

  /** Busy, the answer, idle; an unknown request gets no answer, as the protocol has it. */
  async function answer(channel: RequestChannel, message: Message, make: Answer | undefined): Promise<void> {
    void channels.publish("status", { execution_state: "busy" }, message.header);
    if (make) {
      const content = await Promise.resolve(make(message)).catch(errorContent);
      void channels.reply(channel, message, replyType(message), content);
    }
    await channels.publish("status", { execution_state: "idle" }, message.header);
    const running = executor.running();
    if (running) await channels.publish("status", { execution_state: "busy" }, running.header); // it still is
  }

  function takeInput({ header, parent_header, content }: Message): void {
    if (header.msg_type !== "input_reply") return;
    const id = String(parent_header.msg_id ?? "");
    const request = questions.get(id) ?? [...questions.values()].at(-1);
    if (request === undefined) return;
    questions.delete(id);
    runner.send({ op: "input", request, value: String(content.value ?? "") });
  }

  function takeComm(message: Message): void {
    queue.addBeside(async () => {
      void channels.publish("status", { execution_state: "busy" }, message.header);
      await deliverComm(message);
      await channels.publish("status", { execution_state: "idle" }, message.header);
    });
  }

  async function deliverComm(message: Message): Promise<void> {
    const { content, metadata, buffers } = message;
    const kind = message.header.msg_type as "comm_open" | "comm_msg" | "comm_close";
    comms.note(kind, content);
    const execution = outputs.begin({ message, silent: false });
    const about = {
      comm_id: String(content.comm_id),
      target_name: textOf(content.target_name),
      data: (content.data ?? {}) as Json,
    };
    const command = { execution, message: message.header.msg_id, kind, content: about, metadata, buffers };
    const { failure } = await cells.comm({ op: "comm", ...command });
    if (failure) outputs.fail(execution, failure);
    outputs.finish(execution);
  }

  async function takeShutdown(channel: RequestChannel, message: Message): Promise<void> {
    const content = { status: "ok", restart: message.content.restart === true };
    void channels.publish("status", { execution_state: "busy" }, message.header);
    void channels.reply(channel, message, "shutdown_reply", content);
    void channels.publish("shutdown_reply", content, message.header);
    await channels.publish("status", { execution_state: "idle" }, message.header);
    shutdown();
  }

  async function refuse(
    channel: RequestChannel,
    message: Message,
    evalue: string,
    size: number,
  ): Promise<void> {
    log(`refused a message of ${size} bytes`);
    await answer(channel, message, () => ({
      status: "error",
      ename: "MessageTooLarge",
      evalue,
      traceback: [],
    }));
  }

  function shutdown(): void {
    runner.kill();
    language.stop();
    channels.close();
    setTimeout(() => process.exit(0), 50);
  }

  void channels.publish("status", { execution_state: "starting" }, {});
  return { interrupt: () => runner.interrupt(), shutdown };
}

function replyType({ header }: Message): string {
  return header.msg_type.replace(/_request$/, "_reply");
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function errorContent(error: Error): Json {
  return {
    status: "error",
    ename: error.name,
    evalue: error.message,
    traceback: [error.stack ?? error.message],
  };
}
