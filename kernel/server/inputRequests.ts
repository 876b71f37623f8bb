/** Cells that ask the person at the keyboard: the way of a question to the front end, and of its answer back. */
import type { Report } from "../pipe/runnerWords.js";
import type { Message } from "../wire/wire.js";
import type { Channels } from "./channels.js";
import type { Outputs } from "./outputs.js";
import type { RunnerProcess } from "./runnerProcess.js";

interface Question {
  /** The runner's number. */
  readonly request: number;
  /** The msg_id of the request that it was asked for. */
  readonly cause: string;
  /** Who was asked. */
  readonly peer: string;
}

export class InputRequests {
  readonly #channels: Channels;
  readonly #outputs: Outputs;
  readonly #runner: RunnerProcess;
  /** The open questions, by the msg_id of the input_request. */
  readonly #open = new Map<string, Question>();

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
    const id = this.#channels.ask(origin.message, "input_request", { prompt, password });
    const { header } = origin.message;
    this.#open.set(id, { request, cause: header.msg_id, peer: nameOf(origin.message) });
  }

  /** Takes the answer of whoever was asked; one that does not say to what is the answer to the last question. */
  answer(message: Message): void {
    const { header, parent_header, content } = message;
    if (header.msg_type !== "input_reply") return;
    const [peer, to] = [nameOf(message), parent_header.msg_id ?? ""];
    const found = [...this.#open].findLast(
      ([id, question]) => question.peer === peer && ["", id, question.cause].includes(to),
    );
    if (!found) return;
    const [id, { request }] = found;
    this.#open.delete(id);
    this.#runner.send({ op: "input", request, value: String(content.value ?? "") });
  }

  /** Whoever asked is gone. */
  forget(): void {
    this.#open.clear();
  }
}

/** A client has one name on all channels. */
function nameOf({ identities }: Pick<Message, "identities">): string {
  return identities.map((frame) => Buffer.from(frame).toString("hex")).join();
}
