/** Max pooling: which entry of each window is the largest (X7), read off the argument that the forward pass had. */

import { mat, vec } from "../numeric/matrix.js";
import { firstMaximum } from "../numeric/pool.js";
import type { Matrix } from "../numeric/storage.js";
import { type CallExpression, children, type Expression, same } from "../symbolic/language/expression.js";
import { print } from "../symbolic/language/print.js";
import { isDifferential } from "../symbolic/rules/match.js";
import type { Sizes } from "../symbolic/sizes/sizes.js";
import type { IndexMap, World } from "../symbolic/world/world.js";
import { movesOf, shapeOfResult } from "./moves.js";
import { moves, type Operator } from "./operator.js";
import type { Scope } from "./scope.js";
import { matrixOf } from "./value.js";

/**
 * The arguments at which each selection is taken in an expression, by the name of its map. A differential is none: the
 * selection is applied to it.
 */
export function takenIn(world: World, e: Expression): Map<string, readonly Expression[]> {
  const taken = new Map<string, readonly Expression[]>();
  const visit = (part: Expression): void => {
    children(part).forEach(visit);
    if (part.kind !== "call" || !world.maps.get(part.name)?.chosen) return;
    const [argument] = part.args;
    const known = taken.get(part.name) ?? [];
    if (isDifferential(world, argument) || known.some((other) => same(other, argument))) return;
    taken.set(part.name, [...known, argument]);
  };
  visit(e);
  return taken;
}

/**
 * f(X): where f stands at X itself the largest entry of each window, elsewhere the entries that were the largest where
 * f stood: f is linear once its selection is taken.
 */
export function selected(map: IndexMap, e: CallExpression, scope: Scope): Matrix {
  const isOwn = scope.taken.get(map.name)?.some((argument) => same(argument, e.args[0]));
  const X = matrixOf(scope.part(e.args[0], scope));
  const P = isOwn ? largest(map, X, scope.sizes) : selectionOf(map, scope);
  return mat(P.times(vec(X)), ...shapeOfResult(map, scope.sizes));
}

/**
 * P_pool of the one argument at which the map was taken, in the scope's instance. Throws RangeError where there is none,
 * or more than one.
 */
export function selectionOf(map: IndexMap, scope: Scope): Operator {
  const [argument, ...others] = scope.taken.get(map.name) ?? [];
  if (!argument || others.length > 0) throw new RangeError(`run: ${whichSelection(map, argument, others)}`);
  const key = `${map.name} ${scope.instance}`;
  const P = scope.selections.get(key) ?? largest(map, matrixOf(scope.part(argument, scope)), scope.sizes);
  scope.selections.set(key, P);
  return P;
}

function whichSelection(
  { name, matrix }: IndexMap,
  argument?: Expression,
  others: readonly Expression[] = [],
) {
  const depends = `${matrix} depends on which entry ${name} took`;
  if (!argument)
    return `${depends}, and ${name} is taken nowhere here; run ${name} with it, or a gradient where it stands`;
  return `${depends}, and it was taken at ${[argument, ...others].map(print).join(" and ")}; needed one of them`;
}

/** P_pool: 1 where a window has its largest entry; of several the first, the window's first counter running fastest. */
function largest(map: IndexMap, X: Matrix, sizes: Sizes): Operator {
  const { from, to, window, rows, cols, weight } = movesOf(map, sizes);
  const length = to.length / window;
  const places = Int32Array.from({ length }, (_, k) =>
    firstMaximum(X.data, from.subarray(k * window, (k + 1) * window)),
  );
  return moves(rows, cols, { to: Int32Array.from({ length }, (_, k) => k), from: places, weight });
}
