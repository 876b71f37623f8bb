/** What belongs to one argument stays there: gradients, Hessians and selections, within a statement and along a derivation. */

import { type Expression, mentions, type Statement, same } from "../language/expression.js";
import { print } from "../language/print.js";
import { selectionOrigin } from "../world/selections.js";
import { lettersAt, type Standing, sharedGradient, standings } from "../world/standing.js";
import type { World } from "../world/world.js";

/** Says whether two expressions are equal. */
export type Equal = (left: Expression, right: Expression) => boolean;

/**
 * Why a letter of the statement has no one meaning, in words; undefined where each has. `given` says where losses and maps
 * stand in the lines before. Arguments that are equal, however they are written, are one.
 */
export function misplacedLetter(
  world: World,
  statement: Statement,
  given: Standing,
  isEqual: Equal,
): string | undefined {
  const shared = sharedGradient(world, statement);
  if (shared) {
    const letters = lettersAt(world, shared.name).join(", ");
    return `${shared.name} is summed over instances whose arguments differ, and ${letters} would be one for all; needed: declare ${letters} each`;
  }
  const all = standings(world, statement);
  const around = circle(world, all);
  if (around.length > 1) return `each of ${around.join(", ")} stands at a letter of the next`;
  for (const [name, found] of all) {
    const own = found.find((argument) => lettersAt(world, name).some((letter) => mentions(argument, letter)));
    if (own) return `${name} stands at ${print(own)}, in which its own ${lettersWith(world, name, "stand")}`;
    const earlier = given.get(name);
    const known = earlier && world.maps.has(name) ? selectionOrigin(world, earlier) : earlier;
    const [first, ...others] = known ? [known, ...found] : hasLetter(world, statement, name) ? found : [];
    const other = others.find((argument) => !same(argument, first) && !isEqual(first, argument));
    if (other) return apart(world, name, first, other, known !== undefined);
  }
  return undefined;
}

/** Losses and maps each of which stands at a letter of the next, and the last at one of the first; none, or one at its own. */
function circle(world: World, all: ReadonlyMap<string, readonly Expression[]>): readonly string[] {
  const nextOf = (name: string) =>
    [...all.keys()].filter((other) =>
      all.get(name)?.some((argument) => lettersAt(world, other).some((letter) => mentions(argument, letter))),
    );
  const from = (path: readonly string[]): readonly string[] | undefined => {
    for (const next of nextOf(path[path.length - 1])) {
      const found = path.includes(next) ? path.slice(path.indexOf(next)) : from([...path, next]);
      if (found) return found;
    }
    return undefined;
  };
  for (const name of all.keys()) {
    const found = from([name]);
    if (found) return found;
  }
  return [];
}

function hasLetter(world: World, { left, right }: Statement, name: string): boolean {
  return lettersAt(world, name).some((letter) => mentions(left, letter) || mentions(right, letter));
}

function apart(world: World, name: string, first: Expression, other: Expression, isEarlier: boolean): string {
  const where = isEarlier ? ` in the lines before and at ${print(other)} here` : ` and at ${print(other)}`;
  return `${name} stands at ${print(first)}${where}: ${lettersWith(world, name, "belong")} to one argument`;
}

/** "G belongs", "G, H belong". */
function lettersWith(world: World, name: string, verb: string): string {
  const letters = lettersAt(world, name);
  return `${letters.join(", ")} ${verb}${letters.length === 1 ? "s" : ""}`;
}
