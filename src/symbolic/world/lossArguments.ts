/** At which argument each loss stands in a statement: only there its gradient is declared. */

import { children, type Expression, type Statement, same } from "../language/expression.js";
import type { World } from "./world.js";

/** The losses that stand at one argument, with it. */
export function lossArguments(world: World, { left, right }: Statement): ReadonlyMap<string, Expression> {
  const found = callsOfLosses(world, left).concat(callsOfLosses(world, right));
  const first = new Map(found.toReversed());
  return new Map(
    [...first].filter(([name, e]) => found.every(([other, at]) => other !== name || same(at, e))),
  );
}

/** Every argument at which each loss stands, each once. */
export function allLossArguments(
  world: World,
  { left, right }: Statement,
): ReadonlyMap<string, readonly Expression[]> {
  const found = new Map<string, Expression[]>();
  for (const [name, argument] of [left, right].flatMap((e) => callsOfLosses(world, e))) {
    const known = found.get(name) ?? [];
    if (!known.some((other) => same(other, argument))) found.set(name, [...known, argument]);
  }
  return found;
}

/** Whether each loss stands at one argument. */
export function hasOneLossArgument(world: World, statement: Statement): boolean {
  const names = [statement.left, statement.right]
    .flatMap((e) => callsOfLosses(world, e))
    .map(([name]) => name);
  return lossArguments(world, statement).size === new Set(names).size;
}

function callsOfLosses(world: World, e: Expression): [name: string, argument: Expression][] {
  const inside = children(e).flatMap((part) => callsOfLosses(world, part));
  return e.kind === "apply" && world.losses.has(e.name) ? [[e.name, e.args[0]], ...inside] : inside;
}
