/** Transposes. */

import type { BuiltIn } from "../language/builtIns.js";
import { binary, call, type Expression, negated, transposed } from "../language/expression.js";
import { equal, one } from "../language/polynomial.js";
import { sizeExpression } from "../language/sizeExpression.js";
import { isScalar, shapeOf } from "../world/shapes.js";
import type { World } from "../world/world.js";
import { argsOf, keptAt, lastKeptAt, untransposed } from "./match.js";
import { multiplied, type ProductParts, productParts, withChain, writtenProduct } from "./products.js";
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
    law: "(A + B)^{T} = A^{T} + B^{T}, \\quad (-A)^{T} = -A^{T}",
    source: "mathlib Matrix.transpose_add, Matrix.transpose_neg; Magnus and Neudecker, ch. 1",
    apply: (e, { world }) => {
      const of = untransposed(e);
      if (of?.kind === "unary" && of.op === "-") return negated(transposeOf(world, of.of));
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
      const known = of.kind === "call" && symmetric.includes(of.name);
      const turned = known || isScalar(shapeOf(world, of)) ? transposeOf(world, of) : e;
      return untransposed(turned) ? undefined : turned;
    },
  },
  {
    name: "trace-of-product",
    law: "\\operatorname{tr}(A B) = \\operatorname{vec}(A^{T})^{T} \\operatorname{vec}(B)",
    source: "mathlib Matrix.vec_dotProduct_vec; Magnus and Neudecker, ch. 2, sec. 4",
    apply: traceOfProduct,
  },
  {
    name: "scalar-is-its-transpose",
    law: "a^{T} b = b^{T} a",
    source: "mathlib dotProduct_comm",
    apply: scalarTransposed,
  },
  {
    name: "scalar-to-the-end",
    law: "(a^{T} b) (c^{T} d) = (c^{T} d) (a^{T} b)",
    source: "mathlib mul_comm",
    apply: scalarToTheEnd,
  },
  {
    name: "column-times-number",
    law: "c \\, v = v \\, c \\text{ for a column } v",
    source: "the definition of the product with a number; mathlib mul_comm",
    apply: columnTimesNumber,
  },
];

/** The factors before and from the one that is kept on; a single matrix is multiplied by the identity. */
function traceOfProduct(e: Expression, context: Context): Expression | undefined {
  const { world } = context;
  const M = argsOf(e, "trace")?.[0];
  if (!M) return undefined;
  const parts = productParts(world, M);
  const at = keptAt(context, parts.chain);
  if (parts.chain.length === 0 || at === undefined) return undefined;
  const [before, after] = [parts.chain.slice(0, at), parts.chain.slice(at)];
  const A = before.length > 0 ? multiplied(before) : call("I", sizeExpression(shapeOf(world, M).rows));
  const row = transposed(call("vec", transposeOf(world, A)));
  return writtenProduct(
    productParts(world, writtenProduct(withChain(parts, [row, call("vec", multiplied(after))]))),
  );
}

/** aᵀ b where the differential, or what is to be kept, stands in aᵀ: afterwards it stands at the end. */
function scalarTransposed(e: Expression, context: Context): Expression | undefined {
  const segment = scalarSegment(e, context);
  if (!segment?.isTransposed) return undefined;
  const { parts, before, within, after } = segment;
  const reversed = within.map((factor) => transposeOf(context.world, factor)).reverse();
  return writtenProduct(withChain(parts, [...before, ...after, ...reversed]));
}

/** A number in front of others that holds the differential. */
function scalarToTheEnd(e: Expression, context: Context): Expression | undefined {
  const segment = isScalar(shapeOf(context.world, e)) ? scalarSegment(e, context) : undefined;
  if (!segment || segment.isTransposed || segment.after.length === 0) return undefined;
  const { parts, before, within, after } = segment;
  return writtenProduct(withChain(parts, [...before, ...after, ...within]));
}

/** The number goes behind the column where it holds the differential, before it where the column does. */
function columnTimesNumber(e: Expression, context: Context): Expression | undefined {
  const { world } = context;
  if (e.kind !== "binary" || e.op !== "*" || !isColumn(world, e)) return undefined;
  const parts = productParts(world, e);
  const at = lastKeptAt(context, parts.chain);
  if (at !== undefined) return isScalar(shapeOf(world, e)) ? undefined : numberToTheFront(world, parts, at);
  const moving = lastKeptAt(context, parts.scalars);
  if (moving === undefined || parts.chain.length === 0) return undefined;
  const { chain } = productParts(world, parts.scalars[moving]);
  if (chain.length === 0) return undefined;
  const scalars = parts.scalars.filter((_, k) => k !== moving);
  return writtenProduct({ ...parts, scalars, chain: [...parts.chain, ...chain] });
}

/** What follows the column that ends first is a number. */
function numberToTheFront(world: World, parts: ProductParts, at: number): Expression | undefined {
  const end = parts.chain.findIndex((factor, k) => k >= at && isColumn(world, factor)) + 1;
  const after = parts.chain.slice(end);
  if (after.length === 0) return undefined;
  return writtenProduct({
    ...parts,
    scalars: [...parts.scalars, multiplied(after)],
    chain: parts.chain.slice(0, end),
  });
}

function isColumn(world: World, e: Expression): boolean {
  return equal(shapeOf(world, e).cols, one);
}

interface Segment {
  readonly parts: ProductParts;
  readonly before: readonly Expression[];
  /** The fewest neighbours of the differential with it that are one number. */
  readonly within: readonly Expression[];
  readonly after: readonly Expression[];
  /** Whether it stands transposed, and upright where the number is turned: of two that stand so, both. */
  readonly isTransposed: boolean;
}

/** Of a product that is a column: the part of it around the last differential that is one number. */
function scalarSegment(e: Expression, context: Context): Segment | undefined {
  const { world } = context;
  if (e.kind !== "binary" || e.op !== "*" || !isColumn(world, e)) return undefined;
  const parts = productParts(world, e);
  const at = lastKeptAt(context, parts.chain);
  if (at === undefined) return undefined;
  const isRow = (factor: Expression) => equal(shapeOf(world, factor).rows, one);
  const start = parts.chain.slice(0, at + 1).findLastIndex(isRow);
  if (start < 0) return undefined;
  const end = parts.chain.findIndex((factor, k) => k >= at && isColumn(world, factor)) + 1;
  const within = parts.chain.slice(start, end);
  const first = within[keptAt(context, within) ?? 0];
  const last = parts.chain[at];
  const turned = (factor: Expression) =>
    untransposed(factor) !== undefined || (factor === within[0] && isRow(factor));
  return {
    ...{ parts, before: parts.chain.slice(0, start), within, after: parts.chain.slice(end) },
    isTransposed: within.length > 1 && at < end - 1 && turned(first) && turned(last),
  };
}

/** What is symmetric, or turns into one of its kind. */
const symmetric: readonly BuiltIn[] = ["I", "diag", "K", "ones"];
