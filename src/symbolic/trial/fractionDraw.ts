/** A statement with inputs drawn in one way. */

import type { Statement } from "../language/expression.js";
import { drawWhole } from "../sizes/draws.js";
import { type Sizes, sizesText } from "../sizes/sizes.js";
import { sigmaNeed } from "../world/selections.js";
import type { World } from "../world/world.js";
import type { Fraction } from "./fractions.js";
import { argumentsIn, newMemo, type Setting } from "./setting.js";
import { fractionSetting } from "./settings.js";
import { type InputWay, inputsOf, upTo } from "./ways.js";

export interface InputDraw {
  readonly sizes: Sizes;
  readonly seed: number;
  readonly way: InputWay;
}

/** The setting in which both sides have a value. */
export function fractionDraw(
  world: World,
  statement: Statement,
  { sizes, seed, way }: InputDraw,
): Setting<Fraction> {
  const inputs = new Set(inputsOf(world, statement));
  const isInput = (name: string) => inputs.has(name);
  const isZero = (name: string, instance: number) =>
    way.orZero && isInput(name) && drawWhole(0, 1, "zero", sizesText(sizes), seed, name, instance) === 0;
  const entry = (name: string, instance: number, at: number) => {
    const own = way.inputs && !isInput(name) ? upTo(9) : way;
    return isZero(name, instance) ? 0 : own.entry(seed, name, instance, at);
  };
  return {
    ...fractionSetting(world, sizes, seed, entry, sigmaNeed(world, statement)),
    ...argumentsIn(world, statement),
    memo: newMemo<Fraction>(),
  };
}
