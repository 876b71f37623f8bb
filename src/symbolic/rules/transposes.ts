/** Transposes. */

import { binary, call, type Expression } from "../expression.js";
import { isScalar, shapeOf } from "../shapes.js";
import { argsOf, keptAt, lastKeptAt, untransposed } from "./match.js";
import { productOf, withChain, written } from "./products.js";
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

/** aᵀ b where the differential, or what is to be kept, stands in aᵀ; one of two may not come to stand so instead. */
function scalarTransposed(e: Expression, context: Context): Expression | undefined {
  const { world } = context;
  if (e.kind !== "binary" || e.op !== "*" || !isScalar(shapeOf(world, e))) return undefined;
  const parts = productOf(world, e);
  const at = lastKeptAt(context, parts.chain);
  if (at === undefined || at >= parts.chain.length - 1) return undefined;
  const first = keptAt(context, parts.chain) ?? at;
  if (!untransposed(parts.chain[at]) || !untransposed(parts.chain[first])) return undefined;
  const chain = parts.chain.map((factor) => transposeOf(world, factor)).reverse();
  return written(withChain(parts, chain));
}
