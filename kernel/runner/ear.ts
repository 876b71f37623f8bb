/**
 * The runner's ear: a thread that reads commands from file descriptor 4, so that an interrupt is heard while the main
 * thread is busy. When the pipe closes the protocol process is gone, and so is the runner.
 */
import { Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { frameReader } from "./frames.js";
import type { Command } from "./protocol.js";

const flag = new Int32Array(workerData as SharedArrayBuffer);
const [raised, heard] = [0, 1];

const hear = frameReader((value) => {
  const command = value as Command;
  if (command.op === "interrupt") {
    Atomics.add(flag, heard, 1);
    Atomics.store(flag, raised, 1);
  }
  parentPort?.postMessage(command);
});

const pipe = new Socket({ fd: 4, readable: true, writable: false });
pipe.on("data", hear);
pipe.on("close", () => process.kill(process.pid, "SIGKILL"));
pipe.on("error", () => process.kill(process.pid, "SIGKILL"));
