/** `philab install`: the kernelspec and the JupyterLab plugin, copied to where Jupyter looks for them. */

import { cpSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { kernelCommand, launcherFile } from "../place/kernelCommand.js";
import { packageRoot } from "../place/packageRoot.js";
import { dataFolder, type InstallTarget } from "./installTarget.js";
import { kernelSpec } from "./kernelSpec.js";
import { replaceFolder } from "./replaceFolder.js";
import { SetupError } from "./setupError.js";

/** The folders that an install wrote. */
export interface Installed {
  readonly kernelspec: string;
  readonly labextension: string;
}

/** JupyterLab finds a prebuilt plugin only in a folder called as its package is. */
const pluginName = "philab";

/**
 * Writes `kernels/philab` and `labextensions/philab` below the target's Jupyter data folder, each whole or not
 * at all; a second run writes the same again. Throws SetupError that names the path and the reason.
 */
export function install(target: InstallTarget, root: string = packageRoot()): Installed {
  const parts = builtParts(root);
  const folder = dataFolder(target);
  const kernelspec = join(folder, "kernels", "philab");
  const labextension = join(folder, "labextensions", pluginName);
  replaceFolder(kernelspec, (fresh) => writeKernelSpec(fresh, kernelspec, parts));
  replaceFolder(labextension, (fresh) => copyPlugin(fresh, parts.plugin));
  return { kernelspec, labextension };
}

interface Parts {
  readonly command: readonly [node: string, main: string];
  readonly launcher: string;
  readonly plugin: string;
  readonly logo: string;
}

/** What was built before; throws where a part is missing, with the command that makes it. */
function builtParts(root: string): Parts {
  const command = kernelCommand(root);
  const parts = {
    command,
    launcher: launcherFile(root),
    plugin: join(root, "dist", "labextension"),
    logo: join(root, "kernel", "setup", "logo"),
  };
  for (const file of [command[1], parts.launcher]) needed(file, "npm run build");
  needed(join(parts.plugin, "package.json"), "npm run build:lab");
  return parts;
}

function needed(path: string, command: string): void {
  if (!existsSync(path)) throw new SetupError(`${path} is missing; "${command}" makes it`);
}

/** Into a `fresh` folder that will lie at `place`. */
function writeKernelSpec(fresh: string, place: string, { command, launcher, logo }: Parts): void {
  const [node, main] = command;
  const spec = kernelSpec([node, join(place, basename(launcher)), main]);
  writeFileSync(join(fresh, "kernel.json"), JSON.stringify(spec, undefined, 2) + "\n");
  cpSync(launcher, join(fresh, basename(launcher)));
  for (const name of readdirSync(logo)) cpSync(join(logo, name), join(fresh, name));
}

function copyPlugin(folder: string, plugin: string): void {
  cpSync(plugin, folder, { recursive: true });
  writeFileSync(join(folder, "install.json"), JSON.stringify(installedBy, undefined, 2) + "\n");
}

/** What JupyterLab's extension list shows of who installed the plugin and how it goes away again. */
const installedBy = {
  packageManager: "npm",
  packageName: "philab",
  uninstallInstructions: "philab uninstall, or delete the folder labextensions/philab that holds this file.",
};
