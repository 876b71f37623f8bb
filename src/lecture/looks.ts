/** How the values of the symbolic side look; that side itself knows no MIME type. */

import { derivationBundle, derivationText } from "../mime/derivation.js";
import type { Bundle } from "../mime/types.js";
import { shows } from "../numeric/show.js";
import type { DerivationRecord } from "../symbolic/derive/derivationRecord.js";
import { Derivation } from "../symbolic/derive/derive.js";
import { recordOf } from "../symbolic/derive/record.js";
import { Exercise } from "../symbolic/exercise/exercise.js";
import { recordOfAnswer, recordOfHint, recordOfSheet } from "../symbolic/exercise/exerciseRecord.js";
import { Answer, Hint } from "../symbolic/exercise/exerciseSheet.js";
import { cardLines } from "../symbolic/world/card.js";
import type { World } from "../symbolic/world/world.js";

/** Lets derivations, exercises, answers and hints show themselves. */
export function showDerivations(): void {
  shows(Derivation, (derivation) => derivationBundle(recordOf(derivation)));
  showsSheet(Exercise, ({ sheet }) => recordOfSheet(sheet));
  showsSheet(Answer, recordOfAnswer);
  showsSheet(Hint, recordOfHint);
}

/** The card of a lecture: what was declared, a line for each name. */
export function lectureBundle(world: World): Bundle {
  const lines = cardLines(world);
  const tex = lines.map((line) => `&${line.tex}`).join("\\\\\n");
  return {
    "text/latex": `$$\\begin{aligned}\n${tex}\n\\end{aligned}$$`,
    "text/plain": lectureText(world),
  };
}

/** The same as text. */
export function lectureText(world: World): string {
  return ["lecture", ...cardLines(world).map(({ text }) => `  ${text}`)].join("\n");
}

/** In a terminal too: what console.log writes of an exercise is its sheet, and the solution is not in it. */
function showsSheet<T extends object>(
  values: { readonly prototype: T },
  record: (value: T) => DerivationRecord,
): void {
  shows(
    values,
    (value) => derivationBundle(record(value)),
    (value) => derivationText(record(value)),
  );
}
