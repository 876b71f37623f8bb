/** vec and mat: what the columns stacked on each other are. */

import { binary, call, type Expression, transposed } from "../language/expression.js";
import { equal, one, type Polynomial } from "../language/polynomial.js";
import { sizeExpression } from "../language/sizeExpression.js";
import { sameShape, shapeOf } from "../world/shapes.js";
import type { World } from "../world/world.js";
import { argsOf, keptAt, lastKeptAt, rewritePair, untransposed } from "./match.js";
import {
  chainOf,
  multiplied,
  productParts,
  tidyProduct,
  unitParts,
  withChain,
  writtenProduct,
} from "./products.js";
import type { Context, Rule } from "./rule.js";
import { transposeOf } from "./transposed.js";

/** vec of a sum, a multiple, a product, a Hadamard product, a transpose, a column, a mat; and back. */
export const vecRules: readonly Rule[] = [
  {
    name: "vec-of-sum",
    law: "\\operatorname{vec}(A + B) = \\operatorname{vec}(A) + \\operatorname{vec}(B)",
    source: "mathlib Matrix.vec_add, Matrix.vec_sub; Magnus and Neudecker, ch. 2, sec. 4",
    apply: (e) => {
      const M = argsOf(e, "vec")?.[0];
      return M?.kind === "binary" && (M.op === "+" || M.op === "-")
        ? binary(M.op, call("vec", M.left), call("vec", M.right))
        : undefined;
    },
  },
  {
    name: "vec-of-multiple",
    law: "\\operatorname{vec}(c A) = c \\operatorname{vec}(A)",
    source: "mathlib Matrix.vec_smul, Matrix.vec_neg; Magnus and Neudecker, ch. 2, sec. 4",
    apply: (e, { world }) => {
      const M = argsOf(e, "vec")?.[0];
      if (!M || chainOf(world, M)) return undefined;
      const parts = productParts(world, M);
      if (parts.chain.length === 0) return undefined;
      return writtenProduct(withChain(parts, [call("vec", multiplied(parts.chain))]));
    },
  },
  {
    name: "vec-of-product",
    law: "\\operatorname{vec}(A X B) = (B^{T} \\otimes A) \\operatorname{vec}(X)",
    source:
      "mathlib Matrix.kronecker_mulVec_vec, Matrix.vec_mul_eq_mulVec; Magnus and Neudecker, ch. 2, theorem 2.2",
    apply: (e, context) => {
      const M = argsOf(e, "vec")?.[0];
      return M?.kind === "binary" && M.op === "*" ? vecOfProduct(M, context) : undefined;
    },
  },
  {
    name: "product-of-vec",
    law: "(B^{T} \\otimes A) \\operatorname{vec}(X) = \\operatorname{vec}(A X B)",
    source: "mathlib Matrix.kronecker_mulVec_vec; Magnus and Neudecker, ch. 2, theorem 2.2",
    apply: (e, { world }) => rewritePair(world, e, (left, right) => productOfVec(world, left, right)),
  },
  {
    name: "vec-of-hadamard",
    law: "\\operatorname{vec}(A \\odot B) = \\operatorname{diag}(\\operatorname{vec}(A)) \\operatorname{vec}(B)",
    source: "mathlib Matrix.vec_hadamard, Matrix.mulVec_diagonal; Magnus and Neudecker, ch. 3, sec. 6",
    apply: (e, context) => {
      const M = argsOf(e, "vec")?.[0];
      if (M?.kind !== "binary" || M.op !== ".*") return undefined;
      const kept = keptAt(context, [M.left, M.right]);
      if (kept === undefined) return undefined;
      const [A, B] = kept === 0 ? [M.right, M.left] : [M.left, M.right];
      return binary("*", call("diag", call("vec", A)), call("vec", B));
    },
  },
  {
    name: "vec-of-hadamard-entries",
    law: "\\operatorname{vec}(A \\odot B) = \\operatorname{vec}(A) \\odot \\operatorname{vec}(B)",
    source: "mathlib Matrix.vec_hadamard; Magnus and Neudecker, ch. 3, sec. 6",
    apply: (e) => {
      const M = argsOf(e, "vec")?.[0];
      return M?.kind === "binary" && M.op === ".*"
        ? binary(".*", call("vec", M.left), call("vec", M.right))
        : undefined;
    },
  },
  {
    name: "vec-of-transpose",
    law: "\\operatorname{vec}(A^{T}) = K_{m,n} \\operatorname{vec}(A) \\text{ for } A \\in R^{m \\times n}",
    source: "mathlib Matrix.vec_transpose; Magnus and Neudecker, ch. 3, sec. 7",
    apply: (e, { world }) => {
      const M = argsOf(e, "vec")?.[0];
      const A = M && untransposed(M);
      if (!A) return undefined;
      const { rows, cols } = shapeOf(world, A);
      if (equal(rows, one) || equal(cols, one)) return equal(rows, one) ? call("vec", A) : undefined;
      return binary("*", call("K", sizeExpression(rows), sizeExpression(cols)), call("vec", A));
    },
  },
  {
    name: "vec-of-column",
    law: "\\operatorname{vec}(v) = v, \\quad \\operatorname{vec}(v^{T}) = v",
    source: "Magnus and Neudecker, ch. 2, sec. 4",
    apply: (e, { world }) => {
      const v = argsOf(e, "vec")?.[0];
      if (!v) return undefined;
      const { rows, cols } = shapeOf(world, v);
      return equal(cols, one) ? v : equal(rows, one) ? transposeOf(world, v) : undefined;
    },
  },
  {
    name: "vec-of-diag",
    law: "\\operatorname{vec}(\\operatorname{diag}(v)) = \\operatorname{diag}(\\operatorname{vec}(\\mathcal{I}_n)) \\operatorname{vec}(v \\mathbb{1}_n^{T})",
    source: "mathlib Matrix.hadamard_one; Magnus and Neudecker, ch. 3, sec. 6",
    apply: (e, { world }) => {
      const M = argsOf(e, "vec")?.[0];
      const v = M && argsOf(M, "diag")?.[0];
      if (!v) return undefined;
      const n = sizeExpression(shapeOf(world, v).rows);
      const repeated = binary("*", v, transposed(call("ones", n)));
      return binary("*", call("diag", call("vec", call("I", n))), call("vec", repeated));
    },
  },
  {
    name: "vec-of-kron",
    law: "\\operatorname{vec}(A \\otimes B) = (\\mathcal{I}_n \\otimes K_{q,m} \\otimes \\mathcal{I}_p) (\\operatorname{vec}(A) \\otimes \\operatorname{vec}(B))",
    source: "Magnus and Neudecker, ch. 3, theorem 3.10",
    apply: (e, { world }) => {
      const M = argsOf(e, "vec")?.[0];
      const kron = M && argsOf(M, "kron");
      if (!kron) return undefined;
      const [A, B] = kron.map((part) => shapeOf(world, part));
      const middle = call("K", sizeExpression(B.cols), sizeExpression(A.rows));
      const moved = call("kron", middle, call("I", sizeExpression(B.rows)));
      const J = call("kron", call("I", sizeExpression(A.cols)), moved);
      return binary("*", J, call("kron", call("vec", kron[0]), call("vec", kron[1])));
    },
  },
  {
    name: "vec-of-instances",
    law: "\\operatorname{vec}\\left(\\sum_i A_i\\right) = \\sum_i \\operatorname{vec}(A_i)",
    source: "mathlib Matrix.vec_sum",
    apply: (e) => {
      const M = argsOf(e, "vec")?.[0];
      const A = M && argsOf(M, "Sum")?.[0];
      return A && call("Sum", call("vec", A));
    },
  },
  {
    name: "column-as-vec",
    law: "A X b = A \\operatorname{vec}(X b)",
    source: "Magnus and Neudecker, ch. 2, sec. 4",
    apply: columnAsVec,
  },
  {
    name: "vec-of-mat",
    law: "\\operatorname{vec}(\\operatorname{mat}(v)) = v \\quad (5)",
    source: "mathlib Matrix.vec_bijective",
    apply: (e) => {
      const M = argsOf(e, "vec")?.[0];
      return M && argsOf(M, "mat")?.[0];
    },
  },
  {
    name: "mat-of-vec",
    law: "\\operatorname{mat}(\\operatorname{vec}(A)) = A \\quad (5)",
    source: "mathlib Matrix.vec_bijective",
    apply: (e, { world }) => {
      const mat = argsOf(e, "mat");
      const A = mat && argsOf(mat[0], "vec")?.[0];
      return A && sameShape(world, shapeOf(world, A), shapeOf(world, e)) ? A : undefined;
    },
  },
  {
    name: "mat-of-column",
    law: "\\operatorname{mat}_{n \\times 1}(v) = v",
    source: "mathlib Matrix.vec_bijective",
    apply: (e, { world }) => {
      const v = argsOf(e, "mat")?.[0];
      return v && equal(shapeOf(world, e).cols, one) ? v : undefined;
    },
  },
];

/** vec(A X B) where X is the factor to keep; a side without a factor is an identity. */
function vecOfProduct(M: Expression, context: Context): Expression | undefined {
  const { world } = context;
  const parts = productParts(world, M);
  if (parts.chain.length < 2) return undefined;
  const at = keptAt(context, parts.chain);
  if (at === undefined) return undefined;
  const X = parts.chain[at];
  const [before, after] = [parts.chain.slice(0, at), parts.chain.slice(at + 1)];
  const { rows, cols } = shapeOf(world, X);
  const J = kronWithIdentity(world, { before, after, rows, cols });
  return writtenProduct(productParts(world, writtenProduct(withChain(parts, [J, call("vec", X)]))));
}

/** Bᵀ ⊗ A; where X has one row or one column, A or Bᵀ alone. */
function kronWithIdentity(world: World, { before, after, rows, cols }: Sandwich): Expression {
  const A = before.length > 0 ? multiplied(before) : call("I", sizeExpression(rows));
  const Bt = after.length > 0 ? transposeOf(world, multiplied(after)) : call("I", sizeExpression(cols));
  if (after.length === 0 && equal(cols, one)) return A;
  if (before.length === 0 && equal(rows, one)) return Bt;
  return call("kron", Bt, A);
}

interface Sandwich {
  readonly before: readonly Expression[];
  readonly after: readonly Expression[];
  readonly rows: Polynomial;
  readonly cols: Polynomial;
}

function productOfVec(world: World, left: Expression, right: Expression): Expression | undefined {
  const [kron, X] = [argsOf(left, "kron"), argsOf(right, "vec")?.[0]];
  if (!kron || !X) return undefined;
  const [C, A] = kron;
  const { rows, cols } = shapeOf(world, X);
  if (!equal(shapeOf(world, A).cols, rows) || !equal(shapeOf(world, C).cols, cols)) return undefined;
  return call("vec", tidyProduct(world, A, X, transposeOf(world, C)));
}

/** In A X b the factors from the kept one on are a column, and a column is its own vec. */
function columnAsVec(e: Expression, context: Context): Expression | undefined {
  const { world } = context;
  if (e.kind !== "binary" || e.op !== "*") return undefined;
  const parts = productParts(world, e);
  const at = lastKeptAt(context, parts.chain);
  if (at === undefined || at >= parts.chain.length - 1) return undefined;
  if (!equal(shapeOf(world, parts.chain[parts.chain.length - 1]).cols, one)) return undefined;
  const column = writtenProduct({ ...unitParts, chain: parts.chain.slice(at) });
  return writtenProduct(withChain(parts, [...parts.chain.slice(0, at), call("vec", column)]));
}
