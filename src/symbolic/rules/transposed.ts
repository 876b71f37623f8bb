/** The transpose of an expression, written without needless signs. */

import { call, type Expression, transposed } from "../language/expression.js";
import { isScalar, shapeOf } from "../world/shapes.js";
import type { World } from "../world/world.js";
import { productParts, withChain, writtenProduct } from "./products.js";

/** Eᵀ: of a product the reversed product of transposes; what is symmetric or one number is its own transpose. */
export function transposeOf(world: World, e: Expression): Expression {
  if (e.kind === "unary" && e.op === "'") return e.of;
  if (isScalar(shapeOf(world, e))) return e;
  if (e.kind === "call") return transposeOfCall(world, e.name, e.args) ?? transposed(e);
  if (e.kind === "unary" || (e.kind === "binary" && (e.op === "*" || e.op === "/"))) {
    const parts = productParts(world, e);
    const chain = parts.chain.map((factor) => transposeOf(world, factor)).reverse();
    return writtenProduct(withChain(parts, chain));
  }
  return transposed(e);
}

function transposeOfCall(world: World, name: string, args: readonly Expression[]): Expression | undefined {
  if (name === "I" || name === "diag") return call(name, ...args);
  if (name === "K") return call("K", args[1], args[0]);
  if (name === "ones" && args.length === 2) return call("ones", args[1], args[0]);
  if (name === "kron") return call("kron", transposeOf(world, args[0]), transposeOf(world, args[1]));
  return undefined;
}
