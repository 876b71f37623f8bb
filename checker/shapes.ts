/** Shapes: those of a certificate, and others that are drawn. */
import type { Draw } from "./draw.js";
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

export function writtenIn({ declared, sides, standing }: World): Written {
  const [sizes, maps, seen]: [Size[], Set<string>, Set<unknown>] = [[], new Set(), new Set()];
  const ofMatrix = (name: string): void => {
    sizes.push(...declared.matrices.get(name)!.size);
    for (const [loss, { gradient, hessian }] of declared.losses)
      if (name === gradient || name === hessian) ofExpression(standing.get(loss));
  };
  const ofMap = (name: string): void => {
    const { rows, columns, window, size } = declared.maps.get(name)!;
    maps.add(name);
    sizes.push(...size, ...[...rows, ...columns, ...window].map((counter) => counter.size));
    ofExpression(standing.get(name));
  };
  const visit: Readonly<Record<string, (expression: Expression) => unknown>> = {
    size: ({ name }) => sizes.push({ op: name, args: [] }),
    matrix: ({ name }) => ofMatrix(name),
    differential: ({ name }) => ofMatrix(name.slice(1)),
    map: ({ name }) => ofMap(name),
    selector: ({ name }) => ofMap(declared.selectors.get(name)!),
    loss: ({ name }) => ofMatrix(declared.losses.get(name)!.gradient),
    Sum: () => declared.sizes.has("l") && sizes.push({ op: "l", args: [] }),
  };
  const ofExpression = (all: Expression | undefined): void => {
    if (!all || seen.has(all)) return;
    seen.add(all);
    for (const one of within(all)) {
      sizes.push(...one.sizes);
      visit[one.op]?.(one);
    }
  };
  for (const side of sides) ofExpression(side);
  return { sizes, maps };
}

/** The names of sizes within the written ones and within their definitions. */
function namesIn(written: readonly Size[], defined: ReadonlyMap<string, Size | undefined>): Set<string> {
  const names = new Set<string>();
  const visit = ({ op, args }: Size): void => {
    for (const arg of args) visit(arg);
    if (args.length > 0 || /^\d/.test(op) || names.has(op)) return;
    names.add(op);
    const definition = defined.get(op);
    if (definition) visit(definition);
  };
  for (const size of written) visit(size);
  return names;
}

/** Admissible shapes, with what is to be said of them: those given, and then more of which no two are alike. */
export function* shapesOf(
  world: World,
  given: readonly Record<string, number>[],
  more: number,
  draw: Draw,
): Generator<Shape> {
  const written = writtenIn(world);
  const names = namesIn(written.sizes, world.declared.sizes);
  const seen = new Set<string>();
  for (const one of given) yield* firstOf(200, () => shapeOf(world, written, names, one, draw, 6));
  for (let found = 0, tried = 0; found < more && tried < 4_000; tried++) {
    const shape = shapeOf(world, written, names, {}, draw, tried < 2_000 ? 6 : 12);
    const key = shape && nameOf(shape);
    if (!shape || seen.has(key!)) continue;
    seen.add(key!);
    found += 1;
    yield shape;
  }
}

function firstOf(times: number, make: () => Shape | undefined): Shape[] {
  for (let k = 0; k < times; k++) {
    const shape = make();
    if (shape) return [shape];
  }
  return [];
}

/** The shape with these sizes and others up to a largest one that is drawn, where it is admissible. */
function shapeOf(
  world: World,
  written: Written,
  names: ReadonlySet<string>,
  given: Record<string, number>,
  draw: Draw,
  most: number,
): Shape | undefined {
  const largest = draw.upTo(most);
  const free = (name: string): bigint => BigInt(given[name] ?? draw.upTo(largest));
  const sizes: Sizes = new Map(
    [...names].map((name) => [name, world.declared.sizes.get(name) ?? free(name)]),
  );
  try {
    for (const size of written.sizes) wholeOf(size, sizes);
    const whole = new Map([...names].map((name) => [name, BigInt(wholeOf({ op: name, args: [] }, sizes))]));
    for (const [name, value] of whole) if (BigInt(given[name] ?? value) !== value) return undefined;
    return {
      sizes: whole,
      tables: new Map(
        [...written.maps].map((name) => [name, tableOf(world.declared.maps.get(name)!, whole)]),
      ),
    };
  } catch (error) {
    if (error instanceof Stop && error.kind !== "unreadable") return undefined;
    throw error;
  }
}

/** As people write it: h = 2, s = 1. */
export function nameOf({ sizes }: Shape): string {
  return [...sizes]
    .map(([name, value]) => `${name} = ${value}`)
    .sort()
    .join(", ");
}
