/** A certificate, read. */
import { type Names, readDeclarations } from "./declarations.js";
import { type Expression, parse, within } from "./parser.js";
import { need } from "./stop.js";

/** A statement, and all that it is said of. */
export interface World {
  readonly names: Names;
  readonly sides: readonly Expression[];
  /** Loss or map → its argument where it stands. */
  readonly standing: ReadonlyMap<string, Expression>;
  /** All expressions in it or in what belongs to it, and all names, each behind those by which it is defined. */
  readonly spoken: { readonly expressions: readonly Expression[]; readonly names: readonly string[] };
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
  const isLevel = /^(all sizes|here|identity|float)$/.test(String(level));
  const isText = typeof declarations === "string" && typeof statement === "string";
  need(version === 1 && isLevel && isText, "not judged", "no certificate of version 1");
  const hasLists = Array.isArray(shapes) && shapes.length <= 100 && Array.isArray(caveats);
  need(hasLists && typeof bound === "number", "not judged", "its shapes, its bound or its caveats");
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

export function worldOf(declarations: string, statement: string, given: object, rising: boolean): World {
  const names = readDeclarations(declarations);
  const read = (text: unknown): Expression => parse(String(text), (name) => names.get(name)?.kind ?? "");
  const sides = statement.split("=").map(read);
  need(sides.length === 2, "not judged", "a statement has two sides");
  const standing = new Map(Object.entries(given).map(([name, text]) => [name, read(text)]));
  for (const { op, name, args } of sides.flatMap(within))
    if (op === "map") standing.set(name, common(standing.get(name) ?? args[0], args[0]));
    else if (op === "loss" && !standing.has(name)) standing.set(name, args[0]);
  for (const [name, where] of standing) {
    const { kind, others } = names.get(name) ?? {};
    need(/^(map|loss)$/.test(kind ?? ""), "not judged", "what stands is no map and no loss");
    const isItsOwn = kind === "loss" && within(where).some((one) => others?.includes(one.name));
    need(!isItsOwn, "not judged", `${name} stands at its own gradient`);
  }
  const said = { names, sides, standing, rising };
  return { ...said, spoken: spokenOf(said) };
}

/** What a statement speaks of: what is in it, what belongs to that, and where losses and maps stand. */
function spokenOf({ names, sides, standing }: Omit<World, "spoken">): World["spoken"] {
  const [met, all, things] = [new Set<string>(), [] as Expression[], [] as string[]];
  const isNew = (key: string): boolean => met.size < met.add(key).size;
  const add = (e: Expression): void => {
    if (!isNew(e.text)) return;
    all.push(e);
    for (const arg of e.args) add(arg);
    if (e.op === "Sum" && names.has("l")) meet("l");
    if (names.get(e.name)?.kind === e.op) meet(e.name);
  };
  const meet = (name: string): void => {
    if (!isNew(name)) return;
    for (const size of names.get(name)!.sizes) add(size);
    for (const other of names.get(name)!.others) meet(other);
    if (standing.has(name)) add(standing.get(name)!);
    things.push(name);
  };
  for (const side of sides) add(side);
  return { expressions: all, names: things };
}

/** The largest part of an image that is within another too, when what keeps the order is taken off; else the image. */
function common(image: Expression, other: Expression): Expression {
  const parts = ordered(other).map(({ text }) => text);
  return ordered(image).find(({ text }) => parts.includes(text)) ?? image;
}

/** An expression, and what is left when σ, relu and positive numbers and sizes are taken off one after another. */
function ordered(e: Expression): Expression[] {
  const isPositive = ({ op, name }: Expression): boolean =>
    op === "size" || (op === "number" && Number(name) > 0);
  const [left, right] = e.args;
  const isProduct = e.op === "*" && isPositive(left);
  const isOrdered = /^(sigma|relu)$/.test(e.op) || (/^[*/]$/.test(e.op) && isPositive(right));
  return [e, ...(isProduct ? ordered(right) : isOrdered ? ordered(left) : [])];
}

function shapeIn(json: unknown): Map<string, number> {
  const sizes = Object.entries(record(json));
  need(
    sizes.every(([, size]) => Number.isSafeInteger(size)),
    "not judged",
    "a size of a shape",
  );
  return new Map(sizes as [string, number][]);
}

function record(json: unknown): Record<string, unknown> {
  const isRecord = typeof json === "object" && json !== null && !Array.isArray(json);
  need(isRecord, "not judged", `${JSON.stringify(json)} is no record`);
  return json as Record<string, unknown>;
}
