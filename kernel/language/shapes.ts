/** What a piece of a cell's JavaScript is. */
import type * as TypeScript from "typescript";
import type { Ts } from "./typescript.js";

/** Whether the statement i is followed by what fills an enum: (function (Color) { … })(Color || (Color = {})) */
export function startsEnum(ts: Ts, statements: readonly TypeScript.Statement[], i: number): boolean {
  const next = statements[i + 1];
  if (!next || !ts.isExpressionStatement(next) || !ts.isCallExpression(next.expression)) return false;
  const [argument] = next.expression.arguments;
  const { expression: callee } = next.expression;
  if (!ts.isParenthesizedExpression(callee) || !ts.isFunctionExpression(callee.expression)) return false;
  const name = callee.expression.parameters[0]?.name;
  if (!argument || !name || !ts.isIdentifier(name) || !ts.isBinaryExpression(argument)) return false;
  const isFilled = argument.operatorToken.kind === ts.SyntaxKind.BarBarToken;
  return isFilled && ts.isIdentifier(argument.left) && argument.left.text === name.text;
}

/** A loop with its labels. */
export function isLoop(ts: Ts, node: TypeScript.Node): boolean {
  if (node.parent && ts.isLabeledStatement(node.parent)) return false;
  return ts.isIterationStatement(node, true);
}

/** f of f(x), and of a tagged template. */
export function calleeOf(ts: Ts, node: TypeScript.Node): TypeScript.Expression | undefined {
  if (ts.isCallExpression(node)) return node.expression;
  return ts.isTaggedTemplateExpression(node) ? node.tag : undefined;
}

/** =, ??=, ||=, &&= */
export function assignsWhole(ts: Ts, kind: TypeScript.SyntaxKind): boolean {
  const { EqualsToken, QuestionQuestionEqualsToken, BarBarEqualsToken, AmpersandAmpersandEqualsToken } =
    ts.SyntaxKind;
  return [
    EqualsToken,
    QuestionQuestionEqualsToken,
    BarBarEqualsToken,
    AmpersandAmpersandEqualsToken,
  ].includes(kind);
}

/** f of ((f)) */
export function withoutParentheses(ts: Ts, node: TypeScript.Expression): TypeScript.Expression {
  return ts.isParenthesizedExpression(node) ? withoutParentheses(ts, node.expression) : node;
}
