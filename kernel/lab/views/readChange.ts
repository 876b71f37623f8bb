/** What a step changed, as a notebook holds it. */

import type { ChangeRecord, LetterRecord } from "../../../src/mime/types.js";
import { checkedList, checkedObject, checkedText } from "./checked.js";

/** The change at `path`; undefined where a notebook of before has none. Throws TypeError for what is none. */
export function readChange(value: unknown, path: string): ChangeRecord | undefined {
  if (value === undefined) return undefined;
  const change = checkedObject(value, path);
  const { markedLaw } = change;
  return {
    markedBefore: checkedText(change.markedBefore, `${path}.markedBefore`),
    markedAfter: checkedText(change.markedAfter, `${path}.markedAfter`),
    ...(markedLaw !== undefined && { markedLaw: checkedText(markedLaw, `${path}.markedLaw`) }),
    letters: checkedList(change.letters, `${path}.letters`).map((letter, k) =>
      readLetter(letter, `${path}.letters[${k}]`),
    ),
  };
}

function readLetter(value: unknown, path: string): LetterRecord {
  const { letter, tex, words } = checkedObject(value, path);
  return {
    letter: checkedText(letter, `${path}.letter`),
    tex: checkedText(tex, `${path}.tex`),
    words: checkedText(words, `${path}.words`),
  };
}
