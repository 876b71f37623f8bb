/** A value as a cell shows it: by its own bundle, or as text like Node's. */

import { remember } from "../pipe/answeringValues.js";
import type { ShownBundle } from "./words.js";

const displayKey = Symbol.for("Jupyter.display");
const listKey = Symbol.for("philab.list");
const inspectKey = Symbol.for("nodejs.util.inspect.custom");

const [mostEntries, deepest, mostText] = [100, 4, 100_000];

/** The bundle that the value says of itself, or its text. */
export async function shownBundle(value: unknown): Promise<ShownBundle> {
  const own = isObject(value) ? (value as Record<symbol, unknown>)[displayKey] : undefined;
  if (typeof own === "function") {
    remember(value);
    const made = (await own.call(value)) as ShownBundle;
    return "text/plain" in made ? made : { ...made, "text/plain": shownText(value) };
  }
  return listBundle(value) ?? { "text/plain": shownText(value) };
}

/** What the first entry makes of a list, where it knows lists of its kind. */
function listBundle(value: unknown): ShownBundle | undefined {
  if (!isObject(value) || (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype))
    return undefined;
  const entries = Object.entries(value).map(([name, entry]) => [
    Array.isArray(value) ? undefined : name,
    entry,
  ]);
  const [first] = Object.values(value) as (Record<symbol, unknown> | undefined)[];
  const show = first?.[listKey];
  return typeof show === "function" ? (show.call(first, entries) as ShownBundle | undefined) : undefined;
}

/** A value as text, as deep and as long as is good to read. */
export function shownText(value: unknown): string {
  const text = written(value, 0, new Set());
  return text.length <= mostText
    ? text
    : `${text.slice(0, mostText)}\n… ${text.length - mostText} characters more`;
}

function written(value: unknown, depth: number, above: Set<object>): string {
  if (typeof value === "string") return `'${value.replace(/[\\']/g, "\\$&").replaceAll("\n", "\\n")}'`;
  if (typeof value === "bigint") return `${value}n`;
  if (Object.is(value, -0)) return "-0";
  if (!isObject(value)) return String(value);
  const own = (value as Record<symbol, unknown>)[inspectKey];
  if (typeof own === "function") return String(own.call(value));
  if (typeof value === "function") return `[Function: ${value.name || "(anonymous)"}]`;
  if (value instanceof Error) return value.stack ?? String(value);
  if (above.has(value)) return "[Circular *1]";
  if (depth > deepest) return Array.isArray(value) ? "[Array]" : "[Object]";
  const inner = new Set(above).add(value);
  return structure(value, (part) => written(part, depth + 1, inner));
}

function structure(value: object, text: (part: unknown) => string): string {
  if (Array.isArray(value)) return braced("", "[", listed(value, text), "]");
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const list = Array.from(value as unknown as ArrayLike<number>);
    return braced(`${value.constructor.name}(${list.length}) `, "[", listed(list, text), "]");
  }
  if (value instanceof Map) {
    const entries = [...value].map(([key, part]) => `${text(key)} => ${text(part)}`);
    return braced(`Map(${value.size}) `, "{", entries, "}");
  }
  if (value instanceof Set) return braced(`Set(${value.size}) `, "{", listed([...value], text), "}");
  const name = value.constructor?.name;
  const entries = Object.entries(value).map(
    ([key, part]) => `${/^[\w$]+$/.test(key) ? key : `'${key}'`}: ${text(part)}`,
  );
  return braced(
    name === undefined || name === "Object" ? "" : `${name} `,
    "{",
    entries.slice(0, mostEntries),
    "}",
  );
}

function listed(list: readonly unknown[], text: (part: unknown) => string): string[] {
  const entries = list.slice(0, mostEntries).map(text);
  return list.length <= mostEntries ? entries : [...entries, `... ${list.length - mostEntries} more items`];
}

/** On one line where it fits. */
function braced(name: string, open: string, entries: readonly string[], close: string): string {
  if (entries.length === 0) return `${name}${open}${close}`;
  const line = `${name}${open} ${entries.join(", ")} ${close}`;
  return line.length <= 76 && !line.includes("\n")
    ? line
    : `${name}${open}\n  ${entries.join(",\n").replaceAll("\n", "\n  ")}\n${close}`;
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
