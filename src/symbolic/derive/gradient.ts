/** Gradients, Jacobians and their products, derived line by line and given as formulas. */

import { binary, call, children, type Expression, mentions, same } from "../language/expression.js";
import { expressionOf } from "../language/parse.js";
import { times } from "../language/polynomial.js";
import { print } from "../language/print.js";
import { d, innerProduct } from "../rules/differentials.js";
import { asColumn } from "../rules/losses.js";
import { argsOf } from "../rules/match.js";
import { productParts, withChain, writtenProduct, zeroOf } from "../rules/products.js";
import { transposeOf } from "../rules/transposed.js";
import { isScalar, shapeOf, shapeText } from "../world/shapes.js";
import type { MatrixSymbol, World } from "../world/world.js";
import { type Check, type Derivation, derive } from "./derive.js";
import { along, quadraticForm } from "./quadraticForm.js";
import {
  collected,
  GradientError,
  gathered,
  jacobianOf,
  linearised,
  solved,
  withDifferentialsInside,
} from "./strategy.js";

export { GradientError };

/** A formula and all steps that lead to it. */
export interface Derived {
  readonly formula: Expression;
  readonly steps: Derivation;
}

/** ∂ξ/∂vec(X)ᵀ of a number ξ: a row, as in the lecture (Magnus and Neudecker's layout). Throws GradientError. */
export function gradient(world: World, e: string | Expression, X: string, check?: Check): Derived {
  const [E, matrix] = [expressionOf(e), differentiable(world, e, X)];
  const shape = shapeOf(world, E);
  if (!isScalar(shape)) {
    throw new GradientError(
      `${print(E)} is ${shapeText(shape)}; a gradient is of a number, of a matrix there is jacobian`,
    );
  }
  return rowOf(world, derive(world, d(E, X), check), matrix);
}

/** ∂vec(E)/∂vec(X)ᵀ: one row for each entry of E. Throws GradientError. */
export function jacobian(world: World, e: string | Expression, X: string, check?: Check): Derived {
  const [E, matrix] = [expressionOf(e), differentiable(world, e, X)];
  const start = derive(world, asColumn(world, d(E, X)), check);
  const steps = solved(linearised(withDifferentialsInside(start)), X);
  if (!mentions(steps.last, `d${X}`)) return none(world, steps, matrix);
  return { formula: jacobianOf(steps, X), steps };
}

/** J vec(dX) as a matrix of E's size: the differential itself, along every X that is named. */
export function jv(
  world: World,
  e: string | Expression,
  X: string | readonly string[],
  check?: Check,
): Derived {
  const [E, directions] = [expressionOf(e), [X].flat()];
  for (const direction of directions) differentiable(world, E, direction);
  const steps = collected(withDifferentialsInside(derive(world, along(E, directions), check)));
  return { formula: steps.last, steps };
}

/** Jᵀ vec(U) as a column, for U of E's size. */
export function jtu(
  world: World,
  e: string | Expression,
  X: string,
  U: string | Expression,
  check?: Check,
): Derived {
  const [E, matrix] = [expressionOf(e), differentiable(world, e, X)];
  const start = innerProduct(world, expressionOf(U), d(E, X));
  return transposedOf(world, rowOf(world, derive(world, start, check), matrix));
}

/**
 * The Gauss–Newton matrix of a number times vec(dX), as a column: Jᵀ B J vec(dX), where B is the second derivative of
 * ‖·‖² or of a loss with a declared Hessian, and J that of what stands within. `directions` are the matrices that
 * move; X itself where none are named. Throws GradientError where e is not made of such terms.
 */
export function gaussNewton(
  world: World,
  e: string | Expression,
  X: string,
  directions: readonly string[] = [X],
  check?: Check,
): Derived {
  const [E, matrix] = [expressionOf(e), differentiable(world, e, X)];
  for (const direction of directions) differentiable(world, E, direction);
  const form = quadraticForm(world, E, { X, directions });
  if (!form) throw new GradientError(`no part of ${print(E)} changes with ${X}`);
  return transposedOf(world, rowOf(world, derive(world, form, check), matrix));
}

/** The row before vec(dX) of a number's differential. */
function rowOf(world: World, start: Derivation, X: MatrixSymbol): Derived {
  const steps = solved(gathered(linearised(withDifferentialsInside(start))), X.name);
  if (!mentions(steps.last, `d${X.name}`)) return none(world, steps, X);
  return { formula: jacobianOf(steps, X.name), steps };
}

/** What does not change with X has the Jacobian 0. */
function none(world: World, steps: Derivation, X: MatrixSymbol): Derived {
  const { rows, cols } = shapeOf(world, steps.last);
  return { formula: zeroOf({ rows: times(rows, cols), cols: times(X.rows, X.cols) }), steps };
}

function transposedOf(world: World, { formula, steps }: Derived): Derived {
  return { formula: columnOf(world, formula), steps };
}

/** The transpose of a row, term by term. */
function columnOf(world: World, row: Expression): Expression {
  if (row.kind === "binary" && (row.op === "+" || row.op === "-"))
    return binary(row.op, columnOf(world, row.left), columnOf(world, row.right));
  const inner = argsOf(row, "Sum")?.[0];
  if (inner) return call("Sum", columnOf(world, inner));
  const parts = productParts(world, row);
  const alone = parts.chain.length === 1 && !same(parts.chain[0], row);
  return alone
    ? writtenProduct(withChain(parts, [columnOf(world, parts.chain[0])]))
    : transposeOf(world, row);
}

function differentiable(world: World, e: string | Expression, X: string): MatrixSymbol {
  const matrix = world.matrices.get(X);
  if (!matrix) {
    const known = [...world.matrices.keys()].join(", ");
    throw new GradientError(`${X} is no declared matrix; declared are ${known}`);
  }
  if (matrix.each && sumsOver(expressionOf(e), X)) {
    throw new GradientError(`there is one ${X} for each instance; take the gradient of one term of the Sum`);
  }
  return matrix;
}

function sumsOver(e: Expression, X: string): boolean {
  const E = argsOf(e, "Sum")?.[0];
  if (E) return mentions(E, X);
  return children(e).some((part) => sumsOver(part, X));
}
