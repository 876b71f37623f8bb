/** `philab lab`, what `npm start` runs: everything set up, JupyterLab open on the notebooks. */

import { mkdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { packageRoot } from "../place/packageRoot.js";
import { UsageError } from "../usageError.js";
import { bringRuntime } from "./bringRuntime.js";
import { PythonUnavailable } from "./findPython.js";
import { install } from "./install.js";
import { buildLabextension } from "./labextension.js";
import { type LabServer, startLab } from "./labServer.js";
import { ensureEnvironment } from "./python.js";

/** The exit code where Python or JupyterLab cannot be had (EX_UNAVAILABLE of sysexits.h): not a failure of ours. */
const unavailable = 69;

/** The words after `philab lab`. */
export interface LabArguments {
  /** A folder of the reader's own notebooks. */
  readonly folder?: string;
  readonly browser: boolean;
  readonly port?: number;
}

/** Reads `--no-browser` and `--port N`; throws a UsageError that names what came and what was needed. */
export function readLabArguments(args: readonly string[]): LabArguments {
  const options = { "no-browser": { type: "boolean" }, port: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [folder, ...more] = positionals;
  if (more.length > 0)
    throw new UsageError(`philab lab: needed one folder or none, came ${positionals.length}`);
  const wanted = { browser: !values["no-browser"], ...(folder !== undefined && { folder }) };
  if (values.port === undefined) return wanted;
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new UsageError(`philab lab: --port ${values.port}; needed a whole number from 1 to 65535`);
  }
  return { ...wanted, port };
}

/**
 * Makes .venv, builds the plugin, installs kernelspec and plugin there, and runs JupyterLab until it is ended;
 * what is there already is left alone. Resolves with the exit code; Ctrl-C ends JupyterLab and its kernels.
 */
export async function lab(args: readonly string[]): Promise<number> {
  try {
    const { browser, port, folder } = readLabArguments(args);
    const root = packageRoot();
    const notebooks = folder === undefined ? join(root, "notebooks") : ownFolder(folder);
    const python = await setUp(root);
    mkdirSync(notebooks, { recursive: true });
    const server = await startLab({ python, notebooks, browser, port, report: console.error });
    console.log(`\nJupyterLab is open at\n  ${server.url}\nCtrl-C ends it.\n`);
    return await untilEnded(server);
  } catch (error) {
    if (!(error instanceof PythonUnavailable)) throw error;
    console.error(error.message);
    return unavailable;
  }
}

function ownFolder(folder: string): string {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return resolve(folder);
  throw new UsageError(`philab lab: ${folder} is no folder; needed one with notebooks`);
}

/** Everything that JupyterLab needs, in .venv; returns its Python. */
async function setUp(root: string): Promise<string> {
  const { folder, python } = await ensureEnvironment({ root, report: console.log });
  await buildLabextension({ root, report: console.log });
  await bringRuntime(console.log);
  install({ kind: "prefix", prefix: folder }, root);
  return python;
}

/** Waits for the server's end; the signals that end us end it first, and count as a wish, not as a failure. */
async function untilEnded(server: LabServer): Promise<number> {
  let asked = false;
  const stop = (): void => {
    asked = true;
    void server.stop();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, stop);
  const code = await server.ended;
  for (const signal of signals) process.off(signal, stop);
  return asked ? 0 : code;
}
