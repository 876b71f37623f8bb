/** Losses: functions of a matrix that are known by their gradient. */

import { name } from "../expression.js";
import { d, differentialOf, innerProduct } from "./differentials.js";
import { argsOf } from "./match.js";
import type { Rule } from "./rule.js";

/** dξ by its gradient. */
export const lossRules: readonly Rule[] = [
  {
    name: "d-loss",
    law: "\\mathrm{d}\\xi(S) = \\operatorname{vec}(\\partial \\xi / \\partial S)^{T} \\operatorname{vec}(\\mathrm{d}S)",
    source: "Magnus and Neudecker, ch. 5, sec. 11 (the first identification theorem)",
    apply: (e, { world }) => {
      const of = differentialOf(e);
      if (of?.E.kind !== "call") return undefined;
      const loss = world.losses.get(of.E.name);
      const S = loss && argsOf(of.E, loss.name)?.[0];
      return S && innerProduct(world, name(loss.gradient), d(S, of.X));
    },
  },
];
