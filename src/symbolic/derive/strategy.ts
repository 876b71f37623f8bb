/** How a differential is brought to the form J vec(dX): which rules, in which order, at which place. */

import { binary, call, children, type Expression, mentions, name, negated } from "../language/expression.js";
import { equal, one, times } from "../language/polynomial.js";
import { print } from "../language/print.js";
import { sizeExpression } from "../language/sizeExpression.js";
import { ruleNamed } from "../rules/all.js";
import { asColumn } from "../rules/losses.js";
import { argsOf, untransposed } from "../rules/match.js";
import { type ProductParts, productParts, withChain, writtenProduct } from "../rules/products.js";
import type { Rule } from "../rules/rule.js";
import { shapeOf } from "../world/shapes.js";
import { matrixNamed, type World } from "../world/world.js";
import type { Derivation } from "./derive.js";
import {
  everywhere,
  inFirstRow,
  inLastColumn,
  inLastFactor,
  inProducts,
  inSumsBeside,
  inTerms,
  inTermsWithDiag,
  outsideDifferentials,
  type RewriteIn,
} from "./places.js";

/** A differential that these rules do not bring to the form J vec(dX). */
export class GradientError extends Error {
  override readonly name = "GradientError";
}

type Moves = readonly (readonly [RewriteIn, readonly string[]])[];

/** The differentials go inwards until only dX is left. Throws GradientError where one stays that no rule knows. */
export function withDifferentialsInside(derivation: Derivation): Derivation {
  const pushed = repeated(derivation, [
    [everywhere, ["d-variable", "d-constant", "d-quotient", "d-instances", "d-second-loss"]],
    [outsideDifferentials, ["d-loss"]],
    [everywhere, ["d-norm2", "d-sum"]],
    [
      everywhere,
      ["d-linear", "d-sigma", "d-dsigma", "d-relu", "d-drelu", "d-hadamard", "d-kron", "d-product"],
    ],
  ]);
  const left = remaining(pushed.last);
  if (left) throw new GradientError(`no rule gives ${print(left)}`);
  return pushed;
}

/** A d(E, X) that is left. */
function remaining(e: Expression): Expression | undefined {
  if (argsOf(e, "d")) return e;
  for (const part of children(e)) {
    const found = remaining(part);
    if (found) return found;
  }
  return undefined;
}

/** Every term becomes a product that ends with vec(dX). */
export function linearised(derivation: Derivation): Derivation {
  return repeated(derivation, [
    [inTermsWithDiag, ["diag-times-column"]],
    [
      inTerms,
      [
        "trace-of-product",
        "scalar-is-its-transpose",
        "scalar-to-the-end",
        "column-times-number",
        "column-as-vec",
      ],
    ],
    [inLastFactor, ["vec-of-sum", "vec-of-multiple", "vec-of-map", "vec-of-product"]],
    [inLastFactor, ["trace-of-product"]],
    [inLastColumn, ["vec-of-column"]],
    [
      inLastFactor,
      ["vec-of-hadamard", "vec-of-mat", "vec-of-transpose", "vec-of-instances", "vec-of-diag", "vec-of-kron"],
    ],
    [
      inLastFactor,
      [
        "hadamard-of-numbers",
        "hadamard-as-diag",
        "transpose-of-product",
        "transpose-of-sum",
        "kron-of-columns",
      ],
    ],
    [inProducts, ["distribute"]],
    [inSumsBeside, ["instances-of-sum", "out-of-instances"]],
    [everywhere, ["identity", "transpose-of-symmetric"]],
    [everywhere, ["instances-of-constant", "mat-of-column", "trace-of-number"]],
  ]);
}

/** Of a number's differential: the factors before vec(dX) become one row vec(…)ᵀ, from the left. */
export function gathered(derivation: Derivation): Derivation {
  return repeated(derivation, [
    [everywhere, ["identity", "transpose-of-symmetric", "transpose-of-transpose", "mat-of-vec"]],
    [inFirstRow, ["vec-of-column"]],
    [inTerms, ["vec-row-commutation", "vec-row-kron", "vec-row-diag", "row-as-matrix"]],
    [everywhere, ["kron-of-rows"]],
  ]);
}

/** One term: like terms added, what is common to all taken out of the sums. */
export function collected(derivation: Derivation): Derivation {
  return repeated(derivation, [[inTerms, ["like-terms", "collect", ...outOfSums]]]);
}

/** The same where vec(dX) itself is wanted at the end, also of terms that are multiples of it. */
export function solved(derivation: Derivation, X: string): Derivation {
  const steps = repeated(derivation, [
    [inTerms, ["like-terms", "collect-multiples", "collect", ...outOfSums]],
  ]);
  if (rowBefore(steps.world, steps.last, X)) return steps;
  const J = rowOfTerms(steps.world, steps.last, X);
  if (!J) return steps;
  const end = binary("*", J, asColumn(steps.world, name(`d${X}`)));
  return steps.step(end, "distribute", ruleNamed("distribute"));
}

/** J of terms that do not end alike, as (a dx/2 − b dx/c)/3: that of each, added up. */
function rowOfTerms(world: World, e: Expression, X: string): Expression | undefined {
  const own = rowBefore(world, e, X);
  if (own) return own;
  if (e.kind === "unary" && e.op === "-") {
    const of = rowOfTerms(world, e.of, X);
    return of && negated(of);
  }
  if (e.kind !== "binary" || e.op === "*" || e.op === ".*") return undefined;
  const left = rowOfTerms(world, e.left, X);
  const right = e.op === "/" ? e.right : rowOfTerms(world, e.right, X);
  return left && right && (e.op !== "/" || !mentions(right, `d${X}`)) ? binary(e.op, left, right) : undefined;
}

const outOfSums = ["instances-of-sum", "out-of-instances"];

/** J of a last line J vec(dX). Throws GradientError where it has not that form. */
export function jacobianOf({ last, world }: Derivation, X: string): Expression {
  const J = rowBefore(world, last, X);
  if (J) return J;
  throw new GradientError(`the differential by ${X} comes to ${print(last)}, not to J * vec(d${X})`);
}

/** J of J vec(dX); undefined for what is not written so. */
function rowBefore(world: World, e: Expression, X: string): Expression | undefined {
  const parts = productParts(world, e);
  const end = parts.chain[parts.chain.length - 1];
  if (end && isVecOf(world, end, X)) return withIdentity(world, parts, X);
  const at = parts.scalars.findIndex((scalar) => isVecOf(world, scalar, X));
  return at < 0 ? undefined : writtenProduct({ ...parts, scalars: parts.scalars.filter((_, k) => k !== at) });
}

/** The factors before vec(dX); where there is none, the identity. */
function withIdentity(world: World, parts: ProductParts, X: string): Expression {
  const chain = parts.chain.slice(0, -1);
  const matrix = matrixNamed(world, X);
  if (chain.length > 0 || !matrix) return writtenProduct(withChain(parts, chain));
  return writtenProduct(withChain(parts, [call("I", sizeExpression(times(matrix.rows, matrix.cols)))]));
}

/** vec(dX), written also as dX where X is a column, as dXᵀ where it is a row. */
function isVecOf(world: World, e: Expression, X: string): boolean {
  const turned = untransposed(e);
  const of = argsOf(e, "vec")?.[0] ?? turned ?? e;
  const isRow = equal(shapeOf(world, of).rows, one);
  return of.kind === "name" && of.name === `d${X}` && (!turned || isRow);
}

/** Applies the first rule that applies, at all of its places in one line, as long as one does. */
function repeated(start: Derivation, moves: Moves): Derivation {
  const steps = moves.flatMap(([move, names]) => names.map((name) => [move, ruleNamed(name)] as const));
  let derivation = start;
  for (let lines = 0; lines < mostLines; lines++) {
    const next = nextLine(derivation, steps);
    if (!next) return derivation;
    derivation = next;
  }
  throw endless(derivation.last);
}

const mostLines = 500;

function nextLine(
  derivation: Derivation,
  steps: readonly (readonly [RewriteIn, Rule])[],
): Derivation | undefined {
  const { world, last } = derivation;
  for (const [move, rule] of steps) {
    let e = move(rule, last, world);
    let places = 0;
    for (let next = e; next; next = move(rule, next, world)) {
      e = next;
      if (places++ > mostLines) throw endless(e);
    }
    if (e) return derivation.step(e, rule.name, rule);
  }
  return undefined;
}

function endless(e: Expression): GradientError {
  return new GradientError(`no end after ${mostLines} steps, the last of which gives ${print(e)}`);
}
