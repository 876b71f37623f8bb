/** Declared maps on typed arrays: f(X), and P with vec(f(X)) = P vec(X). */

import { mat, vec } from "../numeric/matrix.js";
import type { ApplyExpression } from "../symbolic/language/expression.js";
import { print } from "../symbolic/language/print.js";
import type { IndexMap, World } from "../symbolic/world/world.js";
import { mapMoves, shapeOfResult } from "./moves.js";
import { moves, type Operator } from "./operator.js";
import type { RunScope } from "./scope.js";
import { checkImage, largestTaken, selectionOf } from "./selection.js";
import { matrixOfValue, type Value } from "./value.js";

/** f(X); where f chooses, the largest entry of each window of X. Throws RangeError for a loss. */
export function valueOfApply(e: ApplyExpression, scope: RunScope): Value {
  const map = scope.world.maps.get(e.name);
  if (!map) return noValue(e, scope.world);
  if (map.chosen) checkImage(map, e, scope.world);
  const X = matrixOfValue(scope.part(e.args[0], scope));
  const P = map.chosen ? largestTaken(map, X, scope.sizes) : operatorOf(map, scope);
  return { matrix: mat(P.times(vec(X)), ...shapeOfResult(map, scope.sizes)) };
}

/** A loss is any function: known by its gradient, not by its value. */
function noValue(e: ApplyExpression, { losses }: World): never {
  const gradient = losses.get(e.name)?.gradient;
  throw new RangeError(
    `run: ${print(e)} has no value, as ${e.name} may be any function with the gradient ${gradient}; needed a formula in its place, as norm2(…)`,
  );
}

/** P; where f chooses, of the image at which f was taken. */
export function operatorOf(map: IndexMap, scope: RunScope): Operator {
  if (map.chosen) return selectionOf(map, scope);
  const { rows, cols, ...index } = mapMoves(map, scope.sizes);
  return moves(rows, cols, index);
}
