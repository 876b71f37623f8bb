/** The prelude: every public name declared, none loaded. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type * as TypeScript from "typescript";
import type { Prelude } from "../pipe/languageWords.js";
import { declarationFiles } from "./resolution.js";
import type { Ts } from "./typescript.js";

interface Names {
  readonly values: string[];
  readonly types: string[];
}

/**
 * Imports of all that src/index exports and of what cells have besides, as declarations: completion, hover with
 * documentation and type errors work, and nothing is paid at run time until a name is used.
 */
export function prelude(ts: Ts): Prelude {
  const philab = exportedNames(ts, declarationFiles.philab);
  const cell = exportedNames(ts, declarationFiles.cell);
  const lines = [importOf(philab, "philab"), importOf(cell, "philab/cell")];
  return { declarations: lines.join(""), values: [...philab.values, ...cell.values] };
}

function importOf({ values, types }: Names, module: string): string {
  const names = [...values, ...types];
  return names.length === 0 ? "" : `import { ${names.join(", ")} } from ${JSON.stringify(module)};\n`;
}

/** The names a declaration file exports; follows `export * from "./x.js"`. A file that is not built exports nothing. */
function exportedNames(ts: Ts, path: string): Names {
  const names: Names = { values: [], types: [] };
  const text = readIfThere(path);
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false);
  for (const statement of file.statements) addNames(ts, statement, path, names);
  return names;
}

function addNames(ts: Ts, statement: TypeScript.Statement, path: string, names: Names): void {
  if (ts.isExportDeclaration(statement)) addExportDeclaration(ts, statement, path, names);
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return;
  if (ts.isVariableStatement(statement)) {
    for (const { name } of statement.declarationList.declarations)
      names.values.push((name as TypeScript.Identifier).text);
  } else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
    names.types.push(statement.name.text);
  } else if (
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement)
  ) {
    const name = statement.name?.text;
    if (name && !names.values.includes(name)) names.values.push(name); // an overload repeats its name
  }
}

function addExportDeclaration(
  ts: Ts,
  statement: TypeScript.ExportDeclaration,
  path: string,
  names: Names,
): void {
  const { exportClause, moduleSpecifier, isTypeOnly } = statement;
  if (exportClause && ts.isNamedExports(exportClause)) {
    for (const { name, isTypeOnly: oneIsType } of exportClause.elements) {
      (isTypeOnly || oneIsType ? names.types : names.values).push(name.text);
    }
  } else if (!exportClause && moduleSpecifier && ts.isStringLiteral(moduleSpecifier)) {
    const inner = exportedNames(ts, join(dirname(path), moduleSpecifier.text.replace(/\.js$/, ".d.ts")));
    names.values.push(...inner.values);
    names.types.push(...inner.types);
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
