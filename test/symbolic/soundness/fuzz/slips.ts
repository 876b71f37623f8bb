/** One slip in an expression: another name, a transpose, an offset, a factor, an argument. What comes out may fit or not. */

import type { Expression } from "../../../../src/symbolic/language/expression.js";
import type { Random } from "./random.js";
import { isSameShape, type Terms } from "./terms.js";
import { allPlacesIn, at, replacedAt } from "./trees.js";

export function slipped(terms: Terms, e: Expression): Expression | undefined {
  const { random } = terms;
  for (const path of random.some(allPlacesIn(e), 8)) {
    const part = at(e, path);
    const other = slip(terms, part);
    if (other) return replacedAt(e, path, other);
  }
  return undefined;
}

function slip(terms: Terms, e: Expression): Expression | undefined {
  const { random } = terms;
  switch (e.kind) {
    case "name":
      return random.oneIn(8) ? transpose(e) : otherName(terms, e.name);
    case "number":
      return { kind: "number", value: e.value + random.of([1, 1, 2]) };
    case "unary":
      return random.of<Expression>([e.of, e.op === "-" ? transpose(e.of) : negative(e.of)]);
    case "binary":
      return slipOfTwo(random, e);
    case "call":
      return slipOfCall(terms, e);
    case "apply":
      return slipOfApply(terms, e);
  }
}

function transpose(of: Expression): Expression {
  return { kind: "unary", op: "'", of };
}

function negative(of: Expression): Expression {
  return { kind: "unary", op: "-", of };
}

/** A name of the same kind and size; a size for a size. */
function otherName(terms: Terms, text: string): Expression | undefined {
  const { random, declared, matrices, maps } = terms;
  const known = matrices.find(({ name }) => name === text || `d${name}` === text);
  const map = maps.find(({ matrix }) => matrix === text);
  const alike = known
    ? matrices
        .filter(({ shape }) => isSameShape(shape, known.shape))
        .map(({ name }) => (known.name === text ? name : `d${name}`))
    : map
      ? maps.map(({ matrix }) => matrix)
      : [...declared.sizes, ...declared.defined.map(({ name }) => name)];
  const others = alike.filter((name) => name !== text);
  return others.length > 0 ? { kind: "name", name: random.of(others) } : undefined;
}

function slipOfTwo(random: Random, e: Expression & { kind: "binary" }): Expression {
  const { left, right, op } = e;
  const exchanged = { ...e, left: right, right: left };
  if (op === "+" || op === "-")
    return random.of<Expression>([
      { ...e, op: op === "+" ? "-" : "+" },
      left,
      exchanged,
      { ...e, right: left },
    ]);
  if (op === "*")
    return random.of<Expression>([left, right, exchanged, { ...e, left: transpose(left) }, negative(e)]);
  return random.of<Expression>([left, exchanged]);
}

function slipOfCall({ random, variables }: Terms, e: Expression & { kind: "call" }): Expression | undefined {
  const [first, ...rest] = e.args;
  switch (e.name) {
    case "d":
      return { ...e, args: [first, { kind: "name", name: random.of(variables) }] };
    case "sigma":
      return random.of<Expression>([{ ...e, name: "dsigma" }, first]);
    case "dsigma":
    case "d2sigma":
      return { ...e, name: "sigma" };
    case "I":
    case "ones":
      return undefined;
    case "kron":
    case "K":
      return { ...e, args: [rest[0], first] };
    case "mat":
      return { ...e, args: [first, rest[1], rest[0]] };
    case "vec":
      return { ...e, args: [transpose(first)] };
    default:
      return random.of<Expression>([first, { ...e, args: [transpose(first)] }]);
  }
}

/** Another map or loss, or the same at another argument. */
function slipOfApply(
  { random, maps, losses, matrices }: Terms,
  e: Expression & { kind: "apply" },
): Expression {
  const [argument] = e.args;
  const names = [...maps, ...losses].map(({ name }) => name).filter((name) => name !== e.name);
  const from =
    maps.find(({ name }) => name === e.name)?.from ?? losses.find(({ name }) => name === e.name)?.of;
  const others = matrices.filter(({ shape }) => from && isSameShape(shape, from)).map(({ name }) => name);
  const at = (of: Expression): Expression => ({ ...e, args: [of] });
  return random.of<() => Expression>([
    () => (names.length > 0 ? { ...e, name: random.of(names) } : at(negative(argument))),
    () => at(others.length > 0 ? { kind: "name", name: random.of(others) } : negative(argument)),
    () => at(negative(argument)),
    () => at({ kind: "binary", op: "*", left: { kind: "number", value: 2 }, right: argument }),
    () => ({ ...negative(e) }),
  ])();
}
