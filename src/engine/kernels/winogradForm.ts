/**
 * Winograd's minimal filtering F(m × m, r × r): m·m outputs of an r × r filter from (m + r − 1)² products in place of
 * m²r². Y = Aᵀ((G g Gᵀ) ⊙ (Bᵀ d B))A; Lavin and Gray, "Fast algorithms for convolutional neural networks" (2016).
 * The interpolation points are 0, ±1, ∞ for four products in a row, and 0, ±1, ±2, ∞ for six.
 */

export interface WinogradForm {
  /** Outputs, filter and products in one direction: n = m + r − 1. */
  readonly m: number;
  readonly r: number;
  readonly n: number;
  readonly BT: readonly (readonly number[])[];
  readonly G: readonly (readonly number[])[];
  readonly AT: readonly (readonly number[])[];
}

/** Bᵀ, and by which factor row k of G is the powers of point k: for n = 4 and for n = 6. */
const points = {
  4: {
    at: [0, 1, -1, Number.POSITIVE_INFINITY],
    factors: [1, 1 / 2, 1 / 2, 1],
    BT: [
      [1, 0, -1, 0],
      [0, 1, 1, 0],
      [0, -1, 1, 0],
      [0, -1, 0, 1],
    ],
  },
  6: {
    at: [0, 1, -1, 2, -2, Number.POSITIVE_INFINITY],
    factors: [1 / 4, -1 / 6, -1 / 6, 1 / 24, 1 / 24, 1],
    BT: [
      [4, 0, -5, 0, 1, 0],
      [0, -4, -4, 1, 1, 0],
      [0, 4, -4, -1, 1, 0],
      [0, -2, -1, 2, 1, 0],
      [0, 2, -1, -2, 1, 0],
      [0, 4, 0, -5, 0, 1],
    ],
  },
} as const;

/** The form for an r × r filter with n products in each direction. */
export function winogradForm(r: number, n: 4 | 6): WinogradForm {
  const m = n - r + 1;
  const { at, factors, BT } = points[n];
  return {
    ...{ m, r, n, BT },
    G: at.map((x, k) => Array.from({ length: r }, (_, i) => factors[k] * power(x, i, r - 1))),
    AT: Array.from({ length: m }, (_, i) => at.map((x) => power(x, i, m - 1))),
  };
}

/** xⁱ; the point at infinity sees the highest power alone. */
function power(x: number, i: number, highest: number): number {
  return Number.isFinite(x) ? x ** i : Number(i === highest);
}

export function transposedForm(M: readonly (readonly number[])[]): number[][] {
  return M[0].map((_, j) => M.map((row) => row[j]));
}

export const winogradNames = ["F2x3", "F4x3", "F2x5"] as const;

export type WinogradName = (typeof winogradNames)[number];

/** The forms the engine has, by their names in tasks. */
export const winogradForms: Readonly<Record<WinogradName, WinogradForm>> = {
  F2x3: winogradForm(3, 4),
  F4x3: winogradForm(3, 6),
  F2x5: winogradForm(5, 6),
};
