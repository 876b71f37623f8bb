/** The words of both languages, and operands joined by signs. */
import { Stop } from "./stop.js";

export interface Expression {
  /** A sign, a built-in function, number, or what a name is: size, matrix, differential, selector, map, loss. */
  readonly op: string;
  /** A name, or a number. */
  readonly name: string;
  readonly args: readonly Expression[];
  readonly sizes: readonly Expression[];
  /** The same for the same expression. */
  readonly text: string;
}

export class Words {
  readonly #all: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#all = text.match(/[A-Za-z$][\w$]*|\d+|\.\*|\S/g) ?? [];
  }

  /** Empty at the end. */
  get next(): string {
    return this.#all[this.#at] ?? "";
  }

  take(): string {
    this.#at += 1;
    return this.#all[this.#at - 1] ?? "";
  }

  accept(word: string): boolean {
    const isNext = this.next === word;
    if (isNext) this.#at += 1;
    return isNext;
  }

  need(word: string): void {
    if (this.take() !== word) throw new Stop("not judged", `"${word}" is needed in "${this.#all.join(" ")}"`);
  }

  name(): string {
    if (!/^[A-Za-z$]/.test(this.next)) throw new Stop("not judged", `a name is needed, not "${this.next}"`);
    return this.take();
  }

  /** What is read between commas, up to this word. */
  list<T>(end: string, read: () => T): T[] {
    const found: T[] = [];
    if (this.accept(end)) return found;
    do found.push(read());
    while (this.accept(","));
    this.need(end);
    return found;
  }
}

/** What is read of a text that holds nothing else. */
export function whole<T>(text: string, read: (words: Words) => T): T {
  const words = new Words(text);
  const found = read(words);
  if (words.next !== "") throw new Stop("not judged", `"${words.next}" in "${text}"`);
  return found;
}

export function node(
  op: string,
  args: readonly Expression[],
  name = "",
  sizes: readonly Expression[] = [],
): Expression {
  return { op, name, args, sizes, text: `${op} ${name}(${[...args, ...sizes].map(({ text }) => text)})` };
}

const bindings = new Map([
  ["+", 1],
  ["-", 1],
  ["*", 2],
  [".*", 2],
  ["/", 2],
]);

/** Operands between signs that bind at least so much, from the left; where a word like `implied` follows, * is left out. */
export function joined(
  words: Words,
  operand: () => Expression,
  implied: RegExp = /^$/,
  least = 1,
): Expression {
  let left = operand();
  for (;;) {
    const op = words.next !== "" && implied.test(words.next) ? "*" : words.next;
    const binding = bindings.get(op) ?? 0;
    if (binding < least) return left;
    words.accept(op);
    left = node(op, [left, joined(words, operand, implied, binding + 1)]);
  }
}

export function closed(words: Words, read: (words: Words) => Expression): Expression {
  const inner = read(words);
  words.need(")");
  return inner;
}

/** The expression and all within it, from the left, the outer one first. */
export function* within(all: Expression): Generator<Expression> {
  yield all;
  for (const arg of all.args) yield* within(arg);
}
