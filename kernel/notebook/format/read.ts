/** An .ipynb file → notebook. */
import { readFile, stat } from "node:fs/promises";
import { NotebookError } from "./error.js";
import { FieldError } from "./field.js";
import type { Notebook } from "./types.js";
import { validateNotebook } from "./validate.js";

/** The notebook in `file` (nbformat 4). Throws NotebookError: "FILE: field: what is wrong, what to do". */
export async function readNotebook(file: string): Promise<Notebook> {
  return parseNotebook(await bytesOf(file), file);
}

/** What V8 holds in one text, about. */
const mostBytes = 500_000_000;

/** A pipe, or a device, might never end. */
async function bytesOf(file: string): Promise<Uint8Array> {
  let problem: string;
  try {
    const there = await stat(file);
    const { size } = there;
    if (there.isDirectory() || (there.isFile() && size <= mostBytes)) return await readFile(file);
    problem = there.isFile()
      ? `${Math.round(size / 1e6)} MB; at most 500 MB can be read`
      : "no file but a device or a pipe; name a notebook";
  } catch (error) {
    problem = readProblem(error as NodeJS.ErrnoException);
  }
  throw new NotebookError(file, "the file", problem);
}

/** The notebook in the bytes or the text of `file`. Throws NotebookError. */
export function parseNotebook(content: Uint8Array | string, file: string): Notebook {
  const text = typeof content === "string" ? content : decode(content, file);
  try {
    return validateNotebook(parse(text, file));
  } catch (error) {
    if (error instanceof FieldError) throw new NotebookError(file, error.field, error.problem);
    throw error;
  }
}

function readProblem(error: NodeJS.ErrnoException): string {
  if (error.code === "ENOENT") return "not found; check the path";
  if (error.code === "EISDIR") return "this is a folder; name a notebook in it, or use --all";
  return `cannot be read (${error.code ?? error.message})`;
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new NotebookError(file, "the text", "not UTF-8; save the file as UTF-8");
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new NotebookError(file, jsonPlace(text, error as Error), jsonProblem(text, error as Error));
  }
}

function jsonProblem(text: string, error: Error): string {
  if (text.trim() === "") return "the file is empty; restore it, or make a new notebook";
  if (/^<{7} /m.test(text)) return "an unfinished merge (<<<<<<<); resolve it first";
  if (error instanceof RangeError) return "nested too deeply";
  return `not JSON (${error.message}); restore the file, or mend this place in a text editor`;
}

/** V8 names the place as a character position; a reader wants the line. */
function jsonPlace(text: string, error: Error): string {
  const position = /at position (\d+)/.exec(error.message)?.[1];
  if (position === undefined) return "the text";
  return `line ${text.slice(0, Number(position)).split("\n").length}`;
}
