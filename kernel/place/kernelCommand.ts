/** How the kernel is started. */
import { join } from "node:path";
import { packageRoot } from "./packageRoot.js";
import { fastestRuntime } from "./runtime.js";

/** What kernelspecs start: a copy of it lies beside kernel.json, and is there when the package is gone. */
export function launcherFile(root: string = packageRoot()): string {
  return join(root, "dist", "kernel", "start.mjs");
}

/**
 * The words that start the compiled kernel, to be followed by a connection file. Both are absolute paths: a front end
 * starts kernels with a PATH and a working folder of its own. The program is the Node that cells run in, which starts in
 * half the time of an older one.
 */
export function kernelCommand(root: string = packageRoot()): [node: string, main: string] {
  return [fastestRuntime().node, join(root, "dist", "kernel", "main.js")];
}
