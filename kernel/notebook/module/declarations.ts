/** What a cell's top level declares, and what may not stand there when the cell is exported. */
import ts from "typescript";

/** A name declared at top level. `typeOnly`: an interface or type, gone at run time. */
export interface Declared {
  readonly name: string;
  readonly typeOnly: boolean;
  /** A signature without body: several of them and one function share a name. */
  readonly signature: boolean;
}

/** The names that a top-level statement declares; none for an import. */
export function declaredNames(statement: ts.Statement): Declared[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name).map(asValue));
  }
  if (ts.isFunctionDeclaration(statement)) {
    const name = nameOf(statement);
    return [{ name, typeOnly: false, signature: statement.body === undefined }];
  }
  if (ts.isClassDeclaration(statement)) return [asValue(nameOf(statement))];
  if (ts.isEnumDeclaration(statement) || ts.isModuleDeclaration(statement))
    return [asValue(statement.name.text)];
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
    return [{ name: statement.name.text, typeOnly: true, signature: false }];
  }
  if (ts.isExportAssignment(statement)) return [asValue("default")];
  if (ts.isExportDeclaration(statement)) return reExported(statement);
  return [];
}

const asValue = (name: string): Declared => ({ name, typeOnly: false, signature: false });

/** `export default function () {}` has no name of its own. */
function nameOf(declaration: ts.FunctionDeclaration | ts.ClassDeclaration): string {
  if (hasModifier(declaration, ts.SyntaxKind.DefaultKeyword)) return "default";
  return declaration.name?.text ?? "default";
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? boundNames(element.name) : []));
}

function reExported(statement: ts.ExportDeclaration): Declared[] {
  const clause = statement.exportClause;
  if (clause === undefined) return [];
  if (ts.isNamespaceExport(clause)) return [asValue(clause.name.text)];
  return clause.elements.map(({ name, isTypeOnly }) => ({
    name: name.text,
    typeOnly: isTypeOnly || statement.isTypeOnly,
    signature: false,
  }));
}

export function hasModifier(node: ts.HasModifiers, kind: ts.SyntaxKind): boolean {
  return ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false;
}

/** A declaration that `export` can stand before. */
export function isDeclaration(
  statement: ts.Statement,
): statement is ts.DeclarationStatement & ts.HasModifiers {
  return (
    ts.isVariableStatement(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isModuleDeclaration(statement)
  );
}

/** Why the statement cannot stand at the top level of a module that only declares, or undefined. */
export function whyNotExported(statement: ts.Statement): string | undefined {
  if (ts.isImportEqualsDeclaration(statement)) return "`import … = require(…)`; write `import … from`";
  if (ts.isExportAssignment(statement) && statement.isExportEquals)
    return "`export =`; write `export default`";
  if (ts.isVariableStatement(statement) && isUsing(statement))
    return "`using` cannot be exported; take const";
  if (hasAwait(statement))
    return "a top-level await; a module that others import should not wait: make it a function";
  const mayStand =
    isDeclaration(statement) || ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement);
  if (mayStand || ts.isExportAssignment(statement) || ts.isEmptyStatement(statement)) return undefined;
  const kind = ts.isExpressionStatement(statement)
    ? "an expression statement"
    : "a statement that declares nothing";
  return `${kind}; exported cells only declare: move it to a cell that is not exported`;
}

function isUsing(statement: ts.VariableStatement): boolean {
  const { flags } = statement.declarationList;
  return (flags & ts.NodeFlags.Using) === ts.NodeFlags.Using;
}

function hasAwait(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier)) return true;
  if (ts.isFunctionLike(node)) return false;
  return ts.forEachChild(node, (child) => hasAwait(child) || undefined) ?? false;
}
