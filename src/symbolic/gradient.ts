/** Gradients, Jacobians and their products, derived line by line and given as formulas. */

import { type Check, type Derivation, derive } from "./derive.js";
import { binary, call, type Expression, mentions, name, number, same } from "./expression.js";
import { parse } from "./parse.js";
import { equal, one, times } from "./polynomial.js";
import { print } from "./print.js";
import { d, innerProduct } from "./rules/differentials.js";
import { argsOf } from "./rules/match.js";
import { productOf, withChain, written, zeroOf } from "./rules/products.js";
import { transposeOf } from "./rules/transposed.js";
import { isScalar, shapeOf, shapeText } from "./shapes.js";
import { collected, differentiated, GradientError, gathered, jacobianOf, linearised } from "./strategy.js";
import type { MatrixSymbol, World } from "./world.js";

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
  if (!mentions(E, X)) return none(world, start, matrix);
  const steps = collected(linearised(differentiated(start)));
  return { formula: jacobianOf(steps, X), steps };
}

/** J vec(dX) as a matrix of E's size: the differential itself, along every X that is named. */
export function jv(
  world: World,
  e: string | Expression,
  X: string | readonly string[],
  check?: Check,
): Derived {
  const E = expressionOf(e);
  const steps = collected(differentiated(derive(world, along(world, E, [X].flat()), check)));
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
  const form = quadraticForm(world, E, { X, directions });
  if (!form) throw new GradientError(`no part of ${print(E)} changes with ${X}`);
  return transposedOf(world, rowOf(world, derive(world, form, check), matrix));
}

function expressionOf(e: string | Expression): Expression {
  return typeof e === "string" ? parse(e) : e;
}

/** The row before vec(dX) of a number's differential. */
function rowOf(world: World, start: Derivation, X: MatrixSymbol): Derived {
  const pushed = differentiated(start);
  if (!mentions(pushed.last, `d${X.name}`)) return none(world, pushed, X);
  const steps = collected(gathered(linearised(pushed)));
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
  const parts = productOf(world, row);
  const alone = parts.chain.length === 1 && !same(parts.chain[0], row);
  return alone ? written(withChain(parts, [columnOf(world, parts.chain[0])])) : transposeOf(world, row);
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
  if (e.kind === "binary") return sumsOver(e.left, X) || sumsOver(e.right, X);
  return e.kind === "unary" ? sumsOver(e.of, X) : e.kind === "call" && e.args.some((arg) => sumsOver(arg, X));
}

function asColumn(world: World, e: Expression): Expression {
  return equal(shapeOf(world, e).cols, one) ? e : call("vec", e);
}

/** d(E, X₁) + d(E, X₂) + … */
function along(world: World, E: Expression, directions: readonly string[]): Expression {
  for (const X of directions) differentiable(world, E, X);
  return directions.map((X) => d(E, X)).reduce((sum, term) => binary("+", sum, term));
}

interface Quadratic {
  readonly X: string;
  readonly directions: readonly string[];
}

/** (B dE)ᵀ dE for every term; undefined where nothing changes with X. */
function quadraticForm(world: World, e: Expression, of: Quadratic): Expression | undefined {
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
  const parts = productOf(world, e);
  const { chain, scalars } = parts;
  if (chain.length === 2 && same(transposeOf(world, chain[0]), chain[1])) {
    const form = ofConvex(world, call("norm2", chain[1]), of);
    return written(productOf(world, binary("*", written(withChain(parts, [])), form)));
  }
  const at = scalars.findIndex((scalar) => mentions(scalar, of.X));
  if (chain.length > 0 || scalars.filter((scalar) => mentions(scalar, of.X)).length !== 1) throw notConvex(e);
  const form = quadraticForm(world, scalars[at], of) ?? number(0);
  return written({ ...parts, scalars: scalars.map((scalar, k) => (k === at ? form : scalar)) });
}

function ofConvex(world: World, e: Expression, { X, directions }: Quadratic): Expression {
  const R = argsOf(e, "norm2")?.[0];
  if (R)
    return written(
      productOf(world, binary("*", number(2), innerProduct(world, along(world, R, directions), d(R, X)))),
    );
  const loss = e.kind === "call" ? world.losses.get(e.name) : undefined;
  if (!loss || e.kind !== "call") throw notConvex(e);
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
