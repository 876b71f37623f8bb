/**
 * Which cell variables functions of earlier cells mention: whatever a loop calls may read and write those, and no others. They
 * stand in a comment behind the declarations, so that whoever keeps these keeps them.
 */
import { functionsMention } from "../pipe/cellNames.js";

const lines = new RegExp(`^${functionsMention}(.*)\\n?`, "gm");

/** Stands for all names. */
export const anyName = "*";

/** The names; `has` says yes of each where they are not known. */
export function namesInFunctions(declarations: string): Pick<ReadonlySet<string>, "has"> {
  const names = new Set(namesNoted(declarations));
  return names.has(anyName) ? { has: () => true } : names;
}

/** The declarations with the names of these other ones, and more. */
export function withNamesOf(
  declarations: string,
  others: readonly string[],
  more: Iterable<string> = [],
): string {
  const names = new Set([...[declarations, ...others].flatMap(namesNoted), ...more]);
  const text = withoutFunctionNames(declarations);
  if (names.size === 0) return text;
  return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${functionsMention}${[...names].sort().join(" ")}\n`;
}

/** The declarations alone. */
export function withoutFunctionNames(declarations: string): string {
  return declarations.includes(functionsMention) ? declarations.replace(lines, "") : declarations;
}

function namesNoted(declarations: string): string[] {
  if (!declarations.includes(functionsMention)) return [];
  return [...declarations.matchAll(lines)].flatMap(([, names = ""]) => names.split(" "));
}
