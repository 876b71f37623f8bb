/** Where the names come from that a module uses and does not declare. */
import ts from "typescript";
import { NotebookError } from "../format/error.js";
import { declaredNames } from "./declarations.js";
import type { ParsedCell } from "./exportedCell.js";
import type { FreeName } from "./freeNames.js";
import { isGlobalType } from "./globalTypes.js";
import { type ImportedName, importedNames, moduleOf, sameImport } from "./imports.js";
import { rebase } from "./paths.js";
import { publicNames } from "./publicNames.js";

/** A use of a name and the cell it stands in. */
export type Use = FreeName & { readonly cell?: ParsedCell; readonly line?: number };

/** The module whose names are sought, and the notebook it comes from. */
export interface Scope {
  readonly module: string;
  readonly cells: readonly ParsedCell[];
  readonly file: string;
  readonly folder: string;
}

/**
 * The imports that the module needs for `uses`: an import of any cell of the notebook, a name that another
 * module of the notebook exports, a public name of philab. Throws NotebookError for a name of none of them
 * that JavaScript does not have either.
 */
export function resolveNames(uses: readonly Use[], scope: Scope): ImportedName[] {
  return uses.flatMap((use) => {
    const found = imported(use, scope) ?? declared(use, scope) ?? fromPhilab(use);
    if (found !== undefined && use.written) throw writtenImport(use, found, scope.file);
    if (found !== undefined) return [found];
    if (use.asked || use.name in globalThis || (use.asType && isGlobalType(use.name))) return [];
    throw unknownName(use, scope.file);
  });
}

/** The modules that exported cells import for their effect alone. */
export function sideEffects(cells: readonly ParsedCell[]): string[] {
  return importsOf(cells)
    .filter(({ statement }) => statement.importClause === undefined)
    .map(({ statement }) => moduleOf(statement));
}

function imported({ name }: Use, { cells, file, folder }: Scope): ImportedName | undefined {
  const candidates = importsOf(cells).flatMap(({ cell, statement }) =>
    importedNames(statement).flatMap((entry) => (entry.local === name ? [{ cell, entry }] : [])),
  );
  const [first] = candidates;
  if (first === undefined) return undefined;
  const other = candidates.find(({ entry }) => !sameImport(entry, first.entry));
  if (other !== undefined) {
    const problem = `${name} is imported from "${other.entry.from}" here and from "${first.entry.from}" in`;
    throw new NotebookError(file, other.cell.name, `${problem} ${first.cell.name}; rename one`);
  }
  const { entry } = candidates.find(({ entry }) => !entry.typeOnly) ?? first;
  return { ...entry, from: rebase(entry.from, file, folder) };
}

function importsOf(cells: readonly ParsedCell[]): { cell: ParsedCell; statement: ts.ImportDeclaration }[] {
  return cells.flatMap((cell) =>
    cell.source.statements.filter(ts.isImportDeclaration).map((statement) => ({ cell, statement })),
  );
}

function declared(use: Use, { module, cells, file }: Scope): ImportedName | undefined {
  const declaring = cells.flatMap((cell) => {
    const declaration = cell.source.statements.flatMap(declaredNames).find(({ name }) => name === use.name);
    return declaration === undefined ? [] : [{ cell, ...declaration }];
  });
  const home = declaring.find(({ cell }) => cell.module !== undefined && cell.module !== module);
  if (home !== undefined) {
    const path = `./${home.cell.module}.js`;
    return { local: use.name, imported: use.name, typeOnly: home.typeOnly, from: path, attributes: "" };
  }
  const [first] = declaring;
  if (first === undefined) return undefined;
  const problem = `line ${use.line}: uses ${use.name}, which ${first.cell.name} declares and does not export`;
  throw new NotebookError(
    file,
    use.cell?.name ?? "cells",
    `${problem}; begin that cell with "//| export: true"`,
  );
}

function fromPhilab({ name }: Use): ImportedName | undefined {
  const known = publicNames().get(name);
  if (known === undefined) return undefined;
  return { local: name, imported: name, typeOnly: known.typeOnly, from: "philab", attributes: "" };
}

function writtenImport({ name, cell, line }: Use, { from }: ImportedName, file: string): NotebookError {
  const problem = `line ${line}: assigns ${name}, which is of "${from}"; a module cannot write another's variable`;
  return new NotebookError(file, cell?.name ?? "cells", `${problem}: let a function there do it`);
}

function unknownName({ name, cell, line }: Use, file: string): NotebookError {
  const problem = `line ${line}: uses ${name}, which no exported cell, no import, philab or JavaScript has`;
  return new NotebookError(
    file,
    cell?.name ?? "cells",
    `${problem}; display and input belong in other cells`,
  );
}
