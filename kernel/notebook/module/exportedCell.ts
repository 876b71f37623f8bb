/** The cells that a notebook exports, parsed, grouped by the module they go to. */
import { basename } from "node:path";
import ts from "typescript";
import { cellLabel, cellName, cellOptions } from "../format/cell.js";
import { NotebookError } from "../format/error.js";
import { magicOf } from "../format/magic.js";
import type { Cell, Notebook } from "../format/types.js";
import { checkModuleName, moduleNameOf } from "./moduleName.js";

/** A code cell as the exporter sees it. `at` counts from 0. */
export interface ParsedCell {
  readonly at: number;
  readonly name: string;
  readonly label: string;
  readonly source: ts.SourceFile;
  /** The module this cell is exported to; undefined when it is not exported. */
  readonly module: string | undefined;
}

/** The code cells that are TypeScript. Throws NotebookError when an exported cell is not, or names a bad module. */
export function parseCells(notebook: Notebook, file: string): ParsedCell[] {
  const ownModule = moduleNameOf(basename(file, ".ipynb"));
  return notebook.cells.flatMap((cell, at) => {
    if (cell.cell_type !== "code") return [];
    const module = moduleOf(cell, at, ownModule, file);
    const magic = magicOf(cell.source);
    if (magic === undefined) return [parseCell(cell, at, module, file)];
    if (module === undefined) return [];
    throw new NotebookError(file, cellName(cell, at), `${magic} cannot be exported; only TypeScript can`);
  });
}

function moduleOf(cell: Cell, at: number, ownModule: string, file: string): string | undefined {
  const options = cellOptions(cell);
  const exported = options.get("export") ?? "false";
  if (exported !== "true" && exported !== "false") {
    throw new NotebookError(file, cellName(cell, at), `export: ${exported}; needed true or false`);
  }
  if (exported === "false") return undefined;
  const module = options.get("module") ?? ownModule;
  const problem = checkModuleName(module);
  if (problem !== undefined) throw new NotebookError(file, cellName(cell, at), problem);
  return module;
}

function parseCell(cell: Cell, at: number, module: string | undefined, file: string): ParsedCell {
  const name = cellName(cell, at);
  const label = cellLabel(cell, at);
  const source = ts.createSourceFile(`${label}.ts`, cell.source, ts.ScriptTarget.ESNext, true);
  if (module !== undefined) {
    checkLabel(label, name, file);
    checkSyntax(source, name, file);
  }
  return { at, name, label, source, module };
}

/** A label becomes the file name in a traceback. */
function checkLabel(label: string, name: string, file: string): void {
  if (/^[\p{L}\p{N}_][\p{L}\p{N}_.:-]{0,99}$/u.test(label)) return;
  throw new NotebookError(
    file,
    name,
    `the label ${JSON.stringify(label)}; needed letters, digits, "_", "-", "." or ":"`,
  );
}

function checkSyntax(source: ts.SourceFile, name: string, file: string): void {
  const { diagnostics } = ts.transpileModule(source.text, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
  });
  const first = diagnostics?.[0];
  if (first === undefined) return;
  const line = source.getLineAndCharacterOfPosition(first.start ?? 0).line + 1;
  throw new NotebookError(
    file,
    name,
    `line ${line}: ${ts.flattenDiagnosticMessageText(first.messageText, " ")}`,
  );
}
