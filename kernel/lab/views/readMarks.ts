/** What an exercise asks for and the marks so far, as a notebook holds them. */

import type { ExerciseMarks } from "../../../src/mime/types.js";
import { checkedList, checkedNumber, checkedObject, checkedText } from "./checked.js";

/** The marks at `path`. Throws TypeError for what is none. */
export function readMarks(value: unknown, path: string): ExerciseMarks {
  const { about, asked, solutionShown } = checkedObject(value, path);
  return {
    about: checkedText(about, `${path}.about`),
    asked: checkedList(asked, `${path}.asked`).map((one, k) => readAsked(one, `${path}.asked[${k}]`)),
    ...(solutionShown === true && { solutionShown }),
  };
}

function readAsked(value: unknown, path: string): ExerciseMarks["asked"][number] {
  const { line, text, outcome, hints } = checkedObject(value, path);
  return {
    line: checkedNumber(line, `${path}.line`),
    hints: checkedNumber(hints, `${path}.hints`),
    ...(text !== undefined && { text: checkedText(text, `${path}.text`) }),
    ...(outcome !== undefined && { outcome: checkedText(outcome, `${path}.outcome`) as "right" }),
  };
}
