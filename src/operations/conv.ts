import type { Machine } from "../engine/machine/machine.js";
import {
  engineBackward,
  engineBiasGradient,
  engineFilterGradient,
  engineForward,
  engineImageGradient,
  machineFor,
} from "../engine/operations/conv.js";
import { checkOptions } from "../numeric/options.js";
import { areFloat32, type Matrix, type Numbers } from "../numeric/storage.js";
import { checkElementwiseTarget, checkTarget, isSameMemory, writtenInto } from "../numeric/target.js";
import { type ConvShape, phiRows } from "../shape.js";
import {
  biasProblem,
  type ConvGradientOptions,
  type ConvGradients,
  type ConvGradientsOptions,
  type ConvLinearOptions,
  type ConvProblem,
  checkBias,
  checkOutputGradient,
  convProblem,
  filterProblem,
  imageProblem,
} from "./convProblem.js";
import {
  convBiasGradientReference,
  convFilterGradientReference,
  convGradientsReference,
  convImageGradientReference,
  convLinearReference,
} from "./convReference.js";

const gradientOptions = ["groups", "batch", "accuracy", "relu", "threads", "into"];
const linearOptions = [...gradientOptions, "addTo"];

/**
 * S = W φ(Z) + b 1ᵀ, eq. (1): dOut × aOut·bOut·l, from W: dOut × h h d/groups (columns i fastest, then j, channel
 * slowest), b: dOut entries and Z: d × a·b·l, instances side by side. float32 where all three are, else float64.
 * φ(Z) is never made. Throws RangeError that names the sizes that do not fit, TypeError for an option there is not.
 *
 * @example
 * const shape = convShape({ a: 3, b: 3, d: 1, h: 2 });
 * const W = randomMatrix(2, 4, { seed: 1 });
 * convLinear(W, [0, 0.5], randomMatrix(1, 9, { seed: 2 }), shape)
 */
export function convLinear(
  W: Matrix,
  b: Matrix | Numbers | readonly number[],
  Z: Matrix,
  shape: ConvShape,
  options: ConvLinearOptions = {},
): Matrix {
  checkOptions("convLinear", options, linearOptions);
  const problem = convProblem("convLinear", W, Z, shape, options);
  const bias = checkBias("convLinear", b, problem);
  const { addTo, into } = options;
  const cols = problem.shape.aOut * problem.shape.bOut * problem.batch;
  const S = { rows: problem.dOut, cols, float32: areFloat32(W, bias, Z) };
  if (addTo !== undefined) checkTarget("convLinear", addTo, S, {}, "addTo");
  if (into !== undefined) checkTarget("convLinear", into, S, { W, b: bias, Z });
  if (into !== undefined && addTo !== undefined && !isSameMemory(into, addTo)) {
    checkElementwiseTarget("convLinear", into, S, { addTo });
  }
  const machine = machineFor(problem, W, bias, Z);
  if (machine === undefined) return writtenInto(convLinearReference(W, b, Z, shape, options), into);
  return engineForward(machine, problem, W, bias, Z, { addTo, into });
}

/**
 * ∂ξ/∂W = ∂ξ/∂S φ(Z)ᵀ (X16), ∂ξ/∂b = ∂ξ/∂S 1 (X17) and vec(∂ξ/∂Z)ᵀ = vec(Wᵀ ∂ξ/∂S)ᵀ P_φ P_pad (X18), from
 * dS = ∂ξ/∂S: dOut × aOut·bOut·l; summed over the l instances in W and b. float32 where all three are, else float64.
 * Throws RangeError that names the sizes that do not fit.
 *
 * @example
 * const shape = convShape({ a: 3, b: 3, d: 1, h: 2 });
 * convGradients(randomMatrix(2, 4, { seed: 1 }), randomMatrix(1, 9, { seed: 2 }), ones(2, 4), shape)
 */
export function convGradients(
  W: Matrix,
  Z: Matrix,
  dS: Matrix,
  shape: ConvShape,
  options: ConvGradientsOptions = {},
): ConvGradients {
  checkOptions("convGradients", options, gradientOptions);
  const problem = convProblem("convGradients", W, Z, shape, options);
  checkOutputGradient("convGradients", dS, problem);
  const { into } = options;
  if (into !== undefined) checkGradientTargets(into, { W, Z, dS });
  const machine = machineFor(problem, W, Z, dS);
  if (machine !== undefined) return engineBackward(machine, problem, W, Z, dS, into);
  const found = convGradientsReference(W, Z, dS, shape, options);
  if (into === undefined) return found;
  for (const name of ["W", "b", "Z"] as const) writtenInto(found[name], into[name]);
  return into;
}

/**
 * ∂ξ/∂W = ∂ξ/∂S φ(Z)ᵀ (X16) alone: dOut × h h d/groups, from Z: d × a·b·l and dS: dOut × aOut·bOut·l. The bits are
 * those of convGradients. float32 where both are, else float64. Throws RangeError that names the sizes that do not fit.
 */
export function convFilterGradient(
  Z: Matrix,
  dS: Matrix,
  shape: ConvShape,
  options: ConvGradientOptions = {},
): Matrix {
  checkOptions("convFilterGradient", options, gradientOptions);
  const problem = filterProblem(Z, dS, shape, options);
  const form = { rows: problem.dOut, cols: phiRows(problem.part) };
  return oneGradient("convFilterGradient", problem, form, { Z, dS }, options.into, {
    engine: (machine) => engineFilterGradient(machine, problem, Z, dS, options.into),
    reference: () => convFilterGradientReference(Z, dS, shape, options),
  });
}

/**
 * ∂ξ/∂b = ∂ξ/∂S 1 (X17) alone: dOut × 1, from dS: dOut × aOut·bOut·l. The bits are those of convGradients. Throws
 * RangeError that names the sizes that do not fit.
 */
export function convBiasGradient(dS: Matrix, shape: ConvShape, options: ConvGradientOptions = {}): Matrix {
  checkOptions("convBiasGradient", options, gradientOptions);
  const problem = biasProblem(dS, shape, options);
  return oneGradient("convBiasGradient", problem, { rows: problem.dOut, cols: 1 }, { dS }, options.into, {
    engine: (machine) => engineBiasGradient(machine, problem, dS, options.into),
    reference: () => convBiasGradientReference(dS, shape, options),
  });
}

/**
 * vec(∂ξ/∂Z)ᵀ = vec(Wᵀ ∂ξ/∂S)ᵀ P_φ P_pad (X18) alone: d × a·b·l, from W: dOut × h h d/groups and dS: dOut × aOut·bOut·l.
 * The bits are those of convGradients. float32 where both are, else float64. Throws RangeError that names the sizes
 * that do not fit.
 */
export function convImageGradient(
  W: Matrix,
  dS: Matrix,
  shape: ConvShape,
  options: ConvGradientOptions = {},
): Matrix {
  checkOptions("convImageGradient", options, gradientOptions);
  const problem = imageProblem(W, dS, shape, options);
  const { a, b, d } = problem.shape;
  const form = { rows: d, cols: a * b * problem.batch };
  return oneGradient("convImageGradient", problem, form, { W, dS }, options.into, {
    engine: (machine) => engineImageGradient(machine, problem, W, dS, options.into),
    reference: () => convImageGradientReference(W, dS, shape, options),
  });
}

/** Both ways to one gradient. */
interface Ways {
  engine(machine: Machine): Matrix;
  reference(): Matrix;
}

/** One gradient, of the size of `form`, from `inputs`: its target checked, then by the engine where that pays. */
function oneGradient(
  operation: string,
  problem: ConvProblem,
  form: Pick<Matrix, "rows" | "cols">,
  inputs: Readonly<Record<string, Matrix>>,
  into: Matrix | undefined,
  ways: Ways,
): Matrix {
  const matrices = Object.values(inputs);
  if (into !== undefined) checkTarget(operation, into, { ...form, float32: areFloat32(...matrices) }, inputs);
  const machine = machineFor(problem, ...matrices);
  return machine === undefined ? writtenInto(ways.reference(), into) : ways.engine(machine);
}

/** Throws unless the three targets have the sizes of W, b and Z, and share no memory with an input or one another. */
function checkGradientTargets(
  into: ConvGradients,
  { W, Z, dS }: Readonly<Record<"W" | "Z" | "dS", Matrix>>,
): void {
  checkOptions("convGradients", into, ["W", "b", "Z"]);
  const inputs = { W, Z, dS };
  const float32 = areFloat32(W, Z, dS);
  const form = ({ rows, cols }: Pick<Matrix, "rows" | "cols">) => ({ rows, cols, float32 });
  checkTarget("convGradients", into.W, form(W), inputs, "into.W");
  checkTarget(
    "convGradients",
    into.b,
    form({ rows: W.rows, cols: 1 }),
    { ...inputs, "into.W": into.W },
    "into.b",
  );
  const others = { ...inputs, "into.W": into.W, "into.b": into.b };
  checkTarget("convGradients", into.Z, form(Z), others, "into.Z");
}
