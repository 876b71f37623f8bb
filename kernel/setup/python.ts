/** The Python environment in .venv: JupyterLab and what tests of the kernel use, in pinned versions. */

import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findPython, PythonUnavailable } from "./findPython.js";
import { labSettings, writeLabSettings } from "./labSettings.js";
import { runProgram } from "./runProgram.js";

/** An environment that is ready. */
export interface PythonEnvironment {
  readonly folder: string;
  readonly python: string;
}

/** How an environment is made. */
export interface EnvironmentOptions {
  /** The folder that gets `.venv`, unless another is named, and holds kernel/setup/requirements.txt and constraints.txt. */
  readonly root: string;
  /** The environment itself, where it is not `.venv` in there. */
  readonly folder?: string;
  /** Told in one line each what happens. */
  readonly report: (line: string) => void;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * The environment in `root`/.venv, made and filled where it is not there, or holds other versions than asked for;
 * nothing is run where its stamp is right. Throws PythonUnavailable where Python or the packages cannot be had.
 */
export async function ensureEnvironment(options: EnvironmentOptions): Promise<PythonEnvironment> {
  const folder = options.folder ?? join(options.root, ".venv");
  const environment = { folder, python: pythonOf(folder) };
  const stamp = join(folder, ".philab-stamp");
  const wanted = contentHash(options.root);
  if (existsSync(environment.python) && readIfThere(stamp) === wanted) return environment;
  rmSync(stamp, { force: true });
  await makeVenv(environment, options);
  await installPins(environment, options);
  writeLabSettings(folder);
  writeFileSync(stamp, wanted);
  return environment;
}

function pythonOf(folder: string): string {
  return process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
}

/** One line that changes whenever a pinned version or a setting does. */
function contentHash(root: string): string {
  const hash = createHash("sha256").update(labSettings);
  for (const path of pinFiles(root)) hash.update(readFileSync(path));
  return hash.digest("hex") + "\n";
}

function pinFiles(root: string): [requirements: string, constraints: string] {
  return [
    join(root, "kernel", "setup", "requirements.txt"),
    join(root, "kernel", "setup", "constraints.txt"),
  ];
}

function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** `python3 -m venv --clear`: what an interrupted or older set-up left behind goes. */
async function makeVenv({ folder }: PythonEnvironment, { report, env }: EnvironmentOptions): Promise<void> {
  const { command, version } = await findPython(env);
  report(`Making the Python environment ${folder} (Python ${version}) …`);
  await runProgram({ command, args: ["-m", "venv", "--clear", folder], env }).catch((cause) => {
    throw new PythonUnavailable(`philab: no Python environment could be made: ${cause.message}`, { cause });
  });
}

/**
 * pip without retries first: where the usual index is out of reach and a local one serves, pip's defaults wait
 * minutes for every package. Only where that fails are the defaults tried, for a network that drops now and then.
 */
async function installPins(environment: PythonEnvironment, options: EnvironmentOptions): Promise<void> {
  options.report("Installing JupyterLab and its companions into it …");
  try {
    await pipInstall(environment, ["--retries", "0"], options);
  } catch {
    options.report("  pip did not find everything at once; trying again, with patience …");
    await pipInstall(environment, [], options).catch((cause) => {
      throw new PythonUnavailable(
        "philab: pip could not install JupyterLab. Is the package index within reach? " +
          `(A proxy or a local index goes into pip's configuration.) ${cause.message}`,
        { cause },
      );
    });
  }
}

async function pipInstall(
  { python }: PythonEnvironment,
  flags: readonly string[],
  { root, report, env }: EnvironmentOptions,
): Promise<void> {
  const [requirements, constraints] = pinFiles(root);
  const args = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", ...flags];
  await runProgram({
    command: python,
    args: [...args, "-r", requirements, "-c", constraints],
    env,
    onLine: pipProgress(report),
  });
}

/** A line for every tenth package that pip has found, and one when it starts to write them. */
function pipProgress(report: (line: string) => void): (line: string) => void {
  let found = 0;
  return (line) => {
    const name = /^(?:Collecting|Processing) (?:\S*\/)?([\w.]+(?:-[a-z_]+)*)/i.exec(line)?.[1];
    if (name && ++found % 10 === 0) report(`  ${found} packages found (${name})`);
    if (line.startsWith("Installing collected packages")) report(`  writing ${found} packages …`);
  };
}
