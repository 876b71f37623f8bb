/** Whether two expressions are equal at random sizes, by the evaluator alone. */

import type { Expression } from "../../../../src/symbolic/language/expression.js";
import { parse } from "../../../../src/symbolic/language/parse.js";
import { type Declared, sizesOfMap } from "./declared.js";
import { evaluate, type Here, sigmas, standingIn } from "./evaluator.js";
import { exactness, Misfit, NoValue, values } from "./jets.js";
import type { Random } from "./random.js";
import { type Sizes, sizeOf, sizeOfExpression, windowsOf } from "./windows.js";

/** What is claimed: that the first line and the last are equal, under conditions. */
export interface Claim {
  readonly declared: Declared;
  /** Gradients and selections stand where the first of these lines has their loss or map. */
  readonly lines: readonly Expression[];
  /** As "m ≥ n". */
  readonly conditions: readonly string[];
  /** Whether σ does not decrease. */
  readonly rising: boolean;
}

export interface Difference {
  readonly sizes: Sizes;
  readonly seed: number;
  readonly sigma: string;
  readonly why: string;
}

export interface Judgement {
  readonly difference?: Difference;
  /** At how many places both sides had a value. */
  readonly tried: number;
}

/** Cheap places first, and no more of them than say something. */
export function judge(claim: Claim, places: readonly Sizes[], most: number = places.length): Judgement {
  const standing = standingIn(claim.declared, claim.lines);
  const usable = claim.rising ? sigmas.filter((sigma) => !sigma.startsWith("x²")) : sigmas;
  let tried = 0;
  for (const [k, sizes] of places.entries()) {
    if (tried >= most) break;
    if (!claim.conditions.every((condition) => holds(condition, sizes))) continue;
    const [seed, sigma] = [k + 1, usable[k % usable.length]];
    const common = { declared: claim.declared, sizes, sigma, standing };
    const why = compared(claim.lines, { ...common, seed, outer: 1, instance: 1, moving: [], within: [] });
    if (why === "no value") continue;
    tried++;
    if (why !== undefined) return { tried, difference: { sizes, seed, sigma, why } };
  }
  return { tried };
}

/** Why the first and the last line differ; undefined where they do not. */
function compared(lines: readonly Expression[], here: Here): string | undefined {
  exactness.largest = 0;
  exactness.whole = true;
  try {
    const [left, right] = [lines[0], lines[lines.length - 1]].map((e) => evaluate(e, here));
    const isZero = [lines[0], lines[lines.length - 1]].map((e) => e.kind === "number" && e.value === 0);
    if (!isZero.includes(true) && (left.rows !== right.rows || left.cols !== right.cols))
      return `${left.rows} × ${left.cols} and ${right.rows} × ${right.cols}`;
    return differing(
      isZero[0] ? new Float64Array(values(right).length) : values(left),
      isZero[1] ? new Float64Array(values(left).length) : values(right),
    );
  } catch (error) {
    if (error instanceof NoValue) return "no value";
    if (error instanceof Misfit) return error.message;
    throw error;
  }
}

/** Whole numbers below 2⁵³ are compared exactly; others to nine figures of the largest number on the way. */
function differing(x: Float64Array, y: Float64Array): string | undefined {
  const { largest, whole } = exactness;
  if (!(largest < 1e200)) return "no value";
  const tolerance = whole && largest < 2 ** 53 ? 0 : 1e-9 * Math.max(1, largest);
  const k = x.findIndex((entry, at) => !(Math.abs(entry - y[at]) <= tolerance));
  return k < 0 ? undefined : `entry ${k} of vec is ${x[k]} and ${y[k]}`;
}

const placeCount = 8;

/** Sizes from 1 to 5 at which all maps stay inside: any, all equal where that is possible, some 1; the smallest first. */
export function drawPlaces(declared: Declared, random: Random): Sizes[] {
  const places = Array.from({ length: placeCount }, (_, k) => drawSizes(declared, random, k));
  const work = (sizes: Sizes) => declared.sizes.reduce((sum, name) => sum + sizes[name], 0);
  return places.filter((sizes) => sizes !== undefined).sort((x, y) => work(x) - work(y));
}

function drawSizes(declared: Declared, random: Random, k: number): Sizes | undefined {
  for (let most = k < 5 ? 3 : 5; most >= 1; most--)
    for (let tries = 0; tries < 10; tries++) {
      const sizes = completed(declared, freeSizes(declared, random, k, most));
      if (isPossible(declared, sizes)) return sizes;
    }
  return undefined;
}

function freeSizes({ sizes: names }: Declared, random: Random, k: number, most: number): Sizes {
  const any = random.whole(1, most);
  const next = () => (k === 1 ? any : k % 3 === 2 && random.oneIn(2) ? 1 : random.whole(1, most));
  return Object.fromEntries(names.map((name) => [name, name === "l" ? random.whole(1, 3) : next()]));
}

function completed({ defined }: Declared, free: Sizes): Sizes {
  const sizes: Record<string, number> = { ...free };
  for (const { name, text } of defined) sizes[name] = sizeOf(text, sizes);
  return sizes;
}

const mostOfMap = 2500;

function isPossible(declared: Declared, sizes: Sizes): boolean {
  if (Object.values(sizes).some((value) => value < 1)) return false;
  if (declared.matrices.some(({ rows, cols }) => sizeOf(rows, sizes) < 0 || sizeOf(cols, sizes) < 0))
    return false;
  const isLarge = declared.maps.some((map) => {
    const { from, to } = sizesOfMap(map);
    return [...from, ...to].reduce((all, size) => all * sizeOf(size, sizes), 1) > mostOfMap;
  });
  if (isLarge) return false;
  try {
    for (const map of declared.maps) windowsOf(map, sizes);
    return true;
  } catch (error) {
    if (error instanceof Misfit) return false;
    throw error;
  }
}

function holds(condition: string, sizes: Sizes): boolean {
  const [more, less] = condition
    .split("≥")
    .map((side) => parse(side.replaceAll("·", "*").replaceAll("−", "-")));
  return sizeOfExpression(more, sizes) >= sizeOfExpression(less, sizes);
}
