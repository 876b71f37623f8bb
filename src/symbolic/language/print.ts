import type { BinaryOperator, Expression, Statement } from "./expression.js";

/** How strongly an operator binds; a part that binds less gets parentheses. */
const strength: Record<BinaryOperator, number> = { "+": 1, "-": 1, "*": 2, ".*": 2, "/": 2 };

/** The expression as text that reads back as the same expression. */
export function print(e: Expression): string {
  return printed(e, 0);
}

/** left = right. */
export function printStatement({ left, right }: Statement): string {
  return `${print(left)} = ${print(right)}`;
}

function printed(e: Expression, least: number): string {
  switch (e.kind) {
    case "number":
      return e.value < 0 ? `(${e.value})` : String(e.value);
    case "name":
      return e.name;
    case "call":
    case "apply":
      return `${e.name}(${e.args.map(print).join(", ")})`;
    case "unary":
      return e.op === "'" ? `${printed(e.of, 4)}'` : within(`-${printed(e.of, 3)}`, 2, least);
    default: {
      const own = strength[e.op];
      return within(`${printed(e.left, own)} ${e.op} ${printed(e.right, own + 1)}`, own, least);
    }
  }
}

function within(text: string, own: number, least: number): string {
  return own < least ? `(${text})` : text;
}
