/** Where two values of JSON differ first. */

export interface JsonDifference {
  /** "badge.caveats[0].kind"; empty for the whole. */
  readonly path: string;
  readonly left: unknown;
  readonly right: unknown;
}

/** The first difference, in the order of the left value's names; `isFree` says of a place that it may differ. */
export function firstDifference(
  left: unknown,
  right: unknown,
  isFree: (path: string, left: unknown, right: unknown) => boolean,
  path = "",
): JsonDifference | undefined {
  if (Object.is(left, right) || isFree(path, left, right)) return undefined;
  if (!isList(left) || !isList(right) || Array.isArray(left) !== Array.isArray(right))
    return { path, left, right };
  for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const inner = Array.isArray(left) ? `${path}[${name}]` : path === "" ? name : `${path}.${name}`;
    const difference = firstDifference(partNamed(left, name), partNamed(right, name), isFree, inner);
    if (difference) return difference;
  }
  return undefined;
}

function isList(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function partNamed(value: object, name: string): unknown {
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
