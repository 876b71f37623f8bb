/** Sizes: whole numbers, names, + - * / ^ and floor. */
import { compare, type Exact, floor, minus, over, plus, times, written } from "./exact.js";
import { Stop } from "./stop.js";
import { closed, type Expression, joined, node, type Words } from "./words.js";

export function readSize(words: Words): Expression {
  return joined(words, () => factor(words), /^([($]|\d|(?!x$|each$)[A-Za-z])/);
}

function factor(words: Words): Expression {
  if (words.accept("-")) return node("negative", [factor(words)]);
  let base = words.accept("(") ? closed(words, readSize) : sizeNamed(words);
  while (words.accept("^")) {
    const power = Number(words.take());
    if (!(power >= 1 && power <= 64))
      throw new Stop("not judged", "a power of a size is a whole number from 1");
    base = Array.from({ length: power }, () => base).reduce((left, right) => node("*", [left, right]));
  }
  return base;
}

function sizeNamed(words: Words): Expression {
  if (/^\d/.test(words.next)) return node("number", [], words.take());
  if (!words.accept("floor")) return node("size", [], words.name());
  words.need("(");
  return node("floor", [closed(words, readSize)]);
}

export type Pair = readonly [rows: Expression, columns: Expression];

export function readPair(words: Words): Pair {
  const rows = readSize(words);
  words.need("x");
  return [rows, readSize(words)];
}

/** The factors of a size as written, the first fastest; the size 1 has none. */
export function digitsOf(size: Expression): readonly Expression[] {
  return size.op === "*" ? size.args.flatMap(digitsOf) : size.name === "1" ? [] : [size];
}

/** What a named size is. */
export type SizeOf = (name: string) => Exact;

export function amountOf({ op, name, args }: Expression, sizes: SizeOf): Exact {
  if (op === "number") return BigInt(name);
  if (op === "size") return sizes(name);
  const [a, b] = args.map((arg) => amountOf(arg, sizes));
  if (op === "floor") return floor(a);
  if (op === "negative") return times(-1n, a);
  if (op === "/") return over(a, b);
  return op === "+" ? plus(a, b) : op === "-" ? minus(a, b) : times(a, b);
}

/** The value of a written size: a whole number from 1. */
export function wholeOf(size: Expression, sizes: SizeOf): number {
  const value = amountOf(size, sizes);
  if (typeof value !== "bigint" || compare(value, 1n) < 0)
    throw new Stop("inadmissible", `a size is ${written(value)}`);
  return Number(value);
}
