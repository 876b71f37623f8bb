/** Exported cells → modules: declarations get `export`, and whatever they use is imported or refused. */
import { basename } from "node:path";
import ts from "typescript";
import { NotebookError } from "../format/error.js";
import { oneLine } from "../format/plainText.js";
import type { Notebook } from "../format/types.js";
import { escapedSigns, quotedPath } from "./deceivingSigns.js";
import { declaredNames, hasModifier, isDeclaration, whyNotExported } from "./declarations.js";
import { type Edit, type EmittedPiece, editedCell, originOf, textOf, withSourceMap } from "./emit.js";
import { type ParsedCell, parseCells } from "./exportedCell.js";
import { freeNames } from "./freeNames.js";
import { importedNames, importLines } from "./imports.js";
import { checkLoadOrder } from "./loadOrder.js";
import { rebase, sourceName } from "./paths.js";
import { resolveNames, sideEffects } from "./resolve.js";

/** A module to be written: its name and its text. */
export interface Module {
  readonly name: string;
  readonly text: string;
}

/** The modules that the notebook in `file` exports, for a folder `folder`. Throws NotebookError naming the cell. */
export function composeModules(notebook: Notebook, file: string, folder: string): Module[] {
  const cells = parseCells(notebook, file);
  const names = new Set(cells.flatMap(({ module }) => module ?? []));
  if (names.size === 0) {
    throw new NotebookError(file, "cells", 'none is exported; begin a cell with "//| export: true"');
  }
  checkDistinct([...names], file);
  checkCells(
    cells.filter(({ module }) => module !== undefined),
    file,
  );
  return [...names].map((name) => ({ name, text: composeModule(name, cells, file, folder) }));
}

/** Some file systems hold Vec.ts and vec.ts for the same file. */
function checkDistinct(names: readonly string[], file: string): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    const other = seen.get(name.toLowerCase());
    if (other !== undefined)
      throw new NotebookError(file, "module", `${name} and ${other} differ in case alone`);
    seen.set(name.toLowerCase(), name);
  }
}

function composeModule(name: string, cells: readonly ParsedCell[], file: string, folder: string): string {
  const own = cells.filter((cell) => cell.module === name);
  checkLoadOrder(own, file);
  const body = own.flatMap((cell): EmittedPiece[] => [
    "\n",
    ...editedCell(cell, editsOf(cell, file, folder)),
    "\n",
  ]);
  const uses = freeNames(textOf(body)).map((use) => ({ ...use, ...originOf(body, use.position) }));
  const imports = resolveNames(uses, { module: name, cells, file, folder });
  const lines = importLines(
    imports,
    sideEffects(own).map((from) => rebase(from, file, folder)),
  );
  const head = [header(file), ...lines].map((line) => `${line}\n`).join("");
  return withSourceMap([head, ...body], ({ label }) => sourceName(label, file, folder));
}

function checkCells(exported: readonly ParsedCell[], file: string): void {
  checkStatements(exported, file);
  checkNames(exported, file);
  checkImports(exported, file);
  checkLabels(exported, file);
}

/** Two cells of one label would be one file in a traceback. */
function checkLabels(cells: readonly ParsedCell[], file: string): void {
  for (const [at, { label, name }] of cells.entries()) {
    const first = cells.findIndex((cell) => cell.label === label);
    if (first < at) throw new NotebookError(file, name, `the label is already that of ${cells[first]?.name}`);
  }
}

function checkStatements(cells: readonly ParsedCell[], file: string): void {
  for (const { source, name } of cells) {
    for (const statement of source.statements) {
      const problem = whyNotExported(statement);
      if (problem === undefined) continue;
      const line = source.getLineAndCharacterOfPosition(statement.getStart()).line + 1;
      throw new NotebookError(file, name, `line ${line}: ${problem}`);
    }
  }
}

/** A name is exported by one cell, and has one value in it. */
function checkNames(cells: readonly ParsedCell[], file: string): void {
  const first = new Map<string, { cell: ParsedCell; value: boolean }>();
  for (const cell of cells) {
    for (const { name, typeOnly, signature } of cell.source.statements.flatMap(declaredNames)) {
      const value = !typeOnly && !signature;
      const other = first.get(name);
      if (other !== undefined && (other.cell !== cell || (value && other.value))) {
        throw new NotebookError(
          file,
          cell.name,
          `${name} is exported twice, first by ${other.cell.name}; rename one`,
        );
      }
      first.set(name, { cell, value: value || other?.value === true });
    }
  }
}

/** A name that one exported cell imports and another declares would mean the one or the other. */
function checkImports(cells: readonly ParsedCell[], file: string): void {
  for (const importing of cells) {
    const imports = importing.source.statements.filter(ts.isImportDeclaration).flatMap(importedNames);
    for (const { local, from } of imports) {
      const other = cells.find(
        (cell) =>
          cell !== importing &&
          cell.source.statements.flatMap(declaredNames).some(({ name }) => name === local),
      );
      if (other === undefined) continue;
      const problem = `imports ${local} from "${from}", and ${other.name} declares another ${local}`;
      throw new NotebookError(file, importing.name, `${problem}; rename one`);
    }
  }
}

function editsOf(cell: ParsedCell, file: string, folder: string): Edit[] {
  const moved = cell.source.statements.flatMap((statement): Edit[] => {
    if (ts.isImportDeclaration(statement)) return [removal(statement, cell.source.text)];
    if (!isDeclaration(statement) || hasModifier(statement, ts.SyntaxKind.ExportKeyword)) return [];
    const start = statement.getStart();
    return [{ start, end: start, text: "export " }];
  });
  const edits = [...moved, ...rebasings(cell.source, file, folder)];
  const isGone = (sign: Edit): boolean =>
    edits.some(({ start, end }) => start <= sign.start && sign.start < end);
  return [...edits, ...escapedSigns(cell, file).filter((sign) => !isGone(sign))];
}

/** The import goes to the head of the module; its line goes with it when nothing else stands there. */
function removal(statement: ts.Statement, text: string): Edit {
  const start = statement.getStart();
  const rest = /^[ \t]*\r?\n/.exec(text.slice(statement.end))?.[0] ?? "";
  const isAlone = start === 0 || text[start - 1] === "\n";
  return { start, end: statement.end + (isAlone ? rest.length : 0), text: "" };
}

/** `import("./data.js")` and `export … from "./data.js"` mean the notebook's folder; the module lies elsewhere. */
function rebasings(source: ts.SourceFile, file: string, folder: string): Edit[] {
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isStringLiteral(node) && node.text.startsWith(".") && namesModule(node)) {
      const text = quotedPath(rebase(node.text, file, folder));
      edits.push({ start: node.getStart(), end: node.end, text });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return edits;
}

function namesModule({ parent }: ts.StringLiteral): boolean {
  if (ts.isLiteralTypeNode(parent)) return ts.isImportTypeNode(parent.parent);
  if (ts.isCallExpression(parent)) return parent.expression.kind === ts.SyntaxKind.ImportKeyword;
  return ts.isExportDeclaration(parent);
}

function header(file: string): string {
  return `// Generated from ${oneLine(basename(file))} by "philab export --to ts". Edit the notebook, not this file.`;
}
