/** Bytes as base64 text: what JSON can carry of typed arrays and pictures. */

/** The bytes of a typed array (little-endian on every platform that Node and browsers run on) in base64. */
export function toBase64(array: ArrayBufferView): string {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  let binary = "";
  for (let at = 0; at < bytes.length; at += piece)
    binary += String.fromCharCode(...bytes.subarray(at, at + piece));
  return btoa(binary);
}

/** The float64 numbers that toBase64 wrote. Throws RangeError where the length is no multiple of eight bytes. */
export function float64FromBase64(text: string): Float64Array {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  if (bytes.length % 8 !== 0)
    throw new RangeError(`base64: ${bytes.length} bytes are no whole float64 numbers`);
  return new Float64Array(bytes.buffer);
}

/** Arguments of one call: engines allow at least this many. */
const piece = 2 ** 13;
