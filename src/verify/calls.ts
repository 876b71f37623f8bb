/** The functions that need no declaration, on typed arrays. */

import { dot } from "../numeric/dot.js";
import { add } from "../numeric/elementwise.js";
import { mat, ones, vec } from "../numeric/matrix.js";
import { reluPrime } from "../numeric/relu.js";
import { type Matrix, zeros } from "../numeric/storage.js";
import { relu } from "../operations/elementwise.js";
import type { BuiltIn } from "../symbolic/language/builtIns.js";
import type { CallExpression, Expression } from "../symbolic/language/expression.js";
import { evaluate } from "../symbolic/language/polynomial.js";
import { print } from "../symbolic/language/print.js";
import { sizeOf } from "../symbolic/world/shapes.js";
import { instancesSize } from "../symbolic/world/world.js";
import { commutation, diagonal, identity, kroneckerOperator } from "./operator.js";
import type { RunScope } from "./scope.js";
import { matrixOfValue, operatorFrom, type Value, valueOfNumber } from "./value.js";

/** f(…). Throws RangeError for a differential, which has no value of its own. */
export function valueOfCall(e: CallExpression, scope: RunScope): Value {
  return calls[e.name](e, scope);
}

/** A differential is run as what it is derived to be. */
function noFormula(e: Expression): never {
  throw new RangeError(`run: ${print(e)} is no formula yet; derive it first`);
}

/** σ is ReLU. */
const calls: Record<BuiltIn, (e: CallExpression, scope: RunScope) => Value> = {
  vec: ofMatrixAlone(vec),
  mat: (e, scope) => ({
    matrix: mat(matrixOfValue(argument(e, 0, scope)), count(e, 1, scope), count(e, 2, scope)),
  }),
  kron: (e, scope) => ({
    operator: kroneckerOperator(operatorFrom(argument(e, 0, scope)), operatorFrom(argument(e, 1, scope))),
  }),
  I: (e, scope) => ({ operator: identity(count(e, 0, scope)) }),
  ones: (e, scope) => ({ matrix: ones(count(e, 0, scope), e.args.length > 1 ? count(e, 1, scope) : 1) }),
  K: (e, scope) => ({ operator: commutation(count(e, 0, scope), count(e, 1, scope)) }),
  diag: (e, scope) => ({ operator: diagonal(matrixOfValue(argument(e, 0, scope))) }),
  sigma: ofMatrixAlone(relu),
  dsigma: ofMatrixAlone(reluPrime),
  d2sigma: ofMatrixAlone(({ rows, cols }) => zeros(rows, cols)), // ReLU is made of two straight lines
  relu: ofMatrixAlone(relu),
  drelu: ofMatrixAlone(reluPrime),
  trace: (e, scope) => valueOfNumber(trace(matrixOfValue(argument(e, 0, scope)))),
  norm2: (e, scope) => {
    const M = matrixOfValue(argument(e, 0, scope));
    return valueOfNumber(dot(M, M));
  },
  Sum: (e, scope) => ({ matrix: sumOverInstances(e.args[0], scope) }),
  d: noFormula,
};

/** The matrix or the operator that argument k of a call is. */
function argument(e: CallExpression, k: number, scope: RunScope): Value {
  return scope.part(e.args[k], scope);
}

/** The size that argument k of a call is. */
function count(e: CallExpression, k: number, { world, sizes }: RunScope): number {
  return evaluate(sizeOf(world, e.args[k]), sizes);
}

function ofMatrixAlone(f: (M: Matrix) => Matrix): (e: CallExpression, scope: RunScope) => Value {
  return (e, scope) => ({ matrix: f(matrixOfValue(argument(e, 0, scope))) });
}

function trace({ rows, data }: Matrix): number {
  let sum = 0;
  for (let k = 0; k < rows; k++) sum += data[k + rows * k];
  return sum;
}

/** Σ over the instances 1 … l. */
function sumOverInstances(e: Expression, scope: RunScope): Matrix {
  let total: Matrix | undefined;
  for (let instance = 0; instance < scope.sizes[instancesSize]; instance++) {
    const term = matrixOfValue(scope.part(e, { ...scope, instance }));
    total = total ? add(total, term) : term;
  }
  if (!total) throw new RangeError("run: Sum needs the number of instances l, at least 1");
  return total;
}
