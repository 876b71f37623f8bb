/** The protocol process: node main.js CONNECTION_FILE. It prints nothing on stdout; its log is stderr. */
import { setFlagsFromString } from "node:v8";
import { LanguageProcess } from "./server/languageProcess.js";
import { watchParent } from "./server/parentWatch.js";

// What lives here is 5 MB, and V8 would let garbage grow to 32 or 64 MB before it looks: it stays at 2 MB.
setFlagsFromString("--semi-space-growth-factor=1");

const [connectionFile] = process.argv.slice(2);
if (connectionFile === undefined) {
  process.stderr.write(
    "usage: node main.js CONNECTION_FILE (a front end writes the file and starts the kernel)\n",
  );
  process.exit(2);
}

const log = limited((text) => process.stderr.write(`philab: ${text}\n`));
process.on("uncaughtException", (error) => log(String(error.stack)));
process.on("unhandledRejection", (error) => log(String((error as Error)?.stack ?? error)));

// The compiler is what a first cell waits for: its process starts before the rest of this one is loaded.
const language = new LanguageProcess(log);
const { serve } = await import("./server/serve.js");
await serve(connectionFile, language, log)
  .then((kernel) => watchParent(() => kernel.shutdown()))
  .catch((error: Error) => {
    process.stderr.write(`philab: ${error.message}\n`);
    process.exit(1);
  });

/** A log that a flood of bad messages cannot fill: the first hundred lines, then one in a thousand. */
function limited(write: (text: string) => void): (text: string) => void {
  let lines = 0;
  return (text) => {
    if (++lines <= 100 || lines % 1000 === 0) write(text);
  };
}
