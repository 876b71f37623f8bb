/** Statements that are true by construction, others a slip away from them, and temptations. */

import type { Statement } from "../../../../src/symbolic/language/expression.js";
import { parse, parseStatement } from "../../../../src/symbolic/language/parse.js";
import { shapeOf } from "../../../../src/symbolic/world/shapes.js";
import { anyOf, equalities, laws, temptations } from "./laws.js";
import { rewritten } from "./rewrites.js";
import { slipped } from "./slips.js";
import type { Given } from "./tally.js";
import type { Terms } from "./terms.js";

export type Kind = "law" | "rewriting" | "slip" | "temptation" | "equality";

export interface Drawn {
  readonly kind: Kind;
  readonly statement: Statement;
}

const slipsEach = 4;

/** One statement; of a true one also what is a slip away from it. */
export function drawnFor(given: Given, terms: Terms): Drawn[] {
  const { random } = terms;
  const kind = random.of(["law", "rewriting", "temptation", "temptation", "temptation", "equality"] as const);
  const statement = kind === "rewriting" ? rewriting(given, terms) : written(terms, kind);
  if (!statement || !hasShape(given, statement)) return [];
  if (kind === "temptation" || kind === "equality") return [{ kind, statement }];
  const slips = Array.from({ length: slipsEach }, () => {
    const isLeft = random.oneIn(3);
    const e = slipped(terms, isLeft ? statement.left : statement.right);
    return e && (isLeft ? { ...statement, left: e } : { ...statement, right: e });
  });
  return [
    { kind, statement },
    ...slips.flatMap((slip) =>
      slip && hasShape(given, slip) ? [{ kind: "slip" as const, statement: slip }] : [],
    ),
  ];
}

const written = (terms: Terms, kind: "law" | "temptation" | "equality"): Statement | undefined => {
  const sides = anyOf({ law: laws, temptation: temptations, equality: equalities }[kind], terms);
  return sides && parseStatement(sides.join(" = "));
};

/** An expression, and what one to four laws make of it. */
function rewriting({ world }: Given, terms: Terms): Statement | undefined {
  const { random } = terms;
  const left = parse(terms.term(terms.shape(), random.whole(1, 3)));
  try {
    let right = left;
    for (let k = random.whole(1, 4); k > 0; k--) right = rewritten({ world, random }, right) ?? right;
    return right === left ? undefined : { left, right };
  } catch {
    return undefined; // a part without a size
  }
}

function hasShape({ world }: Given, { left, right }: Statement): boolean {
  try {
    return [left, right].every((e) => shapeOf(world, e));
  } catch {
    return false;
  }
}
