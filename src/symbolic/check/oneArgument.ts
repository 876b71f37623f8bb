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
  for (const [name, found] of standings(world, statement)) {
    const own = found.find((argument) => lettersAt(world, name).some((letter) => mentions(argument, letter)));
    if (own)
      return `${name} stands at ${print(own)}, in which its own ${lettersAt(world, name).join(", ")} stands`;
    const earlier = given.get(name);
    const known = earlier && world.maps.has(name) ? selectionOrigin(world, earlier) : earlier;
    const all = known ? [known, ...found] : hasLetter(world, statement, name) ? found : [];
    const other = all.slice(1).find((argument) => !same(argument, all[0]) && !isEqual(all[0], argument));
    if (other) return apart(world, name, all[0], other, known !== undefined);
  }
  return undefined;
}

function hasLetter(world: World, { left, right }: Statement, name: string): boolean {
  return lettersAt(world, name).some((letter) => mentions(left, letter) || mentions(right, letter));
}

function apart(world: World, name: string, first: Expression, other: Expression, isEarlier: boolean): string {
  const letters = lettersAt(world, name).join(", ");
  const where = isEarlier ? ` in the lines before and at ${print(other)} here` : ` and at ${print(other)}`;
  return `${name} stands at ${print(first)}${where}: ${letters} belongs to one argument`;
}
