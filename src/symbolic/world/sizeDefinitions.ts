/** Definitions of sizes in one form, so that floor((a − h)/s) + 1 and floor((a − h + s)/s) are the same. */

import type { Expression } from "../language/expression.js";
import {
  constant,
  equal,
  minus,
  type Polynomial,
  plus,
  polynomialText,
  quotient,
  times,
  variable,
  zero,
} from "../language/polynomial.js";

/** Whether two definitions give the same number for all sizes, as far as whole numbers can be taken out of a floor. */
export function sameDefinition(x: Expression, y: Expression): boolean {
  const [p, q] = [normalForm(x), normalForm(y)];
  return p !== undefined && q !== undefined && equal(p, q);
}

/** A polynomial in the names and in the floors; undefined for what is no definition of a size. */
function normalForm(e: Expression): Polynomial | undefined {
  if (e.kind === "number") return constant(e.value);
  if (e.kind === "name") return variable(e.name);
  if (e.kind === "apply") return e.name === "floor" && e.args.length === 1 ? floorOf(e.args[0]) : undefined;
  if (e.kind === "call") return undefined;
  if (e.kind === "unary") return e.op === "-" ? combined("-", zero, normalForm(e.of)) : undefined;
  return combined(e.op, normalForm(e.left), normalForm(e.right));
}

function combined(op: string, x: Polynomial | undefined, y: Polynomial | undefined): Polynomial | undefined {
  if (!x || !y) return undefined;
  return op === "+" ? plus(x, y) : op === "-" ? minus(x, y) : op === "*" ? times(x, y) : quotient(x, y);
}

/** floor(n/m + k) for a whole k is floor(n/m) + k, and what m divides leaves n. */
function floorOf(e: Expression): Polynomial | undefined {
  const fraction = fractionOf(e);
  if (!fraction) return undefined;
  const { over, under } = fraction;
  let [whole, rest] = [zero, zero];
  for (const [monomial, k] of over.terms) {
    const term: Polynomial = { terms: new Map([[monomial, k]]) };
    const part = quotient(term, under);
    if (part) whole = plus(whole, part);
    else rest = plus(rest, term);
  }
  if (rest.terms.size === 0) return whole;
  return plus(whole, variable(`floor(${polynomialText(rest)} over ${polynomialText(under)})`));
}

interface Fraction {
  readonly over: Polynomial;
  readonly under: Polynomial;
}

function fractionOf(e: Expression): Fraction | undefined {
  if (e.kind !== "binary" || (e.op !== "+" && e.op !== "-" && e.op !== "/")) {
    const over = normalForm(e);
    return over && { over, under: constant(1) };
  }
  const [x, y] = [fractionOf(e.left), fractionOf(e.right)];
  if (!x || !y) return undefined;
  if (e.op === "/") return { over: times(x.over, y.under), under: times(x.under, y.over) };
  const over = equal(x.under, y.under) ? [x.over, y.over] : [times(x.over, y.under), times(y.over, x.under)];
  const under = equal(x.under, y.under) ? x.under : times(x.under, y.under);
  return { over: e.op === "+" ? plus(over[0], over[1]) : minus(over[0], over[1]), under };
}
