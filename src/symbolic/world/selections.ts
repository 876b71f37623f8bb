/**
 * Which image a selection of max pooling belongs to. P_pool is the selection that pool takes of its argument: at another
 * image it takes other entries, so that pool(A + B) and pool(A) + pool(B) are two things.
 */

import type { BuiltIn } from "../language/builtIns.js";
import { children, type Expression, type Statement, same } from "../language/expression.js";
import { print } from "../language/print.js";
import { mapOfMatrix, type World } from "./world.js";

/** The image at which each map that chooses stands first in an expression, as it is written. */
export function firstImages(world: World, e: Expression): ReadonlyMap<string, Expression> {
  return new Map(
    choosingCalls(world, e)
      .reverse()
      .map(({ name, args }) => [name, args[0]] as const),
  );
}

/** The origins of the images at which each map that chooses stands in a statement, each once. */
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

/** What a statement asks of σ: to be a function, or one that does not decrease. */
export type SigmaNeed = "any" | "rising";

/**
 * What the statement asks of σ: not to decrease, where a map takes one selection for images that are σ of one another or of
 * one thing. `given` says at which images maps stand in the lines before, to whose selections matrices belong.
 */
export function sigmaNeed(
  world: World,
  statement: Statement,
  given: ReadonlyMap<string, Expression> = new Map(),
): SigmaNeed {
  const isSigma = (e: Expression) => e.kind === "call" && e.name === "sigma";
  return families(world, statement, given).some(({ images, owner }) =>
    images.some((image) => layersAbove(world, image, owner).some(isSigma)),
  )
    ? "rising"
    : "any";
}

/**
 * For each map that chooses, where it stands, the image whose selection its matrix is: where pool stands at Z and at σ(Z) that
 * is Z, whose largest entries are largest in σ(Z) too. At σ(Z) alone it is σ(Z).
 */
export function selectionOwners(world: World, statement: Statement): ReadonlyMap<string, Expression> {
  const found = new Map<string, Expression>();
  for (const { name, owner } of families(world, statement, new Map()))
    if (!found.has(name)) found.set(name, owner);
  return found;
}

/** The images of one origin at which a map takes its largest entries, and what is within all of them. */
interface ImageFamily {
  readonly name: string;
  readonly images: readonly Expression[];
  readonly owner: Expression;
}

function families(
  world: World,
  { left, right }: Statement,
  given: ReadonlyMap<string, Expression>,
): ImageFamily[] {
  const letters = new Set([left, right].flatMap((e) => choosingMatrices(world, e)));
  const earlier = [...given].filter(([name]) => letters.has(name) && world.maps.get(name)?.chosen);
  const written = [left, right].flatMap((e) => choosingCalls(world, e));
  const found = new Map<string, { name: string; images: Expression[] }>();
  for (const [name, image] of [...earlier, ...written.map(({ name, args }) => [name, args[0]] as const)]) {
    const key = `${name} at ${print(selectionOrigin(world, image))}`;
    const family = found.get(key) ?? { name, images: [] };
    found.set(key, family);
    family.images.push(image);
  }
  return [...found.values()].map((family) => ({ ...family, owner: commonPart(world, family.images) }));
}

/** The outermost part of the first image that is within all others, σ and all else that keeps the order taken off. */
function commonPart(world: World, [first, ...others]: readonly Expression[]): Expression {
  const isIn = (part: Expression, image: Expression) =>
    [...layers(world, image)].some((layer) => same(layer, part));
  for (const part of layers(world, first)) if (others.every((image) => isIn(part, image))) return part;
  return selectionOrigin(world, first);
}

/** The image, and what is left of it when one after another of what keeps its order is taken off. */
function* layers(world: World, image: Expression): Generator<Expression> {
  for (let e: Expression | undefined = image; e; e = sameOrder(world, e)) yield e;
}

function layersAbove(world: World, image: Expression, owner: Expression): Expression[] {
  const all = [...layers(world, image)];
  return all.slice(
    0,
    all.findIndex((layer) => same(layer, owner)),
  );
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
