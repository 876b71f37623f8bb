/** Which digits the row and the column index of every part of an expression have. */

import type { BuiltIn } from "../language/builtIns.js";
import { type ApplyExpression, type CallExpression, type Expression, same } from "../language/expression.js";
import { isScalar, multiplication, shapeOf, sizeOf } from "../world/shapes.js";
import { type IndexMap, mapOfMatrix, matrixNamed, type World } from "../world/world.js";
import { type Digit, digitsOfSize, OutsideError, splitAt, unify } from "./digits.js";

/** The two indices of a matrix. */
export interface Axes {
  readonly rows: readonly Digit[];
  readonly cols: readonly Digit[];
}

/** An expression whose parts know the digits of their indices. */
export interface Indexed extends Axes {
  readonly e: Expression;
  readonly parts: readonly Indexed[];
  /** For an index map or its matrix: the digits of its argument and of its result. */
  readonly map?: { readonly argument: Axes; readonly result: Axes };
}

/** What all parts of a statement share. */
export interface Shared {
  /** All occurrences of a declared matrix have the same digits, so that they can be compared. */
  readonly axes: Map<string, Axes>;
  /** A loss's gradient is declared for one argument: this one. */
  readonly lossArguments: Map<string, Indexed>;
  /** Whether a loss may stand at both: they are equal, or its derivatives are not spoken of. */
  readonly mayBoth: (x: Expression, y: Expression) => boolean;
}

/** For a new statement. */
export function nothingShared(mayBoth: Shared["mayBoth"] = () => false): Shared {
  return { axes: new Map(), lossArguments: new Map(), mayBoth };
}

/** The expression with its digits. Throws OutsideError where the digits of two indices overlap. */
export function indexed(world: World, e: Expression, shared: Shared): Indexed {
  switch (e.kind) {
    case "number":
      return { e, parts: [], rows: [], cols: [] };
    case "name":
      return indexedName(world, e, shared);
    case "unary": {
      const of = indexed(world, e.of, shared);
      return e.op === "'"
        ? { e, parts: [of], rows: of.cols, cols: of.rows }
        : { e, parts: [of], rows: of.rows, cols: of.cols };
    }
    case "binary":
      return indexedBinary(world, e, shared);
    case "call":
      return calls[e.name](world, e, shared);
    default:
      return indexedApply(world, e, shared);
  }
}

/** The digits of a declared matrix, the same for each place where it stands; dX has those of X. */
export function axesOfMatrix(world: World, name: string, shared: Shared): Axes {
  const known = shared.axes.get(name);
  if (known) return known;
  const matrix = matrixNamed(world, name);
  if (!matrix) throw new OutsideError(`${name} is no declared matrix`);
  const isDifferential = !world.matrices.has(name);
  const axes = isDifferential
    ? axesOfMatrix(world, name.slice(1), shared)
    : { rows: digitsOfSize(matrix.rows), cols: digitsOfSize(matrix.cols) };
  shared.axes.set(name, axes);
  return axes;
}

function indexedName(world: World, e: Extract<Expression, { kind: "name" }>, shared: Shared): Indexed {
  const map = mapOfMatrix(world, e.name);
  if (map) {
    const axes = axesOfMap(map);
    const { argument, result } = axes;
    return {
      e,
      parts: [],
      map: axes,
      rows: [...result.rows, ...result.cols],
      cols: [...argument.rows, ...argument.cols],
    };
  }
  if (world.dimensions.has(e.name)) return { e, parts: [], rows: [], cols: [] };
  return { e, parts: [], ...axesOfMatrix(world, e.name, shared) };
}

function indexedBinary(world: World, e: Extract<Expression, { kind: "binary" }>, shared: Shared): Indexed {
  const [left, right] = [indexed(world, e.left, shared), indexed(world, e.right, shared)];
  const parts = [left, right];
  if (e.op === "/") return { e, parts, rows: left.rows, cols: left.cols };
  if (e.op !== "*") {
    unify(left.rows, right.rows);
    unify(left.cols, right.cols);
    return { e, parts, rows: left.rows, cols: left.cols };
  }
  const [x, y] = [shapeOf(world, e.left), shapeOf(world, e.right)];
  if (multiplication(world, x, y) === "matrices") {
    unify(left.cols, right.rows);
    return { e, parts, rows: left.rows, cols: right.cols };
  }
  const scaled = isScalar(x) ? right : left;
  return { e, parts, rows: scaled.rows, cols: scaled.cols };
}

type ReadAxes = (world: World, e: CallExpression, shared: Shared) => Indexed;

const calls: Record<BuiltIn, ReadAxes> = {
  vec: (world, e, shared) => {
    const M = indexed(world, e.args[0], shared);
    return { e, parts: [M], rows: [...M.rows, ...M.cols], cols: [] };
  },
  mat: (world, e, shared) => {
    const v = indexed(world, e.args[0], shared);
    const [rows, cols] = splitAt(v.rows, sizeOf(world, e.args[1]));
    return { e, parts: [v], rows, cols };
  },
  kron: (world, e, shared) => {
    const [A, B] = e.args.map((arg) => indexed(world, arg, shared));
    return { e, parts: [A, B], rows: [...B.rows, ...A.rows], cols: [...B.cols, ...A.cols] };
  },
  I: (world, e) => {
    const digits = digitsOfSize(sizeOf(world, e.args[0]));
    return { e, parts: [], rows: digits, cols: digits };
  },
  ones: (world, e) => {
    const [rows, cols = []] = e.args.map((size) => digitsOfSize(sizeOf(world, size)));
    return { e, parts: [], rows, cols };
  },
  // K vec(X) = vec(Xᵀ) for X: m × n
  K: (world, e) => {
    const [m, n] = e.args.map((size) => digitsOfSize(sizeOf(world, size)));
    return { e, parts: [], rows: [...n, ...m], cols: [...m, ...n] };
  },
  diag: (world, e, shared) => {
    const v = indexed(world, e.args[0], shared);
    return { e, parts: [v], rows: v.rows, cols: v.rows };
  },
  sigma: likeItsMatrix,
  dsigma: likeItsMatrix,
  d2sigma: likeItsMatrix,
  relu: likeItsMatrix,
  drelu: likeItsMatrix,
  trace: (world, e, shared) => {
    const M = indexed(world, e.args[0], shared);
    unify(M.rows, M.cols);
    return { e, parts: [M], rows: [], cols: [] };
  },
  norm2: (world, e, shared) => ({ e, parts: [indexed(world, e.args[0], shared)], rows: [], cols: [] }),
  Sum: likeItsMatrix,
  d: likeItsMatrix,
};

function likeItsMatrix(world: World, e: CallExpression, shared: Shared): Indexed {
  const M = indexed(world, e.args[0], shared);
  return { e, parts: [M], rows: M.rows, cols: M.cols };
}

function indexedApply(world: World, e: ApplyExpression, shared: Shared): Indexed {
  const argument = indexed(world, e.args[0], shared);
  const map = world.maps.get(e.name);
  return map ? indexedMap(e, argument, map) : indexedLoss(world, e, argument, shared);
}

function indexedLoss(world: World, e: ApplyExpression, of: Indexed, shared: Shared): Indexed {
  const loss = world.losses.get(e.name);
  if (!loss) throw new OutsideError(`${e.name} has no index form`);
  const argument = shared.lossArguments.get(e.name) ?? of;
  if (!same(argument.e, of.e) && !shared.mayBoth(argument.e, of.e))
    throw new OutsideError(`${e.name} stands at two different arguments`);
  shared.lossArguments.set(e.name, argument);
  const gradient = axesOfMatrix(world, loss.gradient, shared);
  unify(gradient.rows, of.rows);
  unify(gradient.cols, of.cols);
  if (loss.hessian !== undefined) {
    const { rows, cols } = axesOfMatrix(world, loss.hessian, shared);
    for (const index of [rows, cols]) unify(index, [...of.rows, ...of.cols]);
  }
  return { e, parts: [of], rows: [], cols: [] };
}

function indexedMap(e: ApplyExpression, of: Indexed, map: IndexMap): Indexed {
  const axes = axesOfMap(map);
  unify(of.rows, axes.argument.rows);
  unify(of.cols, axes.argument.cols);
  return { e, parts: [of], map: axes, rows: axes.result.rows, cols: axes.result.cols };
}

function axesOfMap(map: IndexMap): { argument: Axes; result: Axes } {
  const counters = {
    rows: map.rows.flatMap(({ name, size }) => lettered(digitsOfSize(size), name)),
    cols: map.cols.flatMap(({ name, size }) => lettered(digitsOfSize(size), name)),
  };
  const places = {
    rows: map.placeRows.flatMap(({ size }) => digitsOfSize(size)),
    cols: map.placeCols.flatMap(({ size }) => digitsOfSize(size)),
  };
  return map.kind === "read"
    ? { argument: places, result: counters }
    : { argument: counters, result: places };
}

function lettered(digits: Digit[], letter: string): Digit[] {
  for (const digit of digits) digit.letter = letter;
  return digits;
}
