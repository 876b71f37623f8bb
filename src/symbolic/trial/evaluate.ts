/** The value of an expression, straight from the definitions: explicit matrices, no rewriting, no vec trick. */

import type { BuiltIn } from "../language/builtIns.js";
import type { ApplyExpression, CallExpression, Expression } from "../language/expression.js";
import { evaluate as numberOf } from "../language/polynomial.js";
import { print } from "../language/print.js";
import { sizeOf } from "../world/shapes.js";
import { mapOfMatrix, matrixNamed } from "../world/world.js";
import { inner, subtract } from "./algebra.js";
import { movingAlong } from "./dualSetting.js";
import {
  type Explicit,
  kronecker,
  mapped,
  matrixOf,
  multiply,
  paired,
  scalarOf,
  transpose,
} from "./explicit.js";
import { applied, matrixOfMap } from "./mapValue.js";
import type { Setting } from "./setting.js";

/**
 * The explicit matrix that an expression is in a setting, for one instance i (counted from 1).
 * Throws RangeError for sizes that do not fit, a division by 0, or a name without a value.
 */
export function evaluate<T>(e: Expression, at: Setting<T>, instance = 1): Explicit<T> {
  if (!at.memo || e.kind === "number" || e.kind === "name") return valueOfPart(e, at, instance);
  const known = at.memo.values.get(e) ?? new Map<number, Explicit<T>>();
  at.memo.values.set(e, known);
  const value = known.get(instance) ?? valueOfPart(e, at, instance);
  known.set(instance, value);
  return value;
}

function valueOfPart<T>(e: Expression, at: Setting<T>, instance: number): Explicit<T> {
  switch (e.kind) {
    case "number":
      return scalarOf(at.algebra.whole(e.value));
    case "name":
      return valueOfName(e.name, at, instance);
    case "unary": {
      const A = evaluate(e.of, at, instance);
      return e.op === "'" ? transpose(A) : mapped(A, at.algebra.negate);
    }
    case "binary":
      return combined(e.op, evaluate(e.left, at, instance), evaluate(e.right, at, instance), at);
    case "call":
      return calls[e.name](e, at, instance);
    default:
      return valueOfApply(e, at, instance);
  }
}

function valueOfName<T>(name: string, at: Setting<T>, instance: number): Explicit<T> {
  if (matrixNamed(at.world, name))
    return (at.moves && movedDerivative(name, at, instance)) || at.value(name, instance);
  const map = mapOfMatrix(at.world, name);
  if (map) return matrixOfMap(map, at, instance);
  if (Object.hasOwn(at.sizes, name)) return scalarOf(at.algebra.whole(at.sizes[name]));
  throw new RangeError(`${name} has no value; it is not declared`);
}

/**
 * The gradient or the Hessian of a loss while something moves: that at the argument where the loss stands. Throws
 * RangeError where the statement does not say where.
 */
function movedDerivative<T>(name: string, at: Setting<T>, instance: number): Explicit<T> | undefined {
  for (const loss of at.world.losses.values()) {
    if (loss.gradient !== name && loss.hessian !== name) continue;
    const argument = at.lossArguments?.get(loss.name);
    if (!argument)
      throw new RangeError(
        `${name} depends on the argument of ${loss.name}, which stands nowhere here; what ${name} changes by is not known`,
      );
    const x = evaluate(argument, at, instance).entries;
    const { rows, cols } = at.value(name, instance);
    const by =
      loss.gradient === name ? (i: number, j: number) => [i + rows * j] : (i: number, j: number) => [i, j];
    return matrixOf(rows, cols, (i, j) => at.partial(loss, instance, by(i, j), x));
  }
  return undefined;
}

function combined<T>(op: string, A: Explicit<T>, B: Explicit<T>, { algebra }: Setting<T>): Explicit<T> {
  switch (op) {
    case "*":
      return multiply(algebra, A, B);
    case "/": {
      const reciprocal = algebra.inverse(B.entries[0]);
      return mapped(A, (x) => algebra.multiply(x, reciprocal));
    }
    case "+":
      return paired(A, B, algebra.add);
    case "-":
      return paired(A, B, (x, y) => subtract(algebra, x, y));
    default:
      return paired(A, B, algebra.multiply);
  }
}

function valueOfApply<T>(e: ApplyExpression, at: Setting<T>, instance: number): Explicit<T> {
  const A = evaluate(e.args[0], at, instance);
  const map = at.world.maps.get(e.name);
  if (map) return applied(map, { e: e.args[0], X: A }, at, instance);
  const loss = at.world.losses.get(e.name);
  if (loss) return scalarOf(at.partial(loss, instance, [], A.entries));
  throw new RangeError(`${e.name} has no value\n  in ${print(e)}`);
}

type ValueOf = <T>(e: CallExpression, at: Setting<T>, instance: number) => Explicit<T>;

const calls: Record<BuiltIn, ValueOf> = {
  vec: (e, at, instance) => {
    const { entries } = evaluate(e.args[0], at, instance);
    return { rows: entries.length, cols: 1, entries };
  },
  mat: (e, at, instance) => {
    const { entries } = evaluate(e.args[0], at, instance);
    const [rows, cols] = [sizeAt(e.args[1], at), sizeAt(e.args[2], at)];
    if (rows * cols === entries.length) return { rows, cols, entries };
    throw new RangeError(`mat: ${entries.length} entries cannot become ${rows} × ${cols}`);
  },
  kron: (e, at, instance) => {
    const A = evaluate(e.args[0], at, instance);
    return kronecker(at.algebra, A, evaluate(e.args[1], at, instance));
  },
  I: ({ args }, at) => {
    const n = sizeAt(args[0], at);
    return matrixOf(n, n, (i, j) => (i === j ? at.algebra.whole(1) : at.algebra.zero));
  },
  ones: ({ args }, at) =>
    matrixOf(sizeAt(args[0], at), args[1] ? sizeAt(args[1], at) : 1, () => at.algebra.whole(1)),
  // K vec(X) = vec(Xᵀ) for X: m × n; entry (i, j) of X is number i + m j, and j + n i once transposed.
  K: ({ args }, at) => {
    const [m, n] = [sizeAt(args[0], at), sizeAt(args[1], at)];
    return matrixOf(m * n, m * n, (row, col) =>
      row === Math.floor(col / m) + n * (col % m) ? at.algebra.whole(1) : at.algebra.zero,
    );
  },
  diag: (e, at, instance) => {
    const { entries } = evaluate(e.args[0], at, instance);
    return matrixOf(entries.length, entries.length, (i, j) => (i === j ? entries[i] : at.algebra.zero));
  },
  sigma: derivativeOfSigma(0),
  dsigma: derivativeOfSigma(1),
  d2sigma: derivativeOfSigma(2),
  trace: (e, at, instance) => {
    const { rows, entries } = evaluate(e.args[0], at, instance);
    const diagonal = entries.filter((_entry, k) => k % (rows + 1) === 0);
    return scalarOf(diagonal.reduce(at.algebra.add, at.algebra.zero));
  },
  norm2: (e, at, instance) => {
    const { entries } = evaluate(e.args[0], at, instance);
    return scalarOf(inner(at.algebra, entries, entries));
  },
  Sum: (e, at) => sumOf(e.args[0], at),
  d: differential,
};

function derivativeOfSigma(order: number): ValueOf {
  return (e, at, instance) => mapped(evaluate(e.args[0], at, instance), (x) => at.algebra.sigma(order, x));
}

/** d(E, X): what stands at ε in E once X is X + ε dX, unless the setting finds it in another way. */
function differential<T>({ args }: CallExpression, at: Setting<T>, instance: number): Explicit<T> {
  const [of, by] = args;
  if (by.kind !== "name") throw new RangeError(`d(E, X): ${print(by)} is no name`);
  if (at.differential) return at.differential(of, by.name, instance);
  return mapped(evaluate(of, movingAlong(at, by.name), instance), ([, tangent]) => tangent);
}

/** Σ over the instances 1 … l. */
function sumOf<T>(e: Expression, at: Setting<T>): Explicit<T> {
  let sum = evaluate(e, at, 1);
  for (let i = 2; i <= at.instances; i++) sum = paired(sum, evaluate(e, at, i), at.algebra.add);
  return sum;
}

function sizeAt(e: Expression, { world, sizes }: Pick<Setting<unknown>, "world" | "sizes">): number {
  return numberOf(sizeOf(world, e), sizes);
}
