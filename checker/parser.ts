/** Expressions and sizes: words, and operands joined by signs. */
import { need } from "./exact.js";

export interface Expression {
  /** A sign, a function, number, written (a size), or what a name is: size, matrix, differential, selector, map, loss. */
  readonly op: string;
  /** A name, or a number. */
  readonly name: string;
  readonly args: readonly Expression[];
  /** The same for the same expression. */
  readonly text: string;
}

export function node(op: string, args: readonly Expression[] = [], name = ""): Expression {
  return { op, name, args, text: `${op} ${name}(${args.map(({ text }) => text)})` };
}

/** The expression and all within it, from the left, the outer one first. */
export function within(all: Expression): Expression[] {
  return [all, ...all.args.flatMap(within)];
}

/** What stands in a function's parentheses: e is an expression, s a size. */
const functions = `vec e, diag e, trace e, norm2 e, Sum e, sigma e, dsigma e, d2sigma e, relu e, drelu e, \
mat ess, kron ee, d ee, I s, ones s, ones ss, K ss`.split(", ");
/** The signs, those that bind least first. */
const signs = ["+ -".split(" "), "* .* /".split(" ")];

/** An expression of names that are such; where it is a size all are sizes. */
export function parse(text: string, kindOf: (name: string) => string, isSize = false): Expression {
  const parser = new Parser(text, kindOf);
  const all = parser.joined(isSize);
  parser.need("");
  return all;
}

export const parseSize = (text: string): Expression => node("written", [parse(text, () => "size", true)]);

class Parser {
  readonly #words: string[];

  constructor(
    text: string,
    readonly kindOf: (name: string) => string,
  ) {
    this.#words = [...(text.match(/[A-Za-z$][\w$]*|\d+|\.\*|\S/g) ?? []), ""];
  }

  #accept(word: string): boolean {
    return this.#words[0] === word && this.#words.shift() === word;
  }

  need(word: string): void {
    need(this.#accept(word), `"${this.#words[0]}" stands where "${word}" should`);
  }

  /** Operands between signs that bind at least so much, from the left; between those of a size * may be left out. */
  joined(isSize: boolean, least = 0): Expression {
    let left = this.#operand(isSize);
    for (;;) {
      const op = isSize && /^[\w($]/.test(this.#words[0]) ? "*" : this.#words[0];
      const binding = signs.findIndex((level) => level.includes(op));
      if (binding < least) return left;
      this.#accept(op);
      left = node(op, [left, this.joined(isSize, binding + 1)]);
    }
  }

  #operand(isSize: boolean): Expression {
    if (this.#accept("-")) return node("negative", [this.#operand(isSize)]);
    const isFloor = isSize && this.#accept("floor");
    const isClosed = this.#accept("(");
    need(isClosed || !isFloor, "floor has no parenthesis");
    let inner = isClosed ? this.joined(isSize) : this.#atom(isSize);
    if (isClosed) this.need(")");
    if (isFloor) inner = node("floor", [inner]);
    while (isSize && this.#accept("^")) {
      const power = Number(this.#words.shift());
      need(power > 0 && power <= 64, "a power of a size is a whole number from 1");
      const base = inner;
      for (let k = 1; k < power; k++) inner = node("*", [inner, base]);
    }
    while (!isSize && this.#accept("'")) inner = node("transpose", [inner]);
    return inner;
  }

  #atom(isSize: boolean): Expression {
    const word = this.#words.shift() ?? "";
    if (/^\d/.test(word)) return node("number", [], word);
    if (!isSize && this.#accept("(")) return this.#call(word, this.kindOf(word));
    const kind = isSize ? "size" : this.kindOf(word);
    need(
      /^[A-Za-z$]/.test(word) && /^(size|matrix|differential|selector)$/.test(kind),
      `${word} is not declared`,
    );
    return node(kind, [], word);
  }

  #call(name: string, kind: string): Expression {
    const isNamed = /^(map|loss)$/.test(kind);
    const own = functions.filter((form) => form.startsWith(`${name} `)).map((form) => form.split(" ")[1]);
    need(isNamed === (own.length === 0), `${name} is no function, or is two`);
    const forms = isNamed ? ["e"] : own;
    const args: Expression[] = [];
    do {
      const isSize = forms[forms.length - 1][args.length] === "s";
      args.push(isSize ? node("written", [this.joined(true)]) : this.joined(false));
    } while (this.#accept(","));
    this.need(")");
    const fits =
      forms.some((form) => form.length === args.length) && (name !== "d" || args[1].op === "matrix");
    need(fits, `${name} has other arguments`);
    return node(isNamed ? kind : name, args, name);
  }
}
