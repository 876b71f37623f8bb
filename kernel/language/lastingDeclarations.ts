/** What tslab does not know of a cell's declarations: namespaces, blocks of `declare global`, and what `using` holds. */
import type * as TypeScript from "typescript";
import { withoutNames } from "./settle.js";
import type { Ts } from "./typescript.js";

/** The declarations after a cell: with the blocks of cells before, without what ends with the cell. */
export function lastingDeclarations(ts: Ts, before: string, code: string, declared: string): string {
  return withoutHeld(ts, code, declared) + keptBlocks(ts, before, code, declared);
}

/**
 * The blocks (`namespace N`, `declare global`, `declare module "m"`) of before that `declared` lacks: tslab forgets them. A
 * namespace ends where the cell declares its name.
 */
function keptBlocks(ts: Ts, before: string, code: string, declared: string): string {
  if (!/^declare (global|module|namespace) /m.test(before)) return "";
  const file = parsed(ts, before);
  const own = new Set(parsed(ts, code).statements.flatMap((statement) => namesDeclared(ts, statement)));
  return file.statements
    .filter((statement) => ts.isModuleDeclaration(statement))
    .filter(({ name }) => !ts.isIdentifier(name) || !own.has(name.text))
    .map((block) => block.getText(file))
    .filter((block) => !declared.includes(block))
    .map((block) => `${block}\n`)
    .join("");
}

/** The names of a statement of the top level, those of imports and patterns too. */
function namesDeclared(ts: Ts, node: TypeScript.Node): string[] {
  if (ts.isImportDeclaration(node)) return node.importClause ? namesDeclared(ts, node.importClause) : [];
  const { name } = node as { readonly name?: TypeScript.Node };
  const own = name && ts.isIdentifier(name) ? [name.text] : [];
  const isList =
    ts.isVariableStatement(node) ||
    ts.isVariableDeclarationList(node) ||
    ts.isImportClause(node) ||
    ts.isNamedImports(node) ||
    ts.isObjectBindingPattern(node) ||
    ts.isArrayBindingPattern(node);
  const parts: TypeScript.Node[] = name && !ts.isIdentifier(name) ? [name] : [];
  if (isList) ts.forEachChild(node, (child) => void parts.push(child));
  return [...own, ...parts.flatMap((part) => namesDeclared(ts, part))];
}

/** Later cells do not know what `using` held: it is disposed of when the cell ends. */
function withoutHeld(ts: Ts, code: string, declared: string): string {
  if (!/\busing\b/.test(code)) return declared;
  const held = parsed(ts, code).statements.flatMap((statement) => heldNames(ts, statement));
  return held.length === 0 ? declared : withoutNames(ts, declared, new Set(held));
}

function heldNames(ts: Ts, statement: TypeScript.Statement): string[] {
  if (!ts.isVariableStatement(statement)) return [];
  const { flags, declarations } = statement.declarationList;
  if ((flags & ts.NodeFlags.Using) === 0) return [];
  return declarations.map(({ name }) => (name as TypeScript.Identifier).text);
}

function parsed(ts: Ts, text: string): TypeScript.SourceFile {
  return ts.createSourceFile("cell.ts", text, ts.ScriptTarget.Latest, true);
}
