/** Statements in ASCII. */
import type { Declared } from "./declarations.js";
import { readSize, type Size, Words } from "./sizes.js";
import { Stop } from "./stop.js";

export interface Expression {
  /** A sign, the name of a function, or what a name is: matrix, differential, selector, size, map, loss. */
  readonly op: string;
  readonly name: string;
  readonly args: readonly Expression[];
  readonly sizes: readonly Size[];
  /** The same for the same expression. */
  readonly text: string;
}

/** What stands in a function's parentheses: e is an expression, s a size, n a name. */
const functions: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    "vec diag trace norm2 Sum sigma dsigma d2sigma relu drelu".split(" ").map((f) => [f, ["e"]]),
  ),
  mat: ["ess"],
  kron: ["ee"],
  I: ["s"],
  ones: ["s", "ss"],
  K: ["ss"],
  d: ["en"],
};

/** Both sides of a statement. */
export function readStatement(text: string, declared: Declared): readonly [Expression, Expression] {
  const words = new Words(text);
  const left = sum(words, declared);
  words.need("=");
  const right = sum(words, declared);
  words.end();
  return [left, right];
}

export function readExpression(text: string, declared: Declared): Expression {
  const words = new Words(text);
  const all = sum(words, declared);
  words.end();
  return all;
}

function node(op: string, args: readonly Expression[], name = "", sizes: readonly Size[] = []): Expression {
  const inside = [...args.map(({ text }) => text), ...sizes.map((size) => JSON.stringify(size))];
  return { op, name, args, sizes, text: `${op} ${name}(${inside.join(", ")})` };
}

function sum(words: Words, declared: Declared): Expression {
  let left = product(words, declared);
  for (let op = words.accept("+", "-"); op; op = words.accept("+", "-"))
    left = node(op, [left, product(words, declared)]);
  return left;
}

function product(words: Words, declared: Declared): Expression {
  let left = negative(words, declared);
  for (let op = words.accept("*", ".*", "/"); op; op = words.accept("*", ".*", "/"))
    left = node(op, [left, negative(words, declared)]);
  return left;
}

function negative(words: Words, declared: Declared): Expression {
  if (words.accept("-")) return node("negative", [negative(words, declared)]);
  let inner = atom(words, declared);
  while (words.accept("'")) inner = node("transpose", [inner]);
  return inner;
}

function atom(words: Words, declared: Declared): Expression {
  if (words.accept("(")) {
    const inner = sum(words, declared);
    words.need(")");
    return inner;
  }
  if (/^\d+$/.test(words.next)) return node("number", [], words.take());
  const name = words.name();
  if (words.accept("(")) return call(name, words, declared);
  return node(kindOf(name, declared), [], name);
}

function kindOf(name: string, { sizes, matrices, selectors }: Declared): string {
  if (sizes.has(name)) return "size";
  if (matrices.has(name)) return "matrix";
  if (selectors.has(name)) return "selector";
  if (name.startsWith("d") && matrices.has(name.slice(1))) return "differential";
  throw new Stop("unreadable", `${name} is not declared`);
}

function call(name: string, words: Words, declared: Declared): Expression {
  const kinds = [
    declared.maps.has(name) && "map",
    declared.losses.has(name) && "loss",
    Object.hasOwn(functions, name) && name,
  ];
  const [op, second] = kinds.filter((kind) => kind !== false);
  if (op === undefined || second !== undefined)
    throw new Stop("unreadable", `${name} is no function, or is two`);
  const form = functions[name] ?? ["e"];
  const [args, sizes]: [Expression[], Size[]] = [[], []];
  let read = "";
  do {
    const next = form[form.length - 1]![read.length];
    if (next === "s") sizes.push(readSize(words));
    else args.push(sum(words, declared));
    read += next;
  } while (words.accept(","));
  words.need(")");
  if (!form.includes(read)) throw new Stop("unreadable", `${name} has other arguments`);
  if (op === "d" && args[1]!.op !== "matrix")
    throw new Stop("unreadable", "a differential is by a declared matrix");
  return node(op, args, name, sizes);
}

/** The expression and all within it, from the left, the outer one first. */
export function* within(all: Expression): Generator<Expression> {
  yield all;
  for (const arg of all.args) yield* within(arg);
}
