/** Expressions of the lecture: what a statement is made of. Plain data, never changed once made. */

import type { BuiltIn } from "./builtIns.js";

/** A whole number. */
export interface NumberExpression {
  readonly kind: "number";
  readonly value: number;
}

/** A declared name: a matrix, a scalar or a size. */
export interface NameExpression {
  readonly kind: "name";
  readonly name: string;
}

/** An operator between two expressions. */
export interface BinaryExpression {
  readonly kind: "binary";
  readonly op: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

/** −A or Aᵀ. */
export interface UnaryExpression {
  readonly kind: "unary";
  readonly op: "-" | "'";
  readonly of: Expression;
}

/** A function that needs no declaration, as vec(A), kron(A, B), I(n). */
export interface CallExpression {
  readonly kind: "call";
  readonly name: BuiltIn;
  readonly args: readonly Expression[];
}

/** A function that was declared, an index map or a loss: phi(Z), xi(S). In the definition of a size also floor(x/y). */
export interface ApplyExpression {
  readonly kind: "apply";
  readonly name: string;
  readonly args: readonly Expression[];
}

/** + − * .* and division by a scalar. */
export type BinaryOperator = "+" | "-" | "*" | ".*" | "/";

export type Expression =
  | NumberExpression
  | NameExpression
  | BinaryExpression
  | UnaryExpression
  | CallExpression
  | ApplyExpression;

/** Two expressions that are said to be equal. */
export interface Statement {
  readonly left: Expression;
  readonly right: Expression;
}

export function number(value: number): NumberExpression {
  return { kind: "number", value };
}

export function name(text: string): NameExpression {
  return { kind: "name", name: text };
}

export function binary(op: BinaryOperator, left: Expression, right: Expression): BinaryExpression {
  return { kind: "binary", op, left, right };
}

/** Aᵀ; of a transpose, what was transposed. */
export function transposed(of: Expression): Expression {
  return of.kind === "unary" && of.op === "'" ? of.of : { kind: "unary", op: "'", of };
}

export function negated(of: Expression): UnaryExpression {
  return { kind: "unary", op: "-", of };
}

/** A function that needs no declaration. */
export function call(text: BuiltIn, ...args: Expression[]): CallExpression {
  return { kind: "call", name: text, args };
}

/** A function that was declared. */
export function apply(text: string, ...args: Expression[]): ApplyExpression {
  return { kind: "apply", name: text, args };
}

/** A B C …, grouped from the left. */
export function productOf(factors: readonly Expression[]): Expression {
  return factors.reduce((left, right) => binary("*", left, right));
}

/** The factors of a product, however it is grouped. */
export function factors(e: Expression): Expression[] {
  return e.kind === "binary" && e.op === "*" ? [...factors(e.left), ...factors(e.right)] : [e];
}

/** The parts of an expression, in the order they are written. */
export function children(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case "binary":
      return [e.left, e.right];
    case "unary":
      return [e.of];
    case "call":
    case "apply":
      return e.args;
    default:
      return [];
  }
}

/** The expression with other parts, as many as `children` gives. */
export function withChildren(e: Expression, parts: readonly Expression[]): Expression {
  switch (e.kind) {
    case "binary":
      return { ...e, left: parts[0], right: parts[1] };
    case "unary":
      return { ...e, of: parts[0] };
    case "call":
    case "apply":
      return { ...e, args: parts };
    default:
      return e;
  }
}

/** Whether two expressions are written alike: the same signs and names, and the same parts in the same order. */
export function same(x: Expression, y: Expression): boolean {
  if (x === y) return true;
  if (!sameHead(x, y)) return false;
  const [parts, others] = [children(x), children(y)];
  return parts.length === others.length && parts.every((part, k) => same(part, others[k]));
}

/** Whether they are of one kind with one sign, name or value, whatever their parts are. */
function sameHead(x: Expression, y: Expression): boolean {
  switch (x.kind) {
    case "number":
      return y.kind === "number" && x.value === y.value;
    case "name":
      return y.kind === "name" && x.name === y.name;
    case "call":
    case "apply":
      return y.kind === x.kind && x.name === y.name;
    case "unary":
      return y.kind === "unary" && x.op === y.op;
    case "binary":
      return y.kind === "binary" && x.op === y.op;
  }
}

/** Whether the name stands anywhere in the expression. */
export function mentions(e: Expression, text: string): boolean {
  return e.kind === "name" ? e.name === text : children(e).some((part) => mentions(part, text));
}
