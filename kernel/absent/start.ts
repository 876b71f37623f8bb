/**
 * What a kernelspec starts: node start.mjs MAIN CONNECTION_FILE. It lies beside kernel.json, in one file (join.ts), for npm
 * removes a package without a word to us. Where the package is there this is the kernel's process; where it is gone, a kernel
 * that says so in the notebook.
 */
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [main, connectionFile] = process.argv.slice(2);
if (main === undefined) {
  process.stderr.write("usage: node start.mjs MAIN CONNECTION_FILE (a kernelspec has these words)\n");
  process.exit(2);
}
if (existsSync(main)) {
  process.argv.splice(1, 1); // as though it were started itself
  await import(pathToFileURL(main).href);
} else {
  const words = whatIsWrong(main, dirname(fileURLToPath(import.meta.url)));
  process.stderr.write(`philab: ${words}\n`);
  const { serveWords } = await import("./serveWords.js");
  await serveWords(connectionFile ?? "", words);
}

/** What came, and what can be done. */
function whatIsWrong(path: string, kernelspec: string): string {
  return [
    `philab is not where this kernel was installed from: ${path} is missing. No cell was run.`,
    'To have it back: install the package philab there again, or anywhere, then "npx philab install" in its folder.',
    `To take this kernel from the list: "jupyter kernelspec remove philab", or delete the folder ${kernelspec}`,
  ].join("\n");
}
