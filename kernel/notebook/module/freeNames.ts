/** The names that a module uses and does not declare. */
import ts from "typescript";
import { isWritten } from "./writes.js";

/** One use of such a name. `asType`: where only a type can stand; `asked`: in `typeof name`, which may be missing; `written`: assigned to. */
export interface FreeName {
  readonly name: string;
  readonly position: number;
  readonly asType: boolean;
  readonly asked: boolean;
  readonly written: boolean;
}

/** The free names of `text`, in order. TypeScript's own binder says what is in scope, so there is one scope rule. */
export function freeNames(text: string): FreeName[] {
  const { source, checker } = bind(text);
  const names: FreeName[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && isReference(node) && !inScope(node, checker)) {
      const asked = ts.isTypeOfExpression(node.parent);
      names.push({
        name: node.text,
        position: node.getStart(source),
        asType: ts.isPartOfTypeNode(node) || ts.isQualifiedName(node.parent),
        asked,
        written: isWritten(node),
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

/** A program of this one text alone: no library, no imports followed. */
function bind(text: string): { source: ts.SourceFile; checker: ts.TypeChecker } {
  const name = "/module.ts";
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);
  const host: ts.CompilerHost = {
    getSourceFile: (file) => (file === name ? source : undefined),
    getDefaultLibFileName: () => "/lib.d.ts",
    writeFile: () => {},
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (file) => file,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (file) => file === name,
    readFile: () => undefined,
  };
  const options = { noLib: true, noResolve: true, types: [], moduleDetection: ts.ModuleDetectionKind.Force };
  const checker = ts
    .createProgram([name], { ...options, target: ts.ScriptTarget.ESNext }, host)
    .getTypeChecker();
  return { source, checker };
}

function inScope(node: ts.Identifier, checker: ts.TypeChecker): boolean {
  const kind = ts.isPartOfTypeNode(node)
    ? ts.SymbolFlags.Type | ts.SymbolFlags.Namespace
    : ts.SymbolFlags.Value;
  const symbols = checker.getSymbolsInScope(node, kind | ts.SymbolFlags.Alias);
  return symbols.some((symbol) => symbol.name === node.text);
}

/** Whether the identifier stands for a variable or type, and is not the name of a member, label or declaration. */
function isReference(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isExportSpecifier(parent)) {
    const isLocal = parent.parent.parent.moduleSpecifier === undefined;
    return isLocal && (parent.propertyName ?? parent.name) === node;
  }
  if (ts.isImportSpecifier(parent) || ts.isQualifiedName(parent)) {
    return ts.isQualifiedName(parent) && parent.left === node;
  }
  if (ts.isBindingElement(parent) && parent.propertyName === node) return false;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false;
  if (ts.isImportTypeNode(parent) || ts.isTypePredicateNode(parent)) return false;
  return (parent as { name?: ts.Node }).name !== node;
}
