/** One field of parsed JSON: the value with its type, or what is wrong with it. */
import type { Json } from "./types.js";

/** What is wrong in which field; `read.ts` adds the file. */
export class FieldError extends Error {
  constructor(
    readonly field: string,
    readonly problem: string,
  ) {
    super(`${field}: ${problem}`);
  }
}

/** A text is a string or a list of lines. */
export function text(value: unknown, field: string): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((line) => typeof line === "string")) return value.join("");
  throw new FieldError(field, `${show(value)}; needed a string or a list of strings`);
}

/** A single string. */
export function string(value: unknown, field: string): string {
  if (typeof value === "string") return value;
  throw new FieldError(field, `${show(value)}; needed a string`);
}

/** A list of anything. */
export function listField(value: unknown, field: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new FieldError(field, `${show(value)}; needed a list`);
}

/** A JSON object. */
export function object(value: unknown, field: string): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  throw new FieldError(field, `${show(value)}; needed an object`);
}

/** A whole number or null, as an execution count is. */
export function count(value: unknown, field: string): number | null {
  if (value === null || (Number.isInteger(value) && (value as number) >= 0)) return value as number | null;
  throw new FieldError(field, `${show(value)}; needed a whole number or null`);
}

/** The value as a message shows it: short. */
export function show(value: unknown): string {
  if (value === undefined) return "missing";
  const shown = Array.isArray(value)
    ? "a list"
    : typeof value === "object" && value
      ? "an object"
      : JSON.stringify(value);
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
}
