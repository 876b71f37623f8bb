/** What differs from instance to instance. */

import { children, type Expression } from "../language/expression.js";
import { mapOfMatrix, matrixNamed, type World } from "./world.js";

/** Whether an expression may differ from instance to instance: a matrix declared `each`, and what is made of one. */
export function dependsOnInstance(world: World, e: Expression): boolean {
  if (e.kind === "name")
    return (matrixNamed(world, e.name)?.each ?? false) || (mapOfMatrix(world, e.name)?.chosen ?? false);
  if (e.kind === "call" && e.name === "Sum") return false;
  return (
    (e.kind === "apply" && isOwnLoss(world, e.name)) ||
    children(e).some((part) => dependsOnInstance(world, part))
  );
}

/** Whether each instance has a loss of its own under that name. */
function isOwnLoss(world: World, name: string): boolean {
  const loss = world.losses.get(name);
  return loss !== undefined && (world.matrices.get(loss.gradient)?.each ?? false);
}
