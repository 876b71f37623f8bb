import { readFile as readBytes } from "node:fs/promises";
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
