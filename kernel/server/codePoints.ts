/** The protocol counts positions in Unicode code points, JavaScript in UTF-16 units: 𝑥 is one and two. */

/** The UTF-16 offset of a position in code points. */
export function utf16Offset(text: string, codePoints: number): number {
  let at = 0;
  for (let n = codePoints; n > 0 && at < text.length; n--)
    at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1;
  return at;
}

/** The position in code points of a UTF-16 offset. */
export function codePointPosition(text: string, offset: number): number {
  return Array.from(text.slice(0, offset)).length;
}
