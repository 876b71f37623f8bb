/** `{ W }` written out as `{ W: W }`. */
import type * as TypeScript from "typescript";
import type { Insertion } from "../pipe/languageWords.js";
import { insertTexts } from "./insertions.js";
import type { Ts } from "./typescript.js";

/**
 * tslab turns the name of an earlier cell into a property of its exports wherever it stands for a value, but not in
 * `{ W }`, where one word is property and value: the cell would say that W is not defined.
 */
export function expandShorthand(ts: Ts, code: string): { code: string; insertions: readonly Insertion[] } {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, true);
  const texts: { at: number; text: string }[] = [];
  const visit = (node: TypeScript.Node): void => {
    if (ts.isShorthandPropertyAssignment(node) && node.name.text !== "") {
      texts.push({ at: node.name.getStart(file), text: `${node.name.text}: ` });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return insertTexts(file, texts);
}
