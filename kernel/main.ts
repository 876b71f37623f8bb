/** The protocol process: node main.js CONNECTION_FILE. It prints nothing on stdout; its log is stderr. */
import { startLanguage } from "./language/service.js";
import { readConnection } from "./protocol/connection.js";
import { historyPath, openHistory } from "./protocol/history.js";
import { type Kernel, startKernel } from "./protocol/kernel.js";
import { watchParent } from "./protocol/parentWatch.js";

const [connectionFile] = process.argv.slice(2);
if (connectionFile === undefined) {
  process.stderr.write(
    "usage: node main.js CONNECTION_FILE (a front end writes the file and starts the kernel)\n",
  );
  process.exit(2);
}

const { env } = process;
const log = limited((text) => process.stderr.write(`philab: ${text}\n`));
process.on("uncaughtException", (error) => log(String(error.stack)));
process.on("unhandledRejection", (error) => log(String((error as Error)?.stack ?? error)));

const kernel = await start(connectionFile).catch((error: Error) => {
  process.stderr.write(`philab: ${error.message}\n`);
  process.exit(1);
});
watchParent(() => kernel.shutdown());
process.on("SIGINT", () => kernel.interrupt());
process.on("SIGTERM", () => kernel.shutdown());

async function start(file: string): Promise<Kernel> {
  return startKernel(readConnection(file), {
    language: startLanguage(log),
    history: openHistory(historyPath(env), log),
    runnerOptions: env.PHILAB_HEAP_MB ? [`--max-old-space-size=${env.PHILAB_HEAP_MB}`] : [],
    outputLimit: Number(env.PHILAB_OUTPUT_LIMIT ?? 32 * 2 ** 20),
    log,
  });
}

/** A log that a flood of bad messages cannot fill: the first hundred lines, then one in a thousand. */
function limited(write: (text: string) => void): (text: string) => void {
  let lines = 0;
  return (text) => {
    if (++lines <= 100 || lines % 1000 === 0) write(text);
  };
}
