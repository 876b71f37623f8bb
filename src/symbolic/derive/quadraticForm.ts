/** The quadratic forms of Gauss and Newton: what stands within a norm or a loss is linearised, the rest is not. */

import { binary, call, type Expression, mentions, name, number, same } from "../language/expression.js";
import { print } from "../language/print.js";
import { d, innerProduct } from "../rules/differentials.js";
import { asColumn } from "../rules/losses.js";
import { argsOf } from "../rules/match.js";
import { multiplied, productParts, writtenProduct } from "../rules/products.js";
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

/** c times a convex part, or xᵀ x and c c, which are ‖x‖² and ‖c‖². */
function ofMultiple(world: World, e: Expression, of: Quadratic): Expression {
  const { chain, scalars, ...numbers } = productParts(world, e);
  const factors = chain.length > 0 ? [...scalars, multiplied(chain)] : scalars;
  const changing = factors.filter((factor) => mentions(factor, of.X));
  const root =
    changing.length === 2
      ? equalOf(changing)
      : changing.length === 1
        ? rootOf(world, changing[0])
        : undefined;
  if (!root && (changing.length !== 1 || same(changing[0], e))) throw notConvex(e);
  const form = root ? ofConvex(world, call("norm2", root), of) : quadraticForm(world, changing[0], of);
  const rest = factors.filter((factor) => !changing.includes(factor));
  return writtenProduct(
    productParts(
      world,
      binary("*", writtenProduct({ ...numbers, scalars: rest, chain: [] }), form ?? number(0)),
    ),
  );
}

/** R of Rᵀ R, or of the number R R. */
function rootOf(world: World, e: Expression): Expression | undefined {
  const { chain } = productParts(world, e);
  if (chain.length < 2) return undefined;
  const [first, second] = [chain.slice(0, chain.length / 2), chain.slice(chain.length / 2)].map(multiplied);
  return same(transposeOf(world, first), second) || same(first, second) ? second : undefined;
}

function equalOf([first, second]: readonly Expression[]): Expression | undefined {
  return same(first, second) ? second : undefined;
}

function ofConvex(world: World, e: Expression, { X, directions }: Quadratic): Expression {
  const R = argsOf(e, "norm2")?.[0];
  if (R)
    return writtenProduct(
      productParts(world, binary("*", number(2), innerProduct(world, along(R, directions), d(R, X)))),
    );
  const loss = e.kind === "apply" ? world.losses.get(e.name) : undefined;
  if (!loss || e.kind !== "apply") throw notConvex(e);
  if (loss.hessian === undefined) {
    throw new GradientError(
      `${loss.name} has no Hessian; declare ${loss.name}(${loss.argument}) with gradient …, hessian …`,
    );
  }
  const [S] = e.args;
  const curved = binary("*", name(loss.hessian), asColumn(world, along(S, directions)));
  return innerProduct(world, curved, asColumn(world, d(S, X)));
}

function notConvex(e: Expression): GradientError {
  return new GradientError(
    `${print(e)} is no norm2, no loss and no sum of such; a Gauss–Newton matrix needs them`,
  );
}

/** d(E, X₁) + d(E, X₂) + … over the directions that change E; where none does, over all. */
export function along(E: Expression, directions: readonly string[]): Expression {
  const changing = directions.filter((X) => mentions(E, X));
  const moved = changing.length > 0 ? changing : directions;
  return moved.map((X) => d(E, X)).reduce((sum, term) => binary("+", sum, term));
}
