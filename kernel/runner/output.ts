/** stdout and stderr of cells: each write goes to the cell that caused it. */
import { StringDecoder } from "node:string_decoder";
import { currentExecution } from "./currentExecution.js";
import { reportStream } from "./report.js";

/** From now on what is written to process.stdout and process.stderr (so by console too) is reported. */
export function installOutput(): void {
  for (const name of ["stdout", "stderr"] as const) redirect(name);
}

function redirect(name: "stdout" | "stderr"): void {
  const decoder = new StringDecoder("utf8");
  const write = (
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | (() => void),
    done?: () => void,
  ): boolean => {
    const text = typeof chunk === "string" ? chunk : decoder.write(Buffer.from(chunk));
    if (text !== "") reportStream(currentExecution().id, name, text);
    const callback = typeof encoding === "function" ? encoding : done;
    if (callback) process.nextTick(callback);
    return true;
  };
  process[name].write = write as typeof process.stdout.write;
}
