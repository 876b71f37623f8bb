/** What a loss and its gradient change by: a loss by its gradient, the gradient by the Hessian, at the loss's argument. */

import type { Expression } from "../language/expression.js";
import { type Polynomial, variable } from "../language/polynomial.js";
import type { Loss, World } from "../world/world.js";
import { type At, bound, type Fresh } from "./at.js";
import type { Indexed } from "./axes.js";
import { OutsideError } from "./digits.js";
import { type Entry, type Functional, replaced, type Term } from "./terms.js";

/** A world in which each loss stands at one argument, and each map that chooses at one image, where that is so. */
export interface ProofWorld extends World {
  readonly lossArguments?: ReadonlyMap<string, Indexed>;
  readonly selections?: ReadonlyMap<string, Expression>;
}

/** The loss whose first, second, … derivative it is. */
export function lossOf(world: World, name: string): Loss | undefined {
  for (const loss of world.losses.values())
    if (name === loss.gradient || name === loss.hessian || name.startsWith(`${loss.name}^`)) return loss;
  return undefined;
}

/** H dS: the entry of H, and where S is to be differentiated; summed over the places of S. */
export interface SecondDerivative {
  readonly entry: Entry;
  readonly argument: Indexed;
  readonly at: At;
  readonly sums: ReadonlyMap<string, Polynomial>;
}

/**
 * d(G) = H dS at the argument S of the loss. A second derivative without a declared name gets one. Throws OutsideError
 * where the statement does not say what S is, and for H itself, of which nothing more is known.
 */
export function secondDerivative(world: ProofWorld, of: Entry, loss: Loss, fresh: Fresh): SecondDerivative {
  const argument = world.lossArguments?.get(loss.name);
  if (!argument || of.name !== loss.gradient || !of.instance) {
    throw new OutsideError(
      `${of.name} depends on the argument of ${loss.name}; its differential is not declared`,
    );
  }
  const [rows, cols] = [bound(argument.rows, fresh), bound(argument.cols, fresh)];
  const isEach = (name: string) => world.matrices.get(name)?.each ?? false;
  const instance = isEach(loss.hessian ?? loss.gradient) ? [of.instance] : [];
  const own = isEach(loss.gradient) ? of.index.slice(1) : of.index;
  const index = [...instance, ...own, ...rows.index, ...cols.index];
  return {
    entry: { kind: "entry", name: loss.hessian ?? `${loss.name}^2`, index, isSymmetric: true },
    argument,
    at: { rows: rows.index, cols: cols.index, instance: of.instance },
    sums: new Map([...rows.sums, ...cols.sums]),
  };
}

/** dξ(S) = Σ G dS, where `inner` is dS. */
export function throughLoss(factor: Functional, loss: Loss, inner: readonly Term[], fresh: Fresh): Term[] {
  const names = new Map(factor.index.map((name) => [name, fresh()]));
  const index = [...names.values()].map(variable);
  const { instance } = factor;
  const entry: Entry = {
    kind: "entry",
    name: loss.gradient,
    instance,
    index: factor.each ? [instance, ...index] : index,
  };
  const own = factor.index.map((name, k) => [names.get(name) ?? name, factor.sizes[k]] as const);
  return inner.map((term) => {
    const moved = replaced(term, (name) => (names.has(name) ? variable(names.get(name) ?? name) : undefined));
    return { ...moved, sums: new Map([...moved.sums, ...own]), factors: [...moved.factors, entry] };
  });
}
