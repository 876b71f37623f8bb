/** `{ W }` written out as `{ W: W }`, and `{ W: x } = …` as `{ "W": x } = …`. */
import type * as TypeScript from "typescript";
import type { Insertion } from "../pipe/languageWords.js";
import { insertTexts } from "./insertions.js";
import type { Ts } from "./typescript.js";

/**
 * tslab turns the name of an earlier cell into a property of its exports wherever it stands for a value, but not in
 * `{ W }`, where one word is property and value: the cell would say that W is not defined. And it does so with the name of a
 * property that a pattern takes from an object of an earlier cell.
 */
export function expandShorthand(ts: Ts, code: string): { code: string; insertions: readonly Insertion[] } {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, true);
  const texts: { at: number; text: string }[] = [];
  const quote = (name: TypeScript.Node | undefined): void => {
    if (!name || !ts.isIdentifier(name)) return;
    texts.push({ at: name.getStart(file), text: '"' }, { at: name.end, text: '"' });
  };
  const visit = (node: TypeScript.Node): void => {
    if (ts.isShorthandPropertyAssignment(node) && node.name.text !== "") {
      texts.push({ at: node.name.getStart(file), text: `${node.name.text}: ` });
    }
    if (ts.isBindingElement(node)) quote(node.propertyName);
    if (ts.isPropertyAssignment(node) && isTarget(ts, node.parent)) quote(node.name);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return insertTexts(file, texts);
}

/** Whether an object or array is one that is assigned to: `({ a: [b] } = …)`, and of `for ({ a: b } of …)`. */
function isTarget(ts: Ts, node: TypeScript.Node): boolean {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent) || ts.isSpreadElement(parent)) return isTarget(ts, parent);
  if (ts.isBinaryExpression(parent))
    return parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === node;
  if (ts.isArrayLiteralExpression(parent)) return isTarget(ts, parent);
  return ts.isPropertyAssignment(parent) && parent.initializer === node && isTarget(ts, parent.parent);
}
