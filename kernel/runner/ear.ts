/**
 * The runner's ear: a thread that reads commands from file descriptor 4, so that an interrupt is heard while the main
 * thread is busy. When the pipe closes the protocol process is gone, and so is the runner.
 */
import { Socket } from "node:net";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { frameReader } from "../pipe/frames.js";
import type { Command } from "../pipe/runnerWords.js";
import { arrived, awaited, heard, raised } from "./flagWords.js";

const { words, answers } = workerData as { words: SharedArrayBuffer; answers: MessagePort };
const flag = new Int32Array(words);

const hear = frameReader((value) => {
  const command = value as Command;
  if (command.op === "interrupt") {
    Atomics.add(flag, heard, 1);
    Atomics.store(flag, raised, 1);
    wakeMainThread();
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

const pipe = new Socket({ fd: 4, readable: true, writable: false });
pipe.on("data", hear);
pipe.on("close", () => process.kill(process.pid, "SIGKILL"));
pipe.on("error", () => process.kill(process.pid, "SIGKILL"));
