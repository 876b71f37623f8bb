/** A formula cut at its operators, so that a narrow page can put what follows on a new line. */

/** Shorter pieces are not cut off: a formula of a few signs stays whole. */
const shortest = 12;

const token =
  /\\left(?![A-Za-z])|\\right(?![A-Za-z])|\\(?:begin|end)\{[a-z]*\}|\\textcolor\{(#[0-9a-f]{6})\}\{|\\[A-Za-z]+|\\.|[{}]|./gs;

/** What may begin a new line: an operator, or a function that a product goes on with. */
const operator = /^(?:[+=-]|\\otimes|\\odot|\\operatorname)$/;

/** A piece whose last sign is an operator waits for what follows: alone at a line's end it would lose its spaces. */
const waiting = /(?:[+=-]|\\otimes|\\odot|\\cdot|\\,) *$/;

/** How strongly the operators bind; what is none of them is a function that a product goes on with. */
const strengths: ReadonlyMap<string, number> = new Map([
  ["=", 0],
  ["+", 1],
  ["-", 1],
  ["\\otimes", 2],
  ["\\odot", 2],
]);
const strongest = 3;

/** A piece, or terms that would rather stand whole in a line of their own than be cut. */
export type TexTerm = string | readonly TexTerm[];

/** What stands between two cuts. */
interface Piece {
  readonly raw: string;
  /** The colours that are open where it begins, and how many groups where it ends. */
  readonly colours: readonly string[];
  readonly open: number;
  /** How much the cut before it separates: least where no parenthesis is open, at the operator that binds least. */
  readonly rank: number;
}

/**
 * The pieces of TeX without delimiters, each a formula of its own; set side by side they are the whole. Cut is before + − = ⊗ ⊙
 * and named functions where no group, fraction or growing parenthesis is open; colours go on in the next piece.
 */
export function texPieces(tex: string): string[] {
  return cut(withSpace(tex)).map(texOf);
}

/** The same pieces, those of a summand or a factor together, and those of what stands in its parentheses again. */
export function texTerms(tex: string): TexTerm {
  return termOf(cut(withSpace(tex)));
}

/** A sign of equality at the end, with its matrix in the next place, keeps its space. */
const withSpace = (tex: string): string => (/=\s*$/.test(tex) ? `${tex}{}` : tex);

/** Boxes in boxes: what is deeper in parentheses is cut as it comes. */
const deepest = 8;

function termOf(pieces: readonly Piece[], left: number = deepest): TexTerm {
  const [first, ...rest] = pieces as readonly [Piece, ...Piece[]];
  if (rest.length === 0) return texOf(first);
  if (left === 0) return pieces.map(texOf);
  const least = rest.reduce((least, { rank }) => Math.min(least, rank), Number.POSITIVE_INFINITY);
  const terms: Piece[][] = [[first]];
  for (const piece of rest) piece.rank === least ? terms.push([piece]) : terms.at(-1)?.push(piece);
  return terms.map((term) => termOf(term, left - 1));
}

/** It is a formula of its own: an operator at its beginning has something before it, and a colour goes on. */
function texOf({ raw, colours, open, rank }: Piece): string {
  return `${colours.join("")}${rank < 0 ? "" : "{}"}${raw}${"}".repeat(open)}`;
}

function cut(tex: string): Piece[] {
  const pieces: Piece[] = [];
  for (const piece of finest(tex)) {
    const last = pieces.at(-1);
    if (last === undefined || plain(last.raw).length >= shortest) pieces.push(piece);
    else if (piece.rank >= last.rank || pieces.length === 1) pieces.splice(-1, 1, joined(last, piece));
    else pieces.splice(-2, 2, joined(pieces.at(-2) as Piece, last), piece);
  }
  return pieces;
}

/** What is too short goes with that of its neighbours from which it is less separated. */
function joined(one: Piece, next: Piece): Piece {
  return { ...one, raw: one.raw + next.raw, open: next.open };
}

/** Cut wherever it may be. */
function finest(tex: string): Piece[] {
  const open: (string | undefined)[] = [];
  const pieces: Piece[] = [];
  let [begin, held, depth, before] = [{ raw: "", colours: [] as string[], rank: -1 }, 0, 0, ""];
  for (const [part, colour] of tex.matchAll(token)) {
    const isFree = held === 0 && open.every((group) => group !== undefined);
    if (isFree && operator.test(part) && begin.raw.endsWith(" ") && !waiting.test(begin.raw)) {
      pieces.push({ ...begin, open: open.length });
      const rank = depth * (strongest + 1) + (strengths.get(part) ?? strongest);
      begin = { raw: "", colours: open.filter((group) => group !== undefined), rank };
    }
    if (/^\\(?:left|begin)/.test(part)) held++;
    else if (/^\\(?:right|end)/.test(part)) held--;
    if (part === "{" || colour !== undefined) open.push(colour === undefined ? undefined : part);
    else if (part === "}") open.pop();
    depth += within(part, before);
    begin.raw += part;
    before = part;
  }
  return [...pieces, { ...begin, open: 0 }];
}

/** 1 where a parenthesis, a bracket or a norm is opened, -1 where one is closed. */
function within(part: string, before: string): number {
  if (part === "\\|") return /^\\[bB]igg?l$/.test(before) ? 1 : /^\\[bB]igg?r$/.test(before) ? -1 : 0;
  return Number(/^[([]$/.test(part)) - Number(/^[)\]]$/.test(part));
}

/**
 * The formula in rows of about `most` signs that are seen: for readers whose page breaks no line. As a page does, it puts a
 * term in the next row before it cuts it.
 */
export function texRows(tex: string, most: number): string[] {
  const rows: string[] = [];
  for (const term of rowTerms(termOf(cut(tex)), most)) {
    const last = rows.at(-1);
    if (last === undefined || plain(last).length + plain(term).length > most) rows.push(term);
    else rows[rows.length - 1] = joinedTex([last, term]);
  }
  return rows;
}

/** The largest terms that a row has room for. */
function rowTerms(term: TexTerm, most: number): string[] {
  const whole = wholeOf(term);
  if (typeof term === "string" || plain(whole).length <= most) return [whole];
  return term.flatMap((part) => rowTerms(part, most));
}

/** The pieces of a term as one formula. */
function wholeOf(term: TexTerm): string {
  return typeof term === "string" ? term : joinedTex(term.map(wholeOf));
}

const joinedTex = ([first = "", ...rest]: readonly string[]): string =>
  first + rest.map((piece) => piece.replace(/^\{\}/, "")).join("");

/** The signs that are seen, more or less. */
function plain(tex: string): string {
  return tex.replace(/\\textcolor\{#[0-9a-f]{6}\}|\\[A-Za-z]+|[{}\s]/g, "");
}
