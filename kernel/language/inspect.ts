/** What a name is: its signature and documentation, as text and as markdown. */

import { printQuickInfo } from "tslab/dist/inspect.js";
import type * as TypeScript from "typescript";
import type { Compiler } from "./compiler.js";
import { withFolderName } from "./notebookFolder.js";
import type { Ts } from "./typescript.js";

/**
 * The bundle for the name at `position`, just before it, or, inside the brackets of a call, for the function called.
 * Undefined when there is none.
 */
export function inspectAt(
  { ts, converter }: Compiler,
  declarations: string,
  code: string,
  position: number,
): Record<string, string> | undefined {
  const places = [position, position - 1, calleeBefore(ts, code, position)];
  for (const place of places) {
    if (place === undefined || place < 0) continue;
    const info = converter.inspect(declarations, code, place) as TypeScript.QuickInfo | undefined;
    if (info && joined(info.displayParts) !== "any")
      // what TypeScript says of an unknown name
      return {
        "text/plain": withFolderName(printQuickInfo(info as Parameters<typeof printQuickInfo>[0])),
        "text/markdown": withFolderName(markdown(info)),
      };
  }
  return undefined;
}

/** The last character of the innermost called name around `position`. */
function calleeBefore(ts: Ts, code: string, position: number): number | undefined {
  const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, true);
  let found: number | undefined;
  const visit = (node: TypeScript.Node): void => {
    const isCall = ts.isCallExpression(node) || ts.isNewExpression(node);
    const end = isCall && !node.getText(file).endsWith(")") ? code.length : node.end; // not closed yet
    if (isCall && node.expression.end < position && position <= end) found = node.expression.end - 1;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function markdown(info: TypeScript.QuickInfo): string {
  const signature = "```typescript\n" + joined(info.displayParts) + "\n```";
  const tags = (info.tags ?? []).map(({ name, text }) => `*@${name}* ${joined(text)}`.trim());
  return [signature, joined(info.documentation), ...tags].filter((part) => part !== "").join("\n\n");
}

function joined(parts: readonly { text: string }[] | undefined): string {
  return (parts ?? []).map(({ text }) => text).join("");
}
