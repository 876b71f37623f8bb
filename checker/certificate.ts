/** A certificate, read. */
import { readDeclarations } from "./declarations.js";
import { type Expression, readExpression, readStatement, within } from "./statement.js";
import { Stop } from "./stop.js";
import type { World } from "./trial.js";

export interface Certificate {
  readonly world: World;
  /** Of all sizes: others than those of the trials are tried too. */
  readonly ofAllSizes: boolean;
  readonly shapes: readonly Readonly<Record<string, number>>[];
  /** The chance, at most, that it states; 1 where it states none. */
  readonly bound: number;
  readonly vacuous: boolean;
  /** The text that all draws begin with. */
  readonly text: string;
}

const levels = ["all sizes", "here", "identity", "float"];

export function readCertificate(json: unknown): Certificate {
  const fields = record(json, "a certificate");
  const { version, declarations, statement, level, shapes, bound = 1 } = fields;
  if (
    version !== 1 ||
    typeof declarations !== "string" ||
    typeof statement !== "string" ||
    !levels.includes(level as string)
  )
    throw new Stop("unreadable", "no certificate of version 1");
  if (!Array.isArray(shapes) || shapes.length > 100 || typeof bound !== "number")
    throw new Stop("unreadable", "its shapes or its bound");
  const caveats = fields.caveats === undefined ? [] : fields.caveats;
  if (!Array.isArray(caveats)) throw new Stop("unreadable", "its caveats");
  const has = (kind: string): boolean => caveats.some((caveat) => record(caveat, "a caveat").kind === kind);
  return {
    world: worldOf(declarations, statement, record(fields.standing ?? {}, "standing"), has("rising")),
    ofAllSizes: level === "all sizes",
    shapes: shapes.map(shapeIn),
    bound,
    vacuous: has("vacuous"),
    text: JSON.stringify([declarations, statement]),
  };
}

function worldOf(
  declarations: string,
  statement: string,
  given: Record<string, unknown>,
  rising: boolean,
): World {
  const declared = readDeclarations(declarations);
  const sides = readStatement(statement, declared);
  const standing = new Map<string, Expression>();
  for (const [name, text] of Object.entries(given)) {
    if (!declared.maps.has(name) && !declared.losses.has(name))
      throw new Stop("unreadable", `${name} stands nowhere`);
    standing.set(name, readExpression(String(text), declared));
  }
  for (const { op, name, args } of sides.flatMap((side) => [...within(side)]))
    if (op === "map") standing.set(name, common(standing.get(name) ?? args[0]!, args[0]!));
    else if (op === "loss" && !standing.has(name)) standing.set(name, args[0]!);
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
  const isPositive = (by: Expression): boolean => (by.op === "number" ? by.name !== "0" : by.op === "size");
  if (e.op === "sigma" || e.op === "relu") yield* ordered(left!);
  else if (e.op === "*" && isPositive(left!)) yield* ordered(right!);
  else if ((e.op === "*" || e.op === "/") && isPositive(right!)) yield* ordered(left!);
}

function shapeIn(json: unknown): Record<string, number> {
  const sizes = Object.entries(record(json, "a shape"));
  if (!sizes.every(([, size]) => Number.isSafeInteger(size)))
    throw new Stop("unreadable", "a size of a shape");
  return Object.fromEntries(sizes) as Record<string, number>;
}

function record(json: unknown, what: string): Record<string, unknown> {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new Stop("unreadable", `${what} is no record`);
  return json as Record<string, unknown>;
}
