/** `philab lab`, what `npm start` runs: everything set up, JupyterLab open on the notebooks. */

import { join } from "node:path";
import { parseArgs } from "node:util";
import { packageRoot } from "../place/packageRoot.js";
import { isInstalled, ownDataFolder } from "../place/userData.js";
import { UsageError } from "../usageError.js";
import { bringRuntime } from "./bringRuntime.js";
import { PythonUnavailable } from "./findPython.js";
import { install } from "./install.js";
import { buildLabextension } from "./labextension.js";
import { type LabServer, startLab } from "./labServer.js";
import { copyCourse, openedFolder } from "./openedFolder.js";
import { ensureEnvironment } from "./python.js";
import { watchStarter } from "./watchStarter.js";

/** The exit code where Python or JupyterLab cannot be had (EX_UNAVAILABLE of sysexits.h): not a failure of ours. */
const unavailable = 69;

/** The words after `philab lab`. */
export interface LabArguments {
  readonly browser: boolean;
  readonly port?: number;
  /** The folder to open, where one is named. */
  readonly folder?: string;
  /** Whether the course's notebooks are copied there first. */
  readonly course?: true;
}

/** Reads FOLDER, `--course`, `--no-browser` and `--port N`; throws a UsageError that names what came and what was needed. */
export function readLabArguments(args: readonly string[]): LabArguments {
  const options = {
    "no-browser": { type: "boolean" },
    course: { type: "boolean" },
    port: { type: "string" },
  } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  if (positionals.length > 1)
    throw new UsageError(`philab lab: needed one folder at most, came ${positionals.join(", ")}`);
  const [folder] = positionals;
  const named = { ...(folder !== undefined && { folder }), ...(values.course && { course: true as const }) };
  const browser = !values["no-browser"];
  if (values.port === undefined) return { browser, ...named };
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new UsageError(`philab lab: --port ${values.port}; needed a whole number from 1 to 65535`);
  }
  return { browser, port, ...named };
}

/**
 * Makes the environment, builds the plugin, installs kernelspec and plugin there, and runs JupyterLab until it is ended;
 * what is there already is left alone, and nothing is written into an installed package. Resolves with the exit code;
 * Ctrl-C, and the end of whoever started it by `npm start`, end JupyterLab and its kernels.
 */
export async function lab(args: readonly string[]): Promise<number> {
  const { browser, port, folder, course } = readLabArguments(args);
  const left = endBeforeServing();
  try {
    const root = packageRoot();
    const notebooks = openedFolder(folder, root);
    if (course) for (const file of copyCourse(notebooks, root)) console.log(`copied: ${file}`);
    const python = await setUp(root);
    const server = await startLab({ python, notebooks, browser, port, report: console.error });
    left();
    console.log(`\nJupyterLab is open at\n  ${server.url}\nCtrl-C ends it.\n`);
    return await untilEnded(server);
  } catch (error) {
    if (!(error instanceof PythonUnavailable)) throw error;
    console.error(error.message);
    return unavailable;
  }
}

/** Until JupyterLab serves, a signal ends this process by its exit handlers, and with it what it runs. */
function endBeforeServing(): () => void {
  const end = (): void => process.exit(1);
  for (const signal of signals) process.on(signal, end);
  const unwatch = watchStarter(end);
  return () => {
    unwatch();
    for (const signal of signals) process.off(signal, end);
  };
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Everything that JupyterLab needs, in an environment of its own; returns its Python. */
async function setUp(root: string): Promise<string> {
  const own = isInstalled(root) ? { folder: join(ownDataFolder(), "venv") } : {};
  const { folder, python } = await ensureEnvironment({ root, ...own, report: console.log });
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
  for (const signal of signals) process.on(signal, stop);
  const unwatch = watchStarter(stop);
  const code = await server.ended;
  unwatch();
  for (const signal of signals) process.off(signal, stop);
  return asked ? 0 : code;
}
