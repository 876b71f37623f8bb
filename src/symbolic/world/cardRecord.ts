/** Formulas and cards as plain JSON: what an output holds and a page shows. Types only. */

/** An expression in both notations. */
export interface Written {
  /** As a cell reads it: kron(phi(Z)', I(d_out)) * vec(W). */
  readonly text: string;
  /** As the slides write it, in LaTeX without delimiters. */
  readonly tex: string;
  /** As one says it. */
  readonly words?: string;
}

/** A piece of a card's line: words, or a formula. */
export type CardPiece = string | Written;

/** Lines of a card under a heading. */
export interface CardSection {
  readonly heading?: string;
  readonly lines: readonly (readonly CardPiece[])[];
}

/** Formulas with words beside them: a refutation, what a lecture declares, sizes, lists of statements. */
export interface CardRecord {
  readonly version: 1;
  readonly kind: "refutation" | "lecture" | "formula";
  readonly title: readonly CardPiece[];
  /** The badge of what fails, beside the title, and what it says there. */
  readonly badge?: {
    readonly of: { readonly mark: "fails"; readonly caveats: readonly never[] };
    readonly text: string;
  };
  readonly sections: readonly CardSection[];
}
