/** A formula cut at its operators, so that a narrow page can put what follows on a new line. */

/** Shorter pieces are not cut off: a formula of a few signs stays whole. */
const shortest = 12;

const token =
  /\\left(?![A-Za-z])|\\right(?![A-Za-z])|\\(?:begin|end)\{[a-z]*\}|\\textcolor\{(#[0-9a-f]{6})\}\{|\\[A-Za-z]+|\\.|[{}]|./gs;

/** What may begin a new line: an operator, or a function that a product goes on with. */
const operator = /^(?:[+=-]|\\otimes|\\odot|\\operatorname)$/;

/** A piece whose last sign is an operator waits for what follows: alone at a line's end it would lose its spaces. */
const waiting = /(?:[+=-]|\\otimes|\\odot|\\cdot|\\,) *$/;

/**
 * The pieces of TeX without delimiters, each a formula of its own; set side by side they are the whole. Cut is before + − = ⊗ ⊙
 * and named functions where no group, fraction or growing parenthesis is open; colours go on in the next piece.
 */
export function texPieces(tex: string): string[] {
  // A sign of equality at the end, with its matrix in the next place, keeps its space.
  return cut(/=\s*$/.test(tex) ? `${tex}{}` : tex);
}

function cut(tex: string): string[] {
  const open: (string | undefined)[] = [];
  const pieces: string[] = [];
  let [piece, held] = ["", 0];
  for (const [part, colour] of tex.matchAll(token)) {
    const isFree = held === 0 && open.every((group) => group !== undefined);
    const isCut = operator.test(part) && piece.endsWith(" ") && !waiting.test(piece);
    if (isFree && isCut && plain(piece).length >= shortest) {
      pieces.push(piece + "}".repeat(open.length));
      piece = `${open.join("")}{}`;
    }
    if (/^\\(?:left|begin)/.test(part)) held++;
    else if (/^\\(?:right|end)/.test(part)) held--;
    if (part === "{" || colour !== undefined) open.push(colour === undefined ? undefined : part);
    else if (part === "}") open.pop();
    piece += part;
  }
  return [...pieces, piece];
}

/** The formula in rows of about `most` signs that are seen, each of whole pieces: for readers whose page breaks no line. */
export function texRows(tex: string, most: number): string[] {
  const rows: string[] = [];
  let signs = 0;
  for (const piece of cut(tex)) {
    const { length } = plain(piece);
    signs += length;
    if (rows.length === 0 || signs > most) {
      rows.push(piece);
      signs = length;
    } else rows[rows.length - 1] += piece.replace(/^\{\}/, "");
  }
  return rows;
}

/** The signs that are seen, more or less. */
function plain(tex: string): string {
  return tex.replace(/\\textcolor\{#[0-9a-f]{6}\}|\\[A-Za-z]+|[{}\s]/g, "");
}
