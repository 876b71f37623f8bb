/** Greek letters and other signs of the lecture, and how they are written in ASCII. */

/** The letters in the order of the alphabet; what looks like a Latin letter has no Greek capital of its own. */
const small: Readonly<Record<string, string>> = {
  alpha: "α",
  beta: "β",
  gamma: "γ",
  delta: "δ",
  epsilon: "ε",
  zeta: "ζ",
  eta: "η",
  theta: "θ",
  iota: "ι",
  kappa: "κ",
  lambda: "λ",
  mu: "μ",
  nu: "ν",
  xi: "ξ",
  pi: "π",
  rho: "ρ",
  sigma: "σ",
  tau: "τ",
  phi: "φ",
  chi: "χ",
  psi: "ψ",
  omega: "ω",
};

const capital: Readonly<Record<string, string>> = {
  Gamma: "Γ",
  Delta: "Δ",
  Theta: "Θ",
  Lambda: "Λ",
  Xi: "Ξ",
  Pi: "Π",
  Phi: "Φ",
  Psi: "Ψ",
  Omega: "Ω",
};

/** The names of Greek letters, as TeX has them. */
export const greekNames: ReadonlySet<string> = new Set([
  ...Object.keys(small),
  ...Object.keys(capital),
  "Sigma",
]);

const variants: readonly (readonly [string, string])[] = [
  ["ϕ", "phi"],
  ["ϵ", "epsilon"],
  ["ϑ", "theta"],
  ["µ", "mu"],
];

const namesOfLetters = new Map<string, string>([
  ...Object.entries({ ...small, ...capital }).map(([name, letter]) => [letter, name] as const),
  ...variants,
]);

/** The name of a Greek letter: φ is phi. */
export function greekName(letter: string): string | undefined {
  return namesOfLetters.get(letter);
}

/** Small raised figures: ² is 2. */
export const raisedFigures: ReadonlyMap<string, number> = new Map(
  Array.from("⁰¹²³⁴⁵⁶⁷⁸⁹", (sign, value) => [sign, value] as const),
);

/** Signs that stand for others: − for -, · for *, ⊤ for a transpose. */
export const signs: ReadonlyMap<string, string> = new Map([
  ["−", "-"],
  ["–", "-"],
  ["·", "*"],
  ["⋅", "*"],
  ["∗", "*"],
  ["⊙", ".*"],
  ["∘", ".*"],
  ["ᵀ", "'"],
  ["⊤", "'"],
  ["’", "'"],
  ["′", "'"],
  ["″", "''"],
  ["∑", "Σ"],
  ["∥", "‖"],
  ["𝟏", "𝟙"],
  ["ℐ", "I"],
]);
