/** Checks of what a notebook holds, for payloads of derivations and statements. */

/** The value as an object. Throws TypeError where it is none. */
export function checkedObject(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw wrong(path, value, "an object");
  return value as Record<string, unknown>;
}

/** A page of more lines than this would hang. */
const mostParts = 2_000;

/** The value as a list of what is shown one by one. Throws TypeError where it is none, or longer than a page can show. */
export function checkedList(value: unknown, path: string): readonly unknown[] {
  const list = checkedSeries(value, path);
  checkedCount(list.length, path);
  return list;
}

/** The value as a list of numbers to be drawn, however many. Throws TypeError where it is no list. */
export function checkedSeries(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(path, value, "a list");
  return value;
}

/** Throws TypeError where so many parts are more than a page can show. */
export function checkedCount(count: number, path: string): void {
  if (count > mostParts) throw new TypeError(`${path}: ${count} of them; needed at most ${mostParts}`);
}

/** The value as a text. Throws TypeError where it is none. */
export function checkedText(value: unknown, path: string): string {
  if (typeof value !== "string") throw wrong(path, value, "a text");
  return value;
}

/** The value as a number. Throws TypeError where it is none. */
export function checkedNumber(value: unknown, path: string): number {
  if (typeof value !== "number") throw wrong(path, value, "a number");
  return value;
}

/** What came where something else was needed. */
export function wrong(path: string, came: unknown, needed: string): TypeError {
  const text = JSON.stringify(came)?.slice(0, 40) ?? String(came);
  return new TypeError(`${path} is ${text}; needed ${needed}`);
}
