/** Products with identities, ones and diagonal matrices. */

import { binary, call, type Expression, number, transposed } from "../language/expression.js";
import { equal, one } from "../language/polynomial.js";
import { sizeExpression } from "../language/sizeExpression.js";
import { isScalar, sameShape, shapeOf, sizeOf } from "../world/shapes.js";
import type { World } from "../world/world.js";
import { argsOf, firstAfterRow, keptAt, rewritePair, untransposed } from "./match.js";
import { multiplied, productParts, withChain, writtenProduct } from "./products.js";
import type { Context, Rule } from "./rule.js";
import { transposeOf } from "./transposed.js";

/** I, 1 and diag. */
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
    name: "trace-of-number",
    law: "\\operatorname{tr}(a) = a \\text{ for numbers } a",
    source: "the definition of the trace; Magnus and Neudecker, ch. 1, sec. 10",
    apply: (e, { world }) => {
      const a = argsOf(e, "trace")?.[0];
      return a && isScalar(shapeOf(world, a)) ? a : undefined;
    },
  },
  {
    name: "hadamard-of-numbers",
    law: "a \\odot b = a b \\text{ for numbers } a, b",
    source: "the definition of the Hadamard product; Magnus and Neudecker, ch. 3, sec. 6",
    apply: (e, { world }) =>
      e.kind === "binary" && e.op === ".*" && isScalar(shapeOf(world, e))
        ? writtenProduct(productParts(world, binary("*", e.left, e.right)))
        : undefined,
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
    apply: rowTimesDiag,
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
  const { over, under, scalars, divisors, chain } = productParts(world, e);
  if (over !== 1 || under !== 1 || scalars.length + divisors.length > 0) return false;
  const factors = chain.map((factor) => untransposed(factor) ?? factor);
  if (!factors.every((factor) => argsOf(factor, "ones"))) return false;
  return chain.length === 1 || (chain.length === 2 && equal(shapeOf(world, chain[0]).cols, one));
}

/** The first diag, and all that follows it where that is a column. */
function diagTimesColumn(world: World, e: Expression): Expression | undefined {
  if (e.kind !== "binary" || e.op !== "*") return undefined;
  const parts = productParts(world, e);
  const at = parts.chain.findIndex((factor) => argsOf(factor, "diag"));
  const after = parts.chain.slice(at + 1);
  if (at < 0 || after.length === 0 || !equal(shapeOf(world, after[after.length - 1]).cols, one))
    return undefined;
  const [v] = argsOf(parts.chain[at], "diag") ?? [];
  return writtenProduct(withChain(parts, [...parts.chain.slice(0, at), binary(".*", v, multiplied(after))]));
}

/** The first diag, and all that stands before it where that is a row; several rows must become one vec first. */
function rowTimesDiag(e: Expression, { world }: Context): Expression | undefined {
  if (e.kind !== "binary" || e.op !== "*") return undefined;
  const parts = productParts(world, e);
  const at = firstAfterRow(parts.chain);
  if (!argsOf(parts.chain[at] ?? e, "diag") || !equal(shapeOf(world, parts.chain[0]).rows, one))
    return undefined;
  const [v] = argsOf(parts.chain[at], "diag") ?? [];
  const column = transposeOf(world, multiplied(parts.chain.slice(0, at)));
  const [G, H] = [argsOf(column, "vec")?.[0], argsOf(v, "vec")?.[0]];
  const alike = G && H && sameShape(world, shapeOf(world, G), shapeOf(world, H));
  if (H && !alike && at > 1) return undefined;
  const moved = alike ? call("vec", binary(".*", G, H)) : binary(".*", column, v);
  return writtenProduct(withChain(parts, [transposed(moved), ...parts.chain.slice(at + 1)]));
}
