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
import type { OuterSumBase64 } from "./sparsityList.js";

/** A plotly figure, as plotly's own front ends name it. */
export const PLOTLY_MIME = "application/vnd.plotly.v1+json";

/** The explorer of φ: an image and its φ(Z), eq. (4). The version is part of the name. */
export const PHI_MIME = "application/vnd.philab.phi.v1+json";

/** Where a sparse matrix has its entries. */
export const SPARSITY_MIME = "application/vnd.philab.sparsity.v1+json";

/** The filter desk: a photograph and nine numbers. */
export const FILTER_MIME = "application/vnd.philab.filter.v1+json";

/** The walk through one layer. */
export const WALK_MIME = "application/vnd.philab.walk.v1+json";

/** The gradient desk of one layer. */
export const GRADIENT_MIME = "application/vnd.philab.gradient.v1+json";

/** How trainings go. */
export const TRAINING_MIME = "application/vnd.philab.training.v1+json";

/** A derivation, line by line with its evidence. */
export const DERIVATION_MIME = "application/vnd.philab.derivation.v1+json";

/** A statement that was checked, with its evidence. */
export const VERDICT_MIME = "application/vnd.philab.verdict.v1+json";

/** Formulas with words beside them: a refutation, what a lecture declares, a size. */
export const CARD_MIME = "application/vnd.philab.card.v1+json";

/** The views of philab's own outputs: the file of each is kernel/lab/views/NAME.ts. */
export type ViewName =
  | "phi"
  | "sparsity"
  | "filter"
  | "walk"
  | "gradient"
  | "training"
  | "derivation"
  | "verdict"
  | "card";

/** Which type each view shows. */
export const viewTypes: Readonly<Record<ViewName, string>> = {
  phi: PHI_MIME,
  sparsity: SPARSITY_MIME,
  filter: FILTER_MIME,
  walk: WALK_MIME,
  gradient: GRADIENT_MIME,
  training: TRAINING_MIME,
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
  /** A row of W, h h d numbers, and its b: for the products of an entry of S. */
  readonly filter?: Float64Base64;
  readonly bias?: number;
}

/** What the filter desk reads: a picture as a data address, and a row of W, i fastest. */
export interface FilterPayload {
  readonly version: 1;
  readonly picture: string;
  readonly w: readonly number[];
}

/** A layer and its image, as views compute with them: sizes, vec(Z), vec(W), b. */
export interface LayerPayload {
  readonly version: 1;
  readonly a: number;
  readonly b: number;
  readonly d: number;
  readonly h: number;
  readonly s: number;
  readonly pad: number;
  readonly dOut: number;
  readonly z: Float64Base64;
  readonly W: Float64Base64;
  readonly bias: Float64Base64;
}

/** What the walk reads: a layer, and the side of its pooling windows. */
export interface WalkPayload extends LayerPayload {
  readonly q: number;
}

/** What the gradient desk reads: a layer, and vec(Y). */
export interface GradientPayload extends LayerPayload {
  readonly y: Float64Base64;
}

/** What is known of each state of a training; null where a number is none. */
export type TrainingNumbers = readonly (number | null)[];

/** One training: its states, counted as its trace does, and what is known of each; seconds where they are known. */
export interface ShownRun {
  readonly name: string;
  readonly unit: "iteration" | "epoch";
  readonly x: readonly number[];
  readonly seconds?: TrainingNumbers;
  readonly f: TrainingNumbers;
  readonly accuracy?: TrainingNumbers;
  readonly lambda?: TrainingNumbers;
  readonly cgIters?: TrainingNumbers;
}

/** What the view of trainings reads: a title, where the time goes in words, and each training. */
export interface TrainingPayload {
  readonly version: 1;
  readonly title: string;
  readonly caption: string;
  readonly runs: readonly ShownRun[];
}

/** What the view of a large sparse matrix reads: its sides, titles, and the rows and columns of its entries from 0. */
export interface SparsityPayload {
  readonly version: 1;
  readonly rows: number;
  readonly cols: number;
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly row: OuterSumBase64;
  readonly col: OuterSumBase64;
}

/** What a view of a derivation reads. */
export type DerivationPayload = DerivationRecord;
export type DerivationLine = LineRecord;
export type DerivationRemark = RemarkRecord;
export type { CardPiece, CardSection, ChangeRecord, ExerciseMarks, LetterRecord };

/** What a view of a card reads. */
export type CardPayload = CardRecord;

/** A checked statement in a list, with the name that the list has for it. */
export interface ListedVerdict {
  readonly name?: string;
  readonly verdict: VerdictRecord;
}

/** What a view of a checked statement reads. */
export type VerdictPayload = VerdictRecord;

/** What it reads of several. */
export interface VerdictListPayload {
  readonly version: 1;
  readonly statements: readonly ListedVerdict[];
}
