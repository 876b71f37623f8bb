/** MIME names and payloads: the contract between what a value says of itself and the views in kernel/lab. */

import type { displayKey } from "../numeric/show.js";
import type {
  ChangeRecord,
  DerivationRecord,
  ExerciseMarks,
  LetterRecord,
  LineRecord,
  RemarkRecord,
  VerdictRecord,
} from "../symbolic/derive/derivationRecord.js";
import type { CardPiece, CardRecord, CardSection } from "../symbolic/world/cardRecord.js";

/** A plotly figure, as plotly's own front ends name it. */
export const PLOTLY_MIME = "application/vnd.plotly.v1+json";

/** The explorer of φ: an image and its φ(Z), eq. (4). The version is part of the name. */
export const PHI_MIME = "application/vnd.philab.phi.v1+json";

/** A derivation, line by line with its evidence. */
export const DERIVATION_MIME = "application/vnd.philab.derivation.v1+json";

/** A statement that was checked, with its evidence. */
export const VERDICT_MIME = "application/vnd.philab.verdict.v1+json";

/** Formulas with words beside them: a refutation, what a lecture declares, a size. */
export const CARD_MIME = "application/vnd.philab.card.v1+json";

/** The views of philab's own outputs: the file of each is kernel/lab/views/NAME.ts. */
export type ViewName = "phi" | "derivation" | "verdict" | "card";

/** Which type each view shows. */
export const viewTypes: Readonly<Record<ViewName, string>> = {
  phi: PHI_MIME,
  derivation: DERIVATION_MIME,
  verdict: VERDICT_MIME,
  card: CARD_MIME,
};

/** MIME type → data, as in a Jupyter display message; text/plain is always there. */
export interface Bundle {
  readonly "text/plain": string;
  readonly [mime: string]: unknown;
}

/** A value that says how it looks. */
export interface Shown {
  /** The MIME bundle by which it shows itself; always with text/plain. */
  [displayKey](): Bundle;
}

/** Float64 numbers as little-endian bytes in base64: NaN and ±Infinity do not survive JSON. */
export interface Float64Base64 {
  readonly dtype: "float64";
  readonly base64: string;
}

/** What a plotly renderer reads: `data` and `layout` in plotly's own words. */
export interface FigurePayload {
  readonly data: readonly Record<string, unknown>[];
  readonly layout: Record<string, unknown>;
}

/** What the φ explorer reads: an image d × a·b (column-major, so the channel is fastest) and the window. */
export interface PhiPayload {
  readonly version: 1;
  readonly a: number;
  readonly b: number;
  readonly d: number;
  readonly h: number;
  readonly s: number;
  readonly pad: number;
  readonly z: Float64Base64;
}

/** What a view of a derivation reads. */
export type DerivationPayload = DerivationRecord;
export type DerivationLine = LineRecord;
export type DerivationRemark = RemarkRecord;
export type { CardPiece, CardSection, ChangeRecord, ExerciseMarks, LetterRecord };

/** What a view of a card reads. */
export type CardPayload = CardRecord;

/** What a view of a checked statement reads. */
export type VerdictPayload = VerdictRecord;
