/** What a module does while it is loaded: there a name must have its value before it is used. */
import ts from "typescript";
import { NotebookError } from "../format/error.js";
import { declaredNames, hasModifier } from "./declarations.js";
import type { ParsedCell } from "./exportedCell.js";

interface Home {
  readonly cell: ParsedCell;
  readonly statement: ts.Statement;
}

/**
 * Checks that no cell of a module needs, when it is loaded, what a cell further down declares: cells that were run in
 * another order than they stand. `own` are the module's cells as they stand. Throws NotebookError naming both.
 */
export function checkLoadOrder(own: readonly ParsedCell[], file: string): void {
  const homes = new Map<string, Home>();
  for (const cell of own) {
    for (const statement of cell.source.statements) {
      for (const { name, typeOnly } of declaredNames(statement)) {
        if (!typeOnly) homes.set(name, { cell, statement });
      }
    }
  }
  for (const [at, cell] of own.entries()) {
    for (const name of needed(cell.source, homes)) {
      const home = homes.get(name) as Home;
      if (ts.isFunctionDeclaration(home.statement) || own.indexOf(home.cell) <= at) continue;
      const problem = `needs ${name} when it is loaded, which ${home.cell.name} declares further down`;
      throw new NotebookError(file, cell.name, `${problem}; move that cell up`);
    }
  }
}

/** The names of `homes` that a node uses at once, and those that the functions it calls use. */
function needed(
  node: ts.Node,
  homes: ReadonlyMap<string, Home>,
  found: Set<string> = new Set(),
  called: Set<ts.Node> = new Set(),
): Set<string> {
  if (ts.isTypeNode(node) || isDeferred(node)) return found;
  if (ts.isIdentifier(node) && homes.has(node.text) && isValue(node)) found.add(node.text);
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const body = ts.isIdentifier(node.expression) && bodyOf(homes.get(node.expression.text));
    if (body && !called.has(body)) needed(body, homes, found, called.add(body));
  }
  ts.forEachChild(node, (child) => void needed(child, homes, found, called));
  return found;
}

/** Functions, and what a class does for each of its instances, are run later. */
function isDeferred(node: ts.Node): boolean {
  if (ts.isPropertyDeclaration(node)) return !hasModifier(node, ts.SyntaxKind.StaticKeyword);
  return ts.isFunctionLike(node);
}

function isValue(node: ts.Identifier): boolean {
  const parent = node.parent as ts.Node & { readonly name?: ts.Node; readonly propertyName?: ts.Node };
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  return parent.name !== node && parent.propertyName !== node && !ts.isExportSpecifier(parent);
}

/** The body of a function that is declared by its own word, or as a constant. */
function bodyOf(home: Home | undefined): ts.Node | undefined {
  if (!home) return undefined;
  if (ts.isFunctionDeclaration(home.statement)) return home.statement.body;
  if (!ts.isVariableStatement(home.statement)) return undefined;
  const [declaration] = home.statement.declarationList.declarations;
  const value = declaration?.initializer;
  return value && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) ? value.body : undefined;
}
