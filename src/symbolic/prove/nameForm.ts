/** Entries of what is declared, and the inverse of a number. */

import type { Polynomial } from "../language/polynomial.js";
import { matrixNamed, type World } from "../world/world.js";
import type { At } from "./at.js";
import { OutsideError } from "./digits.js";
import { type Entry, type Term, timesPower, unit } from "./terms.js";

/** A size or a scalar is a power; of a matrix an entry, of which there may be one for each instance. */
export function entryOfName(world: World, name: string, { rows, cols, instance }: At): Term[] {
  const matrix = matrixNamed(world, name);
  const known = derivativeOfLoss(world, name, instance);
  const isScalar = rows.length + cols.length === 0 && !known;
  if (!matrix || (isScalar && !matrix.each)) return [timesPower(unit, name, 1)];
  const index = [...(matrix.each ? [instance] : []), ...rows, ...cols];
  return [{ ...unit, factors: [{ kind: "entry", name, index, ...known }] }];
}

/** A gradient remembers its instance: that is where it changes; a Hessian is symmetric. */
function derivativeOfLoss(
  world: World,
  name: string,
  instance: Polynomial,
): Pick<Entry, "instance" | "isSymmetric"> | undefined {
  for (const { gradient, hessian } of world.losses.values()) {
    if (name === gradient) return { instance };
    if (name === hessian) return { isSymmetric: true };
  }
  return undefined;
}

/** 1/x: of a single product of sizes and scalars their inverse; of a sum an unknown function. */
export function inverse(terms: readonly Term[]): Term {
  const [term] = terms;
  if (terms.length !== 1 || term.factors.length + term.sums.size + term.equations.length > 0) {
    return { ...unit, factors: [{ kind: "applied", name: "1/", order: 0, at: terms }] };
  }
  const { over, under } = term.coefficient;
  if (over === 0n) throw new OutsideError("a division by zero");
  const coefficient = over > 0n ? { over: under, under: over } : { over: -under, under: -over };
  return { ...unit, coefficient, powers: new Map(Array.from(term.powers, ([name, k]) => [name, -k])) };
}
