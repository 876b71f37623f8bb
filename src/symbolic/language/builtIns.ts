/**
 * The functions that need no declaration: one closed list.
 *
 * To add one, as exp: put its name into `BuiltIn` and say here how it is written. Then `npm run types` leads from place
 * to place, for whoever gives functions a meaning does it by a `Record<BuiltIn, …>` that has to be complete:
 *
 * - `world/builtInShapes.ts`, its size; `world/tex.ts`, how it looks;
 * - `prove/axes.ts` and `prove/indexForm.ts`, its entries for all sizes; `prove/generalise.ts`, whether it only moves them;
 * - `trial/evaluate.ts`, its value in any algebra (GF(p), fractions, polynomials, doubles, dual numbers); `trial/degrees.ts`, how
 *   much it raises the degree; `trial/mathjsEvaluate.ts`, the same in mathjs's words;
 * - `rules/differentials.ts` and `rules/transposed.ts`, what d and ᵀ make of it;
 * - `verify/calls.ts`, its value on typed arrays; `test/symbolic/residues.ts`, a second evaluator for tests.
 *
 * One that has no function there says so in its entry. What the compiler cannot ask for: a rule of its own, the slips of
 * `refute/slips.ts`, and a case in each table of the tests.
 */
export type BuiltIn =
  | "vec"
  | "mat"
  | "kron"
  | "I"
  | "ones"
  | "K"
  | "diag"
  | "sigma"
  | "dsigma"
  | "d2sigma"
  | "relu"
  | "drelu"
  | "trace"
  | "norm2"
  | "Sum"
  | "d";

/** How a function is written, whatever it means. */
export interface Notation {
  /** As a reader is told to write it. */
  readonly form: string;
  /** What it is, in words. */
  readonly words: string;
  /** How many arguments it takes. */
  readonly count: readonly [least: number, most: number];
  /** How many of the first of them are matrices; the others are sizes, or the name that a differential is taken by. */
  readonly matrices: number;
  /** Whether sizes may stand below it: I_{n}, mat(v)_{m × n}. */
  readonly isIndexed?: boolean;
}

/** The catalogue. */
export const builtIns: Readonly<Record<BuiltIn, Notation>> = {
  vec: { form: "vec(A)", words: "the columns of A, one below the other", count: [1, 1], matrices: 1 },
  mat: {
    form: "mat(v, rows, columns)",
    words: "the column v cut into columns",
    count: [3, 3],
    matrices: 1,
    isIndexed: true,
  },
  kron: { form: "kron(A, B)", words: "the Kronecker product A ⊗ B", count: [2, 2], matrices: 2 },
  I: { form: "I(n)", words: "the identity matrix", count: [1, 1], matrices: 0, isIndexed: true },
  ones: {
    form: "ones(n) or ones(m, n)",
    words: "the matrix of ones, a column where one size is given",
    count: [1, 2],
    matrices: 0,
    isIndexed: true,
  },
  K: {
    form: "K(m, n)",
    words: "the commutation matrix: K vec(X) = vec(Xᵀ) for X: m × n",
    count: [2, 2],
    matrices: 0,
    isIndexed: true,
  },
  diag: { form: "diag(v)", words: "the matrix with v on its diagonal", count: [1, 1], matrices: 1 },
  sigma: { form: "sigma(S)", words: "σ of each entry", count: [1, 1], matrices: 1 },
  dsigma: { form: "dsigma(S)", words: "σ′ of each entry", count: [1, 1], matrices: 1 },
  d2sigma: { form: "d2sigma(S)", words: "σ″ of each entry", count: [1, 1], matrices: 1 },
  relu: { form: "relu(S)", words: "ReLU of each entry, max(x, 0)", count: [1, 1], matrices: 1 },
  drelu: {
    form: "drelu(S)",
    words: "ReLU′ of each entry: 1 where it is > 0, else 0",
    count: [1, 1],
    matrices: 1,
  },
  trace: { form: "trace(A)", words: "the sum of the diagonal", count: [1, 1], matrices: 1 },
  norm2: {
    form: "norm2(A)",
    words: "‖A‖², the sum of the squares of all entries",
    count: [1, 1],
    matrices: 1,
  },
  Sum: { form: "Sum(A)", words: "the sum over the instances 1, …, l", count: [1, 1], matrices: 1 },
  d: { form: "d(E, X)", words: "the differential of E when X changes by dX", count: [2, 2], matrices: 1 },
};

/** Their names. */
export const builtInNames: readonly BuiltIn[] = Object.keys(builtIns) as BuiltIn[];

/** Whether the name is a function that needs no declaration. */
export function isBuiltIn(text: string): text is BuiltIn {
  return Object.hasOwn(builtIns, text);
}

/** Other words for them. */
export const otherWords: ReadonlyMap<string, BuiltIn> = new Map<string, BuiltIn>([
  ["tr", "trace"],
  ["ReLU", "relu"],
]);
