/** How computed derivatives compare with derived formulas, and how that is shown. */

/** One derivative, held against a derived formula. */
export interface VerifiedFormula {
  /** What was computed: "∇f", "Jv", "Jᵀu" or "Gv". */
  readonly what: string;
  /** The part of θ that it is of, W1, b1, …; all for Jv. */
  readonly part: string;
  /** The formula that was derived and run. */
  readonly formula: string;
  /** The same in TeX. */
  readonly tex: string;
  /** The largest difference of an entry over the largest entry. */
  readonly error: number;
  /** Whether that is rounding alone. */
  readonly ok: boolean;
}

/** A problem's derivatives, held against derived formulas. */
export interface Verification {
  /** Whether all of them agree. */
  readonly ok: boolean;
  /** Each derivative with its formula. */
  readonly formulas: readonly VerifiedFormula[];
  /** What was declared for the layers, as a lecture does. */
  readonly declarations: string;
  /** The difference that is allowed. */
  readonly tolerance: number;
}

/** What was verified, as a value of a class: by it src/lecture says how it looks. */
export class VerifiedDerivatives implements Verification {
  readonly ok: boolean;

  constructor(
    readonly formulas: readonly VerifiedFormula[],
    readonly declarations: string,
    readonly tolerance: number,
  ) {
    this.ok = formulas.every((one) => one.ok);
  }
}
