/** The settings a statement is tried in: one per algebra, all values drawn from a seed. */

import { type Polynomial, variable } from "../language/polynomial.js";
import { draw, drawReal } from "../sizes/draws.js";
import type { Sizes } from "../sizes/sizes.js";
import type { SigmaNeed } from "../world/selections.js";
import type { World } from "../world/world.js";
import type { Algebra } from "./algebra.js";
import { type Complex, complexNumbers } from "./complexNumbers.js";
import { alongside } from "./dualSetting.js";
import { entryPolynomials } from "./entryPolynomials.js";
import { explicitOf } from "./evaluate.js";
import { mapped, paired } from "./explicit.js";
import { floats } from "./floats.js";
import { type Fraction, flatSigma, fractions, risingSigma, type SigmaOfFraction } from "./fractions.js";
import { quadraticLosses, unknownLosses } from "./losses.js";
import { primeField } from "./primeField.js";
import { withDrawnSelections, withLargestSelected } from "./selection.js";
import { drawnValues, instancesOf, type MatrixOf, type Setting } from "./setting.js";

/** Every entry a random residue modulo p. */
export function primeFieldSetting(world: World, sizes: Sizes, seed: number, p?: number): Setting<number> {
  const algebra = primeField(seed, p);
  const value = drawnValues(world, sizes, (name, instance, at) =>
    algebra.whole(draw(seed, name, instance, at)),
  );
  const partial = unknownLosses(world, algebra, value);
  return withDrawnSelections({ ...common(world, sizes), algebra, value, partial }, seed);
}

/** Every entry a variable; more than `budget` terms are refused with BeyondPolynomials. */
export function polynomialSetting(world: World, sizes: Sizes, budget: number): Setting<Polynomial> {
  const algebra = entryPolynomials(budget);
  const value = drawnValues(world, sizes, (name, instance, at) =>
    variable(`${name}${instance === 0 ? "" : `^${instance}`}[${at}]`),
  );
  const partial = unknownLosses(world, algebra, value);
  return withDrawnSelections({ ...common(world, sizes), algebra, value, partial }, 1);
}

/**
 * Fractions, given entry by entry, exact; max pooling takes the largest entry. σ is any function,
 * or one that does not decrease.
 */
export function fractionSetting(
  world: World,
  sizes: Sizes,
  seed: number,
  entry: (name: string, instance: number, at: number) => Fraction,
  need: SigmaNeed,
): Setting<Fraction> {
  const algebra = fractions(seed, sigmaFor(need, seed));
  const value = drawnValues(world, sizes, entry);
  const partial = unknownLosses(world, algebra, value);
  return withLargestSelected(withDrawnSelections({ ...common(world, sizes), algebra, value, partial }, seed));
}

function sigmaFor(need: SigmaNeed, seed: number): SigmaOfFraction | undefined {
  if (need === "any") return undefined;
  return seed % 2 === 0 ? flatSigma : risingSigma;
}

/** Every entry a number between −1 and 1 that is not close to 0. */
export function floatSetting(world: World, sizes: Sizes, seed: number): Setting<number> {
  return numberSetting(world, sizes, seed, floats(), (...key) => drawReal(seed, ...key));
}

/** Doubles with the given entries and σ; losses are quadratic. */
export function numberSetting(
  world: World,
  sizes: Sizes,
  seed: number,
  algebra: Algebra<number>,
  entry: (name: string, instance: number, at: number) => number,
): Setting<number> {
  const value = drawnValues(world, sizes, entry);
  const partial = quadraticLosses(algebra, value, seed);
  return withDrawnSelections({ ...common(world, sizes), algebra, value, partial }, seed);
}

/** Half the width of a central difference: the error of rounding and that of the third derivative are both small. */
const step = 1e-5;

/** The setting with d(E, X) as (E(X + t dX) − E(X − t dX)) / 2t. */
export function withCentralDifferences(setting: Setting<number>): Setting<number> {
  return {
    ...setting,
    differential: (of, by, instance) => {
      if (setting.world.losses.size > 0) explicitOf(of, alongside(setting, by), instance); // fixes where the losses have their gradient
      const [after, before] = [step, -step].map((t) => explicitOf(of, shifted(setting, by, t), instance));
      return paired(after, before, (x, y) => (x - y) / (2 * step));
    },
  };
}

function shifted(setting: Setting<number>, X: string, t: number): Setting<number> {
  const value: MatrixOf<number> = (name, instance) => {
    const A = setting.value(name, instance);
    return name === X ? paired(A, setting.value(`d${X}`, instance), (x, dx) => x + t * dx) : A;
  };
  return { ...setting, memo: undefined, value, moves: true };
}

/** So small that its square is lost: the complex step has no error of difference. */
const tiny = 1e-30;

/** The setting with d(E, X) as Im E(X + i t dX) / t. */
export function withComplexStep(setting: Setting<number>, seed: number): Setting<number> {
  const value: MatrixOf<Complex> = (name, instance) =>
    mapped(setting.value(name, instance), (x): Complex => [x, 0]);
  const partial = quadraticLosses(complexNumbers, value, seed);
  const real: Setting<Complex> = {
    ...setting,
    differential: undefined,
    memo: undefined,
    algebra: complexNumbers,
    value,
    partial,
  };
  return {
    ...setting,
    differential: (of, by, instance) => {
      if (setting.world.losses.size > 0) explicitOf(of, alongside(real, by), instance);
      const moved: MatrixOf<Complex> = (name, i) => {
        if (name !== by) return value(name, i);
        return paired(value(name, i), value(`d${by}`, i), ([x], [dx]): Complex => [x, tiny * dx]);
      };
      return mapped(explicitOf(of, { ...real, value: moved, moves: true }, instance), ([, im]) => im / tiny);
    },
  };
}

function common(world: World, sizes: Sizes): Pick<Setting<never>, "world" | "sizes" | "instances"> {
  return { world, sizes, instances: instancesOf(sizes) };
}
