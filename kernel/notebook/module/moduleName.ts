/** Names of exported modules become names of files: what is refused, and where a file may go. */
import { lstat, realpath } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve } from "node:path";

/** Names that Windows gives to devices, whatever follows a dot. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** What is wrong with `name` as the name of a module, or undefined when it is good. */
export function checkModuleName(name: string): string | undefined {
  if (device.test(name)) return `module ${JSON.stringify(name)} is the name of a device; take another`;
  if (/^[A-Za-z0-9][\w.-]{0,99}$/.test(name) && !name.endsWith(".")) return undefined;
  return `module ${JSON.stringify(name)}; needed a plain name of letters, digits, "_", "-" or ".", no folders`;
}

/** A module's name made from a notebook's: what a plain name cannot hold becomes "-". */
export function moduleNameOf(stem: string): string {
  return (
    stem
      .replace(/[^\w.-]+/g, "-")
      .replace(/^[^A-Za-z0-9]+|\.+$/g, "")
      .slice(0, 100) || "notebook"
  );
}

/**
 * The file of module `name` in `folder`, which need not be there yet and must lie, links followed, in `root`.
 * Throws RangeError when it does not, or when the file is a link: a link could lead anywhere.
 */
export async function moduleFile(root: string, folder: string, name: string): Promise<string> {
  const problem = checkModuleName(name);
  if (problem !== undefined) throw new RangeError(problem);
  const realFolder = await realPath(folder);
  if (!contains(await realPath(root), realFolder)) {
    throw new RangeError(`${folder} leads to ${realFolder}, outside ${root}; give -o a folder of your own`);
  }
  const file = join(realFolder, `${name}.ts`);
  if (await isLink(file)) throw new RangeError(`${file} is a symbolic link; remove it first`);
  return file;
}

/** The path with its links followed, as far as it is there. */
async function realPath(path: string): Promise<string> {
  const whole = resolve(path);
  const real = await realpath(whole).catch(() => undefined);
  if (real !== undefined || dirname(whole) === whole) return real ?? whole;
  return join(await realPath(dirname(whole)), basename(whole));
}

function contains(root: string, folder: string): boolean {
  const path = relative(root, folder);
  return path === "" || (!isAbsolute(path) && path.split(/[\\/]/)[0] !== "..");
}

async function isLink(file: string): Promise<boolean> {
  try {
    return (await lstat(file)).isSymbolicLink();
  } catch {
    return false;
  }
}
