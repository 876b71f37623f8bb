/** From what a notebook holds to what the view of a checked statement shows. */

import { checkedObject, checkedText, wrong } from "./checked.js";
import { entryFact } from "./facts.js";
import { readLine, type ShownLine, withEntry } from "./readLine.js";

/** Reads and checks a payload; throws an Error that names what came and what was needed. */
export function readVerdict(payload: unknown): ShownLine {
  const verdict = checkedObject(payload, "the payload");
  const { version, tag, entry } = verdict;
  if (version !== 1) throw wrong("version", version, "1, which is what this plugin reads");
  const { text, tex } = checkedObject(verdict.statement, "statement");
  const line = readLine({ ...verdict, text, tex, reason: checkedText(tag, "tag") }, "statement");
  return withEntry(line, entry === undefined ? undefined : entryFact(entry));
}
