/** The lines of a derivation as rows: with bookkeeping folded into the line that it tidies up, or each by itself. */

import type { ChangeRecord } from "../../../src/mime/types.js";
import type { Strength } from "./readBadge.js";
import type { ShownLine } from "./readLine.js";

/** One row: the formula of its last line, made by the rule of its first. */
export interface Row {
  /** Its number among the lines, counted from 1. */
  readonly number: number;
  readonly made: ShownLine;
  readonly shown: ShownLine;
  /** The bookkeeping that is folded into it. */
  readonly folded: readonly ShownLine[];
  readonly change?: ChangeRecord;
}

/** The rows; the first line is the first row, whatever follows it, and nothing is folded into a line that is to be written. */
export function lineRows(lines: readonly ShownLine[], isFolded: boolean): Row[] {
  const groups: { number: number; lines: ShownLine[] }[] = [];
  for (const [at, line] of lines.entries()) {
    const isTidying = line.isBookkeeping && at > 1 && lines[at - 1].strength !== "open";
    if (isFolded && isTidying) groups[groups.length - 1].lines.push(line);
    else groups.push({ number: at + 1, lines: [line] });
  }
  return groups.map((group) => rowOf(group.number, group.lines));
}

function rowOf(number: number, [made, ...folded]: readonly ShownLine[]): Row {
  const shown = folded[folded.length - 1] ?? made;
  const change = folded.length > 0 ? shown.foldedChange : made.change;
  return { number, made, shown, folded, ...(change && { change }) };
}

/** The weakest evidence in a row is what the row is worth. */
export function weakest({ made, folded }: Row): ShownLine {
  return [made, ...folded].reduce((one, other) => (rank[other.strength] < rank[one.strength] ? other : one));
}

const rank: Readonly<Record<Strength, number>> = {
  wrong: 0,
  weak: 1,
  unchecked: 2,
  tried: 3,
  proved: 4,
  open: 5,
};
