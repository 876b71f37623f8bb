/** How the values of the symbolic side look; that side itself knows no MIME type. */

import { derivationBundle, derivationText } from "../mime/derivation.js";
import { shows } from "../numeric/show.js";
import type { DerivationRecord } from "../symbolic/derive/derivationRecord.js";
import { Derivation } from "../symbolic/derive/derive.js";
import { recordOf } from "../symbolic/derive/record.js";
import { Exercise } from "../symbolic/exercise/exercise.js";
import { recordOfAnswer, recordOfHint, recordOfSheet } from "../symbolic/exercise/exerciseRecord.js";
import { Answer, Hint } from "../symbolic/exercise/exerciseSheet.js";

/** Lets derivations, exercises, answers and hints show themselves. */
export function showDerivations(): void {
  shows(Derivation, (derivation) => derivationBundle(recordOf(derivation)));
  showsSheet(Exercise, ({ sheet }) => recordOfSheet(sheet));
  showsSheet(Answer, recordOfAnswer);
  showsSheet(Hint, recordOfHint);
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
