/** Text in the lecture's notation → expressions, read by mathjs's parser. */

import type { MathNode } from "mathjs";
import bundle from "mathjs/lib/browser/math.js";
import {
  type BinaryOperator,
  binary,
  call,
  type Expression,
  name,
  negated,
  number,
  type Statement,
} from "./expression.js";

/** A text that is no expression of the lecture. */
export class ParseError extends Error {
  override readonly name = "ParseError";
}

/**
 * Reads + − * .* / and ' (transpose), numbers, names and calls. Numbers are whole.
 * Throws ParseError that shows the text and says what it holds that has no meaning here.
 */
export function parse(text: string): Expression {
  let node: MathNode;
  try {
    node = bundle.parse(text);
  } catch (cause) {
    throw new ParseError(`${JSON.stringify(text)}: ${(cause as Error).message}`, { cause });
  }
  return read(node, text);
}

/** Reads "left = right". Throws ParseError unless there is one sign of equality. */
export function parseStatement(text: string): Statement {
  const sides = text.split("=");
  if (sides.length !== 2) {
    throw new ParseError(
      `${JSON.stringify(text)}: ${sides.length - 1} signs of equality; needed left = right`,
    );
  }
  return { left: parse(sides[0].trim()), right: parse(sides[1].trim()) };
}

/** A node of mathjs, as far as we read it. */
interface Node {
  readonly type: string;
  readonly op?: string;
  readonly args?: readonly MathNode[];
  readonly content?: MathNode;
  readonly name?: string;
  readonly value?: unknown;
  readonly fn?: { readonly name?: string };
}

const binaries: readonly string[] = ["+", "-", "*", ".*", "/"];

function read(raw: MathNode, text: string): Expression {
  const node = raw as unknown as Node;
  switch (node.type) {
    case "ParenthesisNode":
      return read(node.content as MathNode, text);
    case "ConstantNode":
      return readNumber(node.value, text);
    case "SymbolNode":
      return name(node.name as string);
    case "FunctionNode":
      return call(node.fn?.name ?? "", ...(node.args ?? []).map((part) => read(part, text)));
    case "OperatorNode":
      return readOperator(node, text);
    default:
      throw new ParseError(`${JSON.stringify(text)}: ${String(raw)} has no meaning here`);
  }
}

function readNumber(value: unknown, text: string): Expression {
  if (Number.isSafeInteger(value)) return number(value as number);
  throw new ParseError(`${JSON.stringify(text)}: the number ${String(value)}; needed whole numbers`);
}

function readOperator({ op = "", args = [] }: Node, text: string): Expression {
  const parts = args.map((part) => read(part, text));
  if (parts.length === 2 && binaries.includes(op)) return binary(op as BinaryOperator, parts[0], parts[1]);
  if (parts.length === 1 && op === "-") return negated(parts[0]);
  // Printed and read back, a transpose of a transpose stays two: only the rules simplify.
  if (parts.length === 1 && op === "'") return { kind: "unary", op: "'", of: parts[0] };
  if (parts.length === 2 && op === "^") return power(parts[0], parts[1], text);
  throw new ParseError(`${JSON.stringify(text)}: the operator ${op}; needed one of + - * .* / '`);
}

/** n^2 is written out as n*n: sizes and scalars are the only things that have powers here. */
function power(base: Expression, exponent: Expression, text: string): Expression {
  if (exponent.kind === "number" && exponent.value >= 1 && exponent.value <= 8) {
    return Array.from({ length: exponent.value }, () => base).reduce((x, y) => binary("*", x, y));
  }
  throw new ParseError(`${JSON.stringify(text)}: a power; needed a whole exponent from 1 to 8`);
}
