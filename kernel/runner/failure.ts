/** What was thrown, as Jupyter's error message wants it. */
import { inspect, types } from "node:util";
import type { Failure } from "../pipe/runnerWords.js";
import { withNames } from "./innerNames.js";
import { Interrupted } from "./interrupt.js";
import { summary } from "./summary.js";
import { whereItRan } from "./whereItRan.js";

/** Name, message and traceback of anything thrown; never throws itself. */
export function failureOf(thrown: unknown): Failure {
  const error = isVmInterrupt(thrown) ? new Interrupted(whereItRan()) : thrown;
  try {
    return isError(error) ? ofError(error) : ofValue(error);
  } catch {
    return { ename: "Error", evalue: "something was thrown that cannot be shown", traceback: [] };
  }
}

function ofError(error: Error): Failure {
  if (error instanceof Interrupted)
    return { ename: error.name, evalue: error.message, traceback: stackLines(error) };
  const ename = read(() => String(error.name)) ?? "Error";
  const evalue = withNames(read(() => String(error.message)) ?? "its message cannot be read");
  const shown = read(() => inspect(error, { depth: 3, maxArrayLength: 100, maxStringLength: 10_000 }));
  return { ename, evalue, traceback: withNames(shown ?? `${ename}: ${evalue}`).split("\n") };
}

/** Undefined where a getter of the reader's throws. */
function read(text: () => string): string | undefined {
  try {
    return text();
  } catch {
    return undefined;
  }
}

function stackLines(error: Error): string[] {
  return (error.stack ?? String(error)).split("\n");
}

function ofValue(value: unknown): Failure {
  const text = summary(value);
  const ename = value === null ? "null" : typeof value;
  return { ename, evalue: typeof value === "string" ? value : text, traceback: [`Uncaught ${text}`] };
}

/** What `breakOnSigint` throws. */
export function isVmInterrupt(thrown: unknown): boolean {
  return (
    types.isNativeError(thrown) &&
    (thrown as NodeJS.ErrnoException).code === "ERR_SCRIPT_EXECUTION_INTERRUPTED"
  );
}

/** A Proxy is none, whatever its traps would say. */
function isError(thrown: unknown): thrown is Error {
  return types.isNativeError(thrown) || (!types.isProxy(thrown) && thrown instanceof Error);
}
