/** A certificate, read. */
import { type Declared, readDeclarations } from "./declarations.js";
import { readExpression } from "./statement.js";
import { Stop } from "./stop.js";
import { type Expression, whole, within } from "./words.js";

/** A statement, and all that it is said of. */
export interface World {
  readonly declared: Declared;
  readonly sides: readonly Expression[];
  /** Loss or map → its argument where it stands. */
  readonly standing: ReadonlyMap<string, Expression>;
  /** σ does not decrease. */
  readonly rising: boolean;
}

export interface Certificate {
  readonly world: World;
  /** Of all sizes: others than those of the trials are tried too. */
  readonly ofAllSizes: boolean;
  readonly shapes: readonly ReadonlyMap<string, number>[];
  /** The chance, at most, that it states; 1 where it states none. */
  readonly bound: number;
  readonly vacuous: boolean;
  /** What all draws begin with. */
  readonly text: string;
}

export function readCertificate(json: unknown): Certificate {
  const fields = record(json);
  const { version, declarations, statement, level, shapes, bound = 1, standing = {}, caveats = [] } = fields;
  const isLevel = ["all sizes", "here", "identity", "float"].includes(level as string);
  if (version !== 1 || !isLevel || typeof declarations !== "string" || typeof statement !== "string")
    throw new Stop("not judged", "no certificate of version 1");
  if (!Array.isArray(shapes) || shapes.length > 100 || typeof bound !== "number" || !Array.isArray(caveats))
    throw new Stop("not judged", "its shapes, its bound or its caveats");
  const has = (kind: string): boolean => caveats.some((caveat) => record(caveat).kind === kind);
  return {
    world: worldOf(declarations, statement, record(standing), has("rising")),
    ofAllSizes: level === "all sizes",
    shapes: shapes.map(shapeIn),
    bound,
    vacuous: has("vacuous"),
    text: JSON.stringify([declarations, statement]),
  };
}

function worldOf(declarations: string, statement: string, given: object, rising: boolean): World {
  const declared = readDeclarations(declarations);
  const read = (text: unknown): Expression =>
    whole(String(text), (words) => readExpression(words, declared.kinds));
  const sides = statement.split("=").map(read);
  if (sides.length !== 2) throw new Stop("not judged", "a statement has two sides");
  const standing = new Map(Object.entries(given).map(([name, text]) => [name, read(text)]));
  const isOne = (name: string): boolean => declared.maps.has(name) || declared.losses.has(name);
  if (![...standing.keys()].every(isOne)) throw new Stop("not judged", "what stands is no map and no loss");
  for (const { op, name, args } of sides.flatMap((side) => [...within(side)]))
    if (op === "map") standing.set(name, common(standing.get(name) ?? args[0], args[0]));
    else if (op === "loss" && !standing.has(name)) standing.set(name, args[0]);
  for (const [name, where] of standing)
    if ([...within(where)].some((one) => declared.matrices.get(one.name)?.loss === name))
      throw new Stop("not judged", `${name} stands at its own gradient`);
  return { declared, sides, standing, rising };
}

/** The largest part of an image that is within another too, when what keeps the order is taken off; else the image. */
function common(image: Expression, other: Expression): Expression {
  const parts = [...ordered(other)].map(({ text }) => text);
  return [...ordered(image)].find(({ text }) => parts.includes(text)) ?? image;
}

/** An expression, and what is left when σ, relu and positive numbers and sizes are taken off one after another. */
function* ordered(e: Expression): Generator<Expression> {
  yield e;
  const [left, right] = e.args;
  const isPositive = ({ op, name }: Expression): boolean =>
    op === "size" || (op === "number" && Number(name) > 0);
  if (e.op === "sigma" || e.op === "relu") yield* ordered(left);
  else if (e.op === "*" && isPositive(left)) yield* ordered(right);
  else if (/^[*/]$/.test(e.op) && isPositive(right)) yield* ordered(left);
}

function shapeIn(json: unknown): Map<string, number> {
  const sizes = Object.entries(record(json));
  if (!sizes.every(([, size]) => Number.isSafeInteger(size)))
    throw new Stop("not judged", "a size of a shape");
  return new Map(sizes as [string, number][]);
}

function record(json: unknown): Record<string, unknown> {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new Stop("not judged", `${JSON.stringify(json)} is no record`);
  return json as Record<string, unknown>;
}
