/**
 * The runner's voice: frames written to file descriptor 3, each before the call returns.
 * Blocking writes: what a cell printed before it ends the process (exit, crash, memory) has left the process.
 */
import { writeSync } from "node:fs";
import { objectFrame, streamFrame } from "./frames.js";
import type { Report } from "./protocol.js";

const pipe = 3;

/** Sends a report to the protocol process. */
export function report(value: Report): void {
  writeAll(objectFrame(value));
}

/** Sends a piece of stdout or stderr. */
export function reportStream(execution: number, name: "stdout" | "stderr", text: string): void {
  writeAll(streamFrame(execution, name, text));
}

function writeAll(frame: Buffer): void {
  for (let at = 0; at < frame.length; ) at += writeSync(pipe, frame, at);
}
