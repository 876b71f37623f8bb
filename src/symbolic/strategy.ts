/** How a differential is brought to the form J vec(dX): which rules, in which order, at which place. */

import type { Derivation } from "./derive.js";
import { call, children, type Expression } from "./expression.js";
import { equal, one, times } from "./polynomial.js";
import { print } from "./print.js";
import { ruleNamed } from "./rules/all.js";
import { argsOf, isDifferential, untransposed } from "./rules/match.js";
import { type Product, productOf, withChain, written } from "./rules/products.js";
import { regrouped, rewriteWith, withPart } from "./rules/rewrite.js";
import type { Rule } from "./rules/rule.js";
import { shapeOf } from "./shapes.js";
import { sizeExpression } from "./sizes.js";
import { matrixNamed, type World } from "./world.js";

/** A differential that these rules do not bring to the form J vec(dX). */
export class GradientError extends Error {
  override readonly name = "GradientError";
}

/** Rewrites an expression by a rule at the places that the strategy looks at. */
type Move = (rule: Rule, e: Expression, world: World) => Expression | undefined;
type Moves = readonly (readonly [Move, readonly string[]])[];

/** The differentials go inwards until only dX is left. Throws GradientError where one stays that no rule knows. */
export function differentiated(derivation: Derivation): Derivation {
  const pushed = repeated(derivation, [
    [everywhere, ["d-variable", "d-constant", "d-quotient", "d-instances", "d-loss", "d-norm2", "d-sum"]],
    [everywhere, ["d-linear", "d-sigma", "d-hadamard", "d-kron", "d-product"]],
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
    [inTerms, ["scalar-is-its-transpose", "column-as-vec"]],
    [inLastFactor, ["vec-of-sum", "vec-of-multiple", "vec-of-map", "vec-of-product"]],
    [inLastColumn, ["vec-of-column"]],
    [inLastFactor, ["vec-of-hadamard", "vec-of-mat", "vec-of-transpose", "vec-of-instances"]],
    [inLastFactor, ["hadamard-as-diag", "transpose-of-product", "transpose-of-sum", "kron-of-columns"]],
    [inProducts, ["distribute"]],
    [everywhere, ["identity", "transpose-of-symmetric"]],
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
  return repeated(derivation, [[inTerms, ["like-terms", "collect", "instances-of-sum", "out-of-instances"]]]);
}

/** J of a last line J vec(dX). Throws GradientError where it has not that form. */
export function jacobianOf({ last, world }: Derivation, X: string): Expression {
  const parts = productOf(world, last);
  const end = parts.chain[parts.chain.length - 1];
  if (end && isVecOf(end, X)) return withIdentity(world, parts, X);
  const at = parts.scalars.findIndex((scalar) => isVecOf(scalar, X));
  if (at >= 0) return written({ ...parts, scalars: parts.scalars.filter((_, k) => k !== at) });
  throw new GradientError(`the differential by ${X} comes to ${print(last)}, not to J * vec(d${X})`);
}

/** The factors before vec(dX); where there is none, the identity. */
function withIdentity(world: World, parts: Product, X: string): Expression {
  const chain = parts.chain.slice(0, -1);
  const matrix = matrixNamed(world, X);
  if (chain.length > 0 || !matrix) return written(withChain(parts, chain));
  return written(withChain(parts, [call("I", sizeExpression(times(matrix.rows, matrix.cols)))]));
}

/** dX, or vec(dX). */
function isVecOf(e: Expression, X: string): boolean {
  const of = argsOf(e, "vec")?.[0] ?? e;
  return of.kind === "name" && of.name === `d${X}`;
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
  throw new GradientError(`no end after ${mostLines} lines, the last of which is ${print(derivation.last)}`);
}

const mostLines = 500;

function nextLine(derivation: Derivation, steps: readonly (readonly [Move, Rule])[]): Derivation | undefined {
  const { world, last } = derivation;
  for (const [move, rule] of steps) {
    let e = move(rule, last, world);
    for (let next = e; next; next = move(rule, next, world)) e = next;
    if (e) return derivation.step(e, rule.name, rule);
  }
  return undefined;
}

function everywhere(rule: Rule, e: Expression, world: World): Expression | undefined {
  return rewriteWith((part) => rule.apply(part, { world }), e, world);
}

/** Only along the sums that the differential is made of, not inside their factors. */
function inTerms(rule: Rule, e: Expression, world: World): Expression | undefined {
  return alongSums(world, e, (term) =>
    isDifferential(world, term) ? rule.apply(term, { world }) : undefined,
  );
}

/** diag(dX) w: the differential must leave the diagonal. */
function inTermsWithDiag(rule: Rule, e: Expression, world: World): Expression | undefined {
  return alongSums(world, e, (term) => {
    const diag = productOf(world, term).chain.find((factor) => argsOf(factor, "diag"));
    return diag && isDifferential(world, diag) ? rule.apply(term, { world }) : undefined;
  });
}

function inProducts(rule: Rule, e: Expression, world: World): Expression | undefined {
  return alongSums(world, e, (term) =>
    term.kind === "binary" && term.op === "*" && isDifferential(world, term)
      ? rule.apply(term, { world })
      : undefined,
  );
}

function inLastFactor(rule: Rule, e: Expression, world: World): Expression | undefined {
  return inFactor(world, e, -1, (last) =>
    isDifferential(world, last) ? rule.apply(last, { world }) : undefined,
  );
}

/** vec(v) = v and vec(vᵀ) = v only where v is a column: the differential of a row stays vec(dX). */
function inLastColumn(rule: Rule, e: Expression, world: World): Expression | undefined {
  return inFactor(world, e, -1, (last) => {
    const v = argsOf(last, "vec")?.[0];
    const isColumn = v && equal(shapeOf(world, untransposed(v) ?? v).cols, one);
    return isColumn && isDifferential(world, v) ? rule.apply(last, { world }) : undefined;
  });
}

/** In vec(v)ᵀ before the differential. */
function inFirstRow(rule: Rule, e: Expression, world: World): Expression | undefined {
  return inFactor(world, e, 0, (first) => {
    const v = untransposed(first);
    const result = v && rule.apply(v, { world });
    return result && regrouped(world, { kind: "unary", op: "'", of: result });
  });
}

function inFactor(
  world: World,
  e: Expression,
  place: 0 | -1,
  change: (factor: Expression) => Expression | undefined,
): Expression | undefined {
  return alongSums(world, e, (term) => {
    if (term.kind === "binary" && (term.op === "+" || term.op === "-")) return undefined;
    const parts = productOf(world, term);
    const at = place === 0 ? 0 : parts.chain.length - 1;
    const result = parts.chain[at] && change(parts.chain[at]);
    if (!result) return undefined;
    const chain = parts.chain.map((factor, k) => (k === at ? result : factor));
    return regrouped(world, written(withChain(parts, chain)));
  });
}

/** Tries an expression, then its terms, the instances of a Σ, and what a bar divides. */
function alongSums(
  world: World,
  e: Expression,
  change: (term: Expression) => Expression | undefined,
): Expression | undefined {
  const here = change(e);
  if (here) return here;
  const parts = children(e);
  for (const at of inner(e)) {
    const part = alongSums(world, parts[at], change);
    if (part) return regrouped(world, withPart(e, at, part));
  }
  return undefined;
}

function inner(e: Expression): number[] {
  if (e.kind === "binary")
    return e.op === "+" || e.op === "-" ? [0, 1] : e.op === "/" ? [0] : e.op === "*" ? [1] : [];
  if (e.kind === "unary") return e.op === "-" ? [0] : [];
  return argsOf(e, "Sum") ? [0] : [];
}
