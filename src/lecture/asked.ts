/** What a lecture can be asked to derive: one home for the derivation, its formula and what stands on its left side. */

import type { AskedDerivation, ResultRecord } from "../symbolic/derive/derivationRecord.js";
import type { Check } from "../symbolic/derive/derive.js";
import { type Derived, gaussNewton, gradient, jacobian, jtu, jv } from "../symbolic/derive/gradient.js";
import type { Expression } from "../symbolic/language/expression.js";
import { parse } from "../symbolic/language/parse.js";
import { print } from "../symbolic/language/print.js";
import { spoken } from "../symbolic/world/spoken.js";
import { texOf } from "../symbolic/world/tex.js";
import type { World } from "../symbolic/world/world.js";
import {
  alongOf,
  derivativeOf,
  gaussNewtonOf,
  gradientOf,
  type LeftSide,
  pulledBackOf,
} from "./leftSides.js";

/** The derivation of what is asked; its lines are checked where there is a check. Throws GradientError, ParseError. */
export function derivedFor(world: World, asked: AskedDerivation, check?: Check): Derived {
  const { e } = asked;
  switch (asked.of) {
    case "gradient":
      return gradient(world, e, asked.X, check);
    case "jacobian":
      return jacobian(world, e, asked.X, check);
    case "jv":
      return jv(world, e, asked.directions, check);
    case "jtu":
      return jtu(world, e, asked.X, asked.U, check);
    case "gaussNewton":
      return gaussNewton(world, e, asked.X, asked.directions, check);
  }
}

/** What was asked for = what it came to. */
export function resultOf(world: World, asked: AskedDerivation, formula: Expression): ResultRecord {
  const { text, tex, words } = leftSide(world, asked);
  return {
    text: `${text} = ${print(formula)}`,
    tex: `${tex} = ${texOf(world, formula)}`,
    words: `${words} equals ${spoken(world, formula)}`,
    asked,
  };
}

function leftSide(world: World, asked: AskedDerivation): LeftSide {
  const { e } = asked;
  switch (asked.of) {
    case "gradient":
      return gradientOf(world, parse(e), asked.X);
    case "jacobian":
      return derivativeOf(world, parse(e), asked.X);
    case "jv":
      return alongOf(world, parse(e), asked.directions);
    case "jtu":
      return pulledBackOf(world, asked.X, parse(asked.U));
    case "gaussNewton":
      return gaussNewtonOf(world, asked.X);
  }
}
