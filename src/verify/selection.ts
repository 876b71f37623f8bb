/** Max pooling: which entry of each window is the largest (X7), read off the image that the forward pass had. */

import { firstMaximum } from "../numeric/pool.js";
import type { Matrix } from "../numeric/storage.js";
import { type ApplyExpression, children, type Expression } from "../symbolic/language/expression.js";
import { print } from "../symbolic/language/print.js";
import type { Sizes } from "../symbolic/sizes/sizes.js";
import { type IndexMap, matrixNamed, type World } from "../symbolic/world/world.js";
import { mapMoves } from "./moves.js";
import { moves, type Operator } from "./operator.js";
import type { RunScope } from "./scope.js";
import { matrixOfValue } from "./value.js";

/**
 * P_pool of the one image at which the map was taken, in the scope's instance. Throws RangeError where there is none, or
 * more than one.
 */
export function selectionOf(map: IndexMap, scope: RunScope): Operator {
  const [image, ...others] = scope.taken.get(map.name) ?? [];
  if (!image || others.length > 0) throw new RangeError(`run: ${whichSelection(map, image, others)}`);
  const key = `${map.name} ${scope.instance}`;
  const P =
    scope.selections.get(key) ?? largestTaken(map, matrixOfValue(scope.part(image, scope)), scope.sizes);
  scope.selections.set(key, P);
  return P;
}

/** P_pool of X: 1 where a window has its largest entry; of several the first, the window's first counter running fastest. */
export function largestTaken(map: IndexMap, X: Matrix, sizes: Sizes): Operator {
  const { from, to, window, rows, cols, weight } = mapMoves(map, sizes);
  const length = to.length / window;
  const places = Int32Array.from({ length }, (_, k) =>
    firstMaximum(X.data, from.subarray(k * window, (k + 1) * window)),
  );
  return moves(rows, cols, { to: Int32Array.from({ length }, (_, k) => k), from: places, weight });
}

/** Throws RangeError for what is no image but a change of one: its own largest entries are not those that were taken. */
export function checkImage({ name, matrix }: IndexMap, e: ApplyExpression, world: World): void {
  const [image] = e.args;
  if (!isChange(world, image)) return;
  const applied = `${matrix}*vec(${print(image)})`;
  throw new RangeError(
    `run: ${print(e)}: ${matrix} depends on which entry ${name} took, and ${print(image)} is a change of what it took them of; needed ${applied}`,
  );
}

/** Whether it is 0 where every dX is: S + dS is not. */
function isChange(world: World, e: Expression): boolean {
  if (e.kind === "name") return !world.matrices.has(e.name) && matrixNamed(world, e.name) !== undefined;
  if (e.kind === "binary" && (e.op === "+" || e.op === "-"))
    return isChange(world, e.left) && isChange(world, e.right);
  return children(e).some((part) => isChange(world, part));
}

function whichSelection({ name, matrix }: IndexMap, image?: Expression, others: readonly Expression[] = []) {
  const depends = `${matrix} depends on which entry ${name} took`;
  if (!image)
    return `${depends}, and ${name} is taken nowhere here; run ${name} with it, or a gradient where it stands`;
  return `${depends}, and it was taken at ${[image, ...others].map(print).join(" and ")}; needed one of them`;
}
