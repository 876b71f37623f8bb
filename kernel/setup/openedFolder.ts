/** Which folder JupyterLab opens: never one in an installed package, which the next upgrade would empty. */
import { constants, copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { isInstalled } from "../place/userData.js";
import { SetupError } from "./setupError.js";

/** The named folder, else the one we are in; in a checkout its notebooks. It is made where it is not there. */
export function openedFolder(named: string | undefined, root: string, here: string = process.cwd()): string {
  const folder = resolve(here, named ?? (isInstalled(root) ? "." : join(root, "notebooks")));
  if (isInstalled(root) && `${folder}/`.startsWith(`${root}/`))
    throw new SetupError(
      `${folder} lies in the installed package, which an upgrade empties; name another folder`,
    );
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new SetupError(`${folder}: could not be made: ${(cause as Error).message}`, { cause });
  }
  return folder;
}

/** Copies the course's notebooks into the folder; what is there stays as it is. Returns the copies. */
export function copyCourse(folder: string, root: string): string[] {
  const course = join(root, "notebooks");
  const names = readdirSync(course).filter((name) => name.endsWith(".ipynb"));
  return names
    .map((name) => join(folder, name))
    .filter((copy, k) => copied(join(course, names[k] as string), copy));
}

function copied(from: string, to: string): boolean {
  try {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw new SetupError(`${to}: could not be copied: ${(cause as Error).message}`, { cause });
  }
}
