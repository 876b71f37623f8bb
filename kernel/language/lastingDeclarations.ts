/** What tslab does not know of a cell's declarations: blocks of `declare global`, and what `using` holds. */
import type * as TypeScript from "typescript";
import { withoutNames } from "./settle.js";
import type { Ts } from "./typescript.js";

/** The declarations after a cell: with the blocks of cells before, without what ends with the cell. */
export function lastingDeclarations(ts: Ts, before: string, code: string, declared: string): string {
  return withoutHeld(ts, code, declared) + keptBlocks(ts, before, declared);
}

/** The blocks (`declare global`, `declare module "m"`) of before that `declared` lacks: tslab forgets them. */
function keptBlocks(ts: Ts, before: string, declared: string): string {
  if (!/^declare (global|module ["'])/m.test(before)) return "";
  const file = parsed(ts, before);
  return file.statements
    .filter((statement) => isBlock(ts, statement))
    .map((statement) => statement.getText(file))
    .filter((block) => !declared.includes(block))
    .map((block) => `${block}\n`)
    .join("");
}

function isBlock(ts: Ts, statement: TypeScript.Statement): boolean {
  if (!ts.isModuleDeclaration(statement)) return false;
  return ts.isStringLiteral(statement.name) || statement.name.text === "global";
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
