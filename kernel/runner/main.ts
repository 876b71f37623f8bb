/** The runner: a child process that runs converted JavaScript and nothing else. */
import { getHeapStatistics } from "node:v8";
import { Worker } from "node:worker_threads";
import type { Command, Report } from "../pipe/runnerWords.js";
import { hearComm } from "./comms.js";
import { countGroups } from "./consoleGroups.js";
import { newExecution, runAs } from "./currentExecution.js";
import { failureOf } from "./failure.js";
import { installFaults } from "./faults.js";
import { answerInput, answersOfEar } from "./input.js";
import { declareInterruptNames, flag, handleInterrupt } from "./interrupt.js";
import { installOutput } from "./output.js";
import { hidePromiseInternals } from "./promises.js";
import { report } from "./report.js";
import { runScript } from "./runScript.js";
import { installStackTraces } from "./stack.js";
import { declarePrelude } from "./variables.js";
import { hearViews } from "./viewQuestions.js";

installStackTraces();
installOutput();
countGroups();
installFaults();
hidePromiseInternals();
declareInterruptNames();
hearViews();
const ear = new Worker(new URL("ear.js", import.meta.url), {
  workerData: { words: flag.buffer, answers: answersOfEar },
  transferList: [answersOfEar],
});
ear.on("message", (command: Command) => void obey(command));
report({ op: "ready", heapLimit: getHeapStatistics().heap_size_limit });

async function obey(command: Command): Promise<void> {
  if (command.op === "interrupt") handleInterrupt();
  else if (command.op === "prelude") declarePrelude(command.values);
  else if (command.op === "input") answerInput(command.request, command.value);
  else if (command.op === "execute") report(await runScript(command));
  else report(await obeyComm(command));
}

async function obeyComm(command: Command & { op: "comm" }): Promise<Report> {
  const { execution: id, message, kind, content, metadata, buffers } = command;
  const execution = newExecution(id, false);
  const done = { op: "done", execution: id, result: undefined, assigned: [] } as const;
  try {
    await runAs(execution, () =>
      hearComm(kind, content, { id: message, data: content.data ?? {}, metadata, buffers }),
    );
    return { ...done, failure: undefined };
  } catch (thrown) {
    return { ...done, failure: failureOf(thrown) };
  }
}
