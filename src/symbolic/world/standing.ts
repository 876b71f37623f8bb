/**
 * Where losses and selections stand. A gradient, a Hessian and the matrix of a selection are declared at one argument; in
 * a derivation that is the argument of its first line in which the loss or the map stands.
 */

import { children, type Expression, type Statement } from "../language/expression.js";
import { dependsOnInstance } from "./instances.js";
import { allLossArguments } from "./lossArguments.js";
import { firstImages, selectionOrigins } from "./selections.js";
import type { Loss, World } from "./world.js";

/** A loss or a map that chooses → the argument at which it stands. */
export type Standing = ReadonlyMap<string, Expression>;

/** Every argument at which each loss stands in a statement, and the origins of the images of each map that chooses, each once. */
export function standings(world: World, statement: Statement): ReadonlyMap<string, readonly Expression[]> {
  return new Map([...allLossArguments(world, statement), ...selectionOrigins(world, statement)]);
}

/** Where they stand in expressions that belong together: the first argument of each. */
export function standingIn(world: World, lines: readonly Expression[]): Standing {
  const found = new Map<string, Expression>();
  for (const line of lines) {
    const ofLosses = allLossArguments(world, { left: line, right: line });
    const first = [...ofLosses].map(([name, [argument]]) => [name, argument] as const);
    for (const [name, argument] of [...first, ...firstImages(world, line)])
      if (!found.has(name)) found.set(name, argument);
  }
  return found;
}

/** The letters that are declared at that argument: gradient and Hessian, or the matrix of the selection. */
export function lettersAt(world: World, name: string): string[] {
  const [loss, map] = [world.losses.get(name), world.maps.get(name)];
  return loss ? lettersOf(loss) : map ? [map.matrix] : [];
}

/**
 * The first loss with one gradient for all instances of which the statement asks for derivatives at an argument of each: the
 * loss is summed, or its gradient changes within a sum.
 */
export function sharedGradient(world: World, statement: Statement): Loss | undefined {
  const sides = [statement.left, statement.right];
  const shared = sides.flatMap((e) => summedCalls(world, e, false)).find((loss) => !isEach(world, loss));
  if (shared && sides.some((e) => asksForDerivative(e, shared))) return shared;
  return [...allLossArguments(world, statement)]
    .filter(([, found]) => found.some((argument) => dependsOnInstance(world, argument)))
    .flatMap(([name]) => world.losses.get(name) ?? [])
    .find((loss) =>
      lettersOf(loss).some(
        (letter) => !world.matrices.get(letter)?.each && sides.some((e) => isChangedInSum(e, letter)),
      ),
    );
}

/** Whether the letter stands within a sum and a differential, one in the other. */
function isChangedInSum(e: Expression, letter: string, around: readonly string[] = []): boolean {
  if (e.kind === "name") return e.name === letter && ["Sum", "d"].every((f) => around.includes(f));
  const within = e.kind === "call" ? [...around, e.name] : around;
  return children(e).some((part) => isChangedInSum(part, letter, within));
}

function isEach(world: World, loss: Loss): boolean {
  return lettersOf(loss).every((letter) => world.matrices.get(letter)?.each ?? false);
}

function lettersOf({ gradient, hessian }: Loss): string[] {
  return hessian === undefined ? [gradient] : [gradient, hessian];
}

function summedCalls(world: World, e: Expression, isSummed: boolean): Loss[] {
  const within = isSummed || (e.kind === "call" && e.name === "Sum");
  const inside = children(e).flatMap((part) => summedCalls(world, part, within));
  const loss = isSummed && e.kind === "apply" ? world.losses.get(e.name) : undefined;
  return loss && dependsOnInstance(world, (e as { args: readonly Expression[] }).args[0])
    ? [loss, ...inside]
    : inside;
}

function asksForDerivative(e: Expression, loss: Loss): boolean {
  if (e.kind === "name") return lettersOf(loss).includes(e.name);
  return (e.kind === "call" && e.name === "d") || children(e).some((part) => asksForDerivative(part, loss));
}
