/** `philab export NB --to ts`: the exported cells of a notebook as TypeScript modules. */
import { mkdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { writeAtomically } from "../../disk/writeAtomically.js";
import { NotebookError } from "../format/error.js";
import { readNotebook } from "../format/read.js";
import { composeModules } from "./compose.js";
import { moduleFile } from "./moduleName.js";

/** Where modules go that are given no other place: a folder beside the notebook. */
const generatedFolder = "generated";

/** A module and the file it belongs in. */
export interface ModuleFile {
  readonly file: string;
  readonly text: string;
}

/**
 * The modules that the notebook in `file` exports. They belong in `out`: a folder, or a file when its name ends
 * in ".ts" and there is one module; without it in the folder `generated` beside the notebook. Nothing is written.
 * Throws NotebookError naming the cell.
 */
export async function exportModules(file: string, out?: string): Promise<ModuleFile[]> {
  const notebook = await readNotebook(file);
  const isFile = out?.endsWith(".ts") ?? false;
  const folder = isFile ? dirname(out as string) : (out ?? join(dirname(file), generatedFolder));
  const modules = composeModules(notebook, file, folder);
  if (isFile && modules.length > 1) {
    const names = modules.map(({ name }) => name).join(", ");
    throw new NotebookError(file, "module", `exports ${modules.length} modules (${names}); give -o a folder`);
  }
  const root = out === undefined ? dirname(file) : folder;
  return Promise.all(
    modules.map(async ({ name, text }) => ({
      file: await moduleFile(root, folder, isFile ? basename(out as string, ".ts") : name),
      text,
    })),
  );
}

/** Writes what `exportModules` gives, and returns the files. A file that no export wrote is not overwritten. */
export async function writeModules(file: string, out?: string): Promise<string[]> {
  const modules = await exportModules(file, out);
  for (const module of modules) await checkOwn(file, module);
  for (const module of modules) await mkdir(dirname(module.file), { recursive: true });
  for (const module of modules) await writeAtomically(module.file, module.text);
  return modules.map((module) => module.file);
}

/** The files of the notebook's modules that are missing or differ from what the notebook says. */
export async function staleModules(file: string, out?: string): Promise<string[]> {
  const modules = await exportModules(file, out);
  const texts = await Promise.all(
    modules.map((module) => readFile(module.file, "utf8").catch(() => undefined)),
  );
  return modules.filter(({ text }, at) => text !== texts[at]).map((module) => module.file);
}

async function checkOwn(notebook: string, { file, text }: ModuleFile): Promise<void> {
  const old = await readFile(file, "utf8").catch(() => undefined);
  if (old === undefined || firstLine(old) === firstLine(text)) return;
  throw new NotebookError(
    notebook,
    "module",
    `${file} is not of this notebook; move it, or give -o another name`,
  );
}

const firstLine = (text: string): string => text.split("\n", 1)[0] as string;
