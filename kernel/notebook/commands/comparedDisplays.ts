/** Displays compared with certificates, in a process of their own: what a text displays may be anything. */
import type { Claim } from "./checkedStatements.js";
import { oneByOne } from "./oneByOne.js";

export interface DisplayToCompare {
  readonly tex: string;
  readonly claim: Claim;
}

/** Whether a display says what is certified; "too long" where nobody knows within the budget. */
export interface ComparedDisplay {
  readonly result: "same" | "differs" | "not compared" | "too long";
  readonly why: string;
}

/** What the process is asked: the displays from one on, by their number. */
export interface CompareOrder {
  readonly displays: readonly DisplayToCompare[];
  readonly from: number;
}

/** What comes of each. */
export function comparedDisplays(displays: readonly DisplayToCompare[]): Promise<readonly ComparedDisplay[]> {
  if (displays.length === 0) return Promise.resolve([]);
  return oneByOne<null, ComparedDisplay>({
    program: "compareProcess.js",
    order: (from): CompareOrder => ({ displays, from }),
    first: null,
    failed: (_, problem) => ({ result: "too long", why: problem }),
  });
}
