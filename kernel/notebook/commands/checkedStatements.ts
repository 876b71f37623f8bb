/** The statements of a notebook, checked in a process of their own, each within a budget of time and memory. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { readNotebook } from "../format/read.js";
import { processorTime } from "./processorTime.js";

/** What was found of one of them. */
export interface Checked {
  readonly place: string;
  /** Whether it is a statement, or what an output shows besides. */
  readonly isStatement: boolean;
  /** Why it does not hold. */
  readonly problems: readonly string[];
  /** What the second program says of its certificate. */
  readonly judgement: Judged | undefined;
  /** How far its certificate reaches, and the names that it is about: as stored, and worth what the two above say. */
  readonly claim?: { readonly level: string; readonly declarations: string } | undefined;
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

/** What it says: which statement comes next, what was found of it, and that there are no more. */
export type CheckReport =
  | { readonly op: "next"; readonly place: string; readonly isStatement: boolean }
  | { readonly op: "checked"; readonly checked: Checked }
  | { readonly op: "end" };

/**
 * Milliseconds for the first statement that takes too long; those after it get less, so that a notebook of them ends too. They
 * are the processor's where the system says those, so that a busy machine refuses nothing; then so many times as many may pass.
 */
const firstBudget = 12_000;
const leastBudget = 3_000;
const patience = 10;

/** Loading the program and reading the notebook, on a busy machine. */
const startBudget = 60_000;
const heap = ["--max-old-space-size=1024", "--max-semi-space-size=32"];

/** Everything that the notebook shows of statements, in its order. Throws NotebookError. */
export async function checkedStatements(file: string, seed: number): Promise<Checked[]> {
  await readNotebook(file); // its errors are told here
  const all: Checked[] = [];
  for (let overruns = 0; ; overruns++) {
    const budget = Math.max(leastBudget, firstBudget / (1 + overruns));
    const { checked, failed } = await checkFrom({ file, seed, from: all.length }, budget);
    all.push(...checked);
    if (failed === undefined) return all;
    all.push(failed);
  }
}

interface Stretch {
  readonly checked: readonly Checked[];
  /** The statement at which the process was ended, or ended. */
  readonly failed: Checked | undefined;
}

/** One life of the process. */
function checkFrom(order: CheckOrder, budget: number): Promise<Stretch> {
  const program = fileURLToPath(new URL("checkProcess.js", import.meta.url));
  const child = fork(program, { execArgv: heap, stdio: ["ignore", "ignore", "ignore", "ipc"] });
  const checked: Checked[] = [];
  let next = { place: "the notebook", isStatement: false };
  return new Promise((resolve) => {
    let timer = setTimeout(() => end(outOf("time")), startBudget);
    const end = (problem: string | undefined): void => {
      clearTimeout(timer);
      stop(child);
      const failed =
        problem === undefined ? undefined : { ...next, problems: [problem], judgement: undefined };
      resolve({ checked, failed });
    };
    child.on("message", (report: CheckReport) => {
      if (report.op === "end") return end(undefined);
      if (report.op === "checked") return void checked.push(report.checked);
      next = { place: report.place, isStatement: report.isStatement };
      clearTimeout(timer);
      timer = whenSpent(
        child.pid ?? 0,
        budget,
        (again) => {
          timer = again;
        },
        () => end(outOf(`${budget / 1000} s`)),
      );
    });
    child.once("exit", () => end(`${outOf("memory")}: its process ended`));
    child.send(order);
  });
}

/** Ends when a process has spent a budget from now on; each timer that is set anew is told. */
function whenSpent(
  pid: number,
  budget: number,
  tell: (again: NodeJS.Timeout) => void,
  end: () => void,
): NodeJS.Timeout {
  const [start, from] = [performance.now(), processorTime(pid)];
  const look = (): void => {
    const now = processorTime(pid);
    const spent = from === undefined || now === undefined ? budget : now - from;
    if (spent >= budget || performance.now() - start >= patience * budget) end();
    else tell(setTimeout(look, Math.max(100, budget - spent)));
  };
  return setTimeout(look, budget);
}

const outOf = (budget: string): string => `it was not checked within the budget of ${budget}`;

function stop(child: ChildProcess): void {
  child.removeAllListeners();
  child.kill("SIGKILL");
}
