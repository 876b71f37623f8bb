/** Shapes: those of a certificate, and others that are drawn. */
import type { Declared } from "./declarations.js";
import type { Draw } from "./draw.js";
import type { IndexMap } from "./indexMaps.js";
import { type Size, type Sizes, wholeOf } from "./sizes.js";
import { type Expression, within } from "./statement.js";
import { Stop } from "./stop.js";
import { tableOf } from "./tables.js";
import type { Shape, World } from "./trial.js";

/** The sizes that are written in what a statement speaks of, and the maps. */
interface Written {
  readonly sizes: readonly Size[];
  readonly maps: ReadonlySet<string>;
}

function writtenIn({ declared, sides, standing }: World): Written {
  const [sizes, maps] = [new Map<string, Size>(), new Set<string>()];
  const reached = new Set<Expression>(sides);
  for (const all of reached) {
    for (const one of within(all)) {
      const [matrix, map] = [matrixIn(declared, one), mapIn(declared, one)];
      if (map !== undefined) maps.add(map);
      for (const size of [...one.sizes, ...sizesIn(declared, one, matrix, map)])
        sizes.set(JSON.stringify(size), size);
      for (const name of [map, lossOf(declared, matrix)]) {
        const where = standing.get(name ?? "");
        if (where) reached.add(where);
      }
    }
  }
  return { sizes: [...sizes.values()], maps };
}

function matrixIn({ losses }: Declared, { op, name }: Expression): string | undefined {
  if (op === "differential") return name.slice(1);
  return op === "loss" ? losses.get(name)!.gradient : op === "matrix" ? name : undefined;
}

function mapIn({ selectors }: Declared, { op, name }: Expression): string | undefined {
  return op === "selector" ? selectors.get(name) : op === "map" ? name : undefined;
}

function lossOf({ losses }: Pick<Declared, "losses">, matrix: string | undefined): string | undefined {
  return [...losses].find(([, { gradient, hessian }]) => matrix === gradient || matrix === hessian)?.[0];
}

function sizesIn(
  { sizes, matrices, maps, losses }: Declared,
  one: Expression,
  matrix?: string,
  map?: string,
): Size[] {
  if (one.op === "size") return [{ op: one.name, args: [] }];
  if (one.op === "Sum") return sizes.has("l") ? [{ op: "l", args: [] }] : [];
  if (matrix !== undefined) {
    const { gradient, hessian } = losses.get(lossOf({ losses }, matrix) ?? "") ?? {
      gradient: matrix,
      hessian: "",
    };
    return [matrix, gradient, hessian].flatMap((name) => matrices.get(name)?.size ?? []);
  }
  return map === undefined ? [] : sizesOfMap(maps.get(map)!);
}

/** Those of its counters and of its matrix, and the names of sizes in its places. */
function sizesOfMap({ rows, columns, window, size, place }: IndexMap): Size[] {
  const counters = [...rows, ...columns, ...window];
  const names = (part: Size): Size[] => (part.args.length > 0 ? part.args.flatMap(names) : [part]);
  const own = new Set(counters.map(({ name }) => name));
  const others = place
    .flat()
    .flatMap(names)
    .filter(({ op }) => !own.has(op) && !/^\d/.test(op));
  return [...counters.map((counter) => counter.size), ...size, ...others];
}

/** The names of sizes within the written ones and within their definitions, each behind those that define it. */
function namesIn(written: readonly Size[], defined: ReadonlyMap<string, Size | undefined>): Set<string> {
  const names = new Set<string>();
  const visit = ({ op, args }: Size): void => {
    for (const arg of args) visit(arg);
    if (args.length > 0 || /^\d/.test(op) || names.has(op)) return;
    if (!defined.has(op)) throw new Stop("unreadable", `${op} is no size`);
    const definition = defined.get(op);
    if (definition) visit(definition);
    names.add(op);
  };
  for (const size of written) visit(size);
  return names;
}

/**
 * Admissible shapes, with what is to be said of them: those given, and then others, of which no two are alike; those
 * with many sizes 1 say little and are taken seldom.
 */
export function* shapesOf(
  world: World,
  given: readonly Record<string, number>[],
  others: boolean,
  draw: Draw,
): Generator<Shape> {
  const written = writtenIn(world);
  const names = namesIn(written.sizes, world.declared.sizes);
  const drawn = (one: Record<string, number>, most: number): Sizes | undefined =>
    admissible(() => sizesOf(world, written, names, one, draw, most));
  const shape = (sizes: Sizes): Shape | undefined => admissible(() => shapeAt(world, written, sizes));
  for (const one of given) {
    let found: Shape | undefined;
    for (let tried = 0; tried < 200 && !found; tried++) {
      const sizes = drawn(one, 6);
      found = sizes && shape(sizes);
    }
    if (found) yield found;
  }
  const seen = new Set<string>();
  for (let tried = 0; tried < mostDrawn && others; tried++) {
    const sizes = drawn({}, tried < 0.8 * mostDrawn ? 6 : 12);
    if (!sizes || seen.has(nameOf(sizes))) continue;
    const ones = [...sizes.values()].filter((size) => size === 1n).length;
    if (tried < 0.4 * mostDrawn && draw.upTo(2 ** ones) > 1) continue;
    seen.add(nameOf(sizes));
    const found = shape(sizes);
    if (found) yield found;
  }
}

const mostDrawn = 6_000;

function admissible<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof Stop && error.kind !== "unreadable") return undefined;
    throw error;
  }
}

/** These sizes, others up to a largest one that is drawn, and those that they define. */
function sizesOf(
  world: World,
  written: Written,
  names: ReadonlySet<string>,
  given: Readonly<Record<string, number>>,
  draw: Draw,
  most: number,
): Sizes {
  const largest = draw.upTo(most);
  const sizes = new Map<string, bigint>();
  for (const name of names) {
    const definition = world.declared.sizes.get(name);
    const size = definition ? wholeOf(definition, sizes) : (given[name] ?? draw.upTo(largest));
    if (size !== (given[name] ?? size))
      throw new Stop("inadmissible", `${name} is not what it is defined as`);
    sizes.set(name, BigInt(size));
  }
  for (const size of written.sizes) wholeOf(size, sizes);
  return sizes;
}

function shapeAt({ declared }: World, { maps }: Written, sizes: Sizes): Shape {
  return {
    sizes,
    tables: new Map([...maps].map((name) => [name, tableOf(declared.maps.get(name)!, sizes)])),
  };
}

/** As people write it: h = 2, s = 1. */
export function nameOf(sizes: Sizes): string {
  return [...sizes]
    .map(([name, value]) => `${name} = ${value}`)
    .sort()
    .join(", ");
}
