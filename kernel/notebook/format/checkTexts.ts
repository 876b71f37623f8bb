import { FieldError } from "./field.js";

/** Deeper nesting than any output has; without a limit a hostile file could exhaust the stack when written. */
const depthLimit = 500;

/** Refuses nesting beyond the limit and text that is not Unicode, which no UTF-8 file can hold. */
export function checkTexts(root: unknown): void {
  const rest: { value: unknown; field: string; depth: number }[] = [{ value: root, field: "", depth: 0 }];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    const { value, field, depth } = next;
    if (typeof value === "string") checkUnicode(value, field);
    if (typeof value !== "object" || value === null) continue;
    if (depth > depthLimit)
      throw new FieldError(top(field), `nested deeper than ${depthLimit} levels; shorten it`);
    for (const [key, part] of Object.entries(value)) {
      if (typeof part === "number") continue;
      checkUnicode(key, field);
      rest.push({
        value: part,
        field: Array.isArray(value) ? `${field}[${key}]` : join(field, key),
        depth: depth + 1,
      });
    }
  }
}

function checkUnicode(value: string, field: string): void {
  const at = value.search(/\p{Surrogate}/u);
  if (at >= 0) {
    const code = value.charCodeAt(at).toString(16);
    throw new FieldError(
      field,
      `half a character (a lone surrogate, U+${code.toUpperCase()}) at position ${at}; remove it`,
    );
  }
}

const join = (field: string, key: string): string => (field === "" ? key : `${field}.${key}`);

/** The beginning of a path that may be thousands of steps long. */
const top = (field: string): string => (field.length > 60 ? `${field.slice(0, 60)}…` : field);
