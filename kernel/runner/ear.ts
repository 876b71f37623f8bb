/**
 * The runner's ear: a thread that reads commands from file descriptor 4, so that an interrupt is heard while the main
 * thread is busy. When the pipe closes the protocol process is gone, and so is the runner.
 */
import { Socket } from "node:net";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { frameReader } from "../pipe/frames.js";
import type { Command } from "../pipe/runnerWords.js";
import { arrived, awaited, heard, lookAtWords, raised } from "./flagWords.js";

const { words, answers } = workerData as { words: SharedArrayBuffer; answers: MessagePort };
const flag = new Int32Array(words);
const inspector = process.features.inspector ? await import("node:inspector") : undefined;

const hear = frameReader((value) => {
  const command = value as Command;
  if (command.op === "interrupt") {
    Atomics.add(flag, heard, 1);
    Atomics.store(flag, raised, 1);
    wakeMainThread();
    interruptMainThread();
  }
  if (command.op === "input" && command.request === Atomics.load(flag, awaited)) {
    answers.postMessage(command.value);
    wakeMainThread();
  } else parentPort?.postMessage(command);
});

/** It may be waiting in inputSync. */
function wakeMainThread(): void {
  Atomics.add(flag, arrived, 1);
  Atomics.notify(flag, arrived);
}

/**
 * Makes the main thread look at the flag, whatever loop it is in: V8's inspector runs a line there where V8 lets itself be
 * interrupted, which is at every turn of every loop. A Node without an inspector has loops that look at the shared word.
 */
function interruptMainThread(): void {
  if (!inspector) return;
  const session = new inspector.Session();
  session.connectToMainThread();
  session.post("Runtime.evaluate", { expression: lookAtWords }, () => session.disconnect());
}

const pipe = new Socket({ fd: 4, readable: true, writable: false });
pipe.on("data", hear);
pipe.on("close", () => process.kill(process.pid, "SIGKILL"));
pipe.on("error", () => process.kill(process.pid, "SIGKILL"));
