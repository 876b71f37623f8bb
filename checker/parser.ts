/** Expressions and sizes: words, and operands joined by signs. */
import { need } from "./stop.js";

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

/** What a name is. */
type KindOf = (name: string) => string;

export function parse(text: string, kindOf: KindOf): Expression {
  return new Parser(text, kindOf).whole(false);
}

/** A size; every name in it is one. */
export function parseSize(text: string): Expression {
  return new Parser(text, () => "size").whole(true);
}

/** What stands in a function's parentheses: e is an expression, s a size. */
const functions = `vec e, diag e, trace e, norm2 e, Sum e, sigma e, dsigma e, d2sigma e, relu e, drelu e, \
mat ess, kron ee, d ee, I s, ones s, ones ss, K ss`.split(", ");
/** The signs, those that bind least first. */
const signs = ["+ -".split(" "), "* .* /".split(" ")];

class Parser {
  readonly #words: string[];

  constructor(
    text: string,
    readonly kindOf: KindOf,
  ) {
    this.#words = text.match(/[A-Za-z$][\w$]*|\d+|\.\*|\S/g) ?? [];
  }

  whole(isSize: boolean): Expression {
    const all = this.#joined(isSize);
    need(this.#words.length === 0, "not judged", `"${this.#words[0]}" stands behind the end`);
    return all;
  }

  #take(form: RegExp): string {
    const word = this.#words.shift() ?? "";
    need(form.test(word), "not judged", `"${word}" stands where ${form} should`);
    return word;
  }

  #accept(word: string): boolean {
    return this.#words[0] === word && this.#words.shift() === word;
  }

  /** Operands between signs that bind at least so much, from the left; between those of a size * may be left out. */
  #joined(isSize: boolean, least = 0): Expression {
    let left = this.#operand(isSize);
    for (;;) {
      const [next = ""] = this.#words;
      const op = isSize && /^[\w($]/.test(next) ? "*" : next;
      const binding = signs.findIndex((level) => level.includes(op));
      if (binding < least) return left;
      this.#accept(op);
      left = node(op, [left, this.#joined(isSize, binding + 1)]);
    }
  }

  #operand(isSize: boolean): Expression {
    if (this.#accept("-")) return node("negative", [this.#operand(isSize)]);
    let inner = this.#accept("(") ? this.#closed(isSize) : this.#atom(isSize);
    while (isSize && this.#accept("^")) {
      const power = Number(this.#take(/^([1-9]|[1-5]\d|6[0-4])$/));
      inner = Array(power)
        .fill(inner)
        .reduce((left, right) => node("*", [left, right]));
    }
    while (!isSize && this.#accept("'")) inner = node("transpose", [inner]);
    return inner;
  }

  #closed(isSize: boolean): Expression {
    const inner = this.#joined(isSize);
    this.#take(/^\)$/);
    return inner;
  }

  #atom(isSize: boolean): Expression {
    const word = this.#take(/^[\w$]/);
    if (/^\d/.test(word)) return node("number", [], word);
    if (isSize && word === "floor" && this.#accept("(")) return node(word, [this.#closed(true)]);
    if (!isSize && this.#accept("(")) return this.#call(word);
    const kind = isSize ? "size" : this.kindOf(word);
    need(/^(size|matrix|differential|selector)$/.test(kind), "not judged", `${word} is not declared`);
    return node(kind, [], word);
  }

  #call(name: string): Expression {
    const kind = this.kindOf(name);
    const isNamed = /^(map|loss)$/.test(kind);
    const own = functions.filter((form) => form.startsWith(`${name} `)).map((form) => form.split(" ")[1]);
    need(isNamed === (own.length === 0), "not judged", `${name} is no function, or is two`);
    const forms = isNamed ? ["e"] : own;
    const args: Expression[] = [];
    do {
      const isSize = forms[forms.length - 1][args.length] === "s";
      args.push(isSize ? node("written", [this.#joined(true)]) : this.#joined(false));
    } while (this.#accept(","));
    this.#take(/^\)$/);
    const fits = forms.some((form) => form.length === args.length);
    need(fits && (name !== "d" || args[1].op === "matrix"), "not judged", `${name} has other arguments`);
    return node(isNamed ? kind : name, args, name);
  }
}
