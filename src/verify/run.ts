/** Expressions on typed arrays: the same formula that was derived, without building a Kronecker product or P_φ. */

import { checkMatrix } from "../numeric/check.js";
import { dot } from "../numeric/dot.js";
import { add, dotMultiply, relu, scale, subtract } from "../numeric/elementwise.js";
import { mat, ones, transpose, vec } from "../numeric/matrix.js";
import { reluPrime } from "../numeric/relu.js";
import { columnMajor, type Matrix, zeros } from "../numeric/storage.js";
import { type CallExpression, type Expression, factors } from "../symbolic/language/expression.js";
import { evaluate } from "../symbolic/language/polynomial.js";
import { print } from "../symbolic/language/print.js";
import type { Sizes } from "../symbolic/sizes/sizes.js";
import { sizeOf } from "../symbolic/world/shapes.js";
import { type IndexMap, mapOfMatrix, type World } from "../symbolic/world/world.js";
import { movesOf } from "./moves.js";
import {
  commutation,
  composed,
  diagonal,
  identity,
  kronecker,
  moves,
  type Operator,
  ofMatrix,
  scaledOperator,
  turned,
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
    default:
      return valueOfCall(e, scope);
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

function valueOfCall(e: CallExpression, scope: Scope): Value {
  const { world, sizes } = scope;
  const count = (k: number) => evaluate(sizeOf(world, e.args[k]), sizes);
  const of = (k: number) => valueOfPart(e.args[k], scope);
  switch (e.name) {
    case "vec":
      return { matrix: vec(matrixOf(of(0))) };
    case "mat":
      return { matrix: mat(matrixOf(of(0)), count(1), count(2)) };
    case "kron":
      return { operator: kronecker(operatorFrom(of(0)), operatorFrom(of(1))) };
    case "I":
      return { operator: identity(count(0)) };
    case "ones":
      return { matrix: ones(count(0), e.args.length > 1 ? count(1) : 1) };
    case "K":
      return { operator: commutation(count(0), count(1)) };
    case "diag":
      return { operator: diagonal(matrixOf(of(0))) };
    case "sigma":
      return { matrix: relu(matrixOf(of(0))) };
    case "dsigma":
      return { matrix: reluPrime(matrixOf(of(0))) };
    case "d2sigma": {
      const S = matrixOf(of(0)); // ReLU is made of two straight lines
      return { matrix: zeros(S.rows, S.cols) };
    }
    case "trace":
      return number(trace(matrixOf(of(0))));
    case "norm2":
      return number(dot(matrixOf(of(0)), matrixOf(of(0))));
    case "Sum":
      return sumOverInstances(e.args[0], scope);
    default:
      return valueOfMap(e, scope);
  }
}

function trace({ rows, data }: Matrix): number {
  let sum = 0;
  for (let k = 0; k < rows; k++) sum += data[k + rows * k];
  return sum;
}

function sumOverInstances(e: Expression, scope: Scope): Value {
  let total: Matrix | undefined;
  for (let instance = 0; instance < scope.sizes.l; instance++) {
    const term = matrixOf(valueOfPart(e, { ...scope, instance }));
    total = total ? add(total, term) : term;
  }
  if (!total) throw new RangeError("run: Sum needs the number of instances l, at least 1");
  return { matrix: total };
}

function valueOfMap(e: CallExpression, scope: Scope): Value {
  const map = scope.world.maps.get(e.name);
  if (!map) throw new RangeError(`run: ${print(e)} is no formula yet; derive it first`);
  const X = matrixOf(valueOfPart(e.args[0], scope));
  if (map.chosen) return { matrix: largest(map, X, scope.sizes) };
  const y = operatorOf(map, scope.sizes).times(vec(X));
  return { matrix: mat(y, ...shapeOfResult(map, scope.sizes)) };
}

/** f(X) of max pooling: the largest entry of each window. */
function largest(map: IndexMap, X: Matrix, sizes: Sizes): Matrix {
  const { from, window, rows } = movesOf(map, sizes);
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
  const { rows, cols, ...index } = movesOf(map, sizes);
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
  return "matrix" in value ? { matrix: transpose(value.matrix) } : { operator: turned(value.operator) };
}

function scaledValue(alpha: number, value: Value): Value {
  if ("matrix" in value) return { matrix: scale(alpha, value.matrix) };
  return { operator: scaledOperator(alpha, value.operator) };
}
