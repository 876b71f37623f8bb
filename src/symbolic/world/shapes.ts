/** Sizes of expressions for all values of the dimensions, and errors that name both sizes and the part. */

import { builtIns } from "../language/builtIns.js";
import type { ApplyExpression, CallExpression, Expression } from "../language/expression.js";
import {
  constant,
  equal,
  minus,
  negative,
  one,
  type Polynomial,
  plus,
  product,
  times,
  variable,
} from "../language/polynomial.js";
import { print } from "../language/print.js";
import { sizeExpression, sizeText } from "../language/sizeExpression.js";
import { builtInShapes } from "./builtInShapes.js";
import { sameSize } from "./freeSizes.js";
import { hintForFunction, hintForName } from "./hints.js";
import { isScalar, multiplication, type Shape, sameShape, shapeText } from "./shape.js";
import { type IndexMap, mapOfMatrix, matrixNamed, type World } from "./world.js";

export { isScalar, multiplication, type Shape, sameShape, shapeText } from "./shape.js";

/** Sizes that do not fit, for any value of the dimensions. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/** The size of an expression. Throws ShapeError that names both sizes, the part, and what was needed. */
export function shapeOf(world: World, e: Expression): Shape {
  const sizes = known.get(world) ?? new WeakMap<Expression, Shape>();
  known.set(world, sizes);
  const shape = sizes.get(e) ?? inferred(world, e);
  sizes.set(e, shape);
  return shape;
}

/** Rewriting asks for the same parts again and again; neither a world nor an expression changes once it is made. */
const known = new WeakMap<World, WeakMap<Expression, Shape>>();

function inferred(world: World, e: Expression): Shape {
  switch (e.kind) {
    case "number":
      return scalar;
    case "name":
      return shapeOfName(world, e.name);
    case "unary":
      return e.op === "'" ? flipped(shapeOf(world, e.of)) : shapeOf(world, e.of);
    case "call":
      return shapeOfCall(world, e);
    case "apply":
      return shapeOfApply(world, e);
    default:
      return shapeOfBinary(world, e);
  }
}

/** A size written as an expression of dimensions, as a_out*b_out. Throws ShapeError for what is no size. */
export function sizeOf(world: World, e: Expression): Polynomial {
  if (e.kind === "number") return constant(e.value);
  if (e.kind === "name" && world.dimensions.has(e.name)) return variable(e.name);
  if (e.kind === "unary" && e.op === "-") return negative(sizeOf(world, e.of));
  if (e.kind === "binary" && e.op in sums) return sums[e.op](sizeOf(world, e.left), sizeOf(world, e.right));
  const known = [...world.dimensions.keys()].join(", ");
  throw new ShapeError(`${print(e)} is no size; the declared dimensions are ${known || "none"}`);
}

/** The size of what an index map takes, and of what it gives. */
export function mapShapes(map: IndexMap): { argument: Shape; result: Shape } {
  const counters = {
    rows: product(map.rows.map(({ size }) => size)),
    cols: product(map.cols.map(({ size }) => size)),
  };
  const places = {
    rows: product(map.placeRows.map(({ size }) => size)),
    cols: product(map.placeCols.map(({ size }) => size)),
  };
  return map.kind === "read"
    ? { argument: places, result: counters }
    : { argument: counters, result: places };
}

const scalar: Shape = { rows: one, cols: one };
const sums: Record<string, (x: Polynomial, y: Polynomial) => Polynomial> = {
  "*": times,
  "+": plus,
  "-": minus,
};

function flipped({ rows, cols }: Shape): Shape {
  return { rows: cols, cols: rows };
}

function shapeOfName(world: World, text: string): Shape {
  const matrix = matrixNamed(world, text);
  if (matrix) return matrix;
  const map = mapOfMatrix(world, text);
  if (map) {
    const { argument, result } = mapShapes(map);
    return { rows: length(result), cols: length(argument) };
  }
  if (world.dimensions.has(text)) return scalar;
  const known = [...world.matrices.keys(), ...[...world.maps.values()].map(({ matrix: P }) => P)].join(", ");
  const hint = hintForName(world, text);
  throw new ShapeError(`${text} is not declared${hint}; declared are ${known || "no matrices"}`);
}

function shapeOfBinary(world: World, e: Extract<Expression, { kind: "binary" }>): Shape {
  const [left, right] = [shapeOf(world, e.left), shapeOf(world, e.right)];
  if (e.op === "*") return shapeOfProduct(world, e, left, right);
  if (e.op === "/")
    return isScalar(right) ? left : refuse(e, `the divisor is ${shapeText(right)}; needed a number`);
  if (sameShape(world, left, right)) return left;
  const sides = `the left side of ${e.op} is ${shapeText(left)}, the right side ${shapeText(right)}`;
  return refuse(e, `${sides}; needed the same${hintForColumn(e, left, right)}`);
}

/** b is no matrix, but b 1ᵀ is: b in every column. */
function hintForColumn(e: Extract<Expression, { kind: "binary" }>, left: Shape, right: Shape): string {
  const sides = [
    { column: e.right, shape: right, other: left },
    { column: e.left, shape: left, other: right },
  ];
  const found = sides.find(({ shape, other }) => equal(shape.cols, one) && equal(shape.rows, other.rows));
  if (!found) return "";
  const columns = print(sizeExpression(found.other.cols));
  return `; to add a column to each column: ${print(found.column)} * ones(${columns})'`;
}

function shapeOfProduct(
  world: World,
  e: Extract<Expression, { kind: "binary" }>,
  left: Shape,
  right: Shape,
): Shape {
  switch (multiplication(world, left, right)) {
    case "matrices":
      return { rows: left.rows, cols: right.cols };
    case "number on the left":
      return right;
    case "number on the right":
      return left;
  }
  const sizes = `${print(e.left)} is ${shapeText(left)} and ${print(e.right)} is ${shapeText(right)}`;
  return refuse(e, `${sizes}; ${sizeText(left.cols)} is not ${sizeText(right.rows)}`);
}

function shapeOfCall(world: World, e: CallExpression): Shape {
  const { form, count, matrices } = builtIns[e.name];
  if (e.args.length < count[0] || e.args.length > count[1])
    refuse(e, `${e.name} has ${counted(e.args.length)}; needed ${form}`);
  const given = e.args.slice(0, matrices).map((arg) => shapeOf(world, arg));
  if (e.name === "d") checkDirection(world, e);
  const sizes = e.name === "d" ? [] : e.args.slice(matrices).map((arg) => sizeOf(world, arg));
  const shape = builtInShapes[e.name]({
    ...{ matrices: given, sizes },
    same: (x, y) => sameSize(world, x, y),
  });
  if (typeof shape !== "string") return shape;
  return refuse(e, `${print(e.args[0])} is ${shapeText(given[0])}; ${shape}`);
}

/** What a differential is taken by is a matrix, not a size, and none that moves with the argument of a loss. */
function checkDirection(world: World, e: CallExpression): void {
  const [, X] = e.args;
  const by = X.kind === "name" ? X.name : "";
  if (!world.matrices.has(by)) refuse(e, `${print(X)} is no declared matrix; d(E, X) needs one`);
  const loss = [...world.losses.values()].find(({ gradient, hessian }) => by === gradient || by === hessian);
  if (loss) refuse(e, `${by} moves with the argument of ${loss.name}; d(E, X) needs a matrix that does not`);
}

function shapeOfApply(world: World, e: ApplyExpression): Shape {
  const map = world.maps.get(e.name);
  if (!map && !world.losses.has(e.name))
    return refuse(
      e,
      `${e.name} is no function of the lecture and none that was declared${hintForFunction(world, e.name)}`,
    );
  if (e.args.length !== 1) refuse(e, `${e.name} has ${counted(e.args.length)}; needed 1`);
  const given = shapeOf(world, e.args[0]);
  if (!map) return shapeOfLoss(world, e, given);
  const { argument, result } = mapShapes(map);
  if (sameShape(world, given, argument)) return result;
  return refuse(e, `${print(e.args[0])} is ${shapeText(given)}; ${e.name} needs ${shapeText(argument)}`);
}

function counted(count: number): string {
  return count === 1 ? "1 argument" : `${count} arguments`;
}

/** A loss is a number; its argument has the size of its gradient. */
function shapeOfLoss(world: World, e: ApplyExpression, given: Shape): Shape {
  const gradient = world.losses.get(e.name)?.gradient ?? "";
  const needed = shapeOfName(world, gradient);
  if (sameShape(world, given, needed)) return scalar;
  return refuse(
    e,
    `${print(e.args[0])} is ${shapeText(given)}; ${e.name} needs ${shapeText(needed)}, the size of its gradient ${gradient}`,
  );
}

function length({ rows, cols }: Shape): Polynomial {
  return times(rows, cols);
}

function refuse(e: Expression, why: string): never {
  throw new ShapeError(`${why}\n  in ${print(e)}`);
}
