/** Differentials of sums of products of entries, by Leibniz's rule; σ and its derivatives are only names. */

import { type Expression, mentions } from "../language/expression.js";
import { variable } from "../language/polynomial.js";
import type { World } from "../world/world.js";
import type { At, Fresh } from "./at.js";
import type { Indexed } from "./axes.js";
import { OutsideError } from "./digits.js";
import {
  lossOf,
  type ProofWorld,
  type SecondDerivative,
  secondDerivative,
  throughLoss,
} from "./lossDerivatives.js";
import {
  type Factor,
  reluName,
  replaced,
  scaled,
  summed,
  type Term,
  timesPower,
  timesTerms,
  unit,
} from "./terms.js";

/** What is differentiated, by what, and what it needs to know. */
export interface Differentiation {
  readonly world: ProofWorld;
  readonly X: string;
  readonly fresh: Fresh;
  /** The entry of a part of the statement, where that is needed. */
  readonly entryOf: (node: Indexed, at: At) => Term[];
}

/** d(terms) in the direction dX. Throws OutsideError where the gradient of a loss changes in an unknown way. */
export function differentiated(context: Differentiation, terms: readonly Term[]): Term[] {
  return terms.flatMap((term) => [
    ...throughPowers(context, term),
    ...term.factors.flatMap((factor, k) => {
      const others = { ...term, factors: term.factors.filter((_, at) => at !== k) };
      return timesTerms([others], differentiatedFactor(context, factor));
    }),
  ]);
}

/** d(cᵏ) = k cᵏ⁻¹ dc for every scalar c that changes. */
function throughPowers({ world, X }: Differentiation, term: Term): Term[] {
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

function differentiatedFactor(context: Differentiation, factor: Factor): Term[] {
  const { world, X, fresh } = context;
  if (factor.kind === "entry") {
    const loss = lossOf(world, factor.name);
    if (loss) return throughArgument(context, secondDerivative(world, factor, loss, fresh));
    const name = differentialOfName(world, factor.name, X);
    return name === undefined ? [] : [{ ...unit, factors: [{ ...factor, name }] }];
  }
  // What stands within the function stands beside it too now: its bound indices need names of their own there.
  const inner = differentiated(
    context,
    factor.at.map((term) => renamed(term, fresh)),
  );
  if (factor.kind === "applied") return timesTerms(derivative(factor), inner);
  const loss = world.losses.get(factor.name);
  if (!loss) throw new OutsideError(`${factor.name} has no gradient`);
  return inner.length === 0 ? [] : throughLoss(factor, loss, inner, fresh);
}

function throughArgument(context: Differentiation, { entry, argument, at, sums }: SecondDerivative): Term[] {
  const inner = differentiated(context, context.entryOf(argument, at));
  return summed(timesTerms([{ ...unit, factors: [entry] }], inner), sums);
}

/** σ⁽ᵏ⁺¹⁾, or −(1/x)²; ReLU′ is a step, which does not change. */
function derivative(factor: Extract<Factor, { kind: "applied" }>): Term[] {
  if (factor.name === "1/") return scaled([{ ...unit, factors: [factor, factor] }], -1n);
  if (factor.name === reluName && factor.order > 0) return [];
  return [{ ...unit, factors: [{ ...factor, order: factor.order + 1 }] }];
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
