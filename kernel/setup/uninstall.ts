/** `philab uninstall`: what `philab install` wrote goes, and nothing else. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { dataFolder, type InstallTarget } from "./installTarget.js";
import { SetupError } from "./setupError.js";

/** Removes kernelspec and plugin from the target's Jupyter data folder; returns what is gone. Throws SetupError with the path. */
export function uninstall(target: InstallTarget): string[] {
  const folder = dataFolder(target);
  const parts = [
    { folder: join(folder, "kernels", "philab"), file: "kernel.json", says: "philab" },
    {
      folder: join(folder, "labextensions", "philab"),
      file: "install.json",
      says: '"packageName": "philab"',
    },
  ];
  const ours = parts.filter((part) => isOurs(part)).map((part) => part.folder);
  for (const path of ours) remove(path);
  return ours;
}

function isOurs({ folder, file, says }: { folder: string; file: string; says: string }): boolean {
  const path = join(folder, file);
  return existsSync(path) && readFileSync(path, "utf8").includes(says);
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true });
  } catch (cause) {
    throw new SetupError(`${path}: could not be removed: ${(cause as Error).message}`, { cause });
  }
}
