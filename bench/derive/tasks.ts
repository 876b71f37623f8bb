/** What both SymPy and we can do: each of ours begins with a new lecture, and every line it gives is proved for all sizes. */

import { type Formula, lecture, type Verdict } from "../../src/index.js";

/** A task by the name that sympy_peer.py knows it by. */
export interface DeriveTask {
  readonly name: string;
  /** As the table says it. */
  readonly title: string;
  /** What SymPy does of it. */
  readonly theirs: string;
  /** Ours, once, from its declarations. Throws where it does not hold for all sizes. */
  run(): void;
}

export const deriveTasks: readonly DeriveTask[] = [
  {
    name: "product",
    title: "vec(AXB) = (Bᵀ ⊗ A) vec(X)",
    theirs: "at 3 × 4, 4 × 2, 2 × 5",
    run: () => proved(matrices().check("X3", "vec(A*X*B) = kron(B', A)*vec(X)")),
  },
  {
    name: "mixed",
    title: "(A ⊗ B)(X ⊗ C) = AX ⊗ BC",
    theirs: "at 2 × 3, 4 × 2, 3 × 2, 2 × 3",
    run: () => proved(matrices().check("mixed", "kron(A, B)*kron(X, C) = kron(A*X, B*C)")),
  },
  {
    name: "commutation",
    title: "K vec(X) = vec(Xᵀ)",
    theirs: "at 5 × 6",
    run: () => proved(matrices().check("K", "K(n, p)*vec(X) = vec(X')")),
  },
  {
    name: "layer",
    title: "vec(Wφ(Z)) = (I ⊗ W) P_φ vec(Z)",
    theirs: "at h=2 s=1 d=2 a=4 b=5, 3 filters",
    run: () => proved(layer().check("X4", "vec(W*phi(Z)) = kron(I(a_out*b_out), W)*P*vec(Z)")),
  },
  {
    name: "squares",
    title: "gradient of ‖WX − Y‖² by W",
    theirs: "for all sizes, as Trace((WX − Y)ᵀ(WX − Y)), unproved",
    run: () => allProved(squares().gradient("norm2(W*X - Y)", "W")),
  },
  {
    name: "quadratic",
    title: "gradient of xᵀAx by x",
    theirs: "for all sizes, unproved",
    run: () => allProved(squares().gradient("x'*A*x", "x")),
  },
];

const matrices = () => lecture`dims m n p q r; A : m x n;  X : n x p;  B : p x q;  C : q x r`;

const layer = () => lecture`
  dims h s d a b d_out
  a_out = floor((a - h)/s) + 1;  b_out = floor((b - h)/s) + 1
  Z : d x a*b;  W : d_out x h*h*d
  phi, P = conv(h, s, d, a, b)
`;

const squares = () => lecture`dims m n k; W : m x n;  X : n x k;  Y : m x k;  A : n x n;  x : n x 1`;

function proved({ level, statement }: Verdict): void {
  if (level !== "all sizes") throw new Error(`${statement} reached the level ${level} only`);
}

function allProved({ steps }: Formula): void {
  for (const { verdict } of steps.lines.slice(1)) if (verdict) proved(verdict);
}
