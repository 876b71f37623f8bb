/** Expressions on typed arrays: the same formula that was derived, without building a Kronecker product or P_φ. */

import { checkMatrix, kind } from "../numeric/check.js";
import { add, dotMultiply, subtract } from "../numeric/elementwise.js";
import type { Matrix } from "../numeric/storage.js";
import type { BinaryExpression, Expression } from "../symbolic/language/expression.js";
import { selectionOrigins } from "../symbolic/world/selections.js";
import { shapeOf } from "../symbolic/world/shapes.js";
import { instancesSize, mapOfMatrix, matrixNamed, type World } from "../symbolic/world/world.js";
import { valueOfCall } from "./calls.js";
import { runFactors } from "./factors.js";
import { operatorOf, valueOfApply } from "./maps.js";
import type { RunScope } from "./scope.js";
import { sized } from "./sized.js";
import { sizesOf, type Values } from "./sizes.js";
import {
  chained,
  matrixOfValue,
  numberOf,
  scaledValue,
  transposedValue,
  type Value,
  valueOfNumber,
} from "./value.js";

/**
 * The value of an expression, with σ = ReLU. Names stand for matrices, numbers, or, if they were declared `each`, lists
 * with one matrix for each instance (a single matrix is the first). Dimensions that the sizes do not determine are
 * given as numbers. P_pool is the selection of the image at which pool stands in `origin`, the line that the
 * expression was derived from. Throws TypeError where there are no values, ShapeError where sizes do not fit for all
 * dimensions, RangeError where a name has no value or the given sizes do not fit.
 */
export function runFormula(world: World, e: Expression, values: Values, origin: Expression = e): Matrix {
  shapeOf(world, e);
  if (typeof values !== "object" || values === null)
    throw new TypeError(`run: ${kind(values)} came; needed the values of its letters, for example { W, Z }`);
  const taken = selectionOrigins(world, { left: origin, right: origin });
  const scope = { world, values, sizes: sizesOf(world, values), instance: 0, taken };
  return matrixOfValue(valueOfPart(e, { ...scope, selections: new Map(), part: valueOfPart }));
}

/** Every part has the size of its shape, so the whole has. */
function valueOfPart(e: Expression, scope: RunScope): Value {
  const value = computed(e, scope);
  sized(scope.world, e, "matrix" in value ? value.matrix : value.operator, scope.sizes);
  return value;
}

function computed(e: Expression, scope: RunScope): Value {
  switch (e.kind) {
    case "number":
      return valueOfNumber(e.value);
    case "name":
      return valueOfName(e.name, scope);
    case "unary":
      return e.op === "'"
        ? transposedValue(valueOfPart(e.of, scope))
        : scaledValue(-1, valueOfPart(e.of, scope));
    case "binary":
      return valueOfBinary(e, scope);
    case "call":
      return valueOfCall(e, scope);
    default:
      return valueOfApply(e, scope);
  }
}

function valueOfName(name: string, scope: RunScope): Value {
  const { world, values, sizes, instance } = scope;
  const map = mapOfMatrix(world, name);
  if (map) return { operator: operatorOf(map, scope) };
  const given = Object.hasOwn(values, name) ? values[name] : undefined;
  if (Array.isArray(given)) return { matrix: checked(name, given[instance]) };
  if (instance > 0 && matrixNamed(world, name)?.each)
    throw new RangeError(
      `run: there is one ${name} for each of ${sizes[instancesSize]} instances; needed a list of them`,
    );
  if (typeof given === "number") return valueOfNumber(given);
  if (given !== undefined) return { matrix: checked(name, given) };
  if (Object.hasOwn(sizes, name)) return valueOfNumber(sizes[name]);
  throw new RangeError(`run: ${name} has no value; given are ${Object.keys(values).join(", ") || "none"}`);
}

function checked(name: string, M: unknown): Matrix {
  checkMatrix("run", name, M);
  return M;
}

function valueOfBinary(e: BinaryExpression, scope: RunScope): Value {
  if (e.op === "*") return valueOfProduct(e, scope);
  const [left, right] = [valueOfPart(e.left, scope), valueOfPart(e.right, scope)];
  if (e.op === "/") return scaledValue(1 / numberOf(right), left);
  const [x, y] = [matrixOfValue(left), matrixOfValue(right)];
  return { matrix: { "+": add, "-": subtract, ".*": dotMultiply }[e.op](x, y) };
}

function valueOfProduct(e: BinaryExpression, scope: RunScope): Value {
  const { numbers, chain } = runFactors(scope.world, e);
  const alpha = numbers.reduce((product, factor) => product * numberOf(valueOfPart(factor, scope)), 1);
  if (chain.length === 0) return valueOfNumber(alpha);
  const whole = chained(chain.map((factor) => valueOfPart(factor, scope)));
  return numbers.length === 0 ? whole : scaledValue(alpha, whole);
}
