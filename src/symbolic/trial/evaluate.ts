/** The value of an expression, straight from the definitions: explicit matrices, no rewriting, no vec trick. */

import type { BuiltIn } from "../language/builtIns.js";
import type { ApplyExpression, CallExpression, Expression } from "../language/expression.js";
import { evaluate as numberOf } from "../language/polynomial.js";
import { print } from "../language/print.js";
import { sizeOf } from "../world/shapes.js";
import { type IndexMap, mapOfMatrix, matrixNamed } from "../world/world.js";
import { differenceOf, inner } from "./algebra.js";
import { movingAlong } from "./dualSetting.js";
import {
  type Explicit,
  kronecker,
  mapped,
  matrixOf,
  multiply,
  paired,
  scalarOf,
  transposedExplicit,
} from "./explicit.js";
import { applied, matrixOfMap } from "./mapValue.js";
import type { Setting } from "./setting.js";

/**
 * The explicit matrix that an expression is in a setting, for one instance i (counted from 1).
 * Throws RangeError for sizes that do not fit, a division by 0, or a name without a value.
 */
export function explicitOf<T>(e: Expression, setting: Setting<T>, instance = 1): Explicit<T> {
  if (!setting.memo || e.kind === "number" || e.kind === "name") return valueOfPart(e, setting, instance);
  const known = setting.memo.values.get(e);
  if (known?.[instance]) return known[instance];
  const value = valueOfPart(e, setting, instance);
  if (known) known[instance] = value;
  else {
    const values: Explicit<T>[] = [];
    values[instance] = value;
    setting.memo.values.set(e, values);
  }
  return value;
}

function valueOfPart<T>(e: Expression, setting: Setting<T>, instance: number): Explicit<T> {
  switch (e.kind) {
    case "number":
      return scalarOf(setting.algebra.whole(e.value));
    case "name":
      return valueOfName(e.name, setting, instance);
    case "unary": {
      const A = explicitOf(e.of, setting, instance);
      return e.op === "'" ? transposedExplicit(A) : mapped(A, setting.algebra.negate);
    }
    case "binary":
      return combined(
        e.op,
        explicitOf(e.left, setting, instance),
        explicitOf(e.right, setting, instance),
        setting,
      );
    case "call":
      return calls[e.name](e, setting, instance);
    default:
      return valueOfApply(e, setting, instance);
  }
}

function valueOfName<T>(name: string, setting: Setting<T>, instance: number): Explicit<T> {
  if (matrixNamed(setting.world, name))
    return (setting.moves && movedDerivative(name, setting, instance)) || setting.value(name, instance);
  const map = mapOfMatrix(setting.world, name);
  if (map) return rememberedMatrix(map, setting, instance);
  if (Object.hasOwn(setting.sizes, name)) return scalarOf(setting.algebra.whole(setting.sizes[name]));
  throw new RangeError(`${name} has no value; it is not declared`);
}

/** P, made once where the setting remembers; not where it is a selection, which the statement's image decides. */
function rememberedMatrix<T>(map: IndexMap, setting: Setting<T>, instance: number): Explicit<T> {
  if (map.chosen) return matrixOfMap(map, setting, instance);
  const known = setting.memo?.matricesOfMaps.get(map.name) ?? matrixOfMap(map, setting, instance);
  setting.memo?.matricesOfMaps.set(map.name, known);
  return known;
}

/** A gradient or a Hessian moves with the argument of its loss, and that stands nowhere. */
export class NowhereError extends RangeError {
  override readonly name = "NowhereError";
}

/**
 * The gradient or the Hessian of a loss while something moves: that at the argument where the loss stands. Throws
 * RangeError where the statement does not say where.
 */
function movedDerivative<T>(name: string, setting: Setting<T>, instance: number): Explicit<T> | undefined {
  for (const loss of setting.world.losses.values()) {
    if (loss.gradient !== name && loss.hessian !== name) continue;
    const argument = setting.lossArguments?.get(loss.name);
    if (!argument)
      throw new NowhereError(
        `${name} depends on the argument of ${loss.name}, which stands nowhere here; what ${name} changes by is not known`,
      );
    const x = explicitOf(argument, setting, instance).entries;
    const { rows, cols } = setting.value(name, instance);
    const by =
      loss.gradient === name ? (i: number, j: number) => [i + rows * j] : (i: number, j: number) => [i, j];
    return matrixOf(rows, cols, (i, j) => setting.partial(loss, instance, by(i, j), x));
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
      return paired(A, B, (x, y) => differenceOf(algebra, x, y));
    default:
      return paired(A, B, algebra.multiply);
  }
}

function valueOfApply<T>(e: ApplyExpression, setting: Setting<T>, instance: number): Explicit<T> {
  const A = explicitOf(e.args[0], setting, instance);
  const map = setting.world.maps.get(e.name);
  if (map) return applied(map, { e: e.args[0], X: A }, setting, instance);
  const loss = setting.world.losses.get(e.name);
  if (loss) return scalarOf(setting.partial(loss, instance, [], A.entries));
  throw new RangeError(`${e.name} has no value\n  in ${print(e)}`);
}

type ValueOf = <T>(e: CallExpression, setting: Setting<T>, instance: number) => Explicit<T>;

const calls: Record<BuiltIn, ValueOf> = {
  vec: (e, setting, instance) => {
    const { entries } = explicitOf(e.args[0], setting, instance);
    return { rows: entries.length, cols: 1, entries };
  },
  mat: (e, setting, instance) => {
    const { entries } = explicitOf(e.args[0], setting, instance);
    const [rows, cols] = [sizeAt(e.args[1], setting), sizeAt(e.args[2], setting)];
    if (rows * cols === entries.length) return { rows, cols, entries };
    throw new RangeError(`mat: ${entries.length} entries cannot become ${rows} × ${cols}`);
  },
  kron: (e, setting, instance) => {
    const A = explicitOf(e.args[0], setting, instance);
    return kronecker(setting.algebra, A, explicitOf(e.args[1], setting, instance));
  },
  I: ({ args }, setting) => {
    const n = sizeAt(args[0], setting);
    return matrixOf(n, n, (i, j) => (i === j ? setting.algebra.whole(1) : setting.algebra.zero));
  },
  ones: ({ args }, setting) =>
    matrixOf(sizeAt(args[0], setting), args[1] ? sizeAt(args[1], setting) : 1, () =>
      setting.algebra.whole(1),
    ),
  // K vec(X) = vec(Xᵀ) for X: m × n; entry (i, j) of X is number i + m j, and j + n i once transposed.
  K: ({ args }, setting) => {
    const [m, n] = [sizeAt(args[0], setting), sizeAt(args[1], setting)];
    return matrixOf(m * n, m * n, (row, col) =>
      row === Math.floor(col / m) + n * (col % m) ? setting.algebra.whole(1) : setting.algebra.zero,
    );
  },
  diag: (e, setting, instance) => {
    const { entries } = explicitOf(e.args[0], setting, instance);
    return matrixOf(entries.length, entries.length, (i, j) => (i === j ? entries[i] : setting.algebra.zero));
  },
  sigma: derivativeOfSigma(0),
  dsigma: derivativeOfSigma(1),
  d2sigma: derivativeOfSigma(2),
  relu: (e, setting, instance) => ofPositive(e, setting, instance, (x) => x),
  drelu: (e, setting, instance) => ofPositive(e, setting, instance, () => setting.algebra.whole(1)),
  trace: (e, setting, instance) => {
    const { rows, entries } = explicitOf(e.args[0], setting, instance);
    const diagonal = entries.filter((_entry, k) => k % (rows + 1) === 0);
    return scalarOf(diagonal.reduce(setting.algebra.add, setting.algebra.zero));
  },
  norm2: (e, setting, instance) => {
    const { entries } = explicitOf(e.args[0], setting, instance);
    return scalarOf(inner(setting.algebra, entries, entries));
  },
  Sum: (e, setting) => sumOf(e.args[0], setting),
  d: differential,
};

function derivativeOfSigma(order: number): ValueOf {
  return (e, setting, instance) =>
    mapped(explicitOf(e.args[0], setting, instance), (x) => setting.algebra.sigma(order, x));
}

/** f of each entry that is positive, 0 for the others: d goes through ReLU by ReLU′, at 0 too. */
function ofPositive<T>(
  e: CallExpression,
  setting: Setting<T>,
  instance: number,
  f: (x: T) => T,
): Explicit<T> {
  const { isPositive, zero } = setting.algebra;
  return mapped(explicitOf(e.args[0], setting, instance), (x) => (isPositive(x) ? f(x) : zero));
}

/** d(E, X): what stands at ε in E once X is X + ε dX, unless the setting finds it in another way. */
function differential<T>({ args }: CallExpression, setting: Setting<T>, instance: number): Explicit<T> {
  const [of, by] = args;
  if (by.kind !== "name") throw new RangeError(`d(E, X): ${print(by)} is no name`);
  if (setting.differential) return setting.differential(of, by.name, instance);
  return mapped(explicitOf(of, movingAlong(setting, by.name), instance), ([, tangent]) => tangent);
}

/** Σ over the instances 1 … l. */
function sumOf<T>(e: Expression, setting: Setting<T>): Explicit<T> {
  let sum = explicitOf(e, setting, 1);
  for (let i = 2; i <= setting.instances; i++)
    sum = paired(sum, explicitOf(e, setting, i), setting.algebra.add);
  return sum;
}

function sizeAt(e: Expression, { world, sizes }: Pick<Setting<unknown>, "world" | "sizes">): number {
  return numberOf(sizeOf(world, e), sizes);
}
