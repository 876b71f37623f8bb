/** Shapes: those of a certificate, and others that are drawn. */
import type { World } from "./certificate.js";
import type { Draw } from "./draw.js";
import { sizesOfMap, type Table, tableOf } from "./maps.js";
import { wholeOf } from "./sizes.js";
import { Stop } from "./stop.js";
import { type Expression, node, within } from "./words.js";

type Given = ReadonlyMap<string, number>;

/** Sizes, each computed, or drawn where it is free, when it is first asked for; and index maps. */
export class Shape {
  readonly #sizes = new Map<string, bigint | undefined>();
  readonly #tables = new Map<string, Table>();

  constructor(
    readonly declared: World["declared"],
    readonly given: Given,
    readonly free: (name: string) => number,
  ) {}

  /** As people write it: h = 2, s = 1. */
  get name(): string {
    const all = [...this.#sizes].map(([name, size]) => `${name} = ${size}`);
    return all.sort().join(", ");
  }

  /** How many sizes are 1. */
  get ones(): number {
    return [...this.#sizes.values()].filter((size) => size === 1n).length;
  }

  /** Whether no size is free. */
  get isOnly(): boolean {
    return [...this.#sizes.keys()].every((name) => this.declared.sizes.get(name));
  }

  /** Three where no l is declared. */
  get instances(): number {
    return this.declared.sizes.has("l") ? Number(this.size("l")) : 3;
  }

  /** The value of a written size. */
  whole(size: Expression): number {
    return wholeOf(size, (name) => this.size(name));
  }

  size(name: string): bigint {
    const { sizes } = this.declared;
    const known = this.#sizes.get(name);
    if (known !== undefined) return known;
    if (!sizes.has(name) || this.#sizes.has(name))
      throw new Stop("not judged", `${name} is no size, or is defined by itself`);
    this.#sizes.set(name, undefined);
    const [definition, given] = [sizes.get(name), this.given.get(name)];
    const size = definition ? this.whole(definition) : (given ?? this.free(name));
    if (size < 1 || size !== (given ?? size)) throw new Stop("inadmissible", `${name} is ${given ?? size}`);
    this.#sizes.set(name, BigInt(size));
    return BigInt(size);
  }

  table(map: string): Table {
    const table = this.#tables.get(map) ?? tableOf(this.declared.maps.get(map)!, (name) => this.size(name));
    this.#tables.set(map, table);
    return table;
  }
}

/** What a statement speaks of: what is in it, and for losses and maps what belongs to them and where they stand. */
function spokenOf({ declared, sides, standing }: World): Expression[] {
  const { kinds, matrices, selectors, losses } = declared;
  const all = new Map<string, Expression>();
  const add = (expression: Expression): void => {
    for (const one of within(expression)) all.set(one.text, one);
  };
  for (const side of sides) add(side);
  for (const { op, name } of all.values()) {
    if (kinds.get(name) !== op) continue;
    if (op === "differential") add(node("matrix", [], name.slice(1)));
    const owner = selectors.get(name) ?? (matrices.get(name)?.loss || name);
    const { gradient = "", hessian = "" } = losses.get(owner) ?? {};
    for (const matrix of [gradient, hessian]) if (matrix !== "") add(node("matrix", [], matrix));
    const argument = standing.get(owner);
    if (argument) add(argument);
    if (op === "selector") add(node("map", [], owner));
  }
  return [...all.values()];
}

function sizesIn({ sizes, matrices, maps }: World["declared"], one: Expression): readonly Expression[] {
  const map = maps.get(one.name);
  if (one.op === "size") return [one];
  if (one.op === "Sum") return sizes.has("l") ? [node("size", [], "l")] : [];
  if (one.op === "matrix") return matrices.get(one.name)?.size ?? [];
  return one.op === "map" && map ? sizesOfMap(map) : one.sizes;
}

const mostDrawn = 6_000;

/** Admissible shapes: those given, with what they leave out drawn, and then others, of which no two are alike. */
export function* shapesOf(
  world: World,
  given: readonly Given[],
  others: boolean,
  draw: Draw,
): Generator<Shape> {
  const spoken = spokenOf(world);
  const written = spoken.flatMap((one) => sizesIn(world.declared, one));
  const maps = spoken.filter(({ op }) => op === "map");
  const drawn = (key: string, most: number, sizes: Given = new Map()): Shape | undefined => {
    const largest = 1 + (draw(`${key} largest`) % most);
    const shape = new Shape(world.declared, sizes, (name) => 1 + (draw(`${key} ${name}`) % largest));
    return admissible(() => written.every((size) => shape.whole(size))) ? shape : undefined;
  };
  const isWhole = (shape: Shape): boolean => admissible(() => maps.every(({ name }) => shape.table(name)));
  for (const [k, sizes] of given.entries()) {
    let found: Shape | undefined;
    for (let tried = 0; tried < 200 && !(found && isWhole(found)); tried++)
      found = drawn(`given ${k} ${tried}`, 6, sizes);
    if (found && isWhole(found)) yield found;
  }
  const seen = new Set<string>();
  for (let tried = 0; tried < mostDrawn && others; tried++) {
    const shape = drawn(`${tried}`, tried < 0.8 * mostDrawn ? 6 : 12);
    const saysLittle = tried < 0.4 * mostDrawn && draw(`${tried} ones`) % 4 ** (shape?.ones ?? 0) > 0;
    if (!shape || seen.has(shape.name) || saysLittle) continue;
    seen.add(shape.name);
    if (isWhole(shape)) yield shape;
  }
}

function admissible(make: () => boolean): boolean {
  try {
    return make();
  } catch (error) {
    if (error instanceof Stop && error.kind !== "not judged") return false;
    throw error;
  }
}
