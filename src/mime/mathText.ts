/** Titles with a little mathematics in them: P_φ, a_out, z_{i,j}, 10^6, "phi" for φ. */

/** A piece of a title: on the line, below it (an index) or above it (an exponent). */
export interface TextPiece {
  readonly text: string;
  readonly place: "line" | "below" | "above";
}

/** "P_phi for h = 5" in three pieces: P, φ below the line, and the rest; what is no index stays as written. */
export function textPieces(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(script)) {
    const [whole, sign, word] = match;
    if (!hasBase(text.slice(from, match.index), sign, pieces.at(-1))) continue;
    add(pieces, "line", text.slice(from, match.index));
    add(pieces, sign === "_" ? "below" : "above", word.replace(/^\{|\}$/g, ""));
    from = match.index + whole.length;
  }
  add(pieces, "line", text.slice(from));
  return pieces;
}

/** The title as one line of text without markup, for those who hear it. */
export function spokenText(text: string): string {
  return textPieces(text)
    .map(({ text: piece, place }) =>
      place === "above" ? `^${piece}` : place === "below" ? `_${piece}` : piece,
    )
    .join("");
}

/** The title in the markup that plotly reads. */
export function plotlyText(text: string): string {
  const tags = { line: ["", ""], below: ["<sub>", "</sub>"], above: ["<sup>", "</sup>"] } as const;
  return textPieces(text)
    .map(({ text: piece, place }) => tags[place][0] + piece + tags[place][1])
    .join("");
}

const script = /([_^])(\{[^{}]{1,40}\}|\p{L}+|[-−+]?\d+)/gu;

/** An index hangs on a single letter or on a bracket, an exponent on any letter or digit: `batch_size` is a word. */
function hasBase(before: string, sign: string, last: TextPiece | undefined): boolean {
  if (before === "") return last !== undefined && last.place !== "line";
  return (sign === "_" ? /(?<![\p{L}\p{N}_])\p{L}$|[)\]]$/u : /[\p{L}\p{N})\]]$/u).test(before);
}

function add(pieces: TextPiece[], place: TextPiece["place"], text: string): void {
  if (text !== "")
    pieces.push({ place, text: text.replace(/(?<![\p{L}_])(phi|theta|sigma|xi)(?![\p{L}_])/gu, greek) });
}

function greek(name: string): string {
  return { phi: "φ", theta: "θ", sigma: "σ", xi: "ξ" }[name] ?? name;
}
