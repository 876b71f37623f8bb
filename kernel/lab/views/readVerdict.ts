/** From what a notebook holds to what the view of a checked statement shows. */

import { checkedList, checkedObject, checkedText, wrong } from "./checked.js";
import { entryFact } from "./facts.js";
import { readLine, type ShownLine, withEntry } from "./readLine.js";

/** Reads and checks a payload, of one statement or of a list; throws an Error that names what came and what was needed. */
export function readVerdicts(payload: unknown): ShownLine[] {
  const { version, statements, ...verdict } = checkedObject(payload, "the payload");
  if (version !== 1) throw wrong("version", version, "1, which is what this plugin reads");
  if (statements === undefined) return [readVerdict(verdict, "")];
  return checkedList(statements, "statements").map((entry, k) => {
    const { name, verdict: listed } = checkedObject(entry, `statements[${k}]`);
    const lead = name === undefined ? "" : checkedText(name, `statements[${k}].name`);
    return readVerdict(checkedObject(listed, `statements[${k}].verdict`), lead);
  });
}

/** The line of a statement; its reason is its name, behind what a list calls it. */
function readVerdict(verdict: Record<string, unknown>, lead: string): ShownLine {
  const { tag, entry, level, badge, evidence, certificate } = verdict;
  const { text, tex } = checkedObject(verdict.statement, "statement");
  const reason = [lead, checkedText(tag, "tag")].filter((name) => name !== "").join(": ");
  const { words } = checkedObject(verdict.statement, "statement");
  const line = readLine({ level, badge, evidence, certificate, words, text, tex, reason }, "statement");
  return withEntry(line, entry === undefined ? undefined : entryFact(entry));
}
