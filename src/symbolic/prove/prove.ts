/** Proofs for all sizes: both sides of a statement as sums of products of entries, in one form. */

import { mentions, type Statement } from "../language/expression.js";
import { type Polynomial, variable } from "../language/polynomial.js";
import { print } from "../language/print.js";
import { builtInsIn } from "../sizes/relevant.js";
import { hasOneLossArgument } from "../world/lossArguments.js";
import { choosingMatrices, selectionArguments, selectionOrigins } from "../world/selections.js";
import type { World } from "../world/world.js";
import { type Indexed, indexed, nothingShared } from "./axes.js";
import { canonicalText } from "./canonical.js";
import { differingParts } from "./congruence.js";
import { leaves, OutsideError, unify } from "./digits.js";
import { isEqualTimesDivisors } from "./divisors.js";
import { hasPlaces, withFewerEquations } from "./fewerEquations.js";
import { freed } from "./freedSizes.js";
import { generalised } from "./generalise.js";
import { entryOf } from "./indexForm.js";
import { indexName, instanceIndex, readableIndices } from "./indexName.js";
import { inPieces } from "./pieces.js";
import { reluForm } from "./reluForm.js";
import type { SignedSurroundings } from "./signs.js";
import { simplified } from "./solve.js";
import type { Term } from "./terms.js";

/**
 * "proved": the statement holds for all sizes. "open": the two forms differ; the statement may be false, or need facts
 * that the form does not know. "outside": a part has no such form; `why` names it.
 */
export type AllSizes =
  | {
      readonly status: "proved" | "open";
      readonly left: string;
      readonly right: string;
      readonly vacuous: boolean;
    }
  | { readonly status: "outside"; readonly why: string };

/** Whether a statement may be true, asked before what takes long is looked for. */
export type MayHold = () => boolean;

/**
 * Tries to prove that left = right for all values of the dimensions: the parts in which the sides differ, and where
 * those are not equal each, the whole; as it is written, and in sizes that nothing defines. The sides must have one size.
 * Only the two normal forms are compared where it cannot hold.
 */
export function proveForAllSizes(
  world: World,
  statement: Statement,
  mayHold: MayHold = () => true,
): AllSizes {
  const ambiguous = ambiguousSelection(world, statement);
  if (ambiguous !== undefined) return { status: "outside", why: ambiguous };
  const proof = proveAsWritten(world, statement, mayHold);
  if (proof.status === "proved" || !mayHold()) return proof;
  for (const one of freed(world, statement)) {
    const other = proveAsWritten(one.world, one.statement, mayHold);
    if (other.status === "proved") return other;
  }
  return proof;
}

function proveAsWritten(world: World, statement: Statement, mayHold: MayHold): AllSizes {
  const parts = differingParts(world, statement);
  const isWhole = parts.length === 0 || (parts.length === 1 && parts[0] === statement);
  const form = isWhole ? undefined : formOfParts(world, parts, mayHold);
  if (form !== undefined) return { status: "proved", left: form, right: form, vacuous: false };
  return provePart(world, statement, mayHold);
}

/** Why a selection's matrix says nothing here: its map stands at several images. */
function ambiguousSelection(world: World, statement: Statement): string | undefined {
  const origins = selectionOrigins(world, statement);
  const names = [statement.left, statement.right].flatMap((e) => choosingMatrices(world, e));
  const name = names.find((map) => (origins.get(map)?.length ?? 0) > 1);
  if (name === undefined) return undefined;
  const images = origins.get(name)?.map(print).join(" and at ");
  return `${world.maps.get(name)?.matrix} is the selection of one image; ${name} stands at ${images}`;
}

/** The normal forms of the parts, if each is proved. */
function formOfParts(world: World, parts: readonly Statement[], mayHold: MayHold): string | undefined {
  const forms: string[] = [];
  for (const part of parts) {
    const proof = provePart(world, part, mayHold);
    if (proof.status !== "proved") return undefined;
    forms.push(proof.left);
  }
  return forms.join("; ");
}

/** First about letters in the place of what both sides have in common, which says more and is shorter. */
function provePart(world: World, statement: Statement, mayHold: MayHold): AllSizes {
  const general = hasOneLossArgument(world, statement) ? generalised(world, statement) : undefined;
  const proof = general && proveAsWhole(general.world, general.statement, mayHold);
  if (!general || proof?.status !== "proved") return proveAsWhole(world, statement, mayHold);
  const form = `${proof.left}, where ${general.letters.map(([letter, e]) => `${letter} is ${print(e)}`).join(", ")}`;
  return { ...proof, left: form, right: form };
}

function proveAsWhole(world: World, statement: Statement, mayHold: MayHold): AllSizes {
  try {
    const { around, ...forms } = formsOf(world, statement);
    const [left, right] = [forms.left, forms.right].map((terms) => canonicalText(terms));
    const isProved = left === right || (mayHold() && isEqualInOtherWords(forms.left, forms.right, around));
    const status = isProved ? "proved" : "open";
    const [x, y] = [left, right].map(readableIndices);
    return { status, left: x, right: y, vacuous: status === "proved" && left === "0" };
  } catch (error) {
    if (error instanceof OutsideError) return { status: "outside", why: error.message };
    throw error;
  }
}

/** Whether the forms are equal once their equations are shortened, or both are multiplied by what divides them. */
function isEqualInOtherWords(
  left: readonly Term[],
  right: readonly Term[],
  around: SignedSurroundings,
): boolean {
  const shorter = (terms: readonly Term[]) => reluForm(withFewerEquations(terms, around), around);
  const [x, y] = [left, right].some(hasPlaces) ? [left, right].map(shorter) : [left, right];
  if (canonicalText(x) === canonicalText(y) || isEqualTimesDivisors(x, y, around)) return true;
  const [p, q] = inPieces([x, y], around)?.map(shorter) ?? [];
  return p !== undefined && canonicalText(p) === canonicalText(q);
}

/** Both sides at one entry, whose row and column are given by the digits r0, r1, … and c0, c1, … */
function formsOf(world: World, statement: Statement): Forms {
  const { left, right } = statement;
  const shared = nothingShared(
    (x, y) =>
      !hasDerivatives(world, statement) || proveForAllSizes(world, { left: x, right: y }).status === "proved",
  );
  const [x, y] = [indexed(world, left, shared), indexed(world, right, shared)];
  unify(x.rows, y.rows);
  unify(x.cols, y.cols);
  let count = 0;
  const fresh = () => indexName("x", count++);
  const named = (letter: string, n: number): Polynomial[] =>
    Array.from({ length: n }, (_, k) => variable(indexName(letter, k)));
  const [rows, cols] = [leaves(x.rows), leaves(x.cols)];
  const at = {
    rows: named("r", rows.length),
    cols: named("c", cols.length),
    instance: instanceIndex,
  };
  const ranges = new Map([
    ...rows.map(({ size }, k) => [indexName("r", k), size] as const),
    ...cols.map(({ size }, k) => [indexName("c", k), size] as const),
  ]);
  const selections = selectionArguments(world, { left, right });
  const inProof = { ...world, lossArguments: shared.lossArguments, selections };
  const around = { ranges, fresh, isSize: (name: string) => world.dimensions.has(name) };
  const form = (side: Indexed) => reluForm(simplified(entryOf(inProof, side, at, fresh), around), around);
  return { left: form(x), right: form(y), around };
}

/** Whether derivatives stand there, or what losses have for them: then each loss has one argument. */
function hasDerivatives(world: World, { left, right }: Statement): boolean {
  const letters = [...world.losses.values()].flatMap(({ gradient, hessian }) => [
    gradient,
    hessian ?? gradient,
  ]);
  return [left, right].some((e) => builtInsIn(e).includes("d") || letters.some((one) => mentions(e, one)));
}

/** Both sides, and what is known around them. */
interface Forms {
  readonly left: readonly Term[];
  readonly right: readonly Term[];
  readonly around: SignedSurroundings;
}
