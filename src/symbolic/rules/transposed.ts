/** The transpose of an expression, written without needless signs. */

import type { BuiltIn } from "../language/builtIns.js";
import { call, type Expression, transposed } from "../language/expression.js";
import { isScalar, shapeOf } from "../world/shapes.js";
import type { World } from "../world/world.js";
import { productParts, withChain, writtenProduct } from "./products.js";

/** Eᵀ: of a product the reversed product of transposes; what is symmetric or one number is its own transpose. */
export function transposeOf(world: World, e: Expression): Expression {
  if (e.kind === "unary" && e.op === "'") return e.of;
  if (isScalar(shapeOf(world, e))) return e;
  if (e.kind === "call") {
    const known = calls[e.name];
    return known === "no rule" ? transposed(e) : known(e.args, world);
  }
  if (e.kind === "unary" || (e.kind === "binary" && (e.op === "*" || e.op === "/"))) {
    const parts = productParts(world, e);
    const chain = parts.chain.map((factor) => transposeOf(world, factor)).reverse();
    return writtenProduct(withChain(parts, chain));
  }
  return transposed(e);
}

/** What the transpose of a function's value is, where it is another than the sign ᵀ after it. */
const calls: Record<BuiltIn, ((args: readonly Expression[], world: World) => Expression) | "no rule"> = {
  vec: "no rule",
  mat: "no rule",
  kron: ([A, B], world) => call("kron", transposeOf(world, A), transposeOf(world, B)),
  I: ([n]) => call("I", n),
  ones: ([m, n]) => (n ? call("ones", n, m) : transposed(call("ones", m))),
  K: ([m, n]) => call("K", n, m),
  diag: ([v]) => call("diag", v),
  ...{ sigma: "no rule", dsigma: "no rule", d2sigma: "no rule", relu: "no rule", drelu: "no rule" },
  trace: ([M]) => call("trace", M),
  norm2: ([M]) => call("norm2", M),
  Sum: "no rule",
  d: "no rule",
};
