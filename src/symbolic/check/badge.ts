/** A badge: in one line, how far a statement is known to hold. Data, and the words that are made of it. */

import { type Sizes, sizesText } from "../sizes/sizes.js";

/** From the weakest evidence to the strongest. */
export const levels = ["float", "identity", "here", "all sizes"] as const;

/**
 * How far the evidence reaches. "all sizes": proved for every value of the dimensions. "here": an identity of
 * polynomials over ℤ at one choice of the dimensions. "identity": random trials over GF(p), with a bound on the
 * chance of error. "float": agreement on numbers only, which proves nothing: in floating point, or in whole numbers and fractions where signs decide.
 */
export type Level = (typeof levels)[number];

/** Each mark with its sign: it holds; it does on numbers; it does not; nobody looked. */
export const markSigns = { holds: "✓", nearly: "≈", fails: "✗", unchecked: "" } as const;

export type BadgeMark = keyof typeof markSigns;

/** How far a claim goes: these sizes only, or so many shapes, which a false statement passes with a chance of at most `error`. */
export type Bound = { readonly at: Sizes } | { readonly shapes: number; readonly error: number };

/**
 * What a reader should know of a statement that holds. "where": for which sizes it says anything. "rising": it holds for a
 * σ that does not decrease, which leaves the largest entry where it is. "vacuous": both sides are 0 in every trial.
 */
export type Caveat =
  | { readonly kind: "where"; readonly condition: string }
  | { readonly kind: "rising" }
  | { readonly kind: "vacuous" };

/** A badge as plain JSON: what records, payloads and views carry. */
export interface Badge {
  readonly mark: BadgeMark;
  /** The level of the evidence; none where it fails or nobody looked. */
  readonly claim?: Level;
  readonly bound?: Bound;
  readonly caveats: readonly Caveat[];
}

/** The badge of a line that nothing checked. */
export const notChecked: Badge = { mark: "unchecked", caveats: [] };

/** What is said in words, or where a text and a TeX of it differ, in both. */
export type Piece = string | { readonly text: string; readonly tex: string };

/** "✓ all sizes", "✓ 3 shapes, error ≤ 1e-21", "≈ tried on numbers only", "not checked". */
export function badgeText(badge: Badge): string {
  return `${markSigns[badge.mark]} ${plainText(badgePieces(badge))}`.trim();
}

/** A badge without its mark, from which its text and its TeX are made. */
export function badgePieces({ mark, claim, bound, caveats }: Badge): readonly Piece[] {
  if (mark === "fails") return [];
  const words = claim === undefined ? ["not checked"] : claimPieces[claim](bound);
  return [...words, ...caveats.flatMap((caveat) => [joints[caveat.kind], ...piecesOf(caveat)])];
}

/** "vacuous: both sides are 0" */
export function caveatText(caveat: Caveat): string {
  return plainText(piecesOf(caveat));
}

/** Whether a value of unknown origin is a list of caveats. */
export function areCaveats(value: unknown): value is readonly Caveat[] {
  if (!Array.isArray(value)) return false;
  return value.every(
    (caveat) => typeof caveat?.kind === "string" && Object.hasOwn(caveatPieces, caveat.kind),
  );
}

/** The words for each kind of caveat; to add a kind, add it to the type and here. */
const caveatPieces: {
  readonly [Kind in Caveat["kind"]]: (caveat: Extract<Caveat, { kind: Kind }>) => readonly Piece[];
} = {
  where: ({ condition }) => [
    { text: condition, tex: condition.replaceAll("≥", "\\ge ").replaceAll("·", "\\,") },
  ],
  rising: () => ["σ does not decrease"],
  vacuous: () => ["vacuous: both sides are 0"],
};

/** How each is joined to what is said before it. */
const joints: Readonly<Record<Caveat["kind"], string>> = {
  where: " where ",
  rising: " where ",
  vacuous: ", but ",
};

function piecesOf(caveat: Caveat): readonly Piece[] {
  return (caveatPieces[caveat.kind] as (caveat: Caveat) => readonly Piece[])(caveat);
}

const claimPieces: Readonly<Record<Level, (bound: Bound | undefined) => readonly Piece[]>> = {
  "all sizes": () => ["all sizes"],
  here: (bound) => [bound && "at" in bound ? `exactly at ${sizesText(bound.at)}` : "exactly"],
  identity: (bound) =>
    bound && "error" in bound ? [`${bound.shapes} shapes, error`, atMost(bound.error)] : ["random trials"],
  float: () => ["tried on numbers only"],
};

function atMost(error: number): Piece {
  if (error <= 0) return { text: " ≤ 0", tex: " \\le 0" };
  const power = powerAbove(error);
  return { text: ` ≤ 1e${power}`, tex: ` \\le 10^{${power}}` };
}

/** A bound is rounded up: 8.9e-22 is at most 1e-21, and what is a little more than 1e-21 at most 1e-20. */
function powerAbove(x: number): number {
  const power = Math.ceil(Math.log10(x));
  return Number(`1e${power}`) < x ? power + 1 : power; // the logarithm is rounded
}

function plainText(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");
}
