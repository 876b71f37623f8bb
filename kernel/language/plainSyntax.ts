/** Which cells run as they are written: expressions of JavaScript alone, without what the other transformers change. */
import type * as TypeScript from "typescript";
import { assignsWhole, withoutParentheses } from "./shapes.js";
import type { Ts } from "./typescript.js";

/** Words that mean something else in a cell's script, or in a script than in a module. */
const special = /<!--|-->|\b(?:exports|require|module|arguments|eval)\b|__philab/;

/** Promises' methods whose handlers are mended. */
const taking: ReadonlySet<string> = new Set(["then", "catch"]);

/** Whether a cell's statements are such, and there is one. `statements` are without that which tslab puts before them. */
export function isPlainSyntax(ts: Ts, text: string, statements: readonly TypeScript.Statement[]): boolean {
  if (statements.length === 0 || special.test(text)) return false;
  const kinds = plainKinds(ts);
  const isPlain = (node: TypeScript.Node): boolean =>
    kinds.has(node.kind) && isPlainNode(ts, node) && !ts.forEachChild(node, (child) => !isPlain(child));
  return statements.every((each) => ts.isExpressionStatement(each) && isPlain(each));
}

/** What holds nothing of types, no statement and nothing that is declared but a parameter. */
function plainKinds(ts: Ts): ReadonlySet<TypeScript.SyntaxKind> {
  const { SyntaxKind: kind } = ts;
  return new Set([
    ...[kind.ExpressionStatement, kind.Identifier, kind.TrueKeyword, kind.FalseKeyword, kind.NullKeyword],
    ...[kind.NumericLiteral, kind.BigIntLiteral, kind.StringLiteral, kind.RegularExpressionLiteral],
    ...[kind.NoSubstitutionTemplateLiteral, kind.TemplateExpression, kind.TemplateHead, kind.TemplateSpan],
    ...[kind.TemplateMiddle, kind.TemplateTail, kind.PropertyAccessExpression, kind.ElementAccessExpression],
    ...[kind.CallExpression, kind.NewExpression, kind.ParenthesizedExpression, kind.QuestionDotToken],
    ...[kind.PrefixUnaryExpression, kind.PostfixUnaryExpression, kind.BinaryExpression],
    ...[kind.TypeOfExpression, kind.VoidExpression, kind.ConditionalExpression, kind.QuestionToken],
    ...[kind.ColonToken, kind.ArrayLiteralExpression, kind.OmittedExpression, kind.SpreadElement],
    ...[kind.ObjectLiteralExpression, kind.PropertyAssignment, kind.ShorthandPropertyAssignment],
    ...[kind.SpreadAssignment, kind.ComputedPropertyName, kind.DotDotDotToken],
    ...[kind.ArrowFunction, kind.Parameter, kind.EqualsGreaterThanToken],
    ...operators(ts),
  ]);
}

function operators({ SyntaxKind: kind }: Ts): TypeScript.SyntaxKind[] {
  const { InKeyword, InstanceOfKeyword, CommaToken, LessThanToken, CaretEqualsToken } = kind;
  const signs = Array.from({ length: CaretEqualsToken - LessThanToken + 1 }, (_, i) => LessThanToken + i);
  return [InKeyword, InstanceOfKeyword, CommaToken, ...signs];
}

function isPlainNode(ts: Ts, node: TypeScript.Node): boolean {
  if (ts.isParameter(node)) return node.questionToken === undefined;
  if (ts.isBinaryExpression(node)) return isPlainAssignment(ts, node);
  if (!ts.isCallExpression(node)) return true;
  const { expression: callee } = node;
  return !ts.isPropertyAccessExpression(callee) || !taking.has(callee.name.text);
}

/** No pattern is taken apart, and no function gets the name that it is assigned to. */
function isPlainAssignment(ts: Ts, { left, operatorToken, right }: TypeScript.BinaryExpression): boolean {
  if (!assignsWhole(ts, operatorToken.kind)) return true;
  if (ts.isArrayLiteralExpression(left) || ts.isObjectLiteralExpression(left)) return false;
  return !ts.isIdentifier(left) || !ts.isArrowFunction(withoutParentheses(ts, right));
}
