/** Reads expressions. */

import { isBuiltIn, otherWords } from "./builtIns.js";
import type { Cursor } from "./cursor.js";
import {
  apply,
  type BinaryOperator,
  binary,
  call,
  type Expression,
  name,
  negated,
  number,
} from "./expression.js";
import { indices, instances, primed, type ReadsParts, squaredNorm, withSizes } from "./marks.js";
import { isPower, power } from "./powers.js";
import { takesSizes } from "./tokens.js";

/** Reads from left to right; what binds less calls what binds more. */
export class Reader implements ReadsParts {
  /** Where the operands that were read begin, for those who find later that one has no meaning there. */
  readonly places: WeakMap<Expression, number> = new WeakMap();
  private inNorm = false;
  /** In _{m x n} and in declared sizes, where some words are no names. */
  private inSizes = false;

  constructor(readonly cursor: Cursor) {}

  /** a + b − c */
  sum(): Expression {
    let left = this.circled();
    for (let op = this.oneOf("+", "-"); op; op = this.oneOf("+", "-"))
      left = binary(op, left, this.circled());
    return left;
  }

  /** A size of a declaration, up to x, each or from. */
  size(): Expression {
    this.inSizes = true;
    const e = this.sum();
    this.inSizes = false;
    return e;
  }

  /** Goes on behind × or x, if it is here. */
  takeCross(): boolean {
    const isLetter = this.cursor.token.kind === "name" && this.cursor.token.text === "x";
    if (isLetter) this.cursor.skip();
    return isLetter || this.cursor.take("×");
  }

  /** Arguments up to the parenthesis that closes the one at the place. */
  args(at: number): Expression[] {
    if (this.cursor.take(")")) return [];
    const list = [this.sum()];
    while (this.cursor.take(",")) list.push(this.sum());
    if (!this.cursor.take(")")) throw this.cursor.unclosed(at, "(", ")");
    return list;
  }

  /** The text must be read. */
  end(): void {
    if (this.cursor.token.kind !== "end")
      throw this.cursor.error(`${this.cursor.here()}; needed an operator or the end`);
  }

  private oneOf(...operators: BinaryOperator[]): BinaryOperator | undefined {
    return operators.find((operator) => !this.isCircle() && this.cursor.take(operator));
  }

  /** ⊙ is .* but for how strongly it binds. */
  private isCircle(): boolean {
    return this.cursor.token.text === ".*" && this.cursor.token.written !== ".*";
  }

  /** A ⊗ B, A ⊙ B */
  private circled(): Expression {
    let left = this.product();
    while (this.cursor.is("⊗") || this.isCircle()) {
      const isKron = this.cursor.skip().text === "⊗";
      const right = this.product();
      left = isKron ? call("kron", left, right) : binary(".*", left, right);
    }
    return left;
  }

  /** A * B / c, A .* B, and A B without a sign. */
  product(): Expression {
    let left = this.signed();
    let isQuotient = false;
    for (;;) {
      const op = this.oneOf("*", ".*", "/");
      if (!op && !this.startsOperand()) return left;
      if (!op && isQuotient) this.refuseAmbiguous(left);
      left = binary(op ?? "*", left, op ? this.signed() : this.raised());
      isQuotient = op === "/";
    }
  }

  private startsOperand(): boolean {
    const { kind } = this.cursor.token;
    if (this.inSizes && endsOfSizes.includes(this.cursor.token.text)) return false;
    const isSign =
      ["(", "Σ", "⌊"].some((sign) => this.cursor.is(sign)) || (this.cursor.is("‖") && !this.inNorm);
    return kind === "name" || kind === "number" || isSign;
  }

  /** 1/2 A is half of A, and 1/l Σ A the mean; what a/b C is, only parentheses say. */
  private refuseAmbiguous(quotient: Expression): void {
    const ofNumbers = quotient.kind === "binary" && quotient.right.kind === "number";
    if (!ofNumbers && !this.cursor.is("Σ"))
      throw this.cursor.error("a product without a sign after a division; needed parentheses or *");
  }

  private signed(): Expression {
    if (this.cursor.take("-")) return negated(this.signed());
    return this.cursor.take("+") ? this.signed() : this.raised();
  }

  /** Aᵀ, h² */
  private raised(): Expression {
    let e = this.operand();
    for (;;) {
      // Printed and read back, a transpose of a transpose stays two: only the rules simplify.
      if (this.takesTranspose()) e = { kind: "unary", op: "'", of: e };
      else if (isPower(this.cursor.token)) e = power(this.cursor, e);
      else return e;
    }
  }

  private takesTranspose(): boolean {
    const braced = this.cursor.ahead(4).join("") === "^{T}";
    if (braced) this.cursor.skip(4);
    return braced || this.cursor.take("'");
  }

  /** A name, a number, a call, or what stands in parentheses. */
  operand(): Expression {
    const { at } = this.cursor.token;
    const e = this.operandHere();
    this.places.set(e, at);
    return e;
  }

  private operandHere(): Expression {
    const { kind, at } = this.cursor.token;
    if (kind === "number") return this.number();
    if (kind === "name") return this.named();
    if (this.cursor.take("(")) return this.inside(at, "(", ")");
    if (this.cursor.take("⌊")) return apply("floor", this.inside(at, "⌊", "⌋"));
    if (this.cursor.take("‖")) return squaredNorm(this, at);
    if (this.cursor.take("Σ")) return instances(this);
    const what = this.cursor.text.trim() === "" ? "nothing is written" : this.cursor.here();
    throw this.cursor.error(`${what}; needed a name, a number or (`);
  }

  private number(): Expression {
    const { text, at } = this.cursor.skip();
    if (text.includes("."))
      throw this.cursor.error(`the number ${text}; needed whole numbers, and fractions as 1/2`, at);
    if (!Number.isSafeInteger(Number(text)))
      throw this.cursor.error(`the number ${text}; needed at most 2^53`, at);
    return text === "1" && this.cursor.is("_") ? call("ones", ...indices(this)) : number(Number(text));
  }

  private named(): Expression {
    const { text, at } = this.cursor.skip();
    if (takesSizes(text) && this.cursor.is("_")) return withSizes(this, text);
    const derivative = primed(this, text);
    if (!this.cursor.take("(")) return name(text);
    const args = this.args(at + text.length);
    const isSized = text === "mat" && args.length === 1 && this.cursor.is("_");
    const builtIn = derivative ?? otherWords.get(text) ?? text;
    if (!isBuiltIn(builtIn)) return apply(builtIn, ...args);
    return call(builtIn, ...args, ...(isSized ? indices(this) : []));
  }

  /** m × n, m, n: sizes in _{…}. */
  sizesWithin(): Expression[] {
    this.inSizes = true;
    const sizes = [this.sum()];
    while (this.cursor.take(",") || this.takeCross()) sizes.push(this.sum());
    this.inSizes = false;
    return sizes;
  }

  /** What stands between two signs, the first of which has been read. */
  inside(at: number, open: string, close: string): Expression {
    const before = this.inNorm;
    this.inNorm = open === "‖";
    const e = this.sum();
    this.inNorm = before;
    if (!this.cursor.take(close)) throw this.cursor.unclosed(at, open, close);
    return e;
  }
}

/** Words that stand behind a size. */
const endsOfSizes: readonly string[] = ["x", "each", "from"];
