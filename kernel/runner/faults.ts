/** Errors that nobody caught: they belong to the cell that started them, and never end the runner. */
import { currentExecution, type Execution } from "./currentExecution.js";
import { failureOf } from "./failure.js";
import { Interrupted } from "./interrupt.js";
import { report } from "./report.js";

/** From now on uncaught errors are reported, and Node's warnings are written to stderr, experimental ones apart. */
export function installFaults(): void {
  process.on("uncaughtException", reportLate);
  process.on("unhandledRejection", reportLate);
  process.on("SIGINT", () => undefined); // it stops what runs guarded; otherwise the flag does
  process.on("exit", (code) => report({ op: "exit", code }));
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    if (warning.name !== "ExperimentalWarning") process.stderr.write(`${warning.name}: ${warning.message}\n`);
  });
}

const stopped = new WeakSet<Execution>();

function reportLate(thrown: unknown): void {
  const execution = currentExecution();
  if (thrown instanceof Interrupted) {
    if (stopped.has(execution)) return; // a million callbacks may be stopped; once is enough
    stopped.add(execution);
  }
  report({ op: "late", execution: execution.id, failure: failureOf(thrown) });
}
