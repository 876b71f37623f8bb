/** A value as text, bounded: whatever it is, a page is enough. */
import { inspect, types } from "node:util";

const [shownFirst, shownLast, longest, mostText] = [6, 3, 100, 100_000];

/** util.inspect, bounded in depth, length and text; a long array shows its length, first and last entries. */
export function summary(value: unknown): string {
  const text = longArray(value) ?? inspected(value);
  return text.length <= mostText
    ? text
    : `${text.slice(0, mostText)}\n… ${text.length - mostText} characters more`;
}

function inspected(value: unknown): string {
  try {
    return inspect(value, { depth: 4, maxArrayLength: longest, maxStringLength: 10_000 });
  } catch (error) {
    return `[a value that cannot be shown: ${message(error)}]`;
  }
}

/** Float64Array(10000000) [ 0, 1, 2, 3, 4, 5, …, 9999997, 9999998, 9999999 ] */
function longArray(value: unknown): string | undefined {
  if (types.isProxy(value)) return undefined;
  const isTyped = types.isTypedArray(value);
  if (!isTyped && !Array.isArray(value)) return undefined;
  const array = value as ArrayLike<unknown>;
  if (array.length <= longest) return undefined;
  const entries = (from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_, i) => inspect(array[from + i], { depth: 1, maxArrayLength: 6 }));
  const shown = [...entries(0, shownFirst), "…", ...entries(array.length - shownLast, array.length)];
  const name = (value as object).constructor?.name ?? "Array";
  return `${name}(${array.length}) [ ${shown.join(", ")} ]`;
}

function message(error: unknown): string {
  try {
    return String((error as Error).message);
  } catch {
    return "its error cannot be shown either";
  }
}
