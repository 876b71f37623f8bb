/** More ways in which a line may have gone wrong than one sign: a factor left out, another name, factors exchanged. */

import {
  apply,
  binary,
  call,
  children,
  type Expression,
  factors,
  name,
  productOf,
  type Statement,
  withChildren,
} from "../language/expression.js";
import { sizeExpression } from "../language/sizeExpression.js";
import { namesIn } from "../sizes/relevant.js";
import { matrixParts } from "../sizes/writtenSizes.js";
import { isScalar, type Shape, ShapeError, sameShape, shapeOf } from "../world/shapes.js";
import { mapOfMatrix, matrixNamed, type World } from "../world/world.js";
import type { Slip } from "./slips.js";

type Repair = Omit<Slip, "depth">;

/** What the right side of a statement may have been meant to be, beside what `slipsOf` gives. */
export function repairsOf(world: World, statement: Statement): Slip[] {
  const maps = mapsIn(world, statement);
  const inside = repairsIn(world, maps, statement.right, 0);
  return [...wrapped(world, statement).map((repair) => ({ ...repair, depth: 0 })), ...inside];
}

/** The matrices of the index maps that the statement mentions. */
function mapsIn(world: World, { left, right }: Statement): string[] {
  const names = new Set([...namesIn(left), ...namesIn(right)]);
  const maps = [...world.maps.values()].filter((map) => names.has(map.name) || names.has(map.matrix));
  return maps.map(({ matrix }) => matrix);
}

/** A vec or a mat that is missing around the whole. */
function wrapped(world: World, { left, right }: Statement): Repair[] {
  const [x, y] = [shapeIfAny(world, left), shapeIfAny(world, right)];
  if (!x || !y || sameShape(world, x, y)) return [];
  const sizes = [x.rows, x.cols].map(sizeExpression);
  return [
    { label: "vec is missing", e: call("vec", right) },
    { label: "mat is missing", e: call("mat", right, ...sizes) },
  ];
}

function shapeIfAny(world: World, e: Expression): Shape | undefined {
  try {
    return shapeOf(world, e);
  } catch (error) {
    if (error instanceof ShapeError) return undefined;
    throw error;
  }
}

function repairsIn(
  world: World,
  maps: readonly string[],
  e: Expression,
  depth: number,
  inProduct = false,
): Slip[] {
  const parts = children(e);
  const isProduct = e.kind === "binary" && e.op === "*";
  const inner = parts.slice(0, matrixParts(e)).flatMap((part, k) =>
    repairsIn(world, maps, part, depth + 1, isProduct).map((repair) => ({
      ...repair,
      e: withChildren(
        e,
        parts.map((other, m) => (m === k ? repair.e : other)),
      ),
    })),
  );
  const own = isProduct && inProduct ? [] : repairsAt(world, maps, e);
  return [...own.map((repair) => ({ ...repair, depth })), ...inner];
}

function repairsAt(world: World, maps: readonly string[], e: Expression): Repair[] {
  if (e.kind === "name" || e.kind === "apply") return otherNames(world, e);
  if (e.kind !== "binary") return [];
  if (e.op === "-") return [{ label: "the sign", e: binary("-", e.right, e.left) }];
  if (e.op === "/") return [{ label: "divided instead of multiplied", e: binary("*", e.left, e.right) }];
  return e.op === "*" ? repairsOfProduct(world, maps, e) : [];
}

/** Another matrix, or another index map, of the same size. */
function otherNames(world: World, e: Extract<Expression, { kind: "name" | "apply" }>): Repair[] {
  if (e.kind === "name" && world.dimensions.has(e.name)) return [];
  const shape = shapeIfAny(world, e);
  if (!shape || isScalar(shape)) return [];
  const isDifferential = e.kind === "name" && !world.matrices.has(e.name) && matrixNamed(world, e.name);
  if (isDifferential || (e.kind === "apply" && !world.maps.has(e.name))) return [];
  const names =
    e.kind === "name" ? [...world.matrices.keys(), ...matricesOfMaps(world)] : [...world.maps.keys()];
  return names
    .filter((other) => other !== e.name)
    .map((other) => (e.kind === "name" ? name(other) : apply(other, ...e.args)))
    .filter((other) => {
      const size = shapeIfAny(world, other);
      return size && sameShape(world, size, shape);
    })
    .map((other) => ({
      label: `another ${e.kind === "name" ? "matrix" : "index map"} of that size`,
      e: other,
    }));
}

function matricesOfMaps(world: World): string[] {
  return [...world.maps.values()].map(({ matrix }) => matrix);
}

function repairsOfProduct(world: World, maps: readonly string[], e: Expression): Repair[] {
  const list = factors(e);
  return [...exchanged(list), ...withMapBetween(world, maps, list), ...dividedByFactor(world, list)];
}

/** Two factors that are no neighbours exchanged. */
function exchanged(list: readonly Expression[]): Repair[] {
  if (list.length > 5) return [];
  return list.flatMap((first, i) =>
    list.slice(i + 2).map((second, k) => {
      const order = [...list];
      [order[i], order[i + 2 + k]] = [second, first];
      return { label: "product in the wrong order", e: productOf(order) };
    }),
  );
}

function withMapBetween(world: World, maps: readonly string[], list: readonly Expression[]): Repair[] {
  if (list.some((factor) => factor.kind === "name" && mapOfMatrix(world, factor.name))) return [];
  return maps.flatMap((matrix) =>
    list.slice(1).flatMap((_, k) =>
      [name(matrix), { kind: "unary", op: "'", of: name(matrix) } as const].map((P) => ({
        label: "the index map's matrix is missing",
        e: productOf([...list.slice(0, k + 1), P, ...list.slice(k + 1)]),
      })),
    ),
  );
}

/** c A instead of A / c. */
function dividedByFactor(world: World, list: readonly Expression[]): Repair[] {
  return list.flatMap((factor, k) => {
    const shape = factor.kind === "number" ? undefined : shapeIfAny(world, factor);
    const rest = list.filter((_, at) => at !== k);
    return shape && isScalar(shape)
      ? [{ label: "multiplied instead of divided", e: binary("/", productOf(rest), factor) }]
      : [];
  });
}
