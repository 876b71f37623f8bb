/** Running the script that a cell has become, as one execution, and what comes of it. */
import { Script } from "node:vm";
import type { CellScript, Flow } from "../pipe/languageWords.js";
import type { Bundle, Command, Report } from "../pipe/runnerWords.js";
import { bundleOf } from "./bundle.js";
import { endGroups } from "./consoleGroups.js";
import { type Execution, newExecution, runAs } from "./currentExecution.js";
import { failureOf, isVmInterrupt } from "./failure.js";
import { guarded } from "./guarded.js";
import { Interrupted, isNews, lowerAfter, setRunning } from "./interrupt.js";
import { takeModules } from "./localModules.js";
import { loadImports } from "./modules.js";
import { cellParameters } from "./parameters.js";
import { rememberMaps } from "./stack.js";
import { runSteps } from "./steps.js";
import { cellVariables, scopeOfVariables, watchAssignments } from "./variables.js";
import { whereItWaits } from "./whereItRan.js";

const parameterNames = Object.keys(cellParameters).join(", ");
const parameterValues = Object.values(cellParameters);

/** Runs a script to its end, its displays included; never throws. */
export async function runScript(command: Command & { op: "execute" }): Promise<Report> {
  const execution = newExecution(command.execution, command.allowInput);
  const assigned = watchAssignments();
  setRunning(execution);
  endGroups();
  try {
    const result = await abortable(execution, labelOf(command), () => runToEnd(command, execution));
    return { op: "done", execution: execution.id, failure: undefined, result, assigned: [] };
  } catch (thrown) {
    if (isVmInterrupt(thrown)) isNews();
    return {
      op: "done",
      execution: execution.id,
      failure: failureOf(thrown),
      result: undefined,
      assigned: assigned(),
    };
  } finally {
    setRunning(undefined);
  }
}

/** What `body` returns, unless the execution is interrupted before that. */
async function abortable<Value>(
  execution: Execution,
  label: string,
  body: () => Promise<Value>,
): Promise<Value> {
  const aborted = new Promise<never>((_, reject) => {
    execution.abort = () => {
      reject(new Interrupted(whereItWaits(execution.steps, label)));
      execution.endSteps?.();
    };
  });
  aborted.catch(() => undefined);
  const ended = runAs(execution, body);
  const end = Promise.race([ended, aborted]);
  end.catch(() => execution.interrupted && lowerAfter(ended));
  return end;
}

async function runToEnd(
  command: Command & { op: "execute" },
  execution: Execution,
): Promise<Bundle | undefined> {
  const { script, expression } = command;
  takeModules(script.modules);
  if (script.imports.length > 0) await loadImports(script.imports);
  const run = (): unknown => compiled(script, labelOf(command))(...parameterValues);
  const value = (): unknown => (expression ? takeLastExpression(script) : undefined);
  if (!script.runsOther) return unguarded(run, value);
  if (script.flow === "plain") {
    // under one guard, for each makes and ends a thread
    const shown = guarded(() => {
      run();
      return execution.pending.size === 0 ? [resultBundle(value())] : undefined;
    });
    if (shown) return shown[0];
  }
  if (script.flow === "async") await guarded(run);
  if (script.flow === "steps") await runSteps(guarded(run) as Generator, execution, labelOf(command));
  await Promise.all(execution.pending);
  return guarded(() => resultBundle(value()));
}

/** A guard's thread takes some tenths of a millisecond: longer than a sum. */
function unguarded(run: () => unknown, value: () => unknown): Bundle | Promise<Bundle> | undefined {
  run();
  const result = value();
  return Object(result) === result ? guarded(() => resultBundle(result)) : resultBundle(result);
}

function labelOf({ count }: Command & { op: "execute" }): string {
  return `In[${count}]`;
}

const heads: Readonly<Record<Flow, string>> = {
  plain: "function",
  steps: "function*",
  async: "async function",
};

function compiled(script: CellScript, label: string): (...args: unknown[]) => unknown {
  rememberMaps(label, script);
  const head = `${heads[script.flow]}(${parameterNames}) {`;
  const evaluates = /\beval\b/.test(script.code);
  const [begin, end] = evaluates ? [`(scope => { with (scope) return ${head}`, "}})"] : [`(${head}`, "})"];
  const made = new Script(`${begin}\n${script.code}\n${end}`, {
    filename: label,
    lineOffset: -1,
  }).runInThisContext() as (...args: unknown[]) => unknown;
  return evaluates ? (made(scopeOfVariables) as typeof made) : made;
}

function takeLastExpression({ lastExpression }: CellScript): unknown {
  if (lastExpression === undefined) return undefined;
  const value = cellVariables[lastExpression];
  cellVariables[lastExpression] = undefined; // not deleted: an object with a deleted property is slow from then on
  return value;
}

function resultBundle(value: unknown): Bundle | Promise<Bundle> | undefined {
  return value === undefined ? undefined : bundleOf(value);
}
