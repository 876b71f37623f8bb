/** Index maps: φ, padding, pooling and whatever else was declared by its index formula. */

import { apply, binary, call, type Expression, name } from "../language/expression.js";
import { sizeExpression } from "../language/sizeExpression.js";
import { shapeOf } from "../world/shapes.js";
import { type IndexMap, mapOfMatrix, type World } from "../world/world.js";
import { argsOf, rewritePair } from "./match.js";
import { chainOf, multiplied, productParts, withChain, writtenProduct } from "./products.js";
import type { Rule } from "./rule.js";

const source = "the definition of the map by its index formula; mathlib Matrix.submatrix_apply";

/** eq. (4) for every declared map. */
export const indexMapRules: readonly Rule[] = [
  {
    name: "vec-of-map",
    law: "\\operatorname{vec}(\\phi(Z)) = P_{\\phi} \\operatorname{vec}(Z) \\quad (4)",
    source,
    apply: (e, { world }) => {
      const M = argsOf(e, "vec")?.[0];
      const applied = M && appliedMap(world, M);
      return applied && binary("*", name(applied.map.matrix), call("vec", applied.of));
    },
  },
  {
    name: "map-as-matrix",
    law: "\\phi(Z) = \\operatorname{mat}(P_{\\phi} \\operatorname{vec}(Z)) \\quad (4)",
    source,
    apply: (e, { world }) => {
      const applied = appliedMap(world, e);
      if (!applied) return undefined;
      const { rows, cols } = shapeOf(world, e);
      const v = binary("*", name(applied.map.matrix), call("vec", applied.of));
      return call("mat", v, sizeExpression(rows), sizeExpression(cols));
    },
  },
  {
    name: "matrix-as-map",
    law: "P_{\\phi} \\operatorname{vec}(Z) = \\operatorname{vec}(\\phi(Z)) \\quad (4)",
    source,
    apply: (e, { world }) =>
      rewritePair(world, e, (left, right) => {
        const map = left.kind === "name" ? mapOfMatrix(world, left.name) : undefined;
        const Z = argsOf(right, "vec")?.[0];
        return map && Z && fits(world, map, Z) ? call("vec", apply(map.name, Z)) : undefined;
      }),
  },
  {
    name: "map-of-sum",
    law: "\\phi(A + B) = \\phi(A) + \\phi(B), \\quad \\phi(c A) = c \\, \\phi(A)",
    source:
      "the definition of the map by its index formula; mathlib Matrix.submatrix_add, Matrix.submatrix_smul",
    apply: (e, { world }) => {
      const applied = appliedMap(world, e);
      return applied && !applied.map.chosen ? mapOfSum(world, applied) : undefined;
    },
  },
];

interface AppliedMap {
  readonly map: IndexMap;
  readonly of: Expression;
}

function appliedMap(world: World, e: Expression): AppliedMap | undefined {
  const map = e.kind === "apply" ? world.maps.get(e.name) : undefined;
  return map && e.kind === "apply" ? { map, of: e.args[0] } : undefined;
}

/** vec(Z) has the right length for P already; Z must have the map's own rows and columns too. */
function fits(world: World, map: IndexMap, Z: Expression): boolean {
  try {
    shapeOf(world, apply(map.name, Z));
    return true;
  } catch {
    return false;
  }
}

function mapOfSum(world: World, { map, of }: AppliedMap): Expression | undefined {
  if (of.kind === "binary" && (of.op === "+" || of.op === "-"))
    return binary(of.op, apply(map.name, of.left), apply(map.name, of.right));
  if (chainOf(world, of)) return undefined;
  const parts = productParts(world, of);
  return parts.chain.length > 0
    ? writtenProduct(withChain(parts, [apply(map.name, multiplied(parts.chain))]))
    : undefined;
}
