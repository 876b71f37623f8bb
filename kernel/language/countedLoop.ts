/**
 * Innermost loops that count, `for (let i = 0; i < n; i++) s += a[i]`, in pieces of 2^14 turns with a check between:
 * a counter in the loop itself made such loops up to three times as slow (measured), pieces cost nothing.
 */
import type * as TypeScript from "typescript";
import type { Ts } from "./typescript.js";

/** A loop whose turns are known to be counted: by which variable, up or down to what. */
export interface Counted {
  readonly loop: TypeScript.ForStatement;
  readonly variable: string;
  readonly operator: TypeScript.BinaryOperator;
  readonly bound: TypeScript.Expression;
  readonly goesUp: boolean;
}

const turnsInPiece = 1 << 14;
const boundName = "__philab_end";
const labelName = "__philab_counted";

/** The loop as a counted one, or undefined when it is not plainly one. Loops that call are never asked about. */
export function counted(ts: Ts, loop: TypeScript.Node): Counted | undefined {
  if (!ts.isForStatement(loop) || !loop.condition || !loop.incrementor) return undefined;
  const { parent } = ts.getOriginalNode(loop);
  if (parent && ts.isLabeledStatement(parent)) return undefined;
  const { condition } = loop;
  if (!ts.isBinaryExpression(condition) || !ts.isIdentifier(condition.left)) return undefined;
  const variable = condition.left.text;
  const operator = condition.operatorToken.kind as TypeScript.BinaryOperator;
  const goesUp = operator === ts.SyntaxKind.LessThanToken || operator === ts.SyntaxKind.LessThanEqualsToken;
  const goesDown =
    operator === ts.SyntaxKind.GreaterThanToken || operator === ts.SyntaxKind.GreaterThanEqualsToken;
  const step = stepOf(ts, loop.incrementor, variable);
  if (!(goesUp && step === "up") && !(goesDown && step === "down")) return undefined;
  const bound = condition.right;
  const isPlain = isSteady(ts, bound) && isNumeric(ts, loop, variable) && isFlat(ts, loop.statement);
  if (!isPlain || assigns(ts, loop.statement, new Set([variable, lastName(ts, bound)]))) return undefined;
  return { loop, variable, operator, bound, goesUp };
}

/**
 * label: for (let i = 0; i < n; ) {
 *   let end = n; if (end - i > turns) end = i + turns;
 *   for (; i < end; i++) …
 *   check
 * }
 */
export function inPieces(
  ts: Ts,
  factory: TypeScript.NodeFactory,
  { loop, variable, operator, bound, goesUp }: Counted,
  check: TypeScript.Statement,
): TypeScript.Statement {
  const i = (): TypeScript.Identifier => factory.createIdentifier(variable);
  const end = (): TypeScript.Identifier => factory.createIdentifier(boundName);
  const piece = (): TypeScript.Expression => factory.createNumericLiteral(turnsInPiece);
  const rest = goesUp ? factory.createSubtract(end(), i()) : factory.createSubtract(i(), end());
  const next = goesUp ? factory.createAdd(i(), piece()) : factory.createSubtract(i(), piece());
  const declaration = factory.createVariableDeclaration(end(), undefined, undefined, bound);
  const declareEnd = factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList([declaration], ts.NodeFlags.Let),
  );
  const shorten = factory.createIfStatement(
    factory.createGreaterThan(rest, piece()),
    factory.createExpressionStatement(factory.createAssignment(end(), next)),
  );
  const inner = factory.createForStatement(
    undefined,
    factory.createBinaryExpression(i(), operator, end()),
    loop.incrementor,
    withLabelledBreaks(ts, factory, loop.statement),
  );
  const body = factory.createBlock([declareEnd, shorten, inner, check], true);
  const outer = factory.updateForStatement(loop, loop.initializer, loop.condition, undefined, body);
  return factory.createLabeledStatement(factory.createIdentifier(labelName), outer);
}

interface Inner {
  getNullTransformationContext(): TypeScript.TransformationContext;
}

/** A break of the loop must leave both loops; one inside a switch is the switch's. */
function withLabelledBreaks(
  ts: Ts,
  factory: TypeScript.NodeFactory,
  statement: TypeScript.Statement,
): TypeScript.Statement {
  const nothing = (ts as unknown as Inner).getNullTransformationContext();
  const visit = (node: TypeScript.Node): TypeScript.Node => {
    if (ts.isSwitchStatement(node)) return node;
    if (ts.isBreakStatement(node) && !node.label) {
      return factory.createBreakStatement(factory.createIdentifier(labelName));
    }
    return ts.visitEachChild(node, visit, nothing);
  };
  return visit(statement) as TypeScript.Statement;
}

/** i++, ++i, i += 2: up; the same with minus: down. */
function stepOf(ts: Ts, node: TypeScript.Expression, variable: string): "up" | "down" | undefined {
  const isVariable = (each: TypeScript.Node): boolean => ts.isIdentifier(each) && each.text === variable;
  if ((ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) && isVariable(node.operand)) {
    return node.operator === ts.SyntaxKind.PlusPlusToken ? "up" : "down";
  }
  if (!ts.isBinaryExpression(node) || !isVariable(node.left) || !ts.isNumericLiteral(node.right))
    return undefined;
  if (Number(node.right.text) <= 0) return undefined;
  if (node.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken) return "up";
  return node.operatorToken.kind === ts.SyntaxKind.MinusEqualsToken ? "down" : undefined;
}

/** A bound that is the same at every turn unless it is assigned: n, 10, a.length. */
function isSteady(ts: Ts, bound: TypeScript.Expression): boolean {
  if (ts.isNumericLiteral(bound) || ts.isIdentifier(bound)) return true;
  return ts.isPropertyAccessExpression(bound) && isSteady(ts, bound.expression);
}

function lastName(ts: Ts, bound: TypeScript.Expression): string {
  if (ts.isPropertyAccessExpression(bound)) return bound.name.text;
  return ts.isIdentifier(bound) ? bound.text : "";
}

/** Whether the variable is a number and no bigint, as its first value shows: 0, n - 1, a.length. */
function isNumeric(ts: Ts, { initializer }: TypeScript.ForStatement, variable: string): boolean {
  const first = initializer && firstValue(ts, initializer, variable);
  return first !== undefined && showsNumber(ts, first);
}

/** v of `let i = v`, and of `i = v`. */
function firstValue(
  ts: Ts,
  initializer: TypeScript.ForInitializer,
  variable: string,
): TypeScript.Expression | undefined {
  const isVariable = (name: TypeScript.Node): boolean => ts.isIdentifier(name) && name.text === variable;
  if (ts.isVariableDeclarationList(initializer)) {
    return initializer.declarations.find(({ name }) => isVariable(name))?.initializer;
  }
  if (!ts.isBinaryExpression(initializer)) return undefined;
  const { left, operatorToken, right } = initializer;
  if (operatorToken.kind === ts.SyntaxKind.CommaToken) {
    return firstValue(ts, left, variable) ?? firstValue(ts, right, variable);
  }
  return operatorToken.kind === ts.SyntaxKind.EqualsToken && isVariable(left) ? right : undefined;
}

function showsNumber(ts: Ts, value: TypeScript.Expression): boolean {
  if (ts.isNumericLiteral(value)) return true;
  if (ts.isPropertyAccessExpression(value)) return value.name.text === "length";
  if (ts.isParenthesizedExpression(value)) return showsNumber(ts, value.expression);
  const isArithmetic = ts.isBinaryExpression(value) && value.operatorToken.kind !== ts.SyntaxKind.CommaToken;
  return isArithmetic && (showsNumber(ts, value.left) || showsNumber(ts, value.right));
}

/** No loops, functions or labels inside. */
function isFlat(ts: Ts, node: TypeScript.Node): boolean {
  if (ts.isIterationStatement(node, true) || ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
  return !(ts.forEachChild(node, (child) => !isFlat(ts, child)) ?? false);
}

/** Whether one of the names, or a property of such a name, is assigned in the node. */
function assigns(ts: Ts, node: TypeScript.Node, names: ReadonlySet<string>): boolean {
  const target = assignedTo(ts, node);
  if (target && names.has(lastName(ts, target))) return true;
  if (target && (ts.isArrayLiteralExpression(target) || ts.isObjectLiteralExpression(target))) return true;
  return ts.forEachChild(node, (child) => assigns(ts, child, names)) ?? false;
}

function assignedTo(ts: Ts, node: TypeScript.Node): TypeScript.Expression | undefined {
  if (ts.isPostfixUnaryExpression(node)) return node.operand;
  if (ts.isPrefixUnaryExpression(node)) return node.operand;
  if (!ts.isBinaryExpression(node)) return undefined;
  const { kind } = node.operatorToken;
  const isAssignment = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
  return isAssignment ? node.left : undefined;
}
