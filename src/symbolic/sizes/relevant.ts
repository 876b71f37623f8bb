/** The part of a world that a statement speaks of. */

import type { BuiltIn } from "../language/builtIns.js";
import { children, type Expression, type Statement } from "../language/expression.js";
import { polynomialText, variables } from "../language/polynomial.js";
import { type Dimension, type IndexMap, instancesSize, matrixNamed, type World } from "../world/world.js";
import { doubtfulWrittenSizes } from "./doubtful.js";

const known = new WeakMap<World, Map<string, World>>();

/**
 * The world with only what the statement mentions: its matrices, maps, losses, and the sizes they need. Statements that
 * mention the same share one world.
 */
export function relevantWorld(world: World, statement: Statement): World {
  const { left, right } = statement;
  const names = new Set([...namesIn(left), ...namesIn(right)]);
  const functions = new Set([...builtInsIn(left), ...builtInsIn(right)]);
  const parts = known.get(world) ?? new Map<string, World>();
  known.set(world, parts);
  const writtenSizes = doubtfulWrittenSizes(world, statement);
  const part = { ...partOf(world, names, functions), ...(writtenSizes.length > 0 && { writtenSizes }) };
  const key = [
    ...[part.dimensions, part.matrices, part.maps, part.losses].map((all) => [...all.keys()].join()),
    ...writtenSizes.map(polynomialText),
  ].join(";");
  const same = parts.get(key) ?? part;
  parts.set(key, same);
  return same;
}

function partOf(world: World, names: Set<string>, functions: ReadonlySet<BuiltIn>): World {
  // A loss's Hessian is symmetric, also where it stands alone.
  // And a gradient changes where something is differentiated.
  const losses = kept(
    world.losses,
    ({ name, gradient, hessian }) =>
      names.has(name) || names.has(hessian ?? name) || (functions.has("d") && names.has(gradient)),
  );
  for (const { gradient, hessian } of losses.values()) names.add(gradient).add(hessian ?? gradient);
  // dX stands for X too: its size is that of X.
  const mentioned = new Set(
    [...names].flatMap((name) => (matrixNamed(world, name) ? [name, name.slice(1)] : [])),
  );
  const matrices = kept(world.matrices, ({ name }) => mentioned.has(name));
  const maps = kept(world.maps, ({ name, matrix }) => names.has(name) || names.has(matrix));
  const sizes = [
    ...[...matrices.values()].flatMap(({ rows, cols }) => [rows, cols].flatMap(variables)),
    ...[...maps.values()].flatMap(sizesOfMap),
  ];
  const needed = closure(world, [...sizes, ...names, ...(functions.has("Sum") ? [instancesSize] : [])]);
  const dimensions = kept(world.dimensions, ({ name }) => needed.has(name));
  return { declarations: world.declarations, dimensions, matrices, maps, losses };
}

/** Every declared name in an expression, also those of functions. */
export function namesIn(e: Expression): string[] {
  const own = e.kind === "name" || e.kind === "apply" ? [e.name] : [];
  return [...own, ...children(e).flatMap(namesIn)];
}

/** The functions in an expression that need no declaration. */
export function builtInsIn(e: Expression): BuiltIn[] {
  const own = e.kind === "call" ? [e.name] : [];
  return [...own, ...children(e).flatMap(builtInsIn)];
}

function sizesOfMap({ rows, cols, sums, placeRows, placeCols, weight }: IndexMap): string[] {
  const counters = [...rows, ...cols, ...sums];
  const places = [...placeRows, ...placeCols];
  const names = new Set(counters.map(({ name }) => name));
  return [
    ...[...counters, ...places].flatMap(({ size }) => variables(size)),
    ...places.flatMap(({ at }) => variables(at)).filter((name) => !names.has(name)),
    ...variables(weight),
  ];
}

/** The dimensions among the names, and those in their definitions. */
function closure(world: World, names: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (name: string) => {
    const dimension: Dimension | undefined = world.dimensions.get(name);
    if (!dimension || found.has(name)) return;
    found.add(name);
    if (dimension.definition) for (const inner of namesIn(dimension.definition)) visit(inner);
  };
  for (const name of names) visit(name);
  return found;
}

function kept<T>(all: ReadonlyMap<string, T>, keep: (value: T) => boolean): Map<string, T> {
  return new Map([...all].filter(([, value]) => keep(value)));
}
