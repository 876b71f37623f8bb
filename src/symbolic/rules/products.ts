/** Products as a reader sees them: numbers and scalars in front, then a chain of matrices, then what divides it all. */

import { binary, call, type Expression, negated, number, same } from "../language/expression.js";
import { equal, one } from "../language/polynomial.js";
import { sizeExpression } from "../language/sizeExpression.js";
import { isScalar, multiplication, type Shape, shapeOf } from "../world/shapes.js";
import type { World } from "../world/world.js";

/** over · scalars · chain / (under · divisors). Neighbours in the chain fit together. */
export interface ProductParts {
  readonly over: number;
  readonly under: number;
  readonly scalars: readonly Expression[];
  readonly divisors: readonly Expression[];
  readonly chain: readonly Expression[];
}

/** 1. */
export const unitParts: ProductParts = { over: 1, under: 1, scalars: [], divisors: [], chain: [] };

/** Takes * / and − apart, however they are grouped; every other expression is one factor. */
export function productParts(world: World, e: Expression): ProductParts {
  if (e.kind === "number") return { ...unitParts, over: e.value };
  if (e.kind === "unary" && e.op === "-") {
    const of = productParts(world, e.of);
    return { ...of, over: -of.over };
  }
  if (e.kind === "binary" && e.op === "*") return joined(world, e.left, e.right);
  if (e.kind === "binary" && e.op === "/") {
    return merged(productParts(world, e.left), inverse(world, productParts(world, e.right)));
  }
  return isScalar(shapeOf(world, e)) ? { ...unitParts, scalars: [e] } : { ...unitParts, chain: [e] };
}

/** A product of matrices that fit together, without regard to how it is grouped. */
export function chainOf(world: World, e: Expression): readonly Expression[] | undefined {
  const { over, under, scalars, divisors, chain } = productParts(world, e);
  const plain = over === 1 && under === 1 && scalars.length + divisors.length === 0;
  return plain && chain.length > 0 ? chain : undefined;
}

/** The product as an expression, grouped from the left. */
export function writtenProduct(product: ProductParts): Expression {
  const { over, under, scalars, divisors, chain } = product;
  const factors = [...scalars, ...chain];
  const size = Math.abs(over);
  const top = multiplied(size === 1 && factors.length > 0 ? factors : [number(size), ...factors]);
  const bottom = under === 1 && divisors.length > 0 ? divisors : [number(under), ...divisors];
  const whole = under === 1 && divisors.length === 0 ? top : binary("/", top, multiplied(bottom));
  return over < 0 ? negated(whole) : whole;
}

/** The product of the factors, each of which may be a product itself. */
export function tidyProduct(world: World, ...factors: readonly Expression[]): Expression {
  return writtenProduct(productParts(world, multiplied(factors)));
}

/** The same with another chain. */
export function withChain(product: ProductParts, chain: readonly Expression[]): ProductParts {
  return { ...product, chain };
}

/** A B C, grouped from the left. */
export function multiplied(factors: readonly Expression[]): Expression {
  return factors.reduce((left, right) => binary("*", left, right));
}

/** Numbers and scalars cancelled where they stand above and below. */
export function cancelled(product: ProductParts): ProductParts {
  const common = gcd(Math.abs(product.over), product.under) || 1;
  const divisors = [...product.divisors];
  const scalars = product.scalars.filter((scalar) => {
    const below = divisors.findIndex((divisor) => same(divisor, scalar));
    if (below >= 0) divisors.splice(below, 1);
    return below < 0;
  });
  return { ...product, over: product.over / common, under: product.under / common, scalars, divisors };
}

/** 0 of a size. */
export function zeroOf(shape: Shape): Expression {
  if (isScalar(shape)) return number(0);
  const [rows, cols] = [sizeExpression(shape.rows), sizeExpression(shape.cols)];
  return binary("*", number(0), equal(shape.cols, one) ? call("ones", rows) : call("ones", rows, cols));
}

function joined(world: World, left: Expression, right: Expression): ProductParts {
  const [p, q] = [productParts(world, left), productParts(world, right)];
  const multiplied = multiplication(world, shapeOf(world, left), shapeOf(world, right));
  if (multiplied === "matrices") return merged(p, q);
  return multiplied === "number on the left" ? merged(asScalars(p), q) : merged(p, asScalars(q));
}

function merged(p: ProductParts, q: ProductParts): ProductParts {
  return {
    over: p.over * q.over,
    under: p.under * q.under,
    scalars: [...p.scalars, ...q.scalars],
    divisors: [...p.divisors, ...q.divisors],
    chain: [...p.chain, ...q.chain],
  };
}

/** A chain that is one number, as xᵀy, scales its neighbour as a whole. */
function asScalars(p: ProductParts): ProductParts {
  return p.chain.length === 0 ? p : { ...p, scalars: [...p.scalars, multiplied(p.chain)], chain: [] };
}

/** A chain below the bar is cut into numbers, so that (xᵀ x) (xᵀ x) stays the square that it is. */
function inverse(world: World, { over, under, scalars, divisors, chain }: ProductParts): ProductParts {
  const sign = over < 0 ? -1 : 1;
  const below = [...scalars, ...numbersOf(world, chain)];
  return { over: sign * under, under: Math.abs(over), scalars: divisors, divisors: below, chain: [] };
}

/** The numbers of which a chain that is a number is made: each ends with a column. */
function numbersOf(world: World, chain: readonly Expression[]): Expression[] {
  const end = chain.findIndex((factor) => equal(shapeOf(world, factor).cols, one)) + 1;
  return end === 0 ? [] : [multiplied(chain.slice(0, end)), ...numbersOf(world, chain.slice(end))];
}

function gcd(x: number, y: number): number {
  return y === 0 ? x : gcd(y, x % y);
}
