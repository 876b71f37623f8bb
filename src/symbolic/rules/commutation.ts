/** Commutation matrices: K_{m,n} vec(X) = vec(Xᵀ) for X of m rows and n columns. */

import { call, type Expression, transposed } from "../language/expression.js";
import { equal, one, times } from "../language/polynomial.js";
import { sizeExpression } from "../language/sizeExpression.js";
import { shapeOf, sizeOf } from "../world/shapes.js";
import type { World } from "../world/world.js";
import { argsOf, isOfSize, rewritePair, untransposed } from "./match.js";
import { tidyProduct } from "./products.js";
import type { Context, Rule } from "./rule.js";
import { transposeOf } from "./transposed.js";

/** Products with K_{m,n}. */
export const commutationRules: readonly Rule[] = [
  {
    name: "commutation",
    law: "K_{m,n} \\operatorname{vec}(X) = \\operatorname{vec}(X^{T})",
    source: "mathlib Matrix.vec_transpose; Magnus and Neudecker, ch. 3, sec. 7",
    apply: (e, { world }) => rewritePair(world, e, (left, right) => commuted(world, left, right)),
  },
  {
    name: "vec-row-commutation",
    law: "\\operatorname{vec}(G)^{T} K_{m,n} = \\operatorname{vec}(G^{T})^{T}",
    source: "mathlib Matrix.vec_transpose; Magnus and Neudecker, ch. 3, sec. 7",
    apply: (e, { world }) => rewritePair(world, e, (left, right) => rowCommuted(world, left, right)),
  },
  {
    name: "commutation-inverse",
    law: "K_{m,n} K_{n,m} = \\mathcal{I}_{m n}, \\quad K_{1,n} = K_{n,1} = \\mathcal{I}_n",
    source: "Magnus and Neudecker, ch. 3, sec. 7",
    apply: commutationInverse,
  },
  {
    name: "commutation-swap",
    law: "K_{p,m} (A \\otimes B) = (B \\otimes A) K_{q,n} \\text{ for } A \\in R^{m \\times n}, B \\in R^{p \\times q}",
    source: "Magnus and Neudecker, ch. 3, theorem 3.9",
    apply: (e, { world }) => rewritePair(world, e, (left, right) => swapped(world, left, right)),
  },
];

function commuted(world: World, left: Expression, right: Expression): Expression | undefined {
  const [K, X] = [argsOf(left, "K"), argsOf(right, "vec")?.[0]];
  if (K && X && isOfSize(world, X, sizeOf(world, K[0]), sizeOf(world, K[1])))
    return call("vec", transposeOf(world, X));
  return undefined;
}

function rowCommuted(world: World, left: Expression, right: Expression): Expression | undefined {
  const [v, L] = [untransposed(left), argsOf(right, "K")];
  const G = v && argsOf(v, "vec")?.[0];
  if (G && L && isOfSize(world, G, sizeOf(world, L[1]), sizeOf(world, L[0])))
    return transposed(call("vec", transposeOf(world, G)));
  return undefined;
}

function commutationInverse(e: Expression, { world }: Context): Expression | undefined {
  const K = argsOf(e, "K");
  if (K) {
    const [m, n] = K.map((size) => sizeOf(world, size));
    return equal(m, one) || equal(n, one) ? call("I", sizeExpression(times(m, n))) : undefined;
  }
  return rewritePair(world, e, (left, right) => {
    const [x, y] = [argsOf(left, "K"), argsOf(right, "K")];
    if (!x || !y) return undefined;
    const [[m, n], [p, q]] = [x.map((size) => sizeOf(world, size)), y.map((size) => sizeOf(world, size))];
    return equal(m, q) && equal(n, p) ? call("I", sizeExpression(times(m, n))) : undefined;
  });
}

function swapped(world: World, left: Expression, right: Expression): Expression | undefined {
  const [K, kron] = [argsOf(left, "K"), argsOf(right, "kron")];
  if (!K || !kron) return undefined;
  const [A, B] = kron.map((M) => shapeOf(world, M));
  if (!equal(sizeOf(world, K[0]), B.rows) || !equal(sizeOf(world, K[1]), A.rows)) return undefined;
  const turned = call("K", sizeExpression(B.cols), sizeExpression(A.cols));
  return tidyProduct(world, call("kron", kron[1], kron[0]), turned);
}
