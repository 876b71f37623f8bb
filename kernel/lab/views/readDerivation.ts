/** From what a notebook holds to what the view of a derivation shows. */

import type { DerivationPayload, DerivationRemark } from "../../../src/mime/types.js";
import { checkedList, checkedObject, checkedText, wrong } from "./checked.js";
import { entryFact } from "./facts.js";
import { readLine, type ShownLine, withEntry } from "./readLine.js";

/** A derivation, ready to be shown. */
export interface DerivationModel {
  readonly remark?: DerivationRemark;
  readonly lines: readonly ShownLine[];
}

/** A page of more lines would hang. */
const mostLines = 2_000;

/** Reads and checks a payload; throws an Error that names what came and what was needed. */
export function readDerivation(payload: unknown): DerivationModel {
  const { version, lines, remark, entry } = checkedObject(
    payload,
    "the payload",
  ) as Partial<DerivationPayload>;
  if (version !== 1) throw wrong("version", version, "1, which is what this plugin reads");
  if (!Array.isArray(lines) || lines.length === 0) throw wrong("lines", lines, "at least one line");
  if (lines.length > mostLines) throw wrong("lines", `${lines.length} of them`, `at most ${mostLines}`);
  const shared = entry === undefined ? undefined : entryFact(entry);
  const shown = lines.map((line, at) => withEntry(readLine(line, `lines[${at}]`), shared));
  return remark === undefined ? { lines: shown } : { lines: shown, remark: readRemark(remark) };
}

function readRemark(value: unknown): DerivationRemark {
  const remark = checkedObject(value, "remark") as unknown as DerivationRemark;
  checkedText(remark.outcome, "remark.outcome");
  for (const [at, part] of checkedList(remark.parts, "remark.parts").entries()) {
    const { text, tex = "" } = checkedObject(part, `remark.parts[${at}]`);
    checkedText(text, `remark.parts[${at}].text`);
    checkedText(tex, `remark.parts[${at}].tex`);
  }
  return remark;
}
