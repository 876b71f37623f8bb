/**
 * Between the kinks of a statement: along a line of inputs every argument of relu is a number that passes through 0 somewhere,
 * and between two such places no sign changes. Conditions such as 3t > 1 and 5t < 2 meet in no number that is drawn.
 */

import { children, type Expression, type Statement } from "../language/expression.js";
import type { Sizes } from "../sizes/sizes.js";
import type { World } from "../world/world.js";
import { differenceOf } from "./algebra.js";
import { explicitOf } from "./evaluate.js";
import { fractionDraw } from "./fractionDraw.js";
import { doubleOf, type Fraction, fractions } from "./fractions.js";
import { type InputWay, parts } from "./ways.js";

const algebra = fractions(0);
const { add, multiply, inverse, isZero, negate } = algebra;

/** Places on a line that are looked at, at most. */
const mostPlaces = 24;

/** Two points of the line, at 0 and at 1. */
const ends = [0, 1].map(
  (end): InputWay["entry"] =>
    (seed, name, instance, at) =>
      parts(-3, 3)(seed, `${name} end ${end}`, instance, at),
);

/** A way for each place between two kinks, and beyond the outer ones, of the line with that seed. */
export function waysBetweenKinks(world: World, statement: Statement, sizes: Sizes, seed: number): InputWay[] {
  const kinks = kinksOn(world, statement, sizes, seed).sort((s, t) => doubleOf(s) - doubleOf(t));
  return sampled(between(kinks)).map((place) => ({
    words: "inputs between the kinks on a line",
    entry: onLine(place),
  }));
}

function onLine(place: Fraction): InputWay["entry"] {
  return (...key) => {
    const [from, to] = ends.map((end) => end(...key));
    return add(from, multiply(place, differenceOf(algebra, to, from)));
  };
}

/** Where arguments of relu are 0, if they change evenly along the line. */
function kinksOn(world: World, statement: Statement, sizes: Sizes, seed: number): Fraction[] {
  const [at0, at1] = ends.map((entry) =>
    fractionDraw(world, statement, { sizes, seed, way: { words: "", entry } }),
  );
  const bent = [statement.left, statement.right].flatMap(argumentsOfRelu);
  const places = bent.flatMap((argument) => {
    const [u, v] = [at0, at1].map((setting) => explicitOf(argument, setting).entries);
    return u.flatMap((x, k) => {
      const change = differenceOf(algebra, v[k], x);
      return isZero(change) ? [] : [multiply(negate(x), inverse(change))];
    });
  });
  return [...new Map(places.map((place) => [doubleOf(place), place])).values()];
}

function argumentsOfRelu(e: Expression): Expression[] {
  const inside = children(e).flatMap(argumentsOfRelu);
  return e.kind === "call" && (e.name === "relu" || e.name === "drelu") ? [e.args[0], ...inside] : inside;
}

/** Halfway between neighbours, and a step beyond the first and the last. */
function between(sorted: readonly Fraction[]): Fraction[] {
  const [first, last] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  const middles = sorted.slice(1).map((place, k) => multiply(add(place, sorted[k]), inverse(2)));
  return [add(first, -1), ...middles, add(last, 1)];
}

/** All, or as many as are looked at, evenly. */
function sampled(places: readonly Fraction[]): Fraction[] {
  const count = Math.min(places.length, mostPlaces);
  return Array.from({ length: count }, (_, k) => places[Math.floor((k * places.length) / count)]);
}
