/** Cells that ask the person at the keyboard: the way of a question to the front end, and of its answer back. */
import type { Report } from "../pipe/runnerWords.js";
import type { Message } from "../wire/wire.js";
import type { Channels } from "./channels.js";
import type { Outputs } from "./outputs.js";
import type { RunnerProcess } from "./runnerProcess.js";

export class InputRequests {
  readonly #channels: Channels;
  readonly #outputs: Outputs;
  readonly #runner: RunnerProcess;
  /** The runner's number of each open question, by the msg_id of the input_request. */
  readonly #open = new Map<string, number>();

  constructor(channels: Channels, outputs: Outputs, runner: RunnerProcess) {
    this.#channels = channels;
    this.#outputs = outputs;
    this.#runner = runner;
  }

  /** Asks the front end whose request caused the question. */
  ask({ execution, request, prompt, password }: Report & { op: "input" }): void {
    const origin = this.#outputs.originOf(execution);
    if (!origin) return;
    this.#outputs.flush();
    this.#open.set(this.#channels.ask(origin.message, "input_request", { prompt, password }), request);
  }

  /** Takes the answer; one that does not say to what is the answer to the last question. */
  answer({ header, parent_header, content }: Message): void {
    if (header.msg_type !== "input_reply") return;
    const id = String(parent_header.msg_id ?? "");
    const request = this.#open.get(id) ?? [...this.#open.values()].at(-1);
    if (request === undefined) return;
    this.#open.delete(id);
    this.#runner.send({ op: "input", request, value: String(content.value ?? "") });
  }

  /** Whoever asked is gone. */
  forget(): void {
    this.#open.clear();
  }
}
