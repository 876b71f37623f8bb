/**
 * JSON as Jupyter writes it: keys sorted as text, indented by one space. (JSON.stringify puts keys like "10" first and
 * in numeric order.)
 */
export function sortedJson(value: unknown, indent = ""): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent} `;
  const isList = Array.isArray(value);
  const parts = isList
    ? value.map((part) => sortedJson(part, inner))
    : sortedEntries(value).map(([key, part]) => `${JSON.stringify(key)}: ${sortedJson(part, inner)}`);
  const [open, close] = isList ? "[]" : "{}";
  if (parts.length === 0) return `${open}${close}`;
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
}

function sortedEntries(value: object): [string, unknown][] {
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return entries.sort(([first], [second]) => compareCodePoints(first, second));
}

/** Python's order of strings: by code point, where JavaScript's `<` compares halves of characters. */
function compareCodePoints(first: string, second: string): number {
  const a = Array.from(first, (character) => character.codePointAt(0) as number);
  const b = Array.from(second, (character) => character.codePointAt(0) as number);
  const at = a.findIndex((code, index) => code !== b[index]);
  return at < 0 ? a.length - b.length : (a[at] as number) - (b[at] ?? -1);
}
