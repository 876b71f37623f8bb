/** `refute`: why a statement is false, as a value that shows itself. */

import { cardBundle } from "../mime/card.js";
import type { Shown } from "../mime/types.js";
import { displayKey } from "../numeric/show.js";
import { type Badge, badgeText, type Level } from "../symbolic/check/badge.js";
import { checkStatement } from "../symbolic/check/check.js";
import type { Statement } from "../symbolic/language/expression.js";
import type { Counterexample } from "../symbolic/refute/counterexampleText.js";
import { type Refuted, recordOfRefutation, saying } from "../symbolic/refute/refutationRecord.js";
import { type Suggestion, suggestionText } from "../symbolic/refute/suggestions.js";
import type { World } from "../symbolic/world/world.js";

/** A statement that is false, and what shows it. */
export interface Refutation extends Shown {
  /** "left = right" as text. */
  readonly statement: string;
  /** In words and numbers: sizes that do not fit, or where the sides differ and from which matrices. */
  readonly why: string;
  /** The numbers; none where the sizes of the sides differ, or where parts of it have no meaning. */
  readonly counterexample?: Counterexample;
  /** Right sides one slip away, each verified. */
  readonly suggestions: readonly Suggestion[];
}

/** A statement that was to be refuted holds. */
export class HoldsError extends Error {
  override readonly name = "HoldsError";

  constructor(
    /** "left = right" as text. */
    readonly statement: string,
    /** How far it is proved: "all sizes", "here", "identity" or "float". */
    readonly level: Level,
  ) {
    super(`${statement} holds (${level}): there is nothing to refute`);
  }
}

/** Why the statement is false. Throws HoldsError where it holds. */
export function refutation(world: World, statement: Statement): Refutation {
  const verdict = checkStatement(world, statement);
  if (verdict.ok) throw new HoldsError(verdict.statement, verdict.level);
  const { why = "the two sides differ", counterexample, suggestions = [] } = verdict;
  const found = { why, suggestions, ...(counterexample && { counterexample }) };
  return {
    statement: verdict.statement,
    ...found,
    [displayKey]: () =>
      cardBundle(recordOfRefutation(world, statement, found), asText(verdict.statement, found)),
  };
}

const fails: Badge = { mark: "fails", caveats: [] };

function asText(statement: string, { why, suggestions }: Refuted): string {
  const found = suggestions.map((one) => `Did you mean (verified): ${suggestionText(one)}`);
  const below = [why, ...found].map((line) => `  ${line}`);
  return [`${badgeText(fails)} ${statement} ${saying}`, ...below].join("\n");
}
