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
  /** What is said of σ: that it does not decrease (rising), or that it increases; empty where it is any. */
  readonly sigma: "" | "rising" | "increasing";
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
  const sigma = has("increasing") ? "increasing" : has("rising") ? "rising" : "";
  return {
    world: worldOf(declarations, statement, record(standing), sigma),
    ofAllSizes: level === "all sizes",
    shapes: shapes.map(shapeIn),
    bound,
    vacuous: has("vacuous"),
    text: JSON.stringify([declarations, statement]),
  };
}

function worldOf(declarations: string, statement: string, given: object, sigma: World["sigma"]): World {
  const declared = readDeclarations(declarations);
  const read = (text: unknown): Expression =>
    whole(String(text), (words) => readExpression(words, declared.kinds));
  const sides = statement.split("=").map(read);
  if (sides.length !== 2) throw new Stop("not judged", "a statement has two sides");
  const standing = new Map(Object.entries(given).map(([name, text]) => [name, read(text)]));
  const isOne = (name: string): boolean => declared.maps.has(name) || declared.losses.has(name);
  if (![...standing.keys()].every(isOne)) throw new Stop("not judged", "what stands is no map and no loss");
  for (const { op, name, args } of sides.flatMap((side) => [...within(side)]))
    if ((op === "map" || op === "loss") && !standing.has(name)) standing.set(name, args[0]);
  return { declared, sides, standing, sigma };
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
