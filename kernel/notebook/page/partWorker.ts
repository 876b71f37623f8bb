/** A thread that makes parts of a page: one that takes too long, or too much memory, is ended with it. */
import { parentPort } from "node:worker_threads";
import type { Anchors, MarkdownHtml } from "./markdown.js";
import { type Part, partHtml } from "./part.js";

/** What the thread is asked: a part, and the anchors of those before it. */
export interface PartQuestion {
  readonly part: Part;
  readonly taken: Anchors;
}

/** What it answers; the anchors with its own. */
export interface PartAnswer extends MarkdownHtml {
  readonly taken: Anchors;
}

parentPort?.on("message", ({ part, taken }: PartQuestion) => {
  const made = partHtml(part, taken);
  parentPort?.postMessage({ ...made, taken } satisfies PartAnswer);
});
parentPort?.postMessage("ready");
