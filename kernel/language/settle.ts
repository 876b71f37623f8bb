/** Declarations after a cell that threw half way: what got a value stays, what did not is as it was before. */
import type * as TypeScript from "typescript";
import { withNamesOf } from "./namesInFunctions.js";
import type { Ts } from "./typescript.js";

/**
 * `after` (declarations as if the cell had ended) without the values of the cell that were never assigned; those keep
 * their declarations of `before`, if any. Its functions may be kept by whatever they were given to.
 */
export function settle(ts: Ts, before: string, after: string, assigned: readonly string[]): string {
  const settled = assigned.length === 0 ? before : withAssigned(ts, before, after, assigned);
  return withNamesOf(settled, [before, after]);
}

function withAssigned(ts: Ts, before: string, after: string, assigned: readonly string[]): string {
  const known = valueNames(ts, before);
  const old = valueTexts(ts, before);
  const fresh = [...valueTexts(ts, after)].filter(
    ([name, text]) => !known.has(name) || old.get(name) !== text,
  );
  const missing = new Set(fresh.map(([name]) => name).filter((name) => !assigned.includes(name)));
  if (missing.size === 0) return after;
  return withoutNames(ts, after, missing) + only(ts, before, missing);
}

function valueNames(ts: Ts, text: string): Set<string> {
  return new Set(valueTexts(ts, text).keys());
}

/** The declared text of each variable, function and class. */
function valueTexts(ts: Ts, text: string): Map<string, string> {
  const file = parse(ts, text);
  return new Map(
    file.statements.flatMap((statement) =>
      namesOf(ts, statement).map((name): [string, string] => [name, statement.getText(file)]),
    ),
  );
}

/** The declarations but those of these names' values. */
export function withoutNames(ts: Ts, text: string, names: ReadonlySet<string>): string {
  return rewrite(ts, text, (name) => !names.has(name), true);
}

function only(ts: Ts, text: string, names: ReadonlySet<string>): string {
  return rewrite(ts, text, (name) => names.has(name), false);
}

/** The declarations of values that `keep` takes; statements that declare none (types, imports) if `others`. */
function rewrite(ts: Ts, text: string, keep: (name: string) => boolean, others: boolean): string {
  const file = parse(ts, text);
  const lines = file.statements.map((statement) => {
    const names = namesOf(ts, statement);
    if (names.length === 0) return others ? statement.getText(file) : "";
    if (!ts.isVariableStatement(statement)) return keep(names[0] as string) ? statement.getText(file) : "";
    return keptVariables(ts, file, statement, keep);
  });
  return lines.filter((line) => line !== "").join("\n") + "\n";
}

function keptVariables(
  ts: Ts,
  file: TypeScript.SourceFile,
  statement: TypeScript.VariableStatement,
  keep: (name: string) => boolean,
): string {
  const { declarations } = statement.declarationList;
  const kept = declarations.filter(({ name }) => ts.isIdentifier(name) && keep(name.text));
  if (kept.length === 0) return "";
  const head = file.text.slice(statement.getStart(file), declarations[0]!.getStart(file));
  return `${head}${kept.map((declaration) => declaration.getText(file)).join(", ")};`;
}

function namesOf(ts: Ts, statement: TypeScript.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name) ? [name.text] : [],
    );
  }
  const isValue = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
  return isValue && statement.name ? [statement.name.text] : [];
}

function parse(ts: Ts, text: string): TypeScript.SourceFile {
  return ts.createSourceFile("declarations.d.ts", text, ts.ScriptTarget.Latest, true);
}
