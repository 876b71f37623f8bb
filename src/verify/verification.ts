/** How computed derivatives compare with derived formulas, and how that is shown. */

import { displayKey, inspect } from "../numeric/show.js";

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

/** A verification that shows each formula with its difference. */
export function shownVerification(verification: Verification): Verification {
  const { formulas, ok, tolerance } = verification;
  const count = formulas.filter((one) => one.ok).length;
  const head = `${ok ? "Verified" : "Not verified"}: ${count} of ${formulas.length} derivatives agree with what is derived for the same layers, to ${tolerance}`;
  // rounding is not the same on every machine: a difference is told only where it is more
  const line = ({ what, part, error, ok }: VerifiedFormula) =>
    `${ok ? "" : "DIFFERS: "}${what}${part === "all" ? "" : ` of ${part}`}${ok ? "" : `: largest difference ${error.toExponential(1)}`}`;
  const text = [head, ...formulas.map((one) => `${line(one)}, against ${one.formula}`)].join("\n");
  const markdown = [head, ...formulas.map((one) => `- ${line(one)}, against\n\n  $$${one.tex}$$`)].join(
    "\n\n",
  );
  const looks = {
    [displayKey]: () => ({ "text/markdown": markdown, "text/plain": text }),
    [inspect]: () => text,
  };
  for (const symbol of [displayKey, inspect] as const) {
    Object.defineProperty(verification, symbol, { value: looks[symbol] });
  }
  return verification;
}
