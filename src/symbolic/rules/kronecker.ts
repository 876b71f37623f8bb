/** Kronecker products, and a row times one. */

import { binary, call, type Expression, transposed } from "../language/expression.js";
import { equal, one, type Polynomial, times } from "../language/polynomial.js";
import { sizeExpression } from "../language/sizeExpression.js";
import { shapeOf, sizeOf } from "../world/shapes.js";
import type { World } from "../world/world.js";
import { argsOf, firstAfterRow, isOfSize, rewritePair, untransposed } from "./match.js";
import { multiplied, productParts, tidyProduct, withChain, writtenProduct } from "./products.js";
import type { Context, Rule } from "./rule.js";
import { transposeOf } from "./transposed.js";

/** Products, transposes and sums of A ⊗ B. */
export const kroneckerRules: readonly Rule[] = [
  {
    name: "kron-mixed-product",
    law: "(A \\otimes B)(C \\otimes D) = A C \\otimes B D",
    source: "mathlib Matrix.mul_kronecker_mul; Magnus and Neudecker, ch. 2, sec. 2",
    apply: (e, { world }) => rewritePair(world, e, (left, right) => mixedProduct(world, left, right)),
  },
  {
    name: "kron-transpose",
    law: "(A \\otimes B)^{T} = A^{T} \\otimes B^{T}",
    source: "mathlib Matrix.kroneckerMap_transpose; Magnus and Neudecker, ch. 2, sec. 2",
    apply: (e, { world }) => {
      const of = untransposed(e);
      const kron = of && argsOf(of, "kron");
      return kron && call("kron", transposeOf(world, kron[0]), transposeOf(world, kron[1]));
    },
  },
  {
    name: "kron-of-sum",
    law: "(A + B) \\otimes C = A \\otimes C + B \\otimes C",
    source: "mathlib Matrix.add_kronecker, Matrix.kronecker_add; Magnus and Neudecker, ch. 2, sec. 2",
    apply: (e) => {
      const kron = argsOf(e, "kron");
      if (!kron) return undefined;
      const [A, B] = kron;
      if (A.kind === "binary" && (A.op === "+" || A.op === "-"))
        return binary(A.op, call("kron", A.left, B), call("kron", A.right, B));
      if (B.kind === "binary" && (B.op === "+" || B.op === "-"))
        return binary(B.op, call("kron", A, B.left), call("kron", A, B.right));
      return undefined;
    },
  },
  {
    name: "kron-of-identities",
    law: "\\mathcal{I}_m \\otimes \\mathcal{I}_n = \\mathcal{I}_{m n}",
    source: "mathlib Matrix.one_kronecker_one; Magnus and Neudecker, ch. 2, sec. 2",
    apply: (e, { world }) => {
      const [m, n] = (argsOf(e, "kron") ?? []).map((A) => argsOf(A, "I")?.[0]);
      return m && n ? call("I", sizeExpression(times(sizeOf(world, n), sizeOf(world, m)))) : undefined;
    },
  },
  {
    name: "kron-of-one",
    law: "\\mathcal{I}_1 \\otimes A = A \\otimes \\mathcal{I}_1 = A",
    source: "Magnus and Neudecker, ch. 2, sec. 2",
    apply: (e, { world }) => {
      const kron = argsOf(e, "kron");
      if (!kron) return undefined;
      return isOne(world, kron[0]) ? kron[1] : isOne(world, kron[1]) ? kron[0] : undefined;
    },
  },
  {
    name: "vec-row-kron",
    law: "\\operatorname{vec}(G)^{T} (A \\otimes B) = \\operatorname{vec}(B^{T} G A)^{T}",
    source: "mathlib Matrix.vec_vecMul_kronecker; Magnus and Neudecker, ch. 2, theorem 2.2",
    apply: rowTimesKron,
  },
  {
    name: "kron-of-rows",
    law: "a^{T} \\otimes b^{T} = \\operatorname{vec}(b a^{T})^{T}",
    source: "Magnus and Neudecker, ch. 2, sec. 4",
    apply: (e, { world }) => {
      const kron = argsOf(e, "kron");
      if (!kron?.every((A) => equal(shapeOf(world, A).rows, one))) return undefined;
      return transposed(call("vec", tidyProduct(world, transposeOf(world, kron[1]), kron[0])));
    },
  },
  {
    name: "kron-of-columns",
    law: "a \\otimes b = \\operatorname{vec}(b a^{T})",
    source: "Magnus and Neudecker, ch. 2, sec. 4",
    apply: (e, { world }) => {
      const kron = argsOf(e, "kron");
      if (!kron?.every((A) => equal(shapeOf(world, A).cols, one))) return undefined;
      return call("vec", tidyProduct(world, kron[1], transposeOf(world, kron[0])));
    },
  },
  {
    name: "row-as-matrix",
    law: "r = \\operatorname{vec}(\\operatorname{mat}(r^{T}))^{T}",
    source: "mathlib Matrix.vec_bijective",
    apply: rowAsMatrix,
  },
];

function isOne(world: World, e: Expression): boolean {
  const n = argsOf(e, "I")?.[0] ?? argsOf(e, "ones")?.[0];
  if (n && argsOf(e, "ones")?.length !== 2) return equal(sizeOf(world, n), one);
  return e.kind === "number" && e.value === 1;
}

function mixedProduct(world: World, left: Expression, right: Expression): Expression | undefined {
  const [x, y] = [argsOf(left, "kron"), argsOf(right, "kron")];
  if (!x || !y) return undefined;
  const fits = x.every((A, k) => equal(shapeOf(world, A).cols, shapeOf(world, y[k]).rows));
  return fits ? call("kron", tidyProduct(world, x[0], y[0]), tidyProduct(world, x[1], y[1])) : undefined;
}

/** The first Kronecker product, and all that stands before it where that is a row. */
function rowTimesKron(e: Expression, { world }: Context): Expression | undefined {
  if (e.kind !== "binary" || e.op !== "*") return undefined;
  const parts = productParts(world, e);
  const at = firstAfterRow(parts.chain);
  if (!argsOf(parts.chain[at] ?? e, "kron") || !equal(shapeOf(world, parts.chain[0]).rows, one))
    return undefined;
  const [A, B] = argsOf(parts.chain[at], "kron") ?? [];
  const row = multiplied(parts.chain.slice(0, at));
  const G = asMatrix(world, row, shapeOf(world, B).rows, shapeOf(world, A).rows);
  if (!G) return undefined;
  const moved = transposed(call("vec", tidyProduct(world, transposeOf(world, B), G, A)));
  return writtenProduct(withChain(parts, [moved, ...parts.chain.slice(at + 1)]));
}

/** The matrix of which the row is vec(G)ᵀ, where it is written so or needs no mat. */
function asMatrix(world: World, row: Expression, rows: Polynomial, cols: Polynomial): Expression | undefined {
  const v = untransposed(row);
  const G = v && argsOf(v, "vec")?.[0];
  if (G && isOfSize(world, G, rows, cols)) return G;
  if (equal(rows, one)) return row;
  return equal(cols, one) ? transposeOf(world, row) : undefined;
}

/** The rows before A ⊗ B, K or diag(vec(H)) as one vec(mat(…))ᵀ of the size that comes next. */
function rowAsMatrix(e: Expression, { world }: Context): Expression | undefined {
  if (e.kind !== "binary" || e.op !== "*") return undefined;
  const parts = productParts(world, e);
  const at = firstAfterRow(parts.chain);
  if (at < 0 || !equal(shapeOf(world, parts.chain[0]).rows, one)) return undefined;
  const size = wantedSize(world, parts.chain[at]);
  const row = multiplied(parts.chain.slice(0, at));
  if (!size || asMatrix(world, row, ...size)) return undefined;
  const M = call("mat", transposeOf(world, row), sizeExpression(size[0]), sizeExpression(size[1]));
  return writtenProduct(withChain(parts, [transposed(call("vec", M)), ...parts.chain.slice(at)]));
}

function wantedSize(world: World, e: Expression): [Polynomial, Polynomial] | undefined {
  const kron = argsOf(e, "kron");
  if (kron) return [shapeOf(world, kron[1]).rows, shapeOf(world, kron[0]).rows];
  const K = argsOf(e, "K");
  if (K) return [sizeOf(world, K[1]), sizeOf(world, K[0])];
  const v = argsOf(e, "diag")?.[0];
  const H = v && argsOf(v, "vec")?.[0];
  if (!H) return undefined;
  const { rows, cols } = shapeOf(world, H);
  return [rows, cols];
}
