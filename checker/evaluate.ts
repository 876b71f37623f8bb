/** A trial, in which the same text has the same value. */
import { type Draw, Drawn } from "./draw.js";
import type { Dual, Work } from "./dual.js";
import { operations } from "./operations.js";
import type { Shape, Trial, World } from "./trial.js";
import { unknown } from "./unknown.js";

export function trialOf(world: World, shape: Shape, draw: Draw, work: Work, mixed = false): Trial {
  const known = new Map<string, Map<string, Dual>>();
  const value: Trial["value"] = (expression, at) => {
    const key = `${at.instance} ${at.moves}`;
    if (!known.has(key)) known.set(key, new Map());
    const there = known.get(key)!;
    const { op, text } = expression;
    if (!there.has(text)) there.set(text, (operations.get(op) ?? unknown.get(op)!)(trial, expression, at));
    return there.get(text)!;
  };
  const trial: Trial = {
    world,
    shape,
    drawn: new Drawn(draw, mixed),
    work,
    met: new Map(),
    tie: false,
    value,
  };
  return trial;
}
