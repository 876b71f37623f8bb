/** What stands for σ in a counterexample. */

/** A function whose derivatives are whole numbers at whole numbers. */
export interface Sigma {
  /** "σ(x) = x²" */
  readonly text: string;
  readonly tex: string;
  /** Whether it does not decrease: needed where a selection is taken through σ. */
  readonly rises: boolean;
  /** The derivative of that order, 0 for itself. */
  readonly at: (order: number, x: number) => number;
}

const cube = (order: number, x: number) => [x ** 3, 3 * x * x, 6 * x, 6][order] ?? 0;
const square = (order: number, x: number) => [x * x, 2 * x, 2][order] ?? 0;
const plusOne = (f: Sigma["at"]) => (order: number, x: number) => f(order, x) + (order === 0 ? 1 : 0);

const flat = (order: number, x: number) => (x < 0 ? cube(order, x) : 0);

const geometric = (order: number, x: number) =>
  [x ** 3 + x * x + x + 1, 3 * x * x + 2 * x + 1, 6 * x + 2, 6][order] ?? 0;

/**
 * Tried in this order: 4 σ(x) = σ(2 x) holds for x², σ(0) = 0 for x² and x³, σ′(0) = 0 for all up to the sum of powers, which
 * rises as its slope has no zero; the last makes entries tie.
 */
export const sigmas: readonly Sigma[] = [
  { text: "σ(x) = x²", tex: "\\sigma(x) = x^{2}", rises: false, at: square },
  { text: "σ(x) = x³", tex: "\\sigma(x) = x^{3}", rises: true, at: cube },
  { text: "σ(x) = x² + 1", tex: "\\sigma(x) = x^{2} + 1", rises: false, at: plusOne(square) },
  { text: "σ(x) = x³ + 1", tex: "\\sigma(x) = x^{3} + 1", rises: true, at: plusOne(cube) },
  { text: "σ(x) = x³ + x² + x + 1", tex: "\\sigma(x) = x^{3} + x^{2} + x + 1", rises: true, at: geometric },
  { text: "σ(x) = (min(x, 0))³", tex: "\\sigma(x) = \\min(x, 0)^{3}", rises: true, at: flat },
];
