/** Formulas to be differentiated by a matrix of a drawn world. */

import { mentions } from "../../../../src/symbolic/language/expression.js";
import { parse } from "../../../../src/symbolic/language/parse.js";
import { givenBy } from "./cases.js";
import type { Declared } from "./declared.js";
import { Random } from "./random.js";
import type { Given } from "./tally.js";
import { type Shape, Terms } from "./terms.js";

/** A formula by a matrix of a drawn world. */
export interface Formula {
  readonly given: Given;
  readonly terms: Terms;
  readonly e: string;
  readonly shape: Shape;
  readonly X: string;
}

/** How formulas are drawn. */
export interface FormulaDraw {
  /** Begins the key of all draws. */
  readonly about: string;
  readonly worlds: number;
  /** How many formulas each world has, and how often one that cannot be differentiated is drawn again. */
  readonly formulasEach: number;
  readonly tries: number;
  world(random: Random): Declared;
  formula(terms: Terms): [Shape, string];
  /** Whether a formula is left out besides those in which something moves already. */
  isLeftOut?(e: string): boolean;
  /** Whether a formula may be differentiated by a matrix of that name, which stands in it. */
  mayMove?(terms: Terms, name: string): boolean;
}

/** Formulas in which a matrix stands that is one for all instances, by the day's seed. */
export function* drawnFormulas(draw: FormulaDraw): Generator<Formula> {
  for (let k = 0; k < draw.worlds; k++) {
    const random = new Random(Number(process.env.PHILAB_SEED), draw.about, k);
    const given = givenBy(draw.world(random), random);
    if (!given || given.places.length === 0) continue;
    const terms = new Terms(random, given.declared);
    for (let m = 0; m < draw.formulasEach; m++) {
      const one = firstOf(draw.tries, () => formulaOf(terms, draw));
      if (one) yield { given, terms, ...one };
    }
  }
}

function firstOf<T>(most: number, attempt: () => T | undefined): T | undefined {
  for (let k = 0; k < most; k++) {
    const found = attempt();
    if (found !== undefined) return found;
  }
  return undefined;
}

function formulaOf(
  terms: Terms,
  { formula, isLeftOut = () => false, mayMove = () => true }: FormulaDraw,
): Pick<Formula, "e" | "shape" | "X"> | undefined {
  const [shape, e] = formula(terms);
  const isMoved = /\bd\(|\bd[A-Za-z]\w*\b(?!\()/.test(e);
  if (isMoved || isLeftOut(e)) return undefined;
  const moving = terms.matrices.filter(
    ({ name, each }) => !each && mayMove(terms, name) && mentions(parse(e), name),
  );
  return moving.length === 0 ? undefined : { shape, e, X: terms.random.of(moving).name };
}
