/** The kernel: which message does what. Everything that takes long is elsewhere: the compiler and cells in processes. */

import type { Report } from "../pipe/runnerWords.js";
import type { ConnectionInfo, Json, Message, Ports, TooLarge } from "../wire/wire.js";
import { Channels, type RequestChannel } from "./channels.js";
import { CommRequests } from "./commRequests.js";
import { CommTable } from "./commTable.js";
import { ExecuteRequests } from "./executeRequests.js";
import { Executions } from "./executions.js";
import type { History } from "./history.js";
import { InputRequests } from "./inputRequests.js";
import { Interpreter } from "./interpreter.js";
import { kernelInfo } from "./kernelInfo.js";
import type { LanguageProcess } from "./languageProcess.js";
import { completeReply, inspectReply, isCompleteReply } from "./languageReplies.js";
import { deathOf, failureContent, faultOf } from "./outcome.js";
import { Outputs } from "./outputs.js";
import { Queue } from "./queue.js";
import { RunnerProcess } from "./runnerProcess.js";

export interface KernelParts {
  readonly language: LanguageProcess;
  readonly history: History;
  /** Node's options for the runner. */
  readonly runnerOptions: readonly string[];
  /** Characters of stream output of one cell. */
  readonly outputLimit: number;
  readonly log: (text: string) => void;
}

type Answer = (content: Json, request: Message) => Json | Promise<Json>;

export class Kernel {
  readonly #parts: KernelParts;
  readonly #channels: Channels;
  readonly #comms = new CommTable();
  readonly #queue: Queue;
  readonly #outputs: Outputs;
  readonly #runner: RunnerProcess;
  readonly #executions: Executions;
  readonly #interpreter: Interpreter;
  readonly #inputRequests: InputRequests;
  readonly #executeRequests: ExecuteRequests;
  readonly #commRequests: CommRequests;
  readonly #answers: ReadonlyMap<string, Answer>;

  private constructor(channels: Channels, parts: KernelParts) {
    const { language, history, log } = parts;
    this.#parts = parts;
    this.#channels = channels;
    this.#queue = new Queue(log);
    const full = [this.#queue.fill, language.fill];
    for (const fill of full) fill.whenFull = () => channels.holdRequests(full.some(({ isFull }) => isFull));
    this.#outputs = new Outputs(channels, this.#comms, parts.outputLimit);
    this.#runner = new RunnerProcess(parts.runnerOptions, {
      report: (report) => this.#hear(report),
      native: (name, text) => this.#outputs.native(name, text),
      died: (why) => this.#mourn(why),
    });
    channels.whenFull((isHeld) => this.#runner.hold(isHeld));
    this.#executions = new Executions(this.#runner);
    this.#interpreter = new Interpreter(language, this.#runner, this.#executions);
    this.#inputRequests = new InputRequests(channels, this.#outputs, this.#runner);
    this.#executeRequests = new ExecuteRequests({
      channels,
      queue: this.#queue,
      interpreter: this.#interpreter,
      outputs: this.#outputs,
      history,
    });
    this.#commRequests = new CommRequests({
      status: (state, message) => this.#status(state, message),
      queue: this.#queue,
      comms: this.#comms,
      outputs: this.#outputs,
      executions: this.#executions,
    });
    this.#answers = this.#answerTable();
  }

  /** Starts a kernel at a connection file's place. */
  static async start(connection: ConnectionInfo, parts: KernelParts): Promise<Kernel> {
    const channels = await Channels.open(connection, parts.log);
    const kernel = new Kernel(channels, parts);
    channels.listen({
      message: (channel, message, size) =>
        void kernel.#take(channel, message, size).catch((error: Error) => parts.log(String(error.stack))),
      tooLarge: (channel, message, error) => void kernel.#refuse(channel, message, error),
    });
    void channels.status("starting", {});
    return kernel;
  }

  /** Where clients reach it. */
  get ports(): Ports {
    return this.#channels.ports;
  }

  /** Stop: ends the cell that runs or is being converted, and aborts those that wait. */
  async interrupt(): Promise<void> {
    await this.#executeRequests.abortWaiting();
    this.#interpreter.stop();
    this.#parts.language.dropConversions();
    this.#commRequests.stop();
    this.#runner.interrupt();
  }

  /** Ends the runner, delivers what was sent, and ends the process. */
  shutdown(): void {
    this.#runner.kill();
    this.#parts.language.stop();
    this.#channels.close();
    setTimeout(() => process.exit(0), 50);
  }

  /** What a request is answered with at once, by its type. */
  #answerTable(): ReadonlyMap<string, Answer> {
    const { language, history } = this.#parts;
    const info = kernelInfo();
    const declarations = (): Promise<string> => this.#interpreter.declarations;
    const table: Readonly<Record<string, Answer>> = {
      kernel_info_request: () => info,
      complete_request: async (content, request) =>
        completeReply(language, await declarations(), content, (code) =>
          this.#executeRequests.valueOf(code, request),
        ),
      inspect_request: async (content) => inspectReply(language, await declarations(), content),
      is_complete_request: (content) => isCompleteReply(language, content),
      history_request: (content) => history.answer(content),
      comm_info_request: ({ target_name }) => this.#comms.info(target_name),
      interrupt_request: async () => {
        await this.interrupt();
        return { status: "ok" };
      },
    };
    return new Map(Object.entries(table)); // a type may be called "constructor"
  }

  async #take(channel: RequestChannel, message: Message, size: number): Promise<void> {
    const type = message.header.msg_type;
    if (channel === "stdin") this.#inputRequests.answer(message);
    else if (type === "execute_request") this.#executeRequests.add(message, size);
    else if (type.startsWith("comm_") && type !== "comm_info_request") this.#commRequests.take(message, size);
    else if (type === "shutdown_request") await this.#takeShutdown(channel, message);
    else await this.#answer(channel, message, this.#answers.get(type));
  }

  /** Busy, the answer, idle; an unknown request gets no answer, as the protocol has it. */
  async #answer(channel: RequestChannel, request: Message, answer: Answer | undefined): Promise<void> {
    void this.#channels.status("busy", request.header);
    if (answer) {
      const content = await Promise.resolve(answer(request.content, request)).catch((error: Error) =>
        failureContent(faultOf(error)),
      );
      void this.#channels.reply(channel, request, replyType(request), content);
    }
    await this.#status("idle", request);
  }

  /** What the kernel does because of a message beside the cells; where one runs, it is busy with that after all. */
  async #status(state: "busy" | "idle", { header }: Message): Promise<void> {
    await this.#channels.status(state, header);
    const { running } = this.#executeRequests;
    if (state === "idle" && running) await this.#channels.status("busy", running.header);
  }

  async #takeShutdown(channel: RequestChannel, request: Message): Promise<void> {
    const content = { status: "ok", restart: request.content.restart === true };
    void this.#channels.status("busy", request.header);
    void this.#channels.reply(channel, request, "shutdown_reply", content);
    void this.#channels.publish("shutdown_reply", content, request.header);
    // a subscriber that does not read is not waited for
    await Promise.race([this.#channels.status("idle", request.header), wait(goneWithin)]);
    this.shutdown();
  }

  async #refuse(channel: RequestChannel, request: Message, { message, size }: TooLarge): Promise<void> {
    this.#parts.log(`refused a message of ${size} bytes`);
    const failure = { ename: "MessageTooLarge", evalue: message, traceback: [] };
    await this.#answer(channel, request, () => failureContent(failure));
  }

  #hear(report: Report): void {
    if (report.op === "done") this.#executions.done(report);
    else if (report.op === "input") this.#inputRequests.ask(report);
    else this.#outputs.take(report);
  }

  /** The runner has ended with all variables: what was open in it is closed, and who waited for it is told. */
  #mourn(why: string): void {
    const last = this.#outputs.last;
    for (const comm_id of this.#comms.clear())
      this.#outputs.publish(last, "comm_close", { comm_id, data: {} });
    this.#inputRequests.forget();
    this.#interpreter.startAnew();
    if (!this.#executions.fail(why)) this.#outputs.fail(last, deathOf(why, "a callback"));
  }
}

/** How long the end of a kernel waits for what is still to be published; ms. */
const goneWithin = 300;

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function replyType({ header }: Message): string {
  return header.msg_type.replace(/_request$/, "_reply");
}
