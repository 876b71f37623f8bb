/** How exercises, answers and hints look: as a derivation with □ for what is open, under what was said. */

import { derivationBundle, derivationText } from "../mime/derivation.js";
import type { Bundle } from "../mime/types.js";
import { display, inspect } from "../numeric/show.js";
import type { DerivationRecord } from "../symbolic/derive/derivationRecord.js";
import { Exercise } from "../symbolic/exercise/exercise.js";
import { recordOfAnswer, recordOfHint, recordOfSheet } from "../symbolic/exercise/exerciseRecord.js";
import { Answer, Hint } from "../symbolic/exercise/exerciseSheet.js";

/** Lets the values of a class show themselves; the symbolic side itself knows no MIME type. */
function shows<T extends object>(
  of: { readonly prototype: T },
  record: (value: T) => DerivationRecord,
): void {
  const look = {
    [display](this: T): Bundle {
      return derivationBundle(record(this));
    },
    [inspect](this: T): string {
      return derivationText(record(this)); // what console.log writes; the solution is not in it
    },
  };
  Object.defineProperties(of.prototype, Object.getOwnPropertyDescriptors(look));
}

/** Gives them their looks. */
export function showExercises(): void {
  shows(Exercise, ({ sheet }) => recordOfSheet(sheet));
  shows(Answer, recordOfAnswer);
  shows(Hint, recordOfHint);
}
