/** A derivation whose lines have every kind of evidence. */

import type { DerivationPayload } from "../../src/mime/types.js";

const certificate = {
  version: 1,
  shapes: [
    { m: 2, n: 3 },
    { m: 4, n: 5 },
  ],
  seeds: [1, 2, 3],
  prime: 67108859,
};

export const derivationPayload: DerivationPayload = {
  version: 1,
  declarations: "dims m n k; A : m x n; B : n x k",
  statement: { text: "vec(A * B) = F", tex: "" },
  lines: [
    { text: "vec(A * B)", tex: "\\operatorname{vec}(A B)", reason: "" },
    {
      text: "kron(I(n), A) * vec(B)",
      tex: "(\\mathcal{I}_{n} \\otimes A) \\operatorname{vec}(B)",
      reason: "vec-of-product",
      rule: {
        name: "vec-of-product",
        law: "\\operatorname{vec}(A X B) = (B^{T} \\otimes A) \\operatorname{vec}(X)",
        source: "mathlib Matrix.kronecker_mulVec_vec",
      },
      level: "all sizes",
      badge: { mark: "holds", claim: "all sizes", caveats: [] },
      evidence: { normalForm: "A[r0; x0] B[x0; r1]" },
      certificate,
    },
    {
      text: "C",
      tex: "C",
      reason: "as written",
      level: "identity",
      badge: { mark: "holds", claim: "identity", bound: { shapes: 3, error: 8.9e-22 }, caveats: [] },
      evidence: {
        outOfReach: "digits of another size",
        here: { m: 2, n: 3 },
        trials: {
          prime: 67108859,
          shapes: [
            { m: 2, n: 3 },
            { m: 3, n: 2 },
          ],
          seeds: [1, 2],
          bound: 8.9e-22,
        },
        float: [{ method: "float64", error: 1.2e-16 }],
      },
    },
    {
      text: "D",
      tex: "D",
      reason: "by hand",
      level: "float",
      badge: { mark: "nearly", claim: "float", caveats: [] },
      evidence: {},
    },
    {
      text: "E",
      tex: "E",
      reason: "no reason",
      badge: { mark: "fails", caveats: [] },
      evidence: { counterexample: { sizes: { m: 1, n: 2 }, entry: [2, 1], left: "8", right: "16" } },
    },
    { text: "F", tex: "F", reason: "", badge: { mark: "unchecked", caveats: [] } },
    {
      text: "0",
      tex: "0",
      reason: "zero",
      level: "all sizes",
      badge: { mark: "holds", claim: "all sizes", caveats: [{ kind: "vacuous" }] },
    },
  ],
};

const [first, second] = derivationPayload.lines;

/** An exercise with one line written, one open, and a hint. */
export const exercisePayload: DerivationPayload = {
  ...derivationPayload,
  lines: [first, second, { text: "□", tex: "\\square", reason: "", open: true }],
  remark: { outcome: "hint", parts: [{ text: "line 3: use $a$ rule" }, { text: "it says", tex: "A = B" }] },
};
