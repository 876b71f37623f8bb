/** Transposes, identities, ones and diagonals. */

import { binary, call, type Expression, number, transposed } from "../expression.js";
import { equal, one } from "../polynomial.js";
import { isScalar, sameShape, shapeOf, sizeOf } from "../shapes.js";
import { sizeExpression } from "../sizes.js";
import type { World } from "../world.js";
import { argsOf, isDifferential, keptAt, rewritePair, untransposed } from "./match.js";
import { multiplied, productOf, withChain, written } from "./products.js";
import type { Context, Rule } from "./rule.js";
import { transposeOf } from "./transposed.js";

/** The transpose of a product, a sum, a transpose, and of what is its own transpose. */
export const transposeRules: readonly Rule[] = [
  {
    name: "transpose-of-product",
    law: "(A B)^{T} = B^{T} A^{T}",
    source: "mathlib Matrix.transpose_mul; Magnus and Neudecker, ch. 1",
    apply: (e, { world }) => {
      const of = untransposed(e);
      return of?.kind === "binary" && (of.op === "*" || of.op === "/") ? transposeOf(world, of) : undefined;
    },
  },
  {
    name: "transpose-of-sum",
    law: "(A + B)^{T} = A^{T} + B^{T}",
    source: "mathlib Matrix.transpose_add; Magnus and Neudecker, ch. 1",
    apply: (e, { world }) => {
      const of = untransposed(e);
      if (of?.kind !== "binary" || of.op === "*" || of.op === "/") return undefined;
      return binary(of.op, transposeOf(world, of.left), transposeOf(world, of.right));
    },
  },
  {
    name: "transpose-of-instances",
    law: "\\left(\\sum_i A_i\\right)^{T} = \\sum_i A_i^{T}",
    source: "mathlib Matrix.transpose_sum",
    apply: (e, { world }) => {
      const of = untransposed(e);
      const E = of && argsOf(of, "Sum")?.[0];
      return E && call("Sum", transposeOf(world, E));
    },
  },
  {
    name: "transpose-of-transpose",
    law: "(A^{T})^{T} = A",
    source: "mathlib Matrix.transpose_transpose; Magnus and Neudecker, ch. 1",
    apply: (e) => {
      const of = untransposed(e);
      return of && untransposed(of);
    },
  },
  {
    name: "transpose-of-symmetric",
    law: "\\mathcal{I}^{T} = \\mathcal{I}, \\quad \\operatorname{diag}(v)^{T} = \\operatorname{diag}(v), \\quad K_{m,n}^{T} = K_{n,m}, \\quad c^{T} = c",
    source: "mathlib Matrix.transpose_one, Matrix.diagonal_transpose; Magnus and Neudecker, ch. 3, sec. 7",
    apply: (e, { world }) => {
      const of = untransposed(e);
      if (!of) return undefined;
      const known = of.kind === "call" && ["I", "diag", "K", "ones"].includes(of.name);
      const turned = known || isScalar(shapeOf(world, of)) ? transposeOf(world, of) : e;
      return untransposed(turned) ? undefined : turned;
    },
  },
  {
    name: "scalar-is-its-transpose",
    law: "a^{T} b = b^{T} a",
    source: "mathlib dotProduct_comm",
    apply: scalarTransposed,
  },
];

/** Products with I, 1 and diagonal matrices. */
export const identityRules: readonly Rule[] = [
  {
    name: "identity",
    law: "\\mathcal{I} A = A \\mathcal{I} = A",
    source: "mathlib Matrix.one_mul, Matrix.mul_one",
    apply: (e, { world }) =>
      rewritePair(world, e, (left, right) => (argsOf(left, "I") ? right : argsOf(right, "I") && left)) ??
      identityOfSizeOne(world, e),
  },
  {
    name: "ones",
    law: "\\mathbb{1}_{m \\times n} = \\mathbb{1}_m \\mathbb{1}_n^{T}, \\quad \\mathbb{1}_n^{T} \\mathbb{1}_n = n, \\quad A \\odot \\mathbb{1} = A",
    source: "Magnus and Neudecker, ch. 3, sec. 6",
    apply: ones,
  },
  {
    name: "diag-times-column",
    law: "\\operatorname{diag}(v) w = v \\odot w",
    source: "mathlib Matrix.mulVec_diagonal; Magnus and Neudecker, ch. 3, sec. 6",
    apply: (e, { world }) => diagTimesColumn(world, e),
  },
  {
    name: "hadamard-as-diag",
    law: "v \\odot w = \\operatorname{diag}(v) w",
    source: "mathlib Matrix.mulVec_diagonal; Magnus and Neudecker, ch. 3, sec. 6",
    apply: (e, context) => {
      if (e.kind !== "binary" || e.op !== ".*" || !equal(shapeOf(context.world, e).cols, one))
        return undefined;
      const kept = keptAt(context, [e.left, e.right]);
      if (kept === undefined) return undefined;
      const [v, w] = kept === 0 ? [e.right, e.left] : [e.left, e.right];
      return binary("*", call("diag", v), w);
    },
  },
  {
    name: "vec-row-diag",
    law: "\\operatorname{vec}(G)^{T} \\operatorname{diag}(\\operatorname{vec}(H)) = \\operatorname{vec}(G \\odot H)^{T}",
    source: "mathlib Matrix.vecMul_diagonal, Matrix.vec_hadamard; Magnus and Neudecker, ch. 3, sec. 6",
    apply: (e, { world }) => rewritePair(world, e, (left, right) => rowTimesDiag(world, left, right)),
  },
  {
    name: "diag-product",
    law: "\\operatorname{diag}(v) \\operatorname{diag}(w) = \\operatorname{diag}(v \\odot w), \\quad \\operatorname{diag}(\\mathbb{1}_n) = \\mathcal{I}_n",
    source: "mathlib Matrix.diagonal_mul_diagonal, Matrix.diagonal_one; Magnus and Neudecker, ch. 3, sec. 6",
    apply: (e, { world }) => {
      const v = argsOf(e, "diag")?.[0];
      if (v && argsOf(v, "ones")?.length === 1) return call("I", ...(argsOf(v, "ones") ?? []));
      return rewritePair(world, e, (left, right) => {
        const [x, y] = [argsOf(left, "diag")?.[0], argsOf(right, "diag")?.[0]];
        return x && y && call("diag", binary(".*", x, y));
      });
    },
  },
];

/** aᵀ b where the differential, or what is to be kept, stands in aᵀ. */
function scalarTransposed(e: Expression, context: Context): Expression | undefined {
  const { world } = context;
  if (e.kind !== "binary" || e.op !== "*" || !isScalar(shapeOf(world, e))) return undefined;
  if (context.keep === undefined && !isDifferential(world, e)) return undefined;
  const parts = productOf(world, e);
  const at = keptAt(context, parts.chain);
  if (at === undefined || at >= parts.chain.length - 1) return undefined;
  if (!untransposed(parts.chain[at])) return undefined;
  const chain = parts.chain.map((factor) => transposeOf(world, factor)).reverse();
  return written(withChain(parts, chain));
}

/** I₁ scales by 1. */
function identityOfSizeOne(world: World, e: Expression): Expression | undefined {
  const n = argsOf(e, "I")?.[0];
  return n && equal(sizeOf(world, n), one) ? number(1) : undefined;
}

function ones(e: Expression, { world }: Context): Expression | undefined {
  const sizes = argsOf(e, "ones");
  if (sizes?.length === 2) {
    return binary("*", call("ones", sizes[0]), transposed(call("ones", sizes[1])));
  }
  if (sizes) return equal(sizeOf(world, sizes[0]), one) ? number(1) : undefined;
  if (e.kind === "binary" && e.op === ".*") {
    return isOnes(world, e.right) ? e.left : isOnes(world, e.left) ? e.right : undefined;
  }
  return rewritePair(world, e, (left, right) => {
    const [m, n] = [argsOf(untransposed(left) ?? right, "ones"), argsOf(right, "ones")];
    return untransposed(left) && m?.length === 1 && n?.length === 1
      ? sizeExpression(sizeOf(world, n[0]))
      : undefined;
  });
}

/** 1, 1ᵀ, 1 1ᵀ. */
function isOnes(world: World, e: Expression): boolean {
  const { over, under, scalars, divisors, chain } = productOf(world, e);
  if (over !== 1 || under !== 1 || scalars.length + divisors.length > 0) return false;
  const factors = chain.map((factor) => untransposed(factor) ?? factor);
  if (!factors.every((factor) => argsOf(factor, "ones"))) return false;
  return chain.length === 1 || (chain.length === 2 && equal(shapeOf(world, chain[0]).cols, one));
}

/** The first diag, and all that follows it where that is a column. */
function diagTimesColumn(world: World, e: Expression): Expression | undefined {
  if (e.kind !== "binary" || e.op !== "*") return undefined;
  const parts = productOf(world, e);
  const at = parts.chain.findIndex((factor) => argsOf(factor, "diag"));
  const after = parts.chain.slice(at + 1);
  if (at < 0 || after.length === 0 || !equal(shapeOf(world, after[after.length - 1]).cols, one))
    return undefined;
  const [v] = argsOf(parts.chain[at], "diag") ?? [];
  return written(withChain(parts, [...parts.chain.slice(0, at), binary(".*", v, multiplied(after))]));
}

function rowTimesDiag(world: World, row: Expression, right: Expression): Expression | undefined {
  const v = argsOf(right, "diag")?.[0];
  if (!v || !equal(shapeOf(world, row).rows, one)) return undefined;
  const column = transposeOf(world, row);
  const [G, H] = [argsOf(column, "vec")?.[0], argsOf(v, "vec")?.[0]];
  if (G && H && sameShape(shapeOf(world, G), shapeOf(world, H)))
    return transposed(call("vec", binary(".*", G, H)));
  return transposed(binary(".*", column, v));
}
