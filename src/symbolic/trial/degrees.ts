/** How likely a false statement is to pass in GF(p): degrees for the lemma of Schwartz and Zippel. */

import type { BuiltIn } from "../language/builtIns.js";
import {
  type ApplyExpression,
  type CallExpression,
  children,
  type Expression,
  type Statement,
} from "../language/expression.js";
import { evaluate, product } from "../language/polynomial.js";
import { print } from "../language/print.js";
import type { Sizes } from "../sizes/sizes.js";
import { shapeOf } from "../world/shapes.js";
import { matrixNamed, type World } from "../world/world.js";
import { instancesOf } from "./setting.js";

/**
 * The entries of an expression as quotients of polynomials in the entries of the matrices, with one denominator for
 * all. Values of σ, its derivatives and losses count as variables of their own. A differential raises the degree by
 * at most `growth`.
 */
export interface Degree {
  readonly top: number;
  readonly bottom: number;
  readonly growth: number;
}

/** The chance that a false statement passes at these sizes with one seed, for random values modulo p; at most 1. */
export function passingChance(world: World, { left, right }: Statement, sizes: Sizes, p: number): number {
  const [x, y] = [left, right].map((e) => degreeOf(world, e, sizes));
  const difference = Math.max(x.top + y.bottom, y.top + x.bottom);
  return Math.min(1, (difference + collisions(world, [left, right], sizes)) / p);
}

/**
 * Two different arguments of σ that happen to agree would make two unknown values one: the number of pairs of
 * arguments, times their degree. An argument that is written twice counts once.
 */
function collisions(world: World, sides: readonly Expression[], sizes: Sizes): number {
  const calls = new Map(
    sides.flatMap((e) => unknownsIn(world, e)).map((call) => [print(call.args[0]), call]),
  );
  let [values, degree] = [0, 0];
  for (const { name, args } of calls.values()) {
    // Each argument may stand in a sum over the instances.
    values += instancesOf(sizes) * (world.losses.has(name) ? 1 : entriesOf(world, args[0], sizes));
    const { top, bottom } = degreeOf(world, args[0], sizes);
    degree = Math.max(degree, top + bottom);
  }
  return ((values * (values - 1)) / 2) * degree;
}

function unknownsIn(world: World, e: Expression): (CallExpression | ApplyExpression)[] {
  const inside = children(e).flatMap((part) => unknownsIn(world, part));
  if (e.kind === "call") return calls[e.name] === ofUnknown ? [e, ...inside] : inside;
  return e.kind === "apply" && world.losses.has(e.name) ? [e, ...inside] : inside;
}

/** The degree of the entries of an expression at these sizes. */
export function degreeOf(world: World, e: Expression, sizes: Sizes): Degree {
  switch (e.kind) {
    case "number":
      return constant;
    case "name":
      return matrixNamed(world, e.name) ? { ...constant, top: 1 } : constant;
    case "unary":
      return degreeOf(world, e.of, sizes);
    case "binary": {
      const [x, y] = [degreeOf(world, e.left, sizes), degreeOf(world, e.right, sizes)];
      if (e.op === "+" || e.op === "-") return sumOf(x, y);
      return e.op === "/" ? productOf(x, { ...y, top: y.bottom, bottom: y.top }) : productOf(x, y);
    }
    case "call":
      return calls[e.name](world, e, sizes);
    default:
      return degreeOfApply(world, e, sizes);
  }
}

const constant: Degree = { top: 0, bottom: 0, growth: 0 };

type DegreeOf = (world: World, e: CallExpression, sizes: Sizes) => Degree;

const calls: Record<BuiltIn, DegreeOf> = {
  vec: ofItsMatrix,
  mat: ofItsMatrix,
  kron: (world, { args: [A, B] }, sizes) => productOf(degreeOf(world, A, sizes), degreeOf(world, B, sizes)),
  I: () => constant,
  ones: () => constant,
  K: () => constant,
  diag: ofItsMatrix,
  sigma: ofUnknown,
  dsigma: ofUnknown,
  d2sigma: ofUnknown,
  // where relu stands, nothing is tried modulo p
  relu: ofUnknown,
  drelu: ofUnknown,
  trace: ofItsMatrix,
  norm2: (world, { args: [M] }, sizes) => productOf(degreeOf(world, M, sizes), degreeOf(world, M, sizes)),
  Sum: (world, { args: [E] }, sizes) => repeated(degreeOf(world, E, sizes), instancesOf(sizes)),
  d: (world, { args: [E] }, sizes) => {
    // The quotient rule squares the denominator; each product has one factor replaced by its change.
    const x = degreeOf(world, E, sizes);
    return { ...x, top: x.top + x.bottom + x.growth, bottom: 2 * x.bottom };
  },
};

function ofItsMatrix(world: World, { args }: CallExpression, sizes: Sizes): Degree {
  return degreeOf(world, args[0], sizes);
}

function ofUnknown(world: World, { args }: CallExpression, sizes: Sizes): Degree {
  return unknownOf(degreeOf(world, args[0], sizes), 0);
}

function degreeOfApply(world: World, { name, args }: ApplyExpression, sizes: Sizes): Degree {
  const x = degreeOf(world, args[0], sizes);
  return world.losses.has(name) ? unknownOf(x, 1) : x;
}

/** An unknown function's value: a variable; its change is a derivative (of that degree more) times the argument's. */
function unknownOf(x: Degree, gradient: number): Degree {
  return { top: 1, bottom: 0, growth: x.top + x.bottom + x.growth + gradient };
}

function sumOf(x: Degree, y: Degree): Degree {
  const top = Math.max(x.top + y.bottom, y.top + x.bottom);
  return { top, bottom: x.bottom + y.bottom, growth: Math.max(x.growth, y.growth) };
}

function productOf(x: Degree, y: Degree): Degree {
  return { top: x.top + y.top, bottom: x.bottom + y.bottom, growth: Math.max(x.growth, y.growth) };
}

function repeated(x: Degree, count: number): Degree {
  const bottom = x.bottom * count;
  return { ...x, top: x.top + bottom - x.bottom, bottom };
}

function entriesOf(world: World, e: Expression, sizes: Sizes): number {
  const { rows, cols } = shapeOf(world, e);
  return evaluate(product([rows, cols]), sizes);
}
