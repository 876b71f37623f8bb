/** What rules ask of an expression. */

import type { BuiltIn } from "../language/builtIns.js";
import { children, type Expression, mentions } from "../language/expression.js";
import { equal, type Polynomial } from "../language/polynomial.js";
import { print } from "../language/print.js";
import { shapeOf } from "../world/shapes.js";
import { matrixNamed, type World } from "../world/world.js";
import { productParts, withChain, writtenProduct } from "./products.js";
import type { Context } from "./rule.js";

/** The arguments of a call of that function. */
export function argsOf(e: Expression, name: BuiltIn): readonly Expression[] | undefined {
  return e.kind === "call" && e.name === name ? e.args : undefined;
}

/** What is transposed. */
export function untransposed(e: Expression): Expression | undefined {
  return e.kind === "unary" && e.op === "'" ? e.of : undefined;
}

/** Whether a differential stands in it: d(E, X), or dX of a declared X. */
export function isDifferential(world: World, e: Expression): boolean {
  if (e.kind === "name") return !world.matrices.has(e.name) && matrixNamed(world, e.name) !== undefined;
  return argsOf(e, "d") !== undefined || children(e).some((part) => isDifferential(world, part));
}

/** Which of the factors is kept: the named one, else the one with a differential, else the last. */
export function keptAt({ world, keep }: Context, factors: readonly Expression[]): number | undefined {
  if (keep !== undefined) {
    const exact = factors.findIndex((factor) => print(factor) === keep);
    const at = exact >= 0 ? exact : factors.findIndex((factor) => mentions(factor, keep));
    return at >= 0 ? at : undefined;
  }
  const at = factors.findIndex((factor) => isDifferential(world, factor));
  return at >= 0 ? at : factors.length - 1;
}

/** The last factor that has the differential or the name to keep: what stands before it may hold another one. */
export function lastKeptAt({ world, keep }: Context, factors: readonly Expression[]): number | undefined {
  const has = (factor: Expression) =>
    keep === undefined ? isDifferential(world, factor) : print(factor) === keep || mentions(factor, keep);
  const at = factors.findLastIndex(has);
  return at >= 0 ? at : undefined;
}

/** Where the first A ⊗ B, diag(v) or K stands after a row, which meets them from the left; −1 where there is none. */
export function firstAfterRow(chain: readonly Expression[]): number {
  return chain.findIndex((factor, k) => k > 0 && rowMeets.some((name) => argsOf(factor, name)));
}

const rowMeets: readonly BuiltIn[] = ["kron", "diag", "K"];

/** Rewrites two neighbours in a product; `change` gets each pair in turn until it answers. */
export function rewritePair(
  world: World,
  e: Expression,
  change: (left: Expression, right: Expression) => Expression | undefined,
): Expression | undefined {
  if (e.kind !== "binary" || e.op !== "*") return undefined;
  const parts = productParts(world, e);
  for (let k = 0; k + 1 < parts.chain.length; k++) {
    const pair = change(parts.chain[k], parts.chain[k + 1]);
    if (pair) {
      const chain = [...parts.chain.slice(0, k), pair, ...parts.chain.slice(k + 2)];
      return writtenProduct(productParts(world, writtenProduct(withChain(parts, chain))));
    }
  }
  return undefined;
}

/** Whether the size is that many rows by that many columns. */
export function isOfSize(world: World, e: Expression, rows: Polynomial, cols: Polynomial): boolean {
  const shape = shapeOf(world, e);
  return equal(shape.rows, rows) && equal(shape.cols, cols);
}
