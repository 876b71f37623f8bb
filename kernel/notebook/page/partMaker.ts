/** Makes the parts of a page in a thread, each within a budget of time and memory. */
import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { packageRoot } from "../../place/packageRoot.js";
import type { Anchors, MarkdownHtml } from "./markdown.js";
import { type Part, plainPart } from "./part.js";
import type { PartAnswer, PartQuestion } from "./partWorker.js";

/** Processor time of the first part that takes too long, in ms; of those after it less, so that a page of them ends too. */
const firstBudget = 1_500;
const heap = { maxOldGenerationSizeMb: 320, maxYoungGenerationSizeMb: 32 };
const lookEvery = 50;

export class PartMaker {
  #taken: Anchors = new Map();
  #overruns = 0;

  /** The part as HTML; the part as text, with a note, where its budget did not suffice. */
  async make(part: Part): Promise<MarkdownHtml> {
    const answer = await ask({ part, taken: this.#taken }, firstBudget / (1 + this.#overruns));
    if (typeof answer === "string") {
      this.#overruns += 1;
      return plainPart(part, answer);
    }
    this.#taken = answer.taken;
    return answer;
  }
}

/** A thread that has loaded its program. It is kept for the next part and the next page, and keeps no program from ending. */
let idle: Worker | undefined;

/** The thread's answer, or why there is none; the thread is ended then. */
async function ask(question: PartQuestion, budget: number): Promise<PartAnswer | string> {
  const worker = idle ?? (await newWorker());
  idle = undefined;
  worker.ref();
  const answer = await answerWithin(worker, question, budget);
  worker.unref();
  if (typeof answer === "string") await worker.terminate();
  else idle = worker;
  return answer;
}

/** The compiled one, also for tests that run the sources: Node's threads know no loader of TypeScript. */
const program = join(packageRoot(), "dist/kernel/notebook/page/partWorker.js");

async function newWorker(): Promise<Worker> {
  const worker = new Worker(program, { resourceLimits: heap });
  await once(worker, "message"); // ready
  return worker;
}

/** Whichever comes first: an answer, the thread's end, or the end of the budget. What others compute meanwhile is not counted. */
function answerWithin(worker: Worker, question: PartQuestion, budget: number): Promise<PartAnswer | string> {
  const before = process.cpuUsage();
  return new Promise((resolve) => {
    const end = (answer: PartAnswer | string): void => {
      clearInterval(look);
      worker.off("message", end).off("error", failed);
      resolve(answer);
    };
    const failed = (error: Error & { code?: string }): void =>
      end(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "it takes too much memory" : error.message);
    const look = setInterval(() => {
      const { user, system } = process.cpuUsage(before);
      if ((user + system) / 1000 > budget) end("it takes too long");
    }, lookEvery);
    worker.on("message", end).on("error", failed);
    worker.postMessage(question);
  });
}
