/** Which parts of two lines the letters of a rule's law stand for. */

import { children, type Expression, name, productOf, same } from "../language/expression.js";
import { parse } from "../language/parse.js";
import { print } from "../language/print.js";
import { type LawPattern, lawPatterns } from "../rules/lawPatterns.js";
import { transposeOf } from "../rules/transposed.js";
import type { World } from "../world/world.js";
import { type ChainOperator, operands, type Spot } from "./spots.js";

/** A letter of a law: what it stands for, and the parts of both lines that are made of it. */
export interface LawLetter {
  readonly letter: string;
  readonly value: Expression;
  readonly before: readonly Expression[];
  readonly after: readonly Expression[];
}

/** The letters of the rule's law at one spot; none where no form of the law is written so. */
export function lawLettersAt(world: World, rule: string, { op, before, after }: Spot): LawLetter[] {
  if (!Object.hasOwn(lawPatterns, rule)) return [];
  for (const pattern of lawPatterns[rule]) {
    const [left, right] = sidesOf(pattern);
    for (const half of matched({ world, side: "before" }, left, before, op, new Map())) {
      const [whole] = matched({ world, side: "after" }, right, after, op, half);
      if (whole) return [...whole].map(([letter, bound]) => ({ letter, ...bound }));
    }
  }
  return [];
}

type Bound = Omit<LawLetter, "letter">;
type Bindings = ReadonlyMap<string, Bound>;

interface Reading {
  readonly world: World;
  readonly side: "before" | "after";
}

function sidesOf([left, right]: LawPattern): readonly [Expression, Expression] {
  return [parse(left), parse(right)];
}

/** A side of the law against neighbours in a chain, or against one part. */
function matched(
  reading: Reading,
  pattern: Expression,
  parts: readonly Expression[],
  op: ChainOperator | undefined,
  bindings: Bindings,
): Bindings[] {
  if (op === undefined) return matchedOne(reading, pattern, parts[0], bindings);
  return matchedList(reading, operands(pattern, op), parts, op, bindings);
}

/** Operands against operands: a letter of a product stands for one factor or for several. */
function matchedList(
  reading: Reading,
  [first, ...rest]: readonly Expression[],
  parts: readonly Expression[],
  op: ChainOperator,
  bindings: Bindings,
): Bindings[] {
  if (first === undefined) return parts.length === 0 ? [bindings] : [];
  const most = op === "*" && letterIn(first) !== undefined ? parts.length - rest.length : 1;
  return Array.from({ length: Math.min(most, parts.length) }, (_, k) => k + 1).flatMap((taken) => {
    const own = parts.slice(0, taken);
    const bound =
      taken === 1 ? matchedOne(reading, first, own[0], bindings) : boundTo(reading, first, own, bindings);
    return bound.flatMap((more) => matchedList(reading, rest, parts.slice(taken), op, more));
  });
}

function matchedOne(reading: Reading, pattern: Expression, e: Expression, bindings: Bindings): Bindings[] {
  if (letterIn(pattern) !== undefined) return boundTo(reading, pattern, [e], bindings);
  const op = (["+", "*", ".*"] as const).find((one) => operands(pattern, one).length > 1);
  if (op) return chainMatched(reading, pattern, e, op, bindings);
  if (pattern.kind === "number") return same(pattern, e) ? [bindings] : [];
  if (pattern.kind === "call" && pattern.name === "d" && e.kind === "name")
    return differentialMatched(reading, pattern, e, bindings);
  if (!sameKind(pattern, e)) return [];
  if (pattern.kind === "call" && sizesOnly.has(pattern.name)) return [bindings];
  const parts = children(e);
  return children(pattern).reduce<Bindings[]>(
    (found, part, k) => found.flatMap((more) => matchedOne(reading, part, parts[k], more)),
    [bindings],
  );
}

/** d(A, X) against dW: A stands for W. */
function differentialMatched(
  { world, side }: Reading,
  pattern: Extract<Expression, { kind: "call" }>,
  e: Extract<Expression, { kind: "name" }>,
  bindings: Bindings,
): Bindings[] {
  const [A] = pattern.args;
  const value = name(e.name.slice(1));
  if (A.kind !== "name" || world.matrices.has(e.name) || !world.matrices.has(value.name)) return [];
  return withBinding(side, A.name, { value, parts: [e] }, bindings);
}

function chainMatched(
  reading: Reading,
  pattern: Expression,
  e: Expression,
  op: ChainOperator,
  bindings: Bindings,
): Bindings[] {
  const isDifference = pattern.kind === "binary" && pattern.op === "-";
  if (op === "+" && isDifference !== (e.kind === "binary" && e.op === "-")) return [];
  return matchedList(reading, operands(pattern, op), operands(e, op), op, bindings);
}

const sizesOnly: ReadonlySet<string> = new Set(["I", "ones", "K"]);

/** The same function or sign; a declared function stands for any other. */
function sameKind(pattern: Expression, e: Expression): boolean {
  if (pattern.kind !== e.kind) return false;
  if (pattern.kind === "call" && e.kind === "call") return pattern.name === e.name;
  if (pattern.kind === "unary" && e.kind === "unary") return pattern.op === e.op;
  return children(pattern).length === children(e).length;
}

/** A, or Aᵀ. */
function letterIn(pattern: Expression): string | undefined {
  if (pattern.kind === "name") return pattern.name;
  const isTransposed = pattern.kind === "unary" && pattern.op === "'" && pattern.of.kind === "name";
  return isTransposed ? letterIn(pattern.of) : undefined;
}

function boundTo(
  { world, side }: Reading,
  pattern: Expression,
  parts: readonly Expression[],
  bindings: Bindings,
): Bindings[] {
  const letter = letterIn(pattern);
  if (letter === undefined) return [];
  const whole = productOf(parts);
  const value = pattern.kind === "unary" ? transposeOf(world, whole) : whole;
  return withBinding(side, letter, { value, parts }, bindings);
}

/** A letter stands for the same everywhere. */
function withBinding(
  side: Reading["side"],
  letter: string,
  { value, parts }: { value: Expression; parts: readonly Expression[] },
  bindings: Bindings,
): Bindings[] {
  const known = bindings.get(letter) ?? { value, before: [], after: [] };
  if (print(known.value) !== print(value)) return [];
  return [new Map([...bindings, [letter, { ...known, [side]: [...known[side], ...parts] }]])];
}
