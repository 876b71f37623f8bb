/** A kernel for a connection file, with the signals that it listens to. */

import { asksForPorts, readConnection, tellConnection } from "../wire/connection.js";
import { History, historyPath } from "./history.js";
import { Kernel } from "./kernel.js";
import type { LanguageProcess } from "./languageProcess.js";

/**
 * Serves until a message or a signal stops it, or whoever has the kernel. Ports that the connection file leaves to the
 * kernel are written into it. Throws what is wrong with the connection file.
 */
export async function serve(
  connectionFile: string,
  language: LanguageProcess,
  log: (text: string) => void,
): Promise<Kernel> {
  const { env } = process;
  const connection = readConnection(connectionFile);
  const kernel = await Kernel.start(connection, {
    language,
    history: new History(historyPath(env), log),
    runnerOptions: env.PHILAB_HEAP_MB ? [`--max-old-space-size=${env.PHILAB_HEAP_MB}`] : [],
    outputLimit: Number(env.PHILAB_OUTPUT_LIMIT ?? 32 * 2 ** 20),
    log,
  });
  if (asksForPorts(connection)) tellConnection(connectionFile, { ...connection, ...kernel.ports });
  process.on("SIGINT", () => void kernel.interrupt());
  process.on("SIGTERM", () => kernel.shutdown());
  return kernel;
}
