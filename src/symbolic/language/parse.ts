/** Text in the lecture's notation → expressions. */

import { type BuiltIn, isBuiltIn, otherWords } from "./builtIns.js";
import { Cursor } from "./cursor.js";
import {
  apply,
  type BinaryOperator,
  binary,
  call,
  type Expression,
  name,
  negated,
  number,
  type Statement,
} from "./expression.js";
import { type Token, takesSizes } from "./tokens.js";

export { ParseError } from "./tokens.js";

/**
 * Reads + − * .* / and ' (transpose), numbers, names and calls; and as the lecture writes them ⊗, ⊙, Aᵀ, h², ‖A‖², Σ A,
 * 𝟙_{n}, I_{n}, K_{m,n}, mat(v)_{m × n}, σ'(S), Greek letters, and products without a sign. ⊗ and ⊙ bind less than
 * products. Numbers are whole. Throws ParseError that shows the place, what stands there and what was needed.
 */
export function parse(text: string): Expression {
  const reader = new Reader(new Cursor(text));
  const e = reader.sum();
  if (reader.cursor.is("=")) throw reader.cursor.error("an equation; needed an expression");
  reader.end();
  return e;
}

/** Reads "left = right". Throws ParseError unless there is one sign of equality. */
export function parseStatement(text: string): Statement {
  const reader = new Reader(new Cursor(text));
  const left = reader.sum();
  if (reader.cursor.token.kind !== "end" && !reader.cursor.is("=")) reader.end();
  if (!reader.cursor.take("=")) throw reader.cursor.error("0 signs of equality; needed left = right");
  const right = reader.sum();
  if (reader.cursor.is("=")) throw reader.cursor.error("2 signs of equality; needed left = right");
  reader.end();
  return { left, right };
}

/** Reads from left to right; what binds less calls what binds more. */
export class Reader {
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
  private product(): Expression {
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
      else if (isPower(this.cursor.token)) e = this.power(e);
      else return e;
    }
  }

  private takesTranspose(): boolean {
    const braced = this.cursor.ahead(4).join("") === "^{T}";
    if (braced) this.cursor.skip(4);
    return braced || this.cursor.take("'");
  }

  /** n^2 is written out as n*n: sizes and scalars are the only things that have powers here. W^1 is the name W_1. */
  private power(base: Expression): Expression {
    const { at, text } = this.cursor.skip();
    const first = text.slice(1) || this.exponent();
    if (first === "1" && base.kind === "name") return name(`${base.name}_1`);
    const exponent = wholeNumber(first) ** this.exponentsExponent();
    const isNumber = base.kind === "number" && base.value ** exponent <= Number.MAX_SAFE_INTEGER;
    if (!(exponent <= (isNumber ? mostFactors : 8)))
      throw this.cursor.error("a power; needed a whole exponent from 1 to 8, or ' for a transpose", at);
    return Array.from({ length: exponent }, () => base).reduce((x, y) => binary("*", x, y));
  }

  /** The exponent is read first, as in mathematics: 2^3^2 is 2^9. */
  private exponentsExponent(): number {
    if (!isPower(this.cursor.token)) return 1;
    const { text } = this.cursor.skip();
    return wholeNumber(text.slice(1) || this.exponent()) ** this.exponentsExponent();
  }

  private exponent(): string {
    if (!this.cursor.take("{")) return this.cursor.skip().text;
    const sign = this.cursor.take("-") ? "-" : "";
    const { text } = this.cursor.skip();
    this.cursor.expect("}", "the exponent");
    return sign + text;
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
    if (this.cursor.take("‖")) return this.norm(at);
    if (this.cursor.take("Σ")) return this.instances();
    const what = this.cursor.text.trim() === "" ? "nothing is written" : this.cursor.here();
    throw this.cursor.error(`${what}; needed a name, a number or (`);
  }

  private number(): Expression {
    const { text, at } = this.cursor.skip();
    if (text.includes("."))
      throw this.cursor.error(`the number ${text}; needed whole numbers, and fractions as 1/2`, at);
    if (!Number.isSafeInteger(Number(text)))
      throw this.cursor.error(`the number ${text}; needed at most 2^53`, at);
    return text === "1" && this.cursor.is("_") ? call("ones", ...this.indices()) : number(Number(text));
  }

  private named(): Expression {
    const { text, at } = this.cursor.skip();
    if (takesSizes(text) && this.cursor.is("_")) return this.withSizes(text, this.indices());
    const derivative = this.derivative(text);
    if (!this.cursor.take("(")) return name(text);
    const args = this.args(at + text.length);
    const isSized = text === "mat" && args.length === 1 && this.cursor.is("_");
    const builtIn = derivative ?? otherWords.get(text) ?? text;
    if (!isBuiltIn(builtIn)) return apply(builtIn, ...args);
    return call(builtIn, ...args, ...(isSized ? this.indices() : []));
  }

  /** σ'(S), σ''(S) and relu'(S): a function is not transposed. */
  private derivative(text: string): BuiltIn | undefined {
    const names = derivatives.get(text);
    const primes = names && /^('{1,2})\(/.exec(this.cursor.ahead(3).join(""))?.[1].length;
    if (!primes) return undefined;
    const known = names[primes - 1];
    if (!known)
      throw this.cursor.error(`${text}″, which is 0 wherever there is one; needed ${text} or ${text}′`);
    this.cursor.skip(this.cursor.is("''") ? 1 : primes);
    return known;
  }

  private withSizes(text: BuiltIn, sizes: Expression[]): Expression {
    if (text !== "mat") return call(text, ...sizes);
    const { at } = this.cursor.token;
    if (!this.cursor.take("(")) throw this.cursor.error(`${this.cursor.here()}; needed mat(v)`);
    return call("mat", this.inside(at, "(", ")"), ...sizes);
  }

  /** _{m × n}, _{m, n}, _n */
  private indices(): Expression[] {
    this.cursor.take("_");
    if (this.cursor.token.kind === "name") return [name(this.cursor.skip().text)];
    this.cursor.expect("{", "the sizes");
    this.inSizes = true;
    const sizes = [this.sum()];
    while (this.cursor.take(",") || this.takeCross()) sizes.push(this.sum());
    this.inSizes = false;
    this.cursor.expect("}", "the sizes");
    return sizes;
  }

  private inside(at: number, open: string, close: string): Expression {
    const before = this.inNorm;
    this.inNorm = open === "‖";
    const e = this.sum();
    this.inNorm = before;
    if (!this.cursor.take(close)) throw this.cursor.unclosed(at, open, close);
    return e;
  }

  /** ‖A‖² */
  private norm(at: number): Expression {
    const e = this.inside(at, "‖", "‖");
    const isSquare = this.cursor.take("^2") || (this.cursor.take("^") && this.exponent() === "2");
    if (!isSquare) throw this.cursor.error("a norm without its square; needed ‖A‖² or norm2(A)");
    return call("norm2", e);
  }

  /** Σ A, Σ_i A, Σ_{i=1}^{l} A: over the instances, up to the next + or −. */
  private instances(): Expression {
    this.cursor.take("ᵢ");
    for (const mark of ["_", "^"]) if (this.cursor.take(mark)) this.skipMark();
    return call("Sum", this.product());
  }

  private skipMark(): void {
    if (this.cursor.skip().text !== "{") return;
    while (!this.cursor.take("}")) {
      if (this.cursor.token.kind === "end") throw this.cursor.error("the text ends here; needed }");
      this.cursor.skip();
    }
  }
}

/** What is written with a prime, and with two. */
const derivatives: ReadonlyMap<string, readonly BuiltIn[]> = new Map<string, readonly BuiltIn[]>([
  ["sigma", ["dsigma", "d2sigma"]],
  ...["relu", "ReLU"].map((word) => [word, ["drelu"]] as const),
]);

/** Words that stand behind a size. */
const endsOfSizes: readonly string[] = ["x", "each", "from"];

/** So many factors 2 are the largest power of 2 that is a number here. */
const mostFactors = 52;

/** NaN for what is no whole number from 1. */
function wholeNumber(text: string): number {
  return /^[1-9]\d*$/.test(text) ? Number(text) : Number.NaN;
}

/** ^, or a raised number. */
function isPower({ kind, text }: Token): boolean {
  return kind === "sign" && /^\^\d*$/.test(text);
}
