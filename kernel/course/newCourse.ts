/** A course of one's own: a folder with a notebook, its exported code, a test of that code, a CI file and a README. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { momentaryName, sweepLeftovers } from "../disk/leftovers.js";
import { writeError } from "../disk/writeAtomically.js";
import { writeModules } from "../notebook/module/exportModule.js";
import { packageRoot } from "../place/packageRoot.js";
import { UsageError } from "../usageError.js";

const template = "kernel/course/template";

/** What the template leaves open, and where it stands. */
const filled = ["package.json", "README.md"];

/**
 * Makes the folder, whole or not at all: it is made beside its place and moved there. Throws UsageError for a name that
 * npm would refuse, and for a folder that holds something; WriteError where the disk is full, or not to be written.
 */
export async function newCourse(folder: string): Promise<void> {
  const place = resolve(folder);
  const name = basename(place);
  if (!/^[a-z0-9][a-z0-9._-]*$/.test(name))
    throw new UsageError(
      `philab new: ${JSON.stringify(name)}; needed a name of small letters, digits, "-", "_" and "."`,
    );
  if (existsSync(place) && readdirSync(place).length > 0)
    throw new UsageError(`philab new: ${folder} holds something; needed a new or an empty folder`);
  let beside: string | undefined;
  try {
    await mkdir(dirname(place), { recursive: true });
    const before = `.${name}.`;
    await sweepLeftovers(dirname(place), before, ".new");
    beside = join(dirname(place), momentaryName(before, ".new"));
    await mkdir(beside);
    await fill(beside, name);
    await rename(beside, place);
  } catch (error) {
    if (beside !== undefined) await rm(beside, { recursive: true, force: true });
    throw typeof (error as NodeJS.ErrnoException).code === "string" ? writeError(folder, error) : error;
  }
}

async function fill(folder: string, name: string): Promise<void> {
  await cp(join(packageRoot(), template), folder, { recursive: true });
  await rename(join(folder, "gitignore"), join(folder, ".gitignore")); // npm packs no file of that name
  for (const file of filled) {
    const text = readFileSync(join(folder, file), "utf8");
    await writeFile(join(folder, file), withVersions(text.replaceAll("NAME", name)));
  }
  const notebooks = join(folder, "notebooks");
  for (const file of readdirSync(notebooks).filter((entry) => entry.endsWith(".ipynb")))
    await writeModules(join(notebooks, file));
}

/** The versions that this philab was tested with. */
function withVersions(text: string): string {
  const own = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as {
    version: string;
    devDependencies: Record<string, string>;
  };
  return text
    .replace('"PHILAB"', JSON.stringify(own.version))
    .replace('"MOCHA"', JSON.stringify(own.devDependencies.mocha))
    .replace('"TSX"', JSON.stringify(own.devDependencies.tsx));
}
