/** Differentials of sums of products of entries, by Leibniz's rule; σ and its derivatives are only names. */

import { type Expression, mentions } from "../expression.js";
import { variable } from "../polynomial.js";
import type { World } from "../world.js";
import type { Fresh } from "./at.js";
import { OutsideError } from "./digits.js";
import { type Factor, replaced, scaled, type Term, timesPower, timesTerms, unit } from "./terms.js";

/** d(terms) in the direction dX. Throws OutsideError for a second differential through a loss. */
export function differentiated(world: World, terms: readonly Term[], X: string, fresh: Fresh): Term[] {
  return terms.flatMap((term) => [
    ...throughPowers(world, term, X),
    ...term.factors.flatMap((factor, k) => {
      const others = { ...term, factors: term.factors.filter((_, at) => at !== k) };
      return timesTerms([others], differentiatedFactor(world, factor, X, fresh));
    }),
  ]);
}

/** d(cᵏ) = k cᵏ⁻¹ dc for every scalar c that changes. */
function throughPowers(world: World, term: Term, X: string): Term[] {
  return [...term.powers].flatMap(([name, k]) => {
    const dc = differentialOfName(world, name, X);
    return dc === undefined ? [] : scaled([timesPower(timesPower(term, name, -1), dc, 1)], BigInt(k));
  });
}

/** dX of X itself; of a letter that stands for what may change with X, a letter of its own. */
function differentialOfName(world: World, name: string, X: string): string | undefined {
  if (name === X) return `d${X}`;
  const e = world.matrices.get(name.slice(name.lastIndexOf("/") + 1))?.standsFor;
  return e && !isConstant(world, e, X) ? `${X}/${name}` : undefined;
}

/** Gradients of losses change with everything, in a way that is not declared. */
function isConstant(world: World, e: Expression, X: string): boolean {
  const gradients = [...world.losses.values()].flatMap(({ gradient, hessian }) => [gradient, hessian]);
  return !mentions(e, X) && !gradients.some((name) => name !== undefined && mentions(e, name));
}

function differentiatedFactor(world: World, factor: Factor, X: string, fresh: Fresh): Term[] {
  if (factor.kind === "entry") {
    refuseGradients(world, factor.name);
    const name = differentialOfName(world, factor.name, X);
    return name === undefined ? [] : [{ ...unit, factors: [{ ...factor, name }] }];
  }
  // What stands within the function stands beside it too now: its bound indices need names of their own there.
  const inner = differentiated(
    world,
    factor.at.map((term) => renamed(term, fresh)),
    X,
    fresh,
  );
  if (factor.kind === "applied") return timesTerms([derivative(factor)], inner);
  const loss = world.losses.get(factor.name);
  if (!loss) throw new OutsideError(`${factor.name} has no gradient`);
  return inner.length === 0 ? [] : throughLoss(factor, loss.gradient, inner, world, fresh);
}

/** A loss's gradient changes with the loss's argument, in a way that is not declared: it is no constant. */
function refuseGradients(world: World, name: string): void {
  for (const loss of world.losses.values()) {
    if (loss.gradient === name || loss.hessian === name) {
      throw new OutsideError(
        `${name} depends on the argument of ${loss.name}; its differential is not declared`,
      );
    }
  }
}

/** σ⁽ᵏ⁺¹⁾, or −(1/x)². */
function derivative(factor: Extract<Factor, { kind: "applied" }>): Term {
  if (factor.name !== "1/") return { ...unit, factors: [{ ...factor, order: factor.order + 1 }] };
  return scaled([{ ...unit, factors: [factor, factor] }], -1n)[0];
}

/** dξ(S) = Σ G dS. The gradient is declared at this very S, so it cannot be differentiated further. */
function throughLoss(
  factor: Extract<Factor, { kind: "functional" }>,
  gradient: string,
  inner: readonly Term[],
  world: World,
  fresh: Fresh,
): Term[] {
  const each = world.matrices.get(gradient)?.each;
  if (each) throw new OutsideError("a loss whose gradient is declared for each instance");
  const names = new Map(factor.index.map((name) => [name, fresh()]));
  const entry: Factor = {
    kind: "entry",
    name: gradient,
    index: factor.index.map((name) => variable(names.get(name) ?? name)),
  };
  const sizes = factor.sizes;
  const value = (name: string) => (names.has(name) ? variable(names.get(name) as string) : undefined);
  return inner.map((term) => {
    const moved = replaced(term, value);
    const sums = new Map([
      ...moved.sums,
      ...factor.index.map((name, k) => [names.get(name) as string, sizes[k]] as const),
    ]);
    return { ...moved, sums, factors: [...moved.factors, entry] };
  });
}

/** The term with new names for its bound indices. */
export function renamed(term: Term, fresh: Fresh): Term {
  const names = new Map(Array.from(term.sums.keys(), (name) => [name, fresh()]));
  const moved = replaced(term, (name) => (names.has(name) ? variable(names.get(name) as string) : undefined));
  return {
    ...moved,
    sums: new Map(Array.from(term.sums, ([name, size]) => [names.get(name) as string, size])),
  };
}
