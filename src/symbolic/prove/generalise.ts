/**
 * A statement about more than was asked: what both sides have in common becomes a letter. What holds for every matrix in
 * its place holds for the one that stood there, and is proved without looking into it.
 */

import type { BuiltIn } from "../language/builtIns.js";
import { children, type Expression, name, type Statement, withChildren } from "../language/expression.js";
import { print } from "../language/print.js";
import { matrixParts } from "../sizes/writtenSizes.js";
import { dependsOnInstance } from "../world/instances.js";
import { shapeOf } from "../world/shapes.js";
import type { MatrixSymbol, World } from "../world/world.js";

/** A statement with letters, the world that knows them, and what they stand for. */
export interface General {
  readonly world: World;
  readonly statement: Statement;
  readonly letters: readonly (readonly [letter: string, e: Expression])[];
}

/** The statement with letters, and the world that knows them; undefined where the sides have nothing in common. */
export function generalised(world: World, { left, right }: Statement): General | undefined {
  const letters = commonParts(left, right);
  if (letters.size === 0) return undefined;
  const matrices = new Map(world.matrices);
  for (const [text, e] of letters.values()) matrices.set(text, letter(world, text, e));
  const statement = { left: lettered(left, letters), right: lettered(right, letters) };
  return { world: { ...world, matrices }, statement, letters: [...letters.values()] };
}

/** What is written → its letter and itself. */
type Letters = ReadonlyMap<string, readonly [letter: string, e: Expression]>;

/** The largest parts that stand on both sides. */
function commonParts(left: Expression, right: Expression): Letters {
  const onTheLeft = new Set(partsOf(left).map(print));
  const found = new Map<string, readonly [string, Expression]>();
  const visit = (e: Expression): void => {
    const text = print(e);
    if (isOpaque(e) && onTheLeft.has(text)) found.set(text, found.get(text) ?? [`#${found.size}`, e]);
    else for (const part of matricesIn(e)) visit(part);
  };
  for (const part of matricesIn(right)) visit(part);
  return found;
}

/** All parts, the expression itself apart. */
function partsOf(e: Expression): Expression[] {
  return matricesIn(e).flatMap((part) => [part, ...partsOf(part)]);
}

function matricesIn(e: Expression): readonly Expression[] {
  return children(e).slice(0, matrixParts(e));
}

/** What only moves entries is looked through; what is made of sizes alone, or a letter already, stays. */
function isOpaque(e: Expression): boolean {
  if (e.kind === "number" || e.kind === "name") return false;
  if (e.kind === "unary") return e.op === "-";
  return e.kind !== "call" || !movesEntries[e.name];
}

const movesEntries: Record<BuiltIn, boolean> = {
  ...{ vec: true, mat: true, diag: true, kron: true, I: true, ones: true, K: true },
  ...{ sigma: false, dsigma: false, d2sigma: false, relu: false, drelu: false },
  ...{ trace: false, norm2: false, Sum: false, d: false },
};

function lettered(e: Expression, letters: Letters): Expression {
  const known = letters.get(print(e));
  if (known) return name(known[0]);
  const count = matrixParts(e);
  return withChildren(
    e,
    children(e).map((part, k) => (k < count ? lettered(part, letters) : part)),
  );
}

function letter(world: World, text: string, e: Expression): MatrixSymbol {
  const { rows, cols } = shapeOf(world, e);
  return {
    name: text,
    rows,
    cols,
    rowDigits: [rows],
    colDigits: [cols],
    each: dependsOnInstance(world, e),
    standsFor: e,
  };
}
