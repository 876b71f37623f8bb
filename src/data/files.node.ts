import { readFile as readBytes, readdir, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** Reads a file of an installed package. Throws Error that names the package and the file. */
export async function readFile(packageName: string, path: string): Promise<Uint8Array> {
  try {
    return await readBytes(join(dirname(require.resolve(`${packageName}/package.json`)), path));
  } catch (cause) {
    throw new Error(`data: cannot read ${path} of the package ${packageName}; is it installed?`, { cause });
  }
}

/** What lies in a folder, sorted by name, without what begins with a point. Throws Error that names the folder. */
export async function listFolder(path: string): Promise<{ name: string; path: string; isFolder: boolean }[]> {
  try {
    const names = (await readdir(path)).filter((name) => !name.startsWith(".")).sort();
    return await Promise.all(
      names.map(async (name) => {
        const file = join(path, name);
        return { name, path: file, isFolder: (await stat(file)).isDirectory() };
      }),
    );
  } catch (cause) {
    throw new Error(`data: cannot list ${path}: ${(cause as Error).message}`, { cause });
  }
}

/** Reads a file of the disk. Throws Error that names it. */
export async function readPath(path: string): Promise<Uint8Array> {
  try {
    return await readBytes(path);
  } catch (cause) {
    throw new Error(`data: cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
}
