/** The functions of the lecture on typed arrays. */

import { mat, ones, vec } from "../numeric/matrix.js";
import { dot } from "../numeric/measure.js";
import { add } from "../numeric/multiply.js";
import { relu, reluPrime } from "../numeric/relu.js";
import { type Matrix, zeros } from "../numeric/storage.js";
import type { CallExpression, Expression } from "../symbolic/language/expression.js";
import { evaluate } from "../symbolic/language/polynomial.js";
import { print } from "../symbolic/language/print.js";
import { sizeOf } from "../symbolic/world/shapes.js";
import { movesOf, shapeOfResult } from "./moves.js";
import { commutation, diagonal, identity, kronecker, moves } from "./operator.js";
import type { Scope } from "./scope.js";
import { selected } from "./selection.js";
import { matrixOf, number, operatorFrom, type Value } from "./value.js";

/** f(…). Throws RangeError for what has no value of its own: a loss, a differential. */
export function valueOfCall(e: CallExpression, scope: Scope): Value {
  if (Object.hasOwn(ofSizes, e.name)) return ofSizes[e.name](e.args.map((arg) => sizeAt(arg, scope)));
  if (e.name === "Sum") return { matrix: sumOverInstances(e.args[0], scope) };
  const part = (k: number) => scope.part(e.args[k], scope);
  if (Object.hasOwn(ofParts, e.name)) return ofParts[e.name](part, (k) => sizeAt(e.args[k], scope));
  const map = scope.world.maps.get(e.name);
  if (!map) throw new RangeError(`run: ${print(e)} is no formula yet; derive it first`);
  if (map.chosen) return { matrix: selected(map, e, scope) };
  const { rows, cols, ...index } = movesOf(map, scope.sizes);
  const y = moves(rows, cols, index).times(vec(matrixOf(part(0))));
  return { matrix: mat(y, ...shapeOfResult(map, scope.sizes)) };
}

/** What is made of sizes alone. */
const ofSizes: Record<string, (sizes: readonly number[]) => Value> = {
  I: ([n]) => ({ operator: identity(n) }),
  ones: ([rows, cols = 1]) => ({ matrix: ones(rows, cols) }),
  K: ([m, n]) => ({ operator: commutation(m, n) }),
};

type Parts = (k: number) => Value;

/** What is made of matrices; σ is ReLU. */
const ofParts: Record<string, (part: Parts, size: (k: number) => number) => Value> = {
  vec: (part) => ({ matrix: vec(matrixOf(part(0))) }),
  mat: (part, size) => ({ matrix: mat(matrixOf(part(0)), size(1), size(2)) }),
  kron: (part) => ({ operator: kronecker(operatorFrom(part(0)), operatorFrom(part(1))) }),
  diag: (part) => ({ operator: diagonal(matrixOf(part(0))) }),
  sigma: (part) => ({ matrix: relu(matrixOf(part(0))) }),
  dsigma: (part) => ({ matrix: reluPrime(matrixOf(part(0))) }),
  // ReLU is made of two straight lines
  d2sigma: (part) => ({ matrix: zerosAs(matrixOf(part(0))) }),
  trace: (part) => number(trace(matrixOf(part(0)))),
  norm2: (part) => {
    const M = matrixOf(part(0));
    return number(dot(M, M));
  },
};

function sizeAt(e: Expression, { world, sizes }: Scope): number {
  return evaluate(sizeOf(world, e), sizes);
}

function zerosAs({ rows, cols }: Matrix): Matrix {
  return zeros(rows, cols);
}

function trace({ rows, data }: Matrix): number {
  let sum = 0;
  for (let k = 0; k < rows; k++) sum += data[k + rows * k];
  return sum;
}

/** Σ over the instances 1 … l. */
function sumOverInstances(e: Expression, scope: Scope): Matrix {
  let total: Matrix | undefined;
  for (let instance = 0; instance < scope.sizes.l; instance++) {
    const term = matrixOf(scope.part(e, { ...scope, instance }));
    total = total ? add(total, term) : term;
  }
  if (!total) throw new RangeError("run: Sum needs the number of instances l, at least 1");
  return total;
}
