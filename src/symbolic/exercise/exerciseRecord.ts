/** Exercises as records: the lines that are there with their evidence, □ for those that are not. */

import type { DerivationRecord, LineRecord, RemarkRecord } from "../derive/derivationRecord.js";
import { recordOf } from "../derive/record.js";
import type { Answer, Hint, Sheet } from "./exerciseSheet.js";

/** The sheet, and what was said about it. */
export function recordOfSheet({ lines, shown, marks }: Sheet, remark?: RemarkRecord): DerivationRecord {
  const record = recordOf(shown);
  const there = [...record.lines];
  const all = lines.map((line) => (line === "open" ? openLine : (there.shift() as LineRecord)));
  const said = { ...record, lines: all, ...(remark && { remark }), ...(marks && { exercise: marks }) };
  return lines.includes("open") ? unfinished(said) : said;
}

/** The sheet with the answer above it. */
export function recordOfAnswer({ line, outcome, text, card, sheet }: Answer): DerivationRecord {
  const seen = card && { brief: `line ${line}: it does not follow`, card };
  return recordOfSheet(sheet, { outcome, parts: [{ text, ...seen }] });
}

/** The sheet with the hints above it. */
export function recordOfHint({ sentences, sheet }: Hint): DerivationRecord {
  return recordOfSheet(sheet, { outcome: "hint", parts: sentences });
}

const openLine: LineRecord = { text: "□", tex: "\\square", reason: "", open: true };

/** What is not all there has no level, and states no more than its last line. */
function unfinished({ level: _, entry: __, ...record }: DerivationRecord): DerivationRecord {
  const [first, last] = [record.lines[0], record.lines[record.lines.length - 1]];
  const statement = { text: `${first.text} = ${last.text}`, tex: `${first.tex} = ${last.tex}` };
  return { ...record, statement };
}
