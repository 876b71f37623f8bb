/** A certificate, read. */
import { type Names, readDeclarations } from "./declarations.js";
import { type Draw, drawFrom } from "./draw.js";
import { need } from "./exact.js";
import { type Expression, node, parse, within } from "./parser.js";

/** A statement, and all that is said of it. */
export interface Claim {
  readonly names: Names;
  readonly sides: readonly Expression[];
  /** Loss or map → its argument where it stands. */
  readonly standing: ReadonlyMap<string, Expression>;
  /** All expressions in it and in what belongs to it, each behind what is in it and belongs to it. */
  readonly spoken: readonly Expression[];
  /** Of all sizes: others than those of the trials are tried too. */
  readonly ofAllSizes: boolean;
  readonly shapes: readonly ReadonlyMap<string, number>[];
  /** The chance, at most, that it states; 1 where it states none. */
  readonly bound: number;
  /** σ does not decrease. */
  readonly rising: boolean;
  readonly vacuous: boolean;
  readonly draw: Draw;
}

export function readCertificate(json: unknown): Claim {
  const { version, declarations, statement, level, shapes, ...more } = record(json);
  const { bound = 1, standing: given = {}, caveats = [] } = more;
  const isLevel = ["all sizes", "here", "identity", "float"].includes(level as string);
  const isText = typeof declarations === "string" && typeof statement === "string";
  need(version === 1 && isLevel && isText, "no certificate of version 1");
  const hasLists = Array.isArray(shapes) && shapes.length <= 100 && Array.isArray(caveats);
  need(hasLists && typeof bound === "number", "its shapes, its bound or its caveats");
  const sizes = shapes.map((shape) => Object.entries(record(shape)) as [string, number][]);
  need(
    sizes.flat().every(([, size]) => Number.isSafeInteger(size)),
    "a size of a shape",
  );
  const names = readDeclarations(declarations);
  const read = (text: unknown): Expression => parse(String(text), (name) => names.get(name)?.kind ?? "");
  const sides = statement.split("=").map(read);
  need(sides.length === 2, "a statement has two sides");
  const standing = new Map(Object.entries(record(given)).map(([name, text]) => [name, read(text)]));
  setStanding(standing, names, sides);
  const has = (kind: string): boolean => caveats.some((caveat) => record(caveat).kind === kind);
  const [rising, vacuous] = [has("rising"), has("vacuous")];
  const draw = drawFrom(JSON.stringify([declarations, statement]));
  const tried = { ofAllSizes: level === "all sizes", shapes: sizes.map((one) => new Map(one)), bound, draw };
  return { names, sides, standing, spoken: spokenOf(names, sides, standing), rising, vacuous, ...tried };
}

function record(json: unknown): Record<string, unknown> {
  const isRecord = typeof json === "object" && json !== null && !Array.isArray(json);
  need(isRecord, `${JSON.stringify(json)} is no record`);
  return json as Record<string, unknown>;
}

type Standing = Map<string, Expression>;

/** Losses stand where they do first, maps at what is common to all their arguments. */
function setStanding(standing: Standing, names: Names, sides: readonly Expression[]): void {
  for (const { op, name, args } of sides.flatMap(within))
    if (op === "map") standing.set(name, common(standing.get(name) ?? args[0], args[0]));
    else if (op === "loss" && !standing.has(name)) standing.set(name, args[0]);
  for (const [name, where] of standing) {
    const { kind = "", others = [] } = names.get(name) ?? {};
    const isItsOwn = within(where).some((one) => others.includes(one.name));
    need(/^(map|loss)$/.test(kind) && !isItsOwn, `${name} stands at its own gradient, or is no loss`);
  }
}

/** The largest part of an image that is within another too, when what keeps the order is taken off; else the image. */
function common(image: Expression, other: Expression): Expression {
  const parts = ordered(other).map(({ text }) => text);
  return ordered(image).find(({ text }) => parts.includes(text)) ?? image;
}

/** An expression, and what is left when σ, relu and positive numbers and sizes are taken off one after another. */
function ordered(e: Expression): Expression[] {
  const [left, right] = e.args;
  const isPositive = (c: Expression): boolean => c.op === "size" || (c.op === "number" && Number(c.name) > 0);
  if (e.op === "*" && isPositive(left)) return [e, ...ordered(right)];
  const isOrdered = /^(sigma|relu)$/.test(e.op) || (/^[*/]$/.test(e.op) && isPositive(right));
  return [e, ...(isOrdered ? ordered(left) : [])];
}

/** What a statement speaks of: what is in it, what belongs to that, and where losses and maps stand. */
function spokenOf(names: Names, sides: readonly Expression[], standing: Standing): Expression[] {
  const [met, spoken] = [new Set<string>(), [] as Expression[]];
  const named = (name: string): Expression => node(names.get(name)?.kind ?? "", [], name);
  const add = (e: Expression): void => {
    if (met.size === met.add(e.text).size) return;
    const { kind, sizes = [], others = [] } = names.get(e.name) ?? {};
    const where = standing.get(e.name);
    const own = kind === e.op ? [...sizes, ...others.map(named), ...(where ? [where] : [])] : [];
    const instances = e.op === "Sum" && names.has("l") ? [named("l")] : [];
    for (const part of [...e.args, ...own, ...instances]) add(part);
    spoken.push(e);
  };
  for (const side of sides) add(side);
  return spoken;
}
