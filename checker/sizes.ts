/** The words of both languages, and sizes: whole numbers, names, + - * / ^ and floor. */
import { compare, type Fraction, floor, over, plus, times, written } from "./fraction.js";
import { Stop } from "./stop.js";

/** A size as written: op is a whole number, a name, or one of + - * / floor with its arguments. */
export interface Size {
  readonly op: string;
  readonly args: readonly Size[];
}

/** What each size is at a shape; a size that is defined by others stands as it was written. */
export type Sizes = ReadonlyMap<string, Size | Fraction>;

export class Words {
  readonly #all: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#all = text.match(/[A-Za-z$][\w$]*|\d+|\.\*|\S/g) ?? [];
  }

  get next(): string {
    return this.#all[this.#at] ?? "";
  }

  take(): string {
    this.#at += 1;
    return this.#all[this.#at - 1] ?? "";
  }

  /** Takes the next word where it is one of these. */
  accept(...words: string[]): string | undefined {
    return this.next !== "" && words.includes(this.next) ? this.take() : undefined;
  }

  need(word: string): void {
    if (this.take() !== word) throw new Stop("unreadable", `"${word}" is needed in "${this.#all.join(" ")}"`);
  }

  name(): string {
    if (!/^[A-Za-z$]/.test(this.next)) throw new Stop("unreadable", `a name is needed, not "${this.next}"`);
    return this.take();
  }

  end(): void {
    if (this.next !== "") throw new Stop("unreadable", `"${this.next}" in "${this.#all.join(" ")}"`);
  }
}

export function readSize(words: Words): Size {
  let left = product(words);
  for (let op = words.accept("+", "-"); op; op = words.accept("+", "-"))
    left = { op, args: [left, product(words)] };
  return left;
}

function product(words: Words): Size {
  let left = factor(words);
  while (/^([*/($]|\d|(?!x$|each$)[A-Za-z])/.test(words.next))
    left = { op: words.accept("*", "/") ?? "*", args: [left, factor(words)] };
  return left;
}

function factor(words: Words): Size {
  if (words.accept("-")) return { op: "-", args: [{ op: "0", args: [] }, factor(words)] };
  let base: Size = { op: "", args: [] };
  if (words.accept("(")) base = closed(words);
  else if (words.accept("floor")) {
    words.need("(");
    base = { op: "floor", args: [closed(words)] };
  } else base = { op: /^\d/.test(words.next) ? words.take() : words.name(), args: [] };
  while (words.accept("^")) base = power(base, Number(words.take()));
  return base;
}

function power(base: Size, n: number): Size {
  if (!(n >= 1 && n <= 64)) throw new Stop("unreadable", "a power of a size is a whole number from 1");
  return Array.from({ length: n - 1 }).reduce<Size>((left) => ({ op: "*", args: [left, base] }), base);
}

function closed(words: Words): Size {
  const size = readSize(words);
  words.need(")");
  return size;
}

export function exactly({ op, args }: Size, sizes: Sizes): Fraction {
  if (/^\d/.test(op)) return BigInt(op);
  if (args.length === 0) {
    const found = sizes.get(op);
    if (found === undefined) throw new Stop("unreadable", `${op} is no size`);
    return typeof found === "object" && "op" in found ? exactly(found, sizes) : found;
  }
  const [a, b] = args.map((arg) => exactly(arg, sizes)) as [Fraction, Fraction];
  if (op === "floor") return floor(a);
  if (op === "+" || op === "-") return plus(a, op === "+" ? b : times(-1n, b));
  return op === "*" ? times(a, b) : over(a, b);
}

/** The value of a written size: a whole number from 1. */
export function wholeOf(size: Size, sizes: Sizes): number {
  const value = exactly(size, sizes);
  if (typeof value !== "bigint" || compare(value, 1n) < 0)
    throw new Stop("inadmissible", `a size is ${written(value)}`);
  return Number(value);
}

export function sizePair(words: Words): readonly [Size, Size] {
  const rows = readSize(words);
  words.need("x");
  return [rows, readSize(words)];
}

/** The factors of a size as written, the first fastest; the size 1 has none. */
export function digitsOf(size: Size): readonly Size[] {
  return size.op === "*" ? size.args.flatMap(digitsOf) : size.op === "1" ? [] : [size];
}
