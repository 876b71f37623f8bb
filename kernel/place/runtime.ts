/** The Node that runs cells: the fastest one that set-up has found to work, with V8's flags for WebAssembly. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "./packageRoot.js";
import { isInstalled, ownDataFolder } from "./userData.js";

/** A Node program, and the options that it must be started with. */
export interface Runtime {
  readonly node: string;
  /** As `process.version` says it. */
  readonly version: string;
  readonly flags: readonly string[];
}

/**
 * Where set-up keeps a Node of its own and what it has found. Kernelspecs name it: that of an installed package lies where
 * an upgrade does not come, that of a checkout goes with its node_modules.
 */
export function runtimeFolder(): string {
  if (isInstalled()) return join(ownDataFolder(), "runtime");
  return join(packageRoot(), "node_modules", ".philab-runtime");
}

/** Set-up's choice, in `runtimeFolder()`. */
export const runtimeRecord = "runtime.json";

/**
 * The runtime for cells: set-up's choice while it is there, else the Node that runs this. PHILAB_NODE names another
 * program, started without flags. Nothing is tried here: a start must not wait for it.
 */
export function fastestRuntime(
  folder: string = runtimeFolder(),
  named: string | undefined = process.env.PHILAB_NODE,
): Runtime {
  const here: Runtime = { node: process.execPath, version: process.version, flags: [] };
  if (named)
    return named === process.execPath ? here : { node: named, version: "named by PHILAB_NODE", flags: [] };
  const chosen = readRecord(folder);
  if (chosen === undefined || !existsSync(chosen.node)) return here;
  return chosen.node === here.node && chosen.version !== here.version ? here : chosen; // another Node took its place
}

function readRecord(folder: string): Runtime | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, runtimeRecord), "utf8")) as Runtime;
  } catch {
    return undefined; // never written, or not to the end: the Node that runs this is always there
  }
}
