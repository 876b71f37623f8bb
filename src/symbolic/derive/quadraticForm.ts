/** The quadratic forms of Gauss and Newton: what stands within a norm or a loss is linearised, the rest is not. */

import { binary, call, type Expression, mentions, name, number, same } from "../language/expression.js";
import { print } from "../language/print.js";
import { d, innerProduct } from "../rules/differentials.js";
import { asColumn } from "../rules/losses.js";
import { argsOf } from "../rules/match.js";
import { productParts, withChain, writtenProduct } from "../rules/products.js";
import { transposeOf } from "../rules/transposed.js";
import type { World } from "../world/world.js";
import { GradientError } from "./strategy.js";

/** By which matrix, along which ones. */
export interface Quadratic {
  readonly X: string;
  readonly directions: readonly string[];
}

/**
 * (B dE)ᵀ dE for every term, B its second derivative: first along the directions, then along X; undefined where nothing
 * changes with X. Throws GradientError for a term that is neither ‖·‖², xᵀx nor a loss with a Hessian.
 */
export function quadraticForm(world: World, e: Expression, of: Quadratic): Expression | undefined {
  if (!mentions(e, of.X)) return undefined;
  if (e.kind === "binary" && (e.op === "+" || e.op === "-")) {
    const [left, right] = [quadraticForm(world, e.left, of), quadraticForm(world, e.right, of)];
    if (!right) return left;
    return left ? binary(e.op, left, right) : e.op === "+" ? right : { kind: "unary", op: "-", of: right };
  }
  if (e.kind === "binary" && e.op === "/" && !mentions(e.right, of.X)) {
    const left = quadraticForm(world, e.left, of);
    return left && binary("/", left, e.right);
  }
  if (e.kind === "binary" && e.op === "*") return ofMultiple(world, e, of);
  const inner = argsOf(e, "Sum")?.[0];
  if (inner) return call("Sum", quadraticForm(world, inner, of) ?? number(0));
  return ofConvex(world, e, of);
}

/** c times a convex part, or xᵀ x, which is ‖x‖². */
function ofMultiple(world: World, e: Expression, of: Quadratic): Expression {
  const parts = productParts(world, e);
  const { chain, scalars } = parts;
  if (chain.length === 2 && same(transposeOf(world, chain[0]), chain[1])) {
    const form = ofConvex(world, call("norm2", chain[1]), of);
    return writtenProduct(productParts(world, binary("*", writtenProduct(withChain(parts, [])), form)));
  }
  const at = scalars.findIndex((scalar) => mentions(scalar, of.X));
  if (chain.length > 0 || scalars.filter((scalar) => mentions(scalar, of.X)).length !== 1) throw notConvex(e);
  const form = quadraticForm(world, scalars[at], of) ?? number(0);
  return writtenProduct({ ...parts, scalars: scalars.map((scalar, k) => (k === at ? form : scalar)) });
}

function ofConvex(world: World, e: Expression, { X, directions }: Quadratic): Expression {
  const R = argsOf(e, "norm2")?.[0];
  if (R)
    return writtenProduct(
      productParts(world, binary("*", number(2), innerProduct(world, along(world, R, directions), d(R, X)))),
    );
  const loss = e.kind === "apply" ? world.losses.get(e.name) : undefined;
  if (!loss || e.kind !== "apply") throw notConvex(e);
  if (loss.hessian === undefined) {
    throw new GradientError(
      `${loss.name} has no Hessian; declare ${loss.name}(${loss.argument}) with gradient …, hessian …`,
    );
  }
  const [S] = e.args;
  const curved = binary("*", name(loss.hessian), asColumn(world, along(world, S, directions)));
  return innerProduct(world, curved, asColumn(world, d(S, X)));
}

function notConvex(e: Expression): GradientError {
  return new GradientError(
    `${print(e)} is no norm2, no loss and no sum of such; a Gauss–Newton matrix needs them`,
  );
}

/** d(E, X₁) + d(E, X₂) + … */
export function along(_world: World, E: Expression, directions: readonly string[]): Expression {
  return directions.map((X) => d(E, X)).reduce((sum, term) => binary("+", sum, term));
}
