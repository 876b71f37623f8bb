/** Statements in ASCII. */
import { readSize } from "./sizes.js";
import { Stop } from "./stop.js";
import { closed, type Expression, joined, node, type Words } from "./words.js";

/** What stands in a function's parentheses: e is an expression, s a size, n a name. */
const functions: ReadonlyMap<string, readonly string[]> = new Map<string, string[]>([
  ..."vec diag trace norm2 Sum sigma dsigma d2sigma relu drelu"
    .split(" ")
    .map((f): [string, string[]] => [f, ["e"]]),
  ["mat", ["ess"]],
  ["kron", ["ee"]],
  ["I", ["s"]],
  ["ones", ["s", "ss"]],
  ["K", ["ss"]],
  ["d", ["en"]],
]);

/** What each declared name is. */
type Kinds = ReadonlyMap<string, string>;

export function readExpression(words: Words, kinds: Kinds): Expression {
  return joined(words, () => operand(words, kinds));
}

function operand(words: Words, kinds: Kinds): Expression {
  if (words.accept("-")) return node("negative", [operand(words, kinds)]);
  let inner = words.accept("(") ? closed(words, () => readExpression(words, kinds)) : atom(words, kinds);
  while (words.accept("'")) inner = node("transpose", [inner]);
  return inner;
}

function atom(words: Words, kinds: Kinds): Expression {
  if (/^\d/.test(words.next)) return node("number", [], words.take());
  const name = words.name();
  if (words.accept("(")) return call(name, words, kinds);
  const kind = kinds.get(name) ?? "";
  if (!["size", "matrix", "differential", "selector"].includes(kind))
    throw new Stop("not judged", `${name} is not declared`);
  return node(kind, [], name);
}

function call(name: string, words: Words, kinds: Kinds): Expression {
  const kind = ["map", "loss"].find((one) => one === kinds.get(name));
  if (functions.has(name) === (kind !== undefined))
    throw new Stop("not judged", `${name} is no function, or is two`);
  const forms = functions.get(name) ?? ["e"];
  let read = "";
  const all = words.list(")", () => {
    read += forms[forms.length - 1][read.length] ?? "?";
    return read.endsWith("s") ? readSize(words) : readExpression(words, kinds);
  });
  const [args, sizes] = [/[^s]/, /s/].map((form) => all.filter((_, k) => form.test(read[k])));
  if (!forms.includes(read) || (name === "d" && args[1].op !== "matrix"))
    throw new Stop("not judged", `${name} has other arguments`);
  return node(kind ?? name, args, name, sizes);
}
