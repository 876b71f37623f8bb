/**
 * Which image a selection of max pooling belongs to. P_pool is the selection that pool takes of its argument: at another
 * image it takes other entries, so that pool(A + B) and pool(A) + pool(B) are two things.
 */

import type { BuiltIn } from "../language/builtIns.js";
import { children, type Expression, type Statement, same } from "../language/expression.js";
import { print } from "../language/print.js";
import { mapOfMatrix, type World } from "./world.js";

/** The images at which each map that chooses stands in a statement, each once. */
export function selectionOrigins(
  world: World,
  { left, right }: Statement,
): ReadonlyMap<string, readonly Expression[]> {
  const origins = new Map<string, Expression[]>();
  for (const { name, args } of [left, right].flatMap((e) => choosingCalls(world, e))) {
    const [origin, known] = [selectionOrigin(world, args[0]), origins.get(name) ?? []];
    if (!known.some((other) => same(other, origin))) origins.set(name, [...known, origin]);
  }
  return origins;
}

/** The image of each map that chooses, where it stands at one alone. */
export function selectionArguments(world: World, statement: Statement): ReadonlyMap<string, Expression> {
  const single = [...selectionOrigins(world, statement)].filter(([, origins]) => origins.length === 1);
  return new Map(single.map(([name, [origin]]) => [name, origin]));
}

/**
 * The image whose largest entries are at the places of those of e: ReLU, a σ that does not decrease, and a positive
 * factor leave them where they are. A letter that a proof has put in a part's place is that part.
 */
export function selectionOrigin(world: World, e: Expression): Expression {
  const inner = sameOrder(world, e);
  return inner ? selectionOrigin(world, inner) : e;
}

function sameOrder(world: World, e: Expression): Expression | undefined {
  if (e.kind === "name") return world.matrices.get(e.name)?.standsFor;
  if (e.kind === "call") return rising.has(e.name) ? e.args[0] : undefined;
  if (e.kind !== "binary") return undefined;
  if (e.op === "*" && isPositive(world, e.left)) return e.right;
  return (e.op === "*" || e.op === "/") && isPositive(world, e.right) ? e.left : undefined;
}

/** What leaves the largest entry where it is: ReLU, and σ where it does not decrease. */
const rising: ReadonlySet<BuiltIn> = new Set<BuiltIn>(["sigma", "relu"]);

function isPositive(world: World, e: Expression): boolean {
  return e.kind === "number" ? e.value > 0 : e.kind === "name" && world.dimensions.has(e.name);
}

/**
 * Whether a statement takes one selection for an image and for σ of it: right for a σ that does not decrease, as ReLU,
 * and wrong for one that does.
 */
export function needsRisingSigma(world: World, { left, right }: Statement): boolean {
  const depths = new Map<string, number>();
  return [left, right]
    .flatMap((e) => choosingCalls(world, e))
    .some(({ name, args }) => {
      const key = `${name} at ${print(selectionOrigin(world, args[0]))}`;
      const depth = depths.get(key) ?? sigmasOver(world, args[0]);
      depths.set(key, depth);
      return depth !== sigmasOver(world, args[0]);
    });
}

/** How many σ stand around the image. */
function sigmasOver(world: World, e: Expression): number {
  const inner = sameOrder(world, e);
  if (!inner) return 0;
  return sigmasOver(world, inner) + (e.kind === "call" && e.name === "sigma" ? 1 : 0);
}

/** The maps that choose and whose matrix stands in the expression. */
export function choosingMatrices(world: World, e: Expression): string[] {
  if (e.kind !== "name") return children(e).flatMap((part) => choosingMatrices(world, part));
  const map = mapOfMatrix(world, e.name);
  return map?.chosen ? [map.name] : [];
}

function choosingCalls(world: World, e: Expression): Extract<Expression, { kind: "apply" }>[] {
  const inside = children(e).flatMap((part) => choosingCalls(world, part));
  return e.kind === "apply" && world.maps.get(e.name)?.chosen ? [e, ...inside] : inside;
}
