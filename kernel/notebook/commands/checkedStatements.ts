/** The statements of a notebook, checked in a process of their own, each within a budget of time and memory. */
import { readNotebook } from "../format/read.js";
import { oneByOne } from "./oneByOne.js";

/** What was found of one of them. */
export interface Checked {
  readonly place: string;
  /** Whether it is a statement, or what an output shows besides. */
  readonly isStatement: boolean;
  /** Why it does not hold. */
  readonly problems: readonly string[];
  /** What the second program says of its certificate. */
  readonly judgement: Judged | undefined;
  /** What its certificate claims: as stored, and worth what the two above say. */
  readonly claim?: Claim | undefined;
}

/** How far a certificate reaches, its statement, and the names that it is about. */
export interface Claim {
  readonly level: string;
  readonly declarations: string;
  readonly statement: string;
}

/** What the second program says of a certificate, as much as is told. */
export interface Judged {
  readonly verdict: "holds" | "differs" | "not judged";
  readonly why: string;
  readonly shapes: number;
}

/** What the process is asked: the statements of a notebook from one on, by their number. */
export interface CheckOrder {
  readonly file: string;
  readonly seed: number;
  readonly from: number;
}

/** Everything that the notebook shows of statements, in its order. Throws NotebookError. */
export async function checkedStatements(file: string, seed: number): Promise<Checked[]> {
  await readNotebook(file); // its errors are told here
  return oneByOne<Pick<Checked, "place" | "isStatement">, Checked>({
    program: "checkProcess.js",
    order: (from): CheckOrder => ({ file, seed, from }),
    first: { place: "the notebook", isStatement: false },
    failed: (next, problem) => ({ ...next, problems: [problem], judgement: undefined }),
  });
}
