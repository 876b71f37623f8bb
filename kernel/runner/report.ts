/**
 * The runner's voice: frames written to file descriptor 3, each before the call returns.
 * Blocking writes: what a cell printed before it ends the process (exit, crash, memory) has left the process.
 */
import { writeSync } from "node:fs";
import { objectFrame, streamFrame } from "../pipe/frames.js";
import type { Report } from "../pipe/runnerWords.js";

const pipe = 3;

/** Sends a report to the protocol process. */
export function report(value: Report): void {
  writeAll(objectFrame(value));
}

/** Sends a piece of stdout or stderr. */
export function reportStream(execution: number, name: "stdout" | "stderr", text: string): void {
  writeAll(streamFrame(execution, name, text));
}

/** What is still to be written: an interrupt may end a write half way, and the rest must come before the next frame. */
let unsent: Buffer = Buffer.alloc(0);

function writeAll(frame: Buffer): void {
  unsent = unsent.length === 0 ? frame : Buffer.concat([unsent, frame]);
  while (unsent.length > 0) unsent = unsent.subarray(writeSync(pipe, unsent));
}
