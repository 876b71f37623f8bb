/** When two lines are the same line: written alike but for what a reader does not look at. */

import type { ApplyExpression, CallExpression, Expression } from "../language/expression.js";
import { polynomialText } from "../language/polynomial.js";
import { isScalar, shapeOf, sizeOf } from "../world/shapes.js";
import type { World } from "../world/world.js";
import { argsOf, untransposed } from "./match.js";
import { productParts } from "./products.js";
import { transposeOf } from "./transposed.js";

/**
 * Whether two expressions are one formula: parentheses of products, sums and Kronecker products, the order of summands,
 * of scalars and of Hadamard factors, the order within a size, double transposes and the transpose of A ⊗ B do not count.
 * Both must have a size.
 */
export function alike(world: World, x: Expression, y: Expression): boolean {
  return key(world, x) === key(world, y);
}

/** A text that is the same for expressions that are alike. */
function key(world: World, e: Expression): string {
  switch (e.kind) {
    case "number":
      return String(e.value);
    case "name":
      return e.name;
    case "apply":
      return callKey(world, e);
    case "call":
      return e.name === "kron" ? `(${kronKeys(world, e).join(" ⊗ ")})` : callKey(world, e);
    case "unary":
      return e.op === "'" ? transposeKey(world, e.of) : sumKey(world, e);
    default:
      return binaryKey(world, e);
  }
}

/** (A ⊗ B)ᵀ is Aᵀ ⊗ Bᵀ, and I, diag and numbers are their own transposes. */
function transposeKey(world: World, of: Expression): string {
  if (of.kind === "unary" && of.op === "'") return key(world, of.of);
  const moved = of.kind === "call" || isScalar(shapeOf(world, of)) ? transposeOf(world, of) : undefined;
  return moved && !untransposed(moved) ? key(world, moved) : `(${key(world, of)})'`;
}

function binaryKey(world: World, e: Extract<Expression, { kind: "binary" }>): string {
  if (e.op === "+" || e.op === "-") return sumKey(world, e);
  if (e.op === ".*") return `(${hadamardKeys(world, e).sort().join(" ⊙ ")})`;
  return productKey(world, e);
}

function sumKey(world: World, e: Expression): string {
  const all = terms(world, e).sort();
  return all.length > 1 ? `(${all.join(" + ")})` : all[0];
}

/** The terms of a sum with their signs. */
function terms(world: World, e: Expression): string[] {
  if (e.kind === "unary" && e.op === "-") return terms(world, e.of).map(opposite);
  if (e.kind !== "binary" || (e.op !== "+" && e.op !== "-")) return [productKey(world, e)];
  const right = terms(world, e.right);
  return [...terms(world, e.left), ...(e.op === "+" ? right : right.map(opposite))];
}

function opposite(term: string): string {
  return term.startsWith("−") ? term.slice(1) : `−${term}`;
}

function hadamardKeys(world: World, e: Expression): string[] {
  if (e.kind !== "binary" || e.op !== ".*") return [key(world, e)];
  return [...hadamardKeys(world, e.left), ...hadamardKeys(world, e.right)];
}

function kronKeys(world: World, e: Expression): string[] {
  const factors = argsOf(e, "kron");
  return factors ? factors.flatMap((factor) => kronKeys(world, factor)) : [key(world, e)];
}

/** The numbers and scalars of a product in one order, its matrices in theirs. */
function productKey(world: World, e: Expression): string {
  const { over, under, scalars, divisors, chain } = productParts(world, e);
  const keys = (factors: readonly Expression[]) => factors.map((factor) => key(world, factor));
  const numbers = over === 1 && under === 1 ? [] : [`${Math.abs(over)}/${under}`];
  const sorted = [
    ...keys(scalars).sort(),
    ...keys(divisors)
      .map((text) => `1/${text}`)
      .sort(),
  ];
  const text = [...numbers, ...sorted, ...keys(chain)].join(" ");
  return over < 0 ? `−${text}` : text;
}

/** Sizes count as such: I(a*b) is I(b*a). */
function callKey(world: World, { name, args }: CallExpression | ApplyExpression): string {
  const first = firstSize[name] ?? args.length;
  const texts = args.map((arg, at) => (at < first ? key(world, arg) : polynomialText(sizeOf(world, arg))));
  return `${name}(${texts.join(", ")})`;
}

/** Which argument is the first that is a size. */
const firstSize: Readonly<Record<string, number>> = { I: 0, ones: 0, K: 0, mat: 1 };
