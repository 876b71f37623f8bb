/** `export` in a cell: what it declares is known to later cells anyway. */
import type * as TypeScript from "typescript";
import type { Ts } from "./typescript.js";

/**
 * The cell with its `export` words, and lists like `export { a }`, replaced by as many spaces, so that every position
 * stays: tslab exports all names itself, and says of one that is exported already that it is declared twice.
 */
export function withoutExports(ts: Ts, code: string): string {
  if (!code.includes("export")) return code;
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, true);
  return file.statements.reduce((text, statement) => {
    const part = exportPart(ts, file, statement);
    return part ? blank(text, part.start, part.end) : text;
  }, code);
}

function exportPart(
  ts: Ts,
  file: TypeScript.SourceFile,
  statement: TypeScript.Statement,
): { start: number; end: number } | undefined {
  if (ts.isExportDeclaration(statement) && !statement.moduleSpecifier) {
    return { start: statement.getStart(file), end: statement.end };
  }
  const modifiers = (ts.canHaveModifiers(statement) && ts.getModifiers(statement)) || [];
  const isDefault = modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
  const word = modifiers.find(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  return word && !isDefault ? { start: word.getStart(file), end: word.end } : undefined;
}

/** Line breaks stay: they are positions too. */
function blank(text: string, start: number, end: number): string {
  return text.slice(0, start) + text.slice(start, end).replace(/[^\n\r]/g, " ") + text.slice(end);
}
