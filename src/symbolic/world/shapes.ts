/** Sizes of expressions for all values of the dimensions, and errors that name both sizes and the part. */

import type { CallExpression, Expression } from "../language/expression.js";
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
import { forms, hintForFunction, hintForName } from "./hints.js";
import { type IndexMap, mapOfMatrix, matrixNamed, type World } from "./world.js";

/** rows × cols. */
export interface Shape {
  readonly rows: Polynomial;
  readonly cols: Polynomial;
}

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

/** "d_out × a_out·b_out". */
export function shapeText({ rows, cols }: Shape): string {
  return `${sizeText(rows)} × ${sizeText(cols)}`;
}

/** Whether two sizes are the same for all values of the dimensions. */
export function sameShape(x: Shape, y: Shape): boolean {
  return equal(x.rows, y.rows) && equal(x.cols, y.cols);
}

/** Whether it is one number. */
export function isScalar({ rows, cols }: Shape): boolean {
  return equal(rows, one) && equal(cols, one);
}

/** What a product of two sizes is. */
export type Multiplication = "matrices" | "number on the left" | "number on the right";

/**
 * What A B is: a product of matrices where A's columns are as many as B's rows, else a number times a matrix; undefined
 * where it is neither. Asked here alone: a size that happens to be 1 in a run changes nothing.
 */
export function multiplication(left: Shape, right: Shape): Multiplication | undefined {
  if (equal(left.cols, right.rows)) return "matrices";
  if (isScalar(left)) return "number on the left";
  return isScalar(right) ? "number on the right" : undefined;
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
  if (e.op === "*") return shapeOfProduct(e, left, right);
  if (e.op === "/")
    return isScalar(right) ? left : refuse(e, `the divisor is ${shapeText(right)}; needed a number`);
  if (sameShape(left, right)) return left;
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

function shapeOfProduct(e: Extract<Expression, { kind: "binary" }>, left: Shape, right: Shape): Shape {
  switch (multiplication(left, right)) {
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
  const rule = builtIn[e.name];
  if (rule) {
    const [least, most] = rule.count;
    if (e.args.length < least || e.args.length > most)
      refuse(e, `${e.name} has ${counted(e.args.length)}; needed ${forms[e.name]}`);
    return rule.shape(world, e);
  }
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
  if (sameShape(given, argument)) return result;
  return refuse(e, `${print(e.args[0])} is ${shapeText(given)}; ${e.name} needs ${shapeText(argument)}`);
}

function counted(count: number): string {
  return count === 1 ? "1 argument" : `${count} arguments`;
}

/** A loss is a number; its argument has the size of its gradient. */
function shapeOfLoss(world: World, e: CallExpression, given: Shape): Shape {
  const gradient = world.losses.get(e.name)?.gradient ?? "";
  const needed = shapeOfName(world, gradient);
  if (sameShape(given, needed)) return scalar;
  return refuse(
    e,
    `${print(e.args[0])} is ${shapeText(given)}; ${e.name} needs ${shapeText(needed)}, the size of its gradient ${gradient}`,
  );
}

interface BuiltIn {
  readonly count: readonly [least: number, most: number];
  readonly shape: (world: World, e: CallExpression) => Shape;
}

/** The functions that need no declaration. */
const builtIn: Record<string, BuiltIn> = {
  vec: { count: [1, 1], shape: (world, { args }) => ({ rows: length(shapeOf(world, args[0])), cols: one }) },
  mat: { count: [3, 3], shape: shapeOfMat },
  kron: { count: [2, 2], shape: shapeOfKron },
  I: { count: [1, 1], shape: (world, { args }) => square(sizeOf(world, args[0])) },
  ones: {
    count: [1, 2],
    shape: (world, { args }) => ({
      rows: sizeOf(world, args[0]),
      cols: args[1] ? sizeOf(world, args[1]) : one,
    }),
  },
  K: {
    count: [2, 2],
    shape: (world, { args }) => square(times(sizeOf(world, args[0]), sizeOf(world, args[1]))),
  },
  diag: { count: [1, 1], shape: shapeOfDiag },
  sigma: { count: [1, 1], shape: (world, { args }) => shapeOf(world, args[0]) },
  dsigma: { count: [1, 1], shape: (world, { args }) => shapeOf(world, args[0]) },
  d2sigma: { count: [1, 1], shape: (world, { args }) => shapeOf(world, args[0]) },
  trace: { count: [1, 1], shape: shapeOfTrace },
  norm2: { count: [1, 1], shape: shapeOfNorm },
  Sum: { count: [1, 1], shape: (world, { args }) => shapeOf(world, args[0]) },
  d: { count: [2, 2], shape: shapeOfDifferential },
};

/** Whether the name is a function that needs no declaration. */
export function isBuiltIn(text: string): boolean {
  return Object.hasOwn(builtIn, text);
}

function shapeOfMat(world: World, e: CallExpression): Shape {
  const [v, rows, cols] = [shapeOf(world, e.args[0]), sizeOf(world, e.args[1]), sizeOf(world, e.args[2])];
  if (equal(v.cols, one) && equal(v.rows, times(rows, cols))) return { rows, cols };
  const needed = `${sizeText(times(rows, cols))} × 1`;
  return refuse(
    e,
    `${print(e.args[0])} is ${shapeText(v)}; mat into ${shapeText({ rows, cols })} needs ${needed}`,
  );
}

function shapeOfKron(world: World, { args }: CallExpression): Shape {
  const [A, B] = [shapeOf(world, args[0]), shapeOf(world, args[1])];
  return { rows: times(A.rows, B.rows), cols: times(A.cols, B.cols) };
}

function shapeOfDiag(world: World, e: CallExpression): Shape {
  const v = shapeOf(world, e.args[0]);
  return equal(v.cols, one)
    ? square(v.rows)
    : refuse(e, `${print(e.args[0])} is ${shapeText(v)}; diag needs a column`);
}

function shapeOfTrace(world: World, e: CallExpression): Shape {
  const M = shapeOf(world, e.args[0]);
  if (equal(M.rows, M.cols)) return scalar;
  return refuse(e, `${print(e.args[0])} is ${shapeText(M)}; trace needs as many rows as columns`);
}

function shapeOfDifferential(world: World, e: CallExpression): Shape {
  const [of, by] = e.args;
  if (by.kind === "name" && world.matrices.has(by.name)) return shapeOf(world, of);
  return refuse(e, `${print(by)} is no declared matrix; d(E, X) needs one`);
}

function shapeOfNorm(world: World, { args }: CallExpression): Shape {
  shapeOf(world, args[0]); // refuses what does not fit within
  return scalar;
}

function square(n: Polynomial): Shape {
  return { rows: n, cols: n };
}

function length({ rows, cols }: Shape): Polynomial {
  return times(rows, cols);
}

function refuse(e: Expression, why: string): never {
  throw new ShapeError(`${why}\n  in ${print(e)}`);
}
