/** One JSON frame from outside: UTF-8, one object, not deeper than anything honest, and no `__proto__`. */

const deepest = 500; // JSON.stringify and structured clone recurse; honest messages stay below 50
const utf8 = new TextDecoder("utf-8", { fatal: true });
const [quote, backslash] = [0x22, 0x5c];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/** The object in a frame. Throws when it is not UTF-8, not a JSON object, too deep, or has a `__proto__` key. */
export function parseFrame(frame: Uint8Array): Record<string, unknown> {
  if (depth(frame) > deepest) throw new RangeError(`JSON nested deeper than ${deepest}`);
  const text = utf8.decode(frame);
  const suspect = text.includes("__proto__") || text.includes("\\u"); // the reviver is slow: only where it can matter
  const value: unknown = suspect ? JSON.parse(text, refuseProto) : JSON.parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TypeError("not a JSON object");
  return value as Record<string, unknown>;
}

function refuseProto(key: string, value: unknown): unknown {
  if (key === "__proto__") throw new TypeError("a key named __proto__");
  return value;
}

/** How deep brackets nest outside strings. */
function depth(frame: Uint8Array): number {
  let [most, now, inString] = [0, 0, false];
  for (let at = 0; at < frame.length; at++) {
    const byte = frame[at];
    if (inString) {
      if (byte === backslash) at++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) inString = true;
    else if (byte === openBrace || byte === openBracket) most = Math.max(most, ++now);
    else if (byte === closeBrace || byte === closeBracket) now--;
  }
  return most;
}
