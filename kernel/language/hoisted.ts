/** `var` inside a statement (`for (var i = 0; …)`): a variable of the whole cell, which declarations leave out. */
import type * as TypeScript from "typescript";
import type { Ts } from "./typescript.js";

/**
 * Declarations of the cell's hoisted variables that `declared` lacks, for later cells: number or string where that
 * shows, else any.
 */
export function hoistedDeclarations(ts: Ts, code: string, declared: string): string {
  if (!/\bvar\b/.test(code)) return "";
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, false);
  const isNew = ([name]: [string, string]): boolean =>
    !new RegExp(`(?:let|const|var) ${escaped(name)}(?![\\p{L}\\p{N}_$])`, "u").test(declared);
  return [...hoistedVariables(ts, file)]
    .filter(isNew)
    .map(([name, type]) => `declare let ${name}: ${type};\n`)
    .join("");
}

/** The hoisted variables of a file, with their types as far as they show. */
export function hoistedVariables(ts: Ts, file: TypeScript.SourceFile): Map<string, string> {
  const found = new Map<string, string>();
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) collect(ts, statement, found);
  }
  return found;
}

function escaped(name: string): string {
  return name.replaceAll("$", "\\$");
}

function collect(ts: Ts, node: TypeScript.Node, found: Map<string, string>): void {
  if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node)) return;
  if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0) {
    for (const { name, initializer } of node.declarations) {
      if (ts.isIdentifier(name)) found.set(name.text, typeOf(ts, initializer));
      else for (const bound of namesIn(ts, name)) found.set(bound, "any");
    }
  }
  ts.forEachChild(node, (child) => collect(ts, child, found));
}

function namesIn(ts: Ts, pattern: TypeScript.BindingPattern): string[] {
  return pattern.elements.flatMap((each) => {
    if (ts.isOmittedExpression(each)) return [];
    return ts.isIdentifier(each.name) ? [each.name.text] : namesIn(ts, each.name);
  });
}

function typeOf(ts: Ts, initializer: TypeScript.Expression | undefined): string {
  if (initializer && ts.isNumericLiteral(initializer)) return "number";
  return initializer && ts.isStringLiteral(initializer) ? "string" : "any";
}
