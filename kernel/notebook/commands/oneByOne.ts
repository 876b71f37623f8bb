/** Work on things one by one in a process of its own, each within a budget of time and memory. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { processorTime } from "./processorTime.js";

/** What the process says: which thing comes next, what was found of it, and that there are no more. */
export type WordOfProcess<Next, Found> =
  | { readonly op: "next"; readonly next: Next }
  | { readonly op: "found"; readonly found: Found }
  | { readonly op: "end" };

/** What is asked of a process. */
export interface Work<Next, Found> {
  /** The program beside this file. */
  readonly program: string;
  /** What it is sent: the things from one on, by their number. */
  order(from: number): object;
  /** What is said where it ends at its first word. */
  readonly first: Next;
  /** What is found of a thing at which the process was ended, or ended. */
  failed(next: Next, problem: string): Found;
}

/**
 * Milliseconds for the first thing that takes too long; those after it get less, so that a notebook of them ends too. They
 * are the processor's where the system says those, so that a busy machine refuses nothing; then so many times as many may pass.
 */
const firstBudget = 12_000;
const leastBudget = 3_000;
const patience = 10;

/** Loading the program and reading the notebook, on a busy machine. */
const startBudget = 60_000;
const heap = ["--max-old-space-size=1024", "--max-semi-space-size=32"];

/** What was found of all of them, in their order. */
export async function oneByOne<Next, Found>(work: Work<Next, Found>): Promise<Found[]> {
  const all: Found[] = [];
  for (let overruns = 0; ; overruns++) {
    const budget = Math.max(leastBudget, firstBudget / (1 + overruns));
    const { found, failed } = await lifeFrom(work, all.length, budget);
    all.push(...found, ...failed);
    if (failed.length === 0) return all;
  }
}

interface Stretch<Found> {
  readonly found: readonly Found[];
  /** The thing at which the process was ended, or ended. */
  readonly failed: readonly Found[];
}

/** One life of the process. */
function lifeFrom<Next, Found>(
  work: Work<Next, Found>,
  from: number,
  budget: number,
): Promise<Stretch<Found>> {
  const program = fileURLToPath(new URL(work.program, import.meta.url));
  const child = fork(program, { execArgv: heap, stdio: ["ignore", "ignore", "ignore", "ipc"] });
  const found: Found[] = [];
  let next = work.first;
  return new Promise((resolve) => {
    let timer = setTimeout(() => end(outOf("time")), startBudget);
    const end = (problem?: string): void => {
      clearTimeout(timer);
      stop(child);
      resolve({ found, failed: problem === undefined ? [] : [work.failed(next, problem)] });
    };
    child.on("message", (report: WordOfProcess<Next, Found>) => {
      if (report.op === "end") return end();
      if (report.op === "found") return void found.push(report.found);
      next = report.next;
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
    child.send(work.order(from));
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
