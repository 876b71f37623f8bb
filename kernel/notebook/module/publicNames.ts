/** The public names of philab, read from its own index: what a cell may use without an import. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { declaredNames, hasModifier, isDeclaration } from "./declarations.js";

/** Name → whether it is a type alone. */
export type PublicNames = ReadonlyMap<string, { readonly typeOnly: boolean }>;

let known: PublicNames | undefined;

/** The names that `import … from "philab"` can name. */
export function publicNames(): PublicNames {
  known ??= new Map(namesOf(new URL("../../../src/index.js", import.meta.url)));
  return known;
}

/** The names that a module's text exports, `export *` followed. Only syntax is read: no types are computed. */
function namesOf(module: URL): [string, { typeOnly: boolean }][] {
  const file = sourceOf(module);
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ESNext);
  return source.statements.flatMap((statement) => {
    if (isStarOf(statement)) return namesOf(new URL(statement.moduleSpecifier.text, module));
    const isExported =
      ts.isExportDeclaration(statement) ||
      (isDeclaration(statement) && hasModifier(statement, ts.SyntaxKind.ExportKeyword));
    return isExported
      ? declaredNames(statement).map(({ name, typeOnly }) => [name, { typeOnly }] as const)
      : [];
  }) as [string, { typeOnly: boolean }][];
}

function isStarOf(
  statement: ts.Statement,
): statement is ts.ExportDeclaration & { moduleSpecifier: ts.StringLiteral } {
  return (
    ts.isExportDeclaration(statement) &&
    statement.exportClause === undefined &&
    statement.moduleSpecifier !== undefined
  );
}

/** The TypeScript of a module: its source in a checkout, its declarations in an installed package. */
function sourceOf(module: URL): string {
  const path = fileURLToPath(module).replace(/\.js$/, "");
  return existsSync(`${path}.ts`) ? `${path}.ts` : `${path}.d.ts`;
}
