/** Losses: functions of a matrix that are known by their gradient. */

import { binary, call, type Expression, name } from "../language/expression.js";
import { equal, one } from "../language/polynomial.js";
import { shapeOf } from "../world/shapes.js";
import type { World } from "../world/world.js";
import { d, differentialOf, innerProduct } from "./differentials.js";
import type { Context, Rule } from "./rule.js";

/** dξ by its gradient, d²ξ by its Hessian as well. */
export const lossRules: readonly Rule[] = [
  {
    name: "d-loss",
    law: "\\mathrm{d}\\xi(S) = \\operatorname{vec}(\\partial \\xi / \\partial S)^{T} \\operatorname{vec}(\\mathrm{d}S)",
    source: "Magnus and Neudecker, ch. 5, sec. 11 (the first identification theorem)",
    apply: (e, { world }) => {
      const of = differentialOf(e);
      if (of?.E.kind !== "apply") return undefined;
      const loss = world.losses.get(of.E.name);
      return loss && innerProduct(world, name(loss.gradient), d(of.E.args[0], of.X));
    },
  },
  {
    name: "d-second-loss",
    law: "\\mathrm{d}^2\\xi(S) = \\operatorname{vec}(\\mathrm{d}S)^{T} H \\operatorname{vec}(\\mathrm{d}S) + \\operatorname{vec}(\\partial \\xi / \\partial S)^{T} \\operatorname{vec}(\\mathrm{d}^2 S)",
    source: "Magnus and Neudecker, ch. 6, sec. 11 (the chain rule for Hessian matrices)",
    apply: secondDifferential,
  },
];

function secondDifferential(e: Expression, { world }: Context): Expression | undefined {
  const outer = differentialOf(e);
  const of = outer && differentialOf(outer.E);
  if (!outer || of?.E.kind !== "apply") return undefined;
  const loss = world.losses.get(of.E.name);
  const [S] = of.E.args;
  if (loss?.hessian === undefined) return undefined;
  const [first, second] = [of.X, outer.X].map((X) => asColumn(world, d(S, X)));
  const curved = innerProduct(world, second, binary("*", name(loss.hessian), first));
  return binary("+", curved, innerProduct(world, name(loss.gradient), d(d(S, of.X), outer.X)));
}

/** A column as it stands, another matrix as its vec. */
export function asColumn(world: World, e: Expression): Expression {
  return equal(shapeOf(world, e).cols, one) ? e : call("vec", e);
}
