/** A value as plain JSON, a typed array as the list of its numbers (JSON would name them "0", "1", …); undefined if it has none. */
export function plainJson(value: unknown): unknown {
  const text = JSON.stringify(value, listed) as string | undefined;
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

function listed(_: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
    ? Array.from(value as unknown as ArrayLike<unknown>)
    : value;
}
