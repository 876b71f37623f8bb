/** From the badge that a notebook holds to its text, and to how strong it is. */

import {
  areCaveats,
  type Badge,
  type BadgeMark,
  type Bound,
  badgeText,
  type Level,
  levels,
  markSigns,
} from "../../../src/symbolic/check/badge.js";
import { checkedNumber, checkedObject, wrong } from "./checked.js";

/** How far the evidence for a line reaches; each has a sign, a colour and words. */
export type Strength = "proved" | "tried" | "weak" | "wrong" | "unchecked" | "open";

/** A badge, ready to be shown. */
export interface ShownBadge {
  readonly badge: string;
  readonly strength: Strength;
}

/**
 * The badge at `path`; what has none was not checked. Notebooks of before hold a text in its place, which is shown as it
 * stands, as strong as its line's level. Throws TypeError for what is no badge.
 */
export function readBadge(value: unknown, level: unknown, path: string): ShownBadge {
  if (value === undefined) return { badge: "", strength: "unchecked" };
  if (typeof value === "string") return { badge: value, strength: strengthOfLevel(level) };
  const badge = checkedBadge(checkedObject(value, path), path);
  return { badge: badgeText(badge), strength: strengthOf(badge) };
}

function checkedBadge({ mark, claim, bound, caveats }: Record<string, unknown>, path: string): Badge {
  if (!isMark(mark)) throw wrong(`${path}.mark`, mark, `one of ${Object.keys(markSigns).join(", ")}`);
  if (claim !== undefined && !isLevel(claim))
    throw wrong(`${path}.claim`, claim, `one of ${levels.join(", ")}`);
  if (!areCaveats(caveats)) throw wrong(`${path}.caveats`, caveats, "a list of caveats");
  const known = bound === undefined ? {} : { bound: checkedBound(bound, `${path}.bound`) };
  return { mark, ...(claim !== undefined && { claim }), ...known, caveats };
}

function checkedBound(value: unknown, path: string): Bound {
  const { at, shapes, error } = checkedObject(value, path);
  if (at === undefined)
    return {
      shapes: checkedNumber(shapes, `${path}.shapes`),
      error: checkedNumber(error, `${path}.error`),
    };
  const sizes = Object.entries(checkedObject(at, `${path}.at`));
  return {
    at: Object.fromEntries(sizes.map(([name, size]) => [name, checkedNumber(size, `${path}.at.${name}`)])),
  };
}

function isMark(value: unknown): value is BadgeMark {
  return typeof value === "string" && Object.hasOwn(markSigns, value);
}

function isLevel(value: unknown): value is Level {
  return (levels as readonly unknown[]).includes(value);
}

/** The mark says it; of what holds, the level tells a proof from a trial, and 0 = 0 says little. */
function strengthOf({ mark, claim, caveats }: Badge): Strength {
  switch (mark) {
    case "holds":
      return caveats.some(({ kind }) => kind === "vacuous") ? "weak" : strengthOfLevel(claim);
    case "nearly":
      return "weak";
    case "fails":
      return "wrong";
    case "unchecked":
      return "unchecked";
  }
}

function strengthOfLevel(level: unknown): Strength {
  if (!isLevel(level)) return "unchecked";
  return level === "all sizes" ? "proved" : level === "float" ? "weak" : "tried";
}
