/** Expressions on typed arrays: the same formula that was derived, without building a Kronecker product or P_φ. */

import { checkMatrix } from "../numeric/check.js";
import { dot } from "../numeric/dot.js";
import { add, dotMultiply, relu, scale, subtract } from "../numeric/elementwise.js";
import { mat, ones, transpose, vec } from "../numeric/matrix.js";
import { reluPrime } from "../numeric/relu.js";
import { columnMajor, type Matrix, zeros } from "../numeric/storage.js";
import type { BuiltIn } from "../symbolic/language/builtIns.js";
import {
  type ApplyExpression,
  type CallExpression,
  type Expression,
  factors,
} from "../symbolic/language/expression.js";
import { evaluate } from "../symbolic/language/polynomial.js";
import { print } from "../symbolic/language/print.js";
import type { Sizes } from "../symbolic/sizes/sizes.js";
import { sizeOf } from "../symbolic/world/shapes.js";
import { type IndexMap, instancesSize, mapOfMatrix, type World } from "../symbolic/world/world.js";
import { mapMoves } from "./moves.js";
import {
  commutation,
  composed,
  diagonal,
  identity,
  kroneckerOperator,
  moves,
  type Operator,
  ofMatrix,
  scaledOperator,
  transposedOperator,
  writtenOut,
} from "./operator.js";
import { sizesOf, type Values } from "./sizes.js";

/** What a part of an expression is while it runs. */
type Value = { readonly matrix: Matrix } | { readonly operator: Operator };

interface Scope {
  readonly world: World;
  readonly values: Values;
  readonly sizes: Sizes;
  readonly instance: number;
}

/**
 * The value of an expression, with σ = ReLU. Names stand for matrices, numbers, or, if they were declared `each`, lists
 * with one matrix for each instance (a single matrix is the first). Dimensions that the sizes do not determine are
 * given as numbers. Throws RangeError where a name has no value or sizes do not fit.
 */
export function run(world: World, e: Expression, values: Values): Matrix {
  const scope = { world, values, sizes: sizesOf(world, values), instance: 0 };
  return matrixOf(valueOfPart(e, scope));
}

function valueOfPart(e: Expression, scope: Scope): Value {
  switch (e.kind) {
    case "number":
      return number(e.value);
    case "name":
      return valueOfName(e.name, scope);
    case "unary":
      return e.op === "'" ? transposed(valueOfPart(e.of, scope)) : scaledValue(-1, valueOfPart(e.of, scope));
    case "binary":
      return valueOfBinary(e, scope);
    case "call":
      return calls[e.name](e, scope);
    default:
      return valueOfApply(e, scope);
  }
}

function valueOfName(name: string, { world, values, sizes, instance }: Scope): Value {
  const map = mapOfMatrix(world, name);
  if (map) return { operator: operatorOf(map, sizes) };
  const given = values[name];
  if (Array.isArray(given)) return { matrix: checked(name, given[instance]) };
  if (typeof given === "number") return number(given);
  if (given !== undefined) return { matrix: checked(name, given as Matrix) };
  if (Object.hasOwn(sizes, name)) return number(sizes[name]);
  throw new RangeError(`run: ${name} has no value; given are ${Object.keys(values).join(", ") || "none"}`);
}

function checked(name: string, M: Matrix): Matrix {
  checkMatrix("run", name, M);
  return M;
}

function valueOfBinary(e: Extract<Expression, { kind: "binary" }>, scope: Scope): Value {
  if (e.op === "*") return product(factors(e).map((factor) => valueOfPart(factor, scope)));
  const [left, right] = [valueOfPart(e.left, scope), valueOfPart(e.right, scope)];
  if (e.op === "/") return scaledValue(1 / matrixOf(right).data[0], left);
  const [x, y] = [matrixOf(left), matrixOf(right)];
  return { matrix: { "+": add, "-": subtract, ".*": dotMultiply }[e.op](x, y) };
}

/** A product of several factors, multiplied from the side where the intermediate results stay small. */
function product(values: readonly Value[]): Value {
  const numbers = values.filter(isNumber).map((value) => matrixOf(value).data[0]);
  const rest = values.filter((value) => !isNumber(value));
  const alpha = numbers.reduce((x, y) => x * y, 1);
  if (rest.length === 0) return number(alpha);
  const [first, last] = [rest[0], rest[rest.length - 1]];
  const fromLeft = "matrix" in first && (!("matrix" in last) || first.matrix.rows < last.matrix.cols);
  const chained = fromLeft ? rest.reduce(times) : rest.reduceRight((right, left) => times(left, right));
  return numbers.length === 0 ? chained : scaledValue(alpha, chained);
}

function isNumber(value: Value): boolean {
  return "matrix" in value && value.matrix.rows === 1 && value.matrix.cols === 1;
}

function times(left: Value, right: Value): Value {
  if ("matrix" in right) return { matrix: operatorFrom(left).times(right.matrix) };
  if ("matrix" in left) return { matrix: transpose(right.operator.transposeTimes(transpose(left.matrix))) };
  return { operator: composed(left.operator, right.operator) };
}

/** The matrix or the operator that argument k of a call is. */
function argument(e: CallExpression, k: number, scope: Scope): Value {
  return valueOfPart(e.args[k], scope);
}

/** The size that argument k of a call is. */
function count(e: CallExpression, k: number, { world, sizes }: Scope): number {
  return evaluate(sizeOf(world, e.args[k]), sizes);
}

const calls: Record<BuiltIn, (e: CallExpression, scope: Scope) => Value> = {
  vec: ofMatrixAlone(vec),
  mat: (e, scope) => ({
    matrix: mat(matrixOf(argument(e, 0, scope)), count(e, 1, scope), count(e, 2, scope)),
  }),
  kron: (e, scope) => ({
    operator: kroneckerOperator(operatorFrom(argument(e, 0, scope)), operatorFrom(argument(e, 1, scope))),
  }),
  I: (e, scope) => ({ operator: identity(count(e, 0, scope)) }),
  ones: (e, scope) => ({ matrix: ones(count(e, 0, scope), e.args.length > 1 ? count(e, 1, scope) : 1) }),
  K: (e, scope) => ({ operator: commutation(count(e, 0, scope), count(e, 1, scope)) }),
  diag: (e, scope) => ({ operator: diagonal(matrixOf(argument(e, 0, scope))) }),
  sigma: ofMatrixAlone(relu),
  dsigma: ofMatrixAlone(reluPrime),
  d2sigma: ofMatrixAlone(({ rows, cols }) => zeros(rows, cols)), // ReLU is made of two straight lines
  trace: (e, scope) => number(trace(matrixOf(argument(e, 0, scope)))),
  norm2: (e, scope) => {
    const M = matrixOf(argument(e, 0, scope));
    return number(dot(M, M));
  },
  Sum: (e, scope) => sumOverInstances(e.args[0], scope),
  d: noFormula,
};

function ofMatrixAlone(f: (M: Matrix) => Matrix): (e: CallExpression, scope: Scope) => Value {
  return (e, scope) => ({ matrix: f(matrixOf(argument(e, 0, scope))) });
}

/** A differential, a loss: known by what it changes by, not by its value. */
function noFormula(e: Expression): never {
  throw new RangeError(`run: ${print(e)} is no formula yet; derive it first`);
}

function trace({ rows, data }: Matrix): number {
  let sum = 0;
  for (let k = 0; k < rows; k++) sum += data[k + rows * k];
  return sum;
}

function sumOverInstances(e: Expression, scope: Scope): Value {
  let total: Matrix | undefined;
  for (let instance = 0; instance < scope.sizes[instancesSize]; instance++) {
    const term = matrixOf(valueOfPart(e, { ...scope, instance }));
    total = total ? add(total, term) : term;
  }
  if (!total) throw new RangeError("run: Sum needs the number of instances l, at least 1");
  return { matrix: total };
}

function valueOfApply(e: ApplyExpression, scope: Scope): Value {
  const map = scope.world.maps.get(e.name);
  if (!map) return noFormula(e);
  const X = matrixOf(valueOfPart(e.args[0], scope));
  if (map.chosen) return { matrix: largest(map, X, scope.sizes) };
  const y = operatorOf(map, scope.sizes).times(vec(X));
  return { matrix: mat(y, ...shapeOfResult(map, scope.sizes)) };
}

/** f(X) of max pooling: the largest entry of each window. */
function largest(map: IndexMap, X: Matrix, sizes: Sizes): Matrix {
  const { from, window, rows } = mapMoves(map, sizes);
  const y = zeros(rows, 1);
  for (let k = 0; k < rows; k++) {
    y.data[k] = X.data[from[k * window]];
    for (let n = 1; n < window; n++) y.data[k] = Math.max(y.data[k], X.data[from[k * window + n]]);
  }
  return mat(y, ...shapeOfResult(map, sizes));
}

function shapeOfResult(map: IndexMap, sizes: Sizes): [rows: number, cols: number] {
  const [rows, cols] = map.kind === "read" ? [map.rows, map.cols] : [map.placeRows, map.placeCols];
  const count = (list: readonly { readonly size: IndexMap["weight"] }[]) =>
    list.reduce((size, { size: n }) => size * evaluate(n, sizes), 1);
  return [count(rows), count(cols)];
}

function operatorOf(map: IndexMap, sizes: Sizes): Operator {
  if (map.chosen) {
    throw new RangeError(
      `run: ${map.matrix} depends on which entry ${map.name} took; apply ${map.name} instead`,
    );
  }
  const { rows, cols, ...index } = mapMoves(map, sizes);
  return moves(rows, cols, index);
}

function number(x: number): Value {
  return { matrix: columnMajor(1, 1, Float64Array.of(x)) };
}

function matrixOf(value: Value): Matrix {
  return "matrix" in value ? value.matrix : writtenOut(value.operator);
}

function operatorFrom(value: Value): Operator {
  return "operator" in value ? value.operator : ofMatrix(value.matrix);
}

function transposed(value: Value): Value {
  return "matrix" in value
    ? { matrix: transpose(value.matrix) }
    : { operator: transposedOperator(value.operator) };
}

function scaledValue(alpha: number, value: Value): Value {
  if ("matrix" in value) return { matrix: scale(alpha, value.matrix) };
  return { operator: scaledOperator(alpha, value.operator) };
}
