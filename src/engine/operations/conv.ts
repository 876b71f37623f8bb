/** The layer's products on the engine: who computes them, and in which precision. */

import { areFloat32, columnMajor, type Matrix, numbersOf } from "../../numeric/storage.js";
import { choice, threadsFor } from "../choose/choose.js";
import { backward, type Gradients } from "../describe/backward.js";
import { forward } from "../describe/forward.js";
import { type Accuracy, formFor } from "../describe/method.js";
import type { ConvSizes } from "../describe/sizes.js";
import type { WinogradName } from "../kernels/winogradForm.js";
import type { Machine, Precision } from "../machine/machine.js";
import { perform } from "../plan/perform.js";
import type { Workspace } from "../plan/workspace.js";

/**
 * Multiplications from which the engine computes. A call costs it 2 µs, less than the reference's checks; but it takes a
 * tenth of a second to start, and a lecture's small example has the bits of the sum as it is written.
 */
const worthwhile = 2_000;

/** A layer's sizes, and how many threads may work on it. */
export interface EngineProblem extends ConvSizes {
  readonly threads: number | undefined;
  readonly accuracy: Accuracy;
  /** A form of Winograd's to use whatever the sizes, "direct" for none; the choice is by cost where it is left out. */
  readonly form?: WinogradName | "direct";
}

/** The engine for a layer of these sizes, or undefined where plain TypeScript is to compute it. */
export function machineFor(sizes: ConvSizes, ...matrices: Matrix[]): Machine | undefined {
  return multiplications(sizes) < worthwhile ? undefined : choice(precision(matrices)).machine;
}

/** S = W φ(Z) + b 1ᵀ, or σ(S): dOut × aOut·bOut·l, in the machine's precision. */
export function engineForward(
  machine: Machine,
  problem: EngineProblem & { readonly relu: boolean },
  W: Matrix,
  b: Matrix,
  Z: Matrix,
): Matrix {
  const { part, dOut, batch } = problem;
  const keeps = machine.forms.has(numbersOf(W));
  const key = { operation: keeps ? "forward, frozen W" : "forward", sizes: problem };
  const { S } = perform(machine, threadsOf(problem), key, [W, b, Z].map(numbersOf), (work, W, b, Z) =>
    forward(work, problem, W, b, Z, chosenForm(work, problem, keeps)),
  );
  return columnMajor(dOut, part.aOut * part.bOut * batch, S);
}

/** ∂ξ/∂W, ∂ξ/∂b and ∂ξ/∂Z (X16 to X18), in the machine's precision. */
export function engineBackward(
  machine: Machine,
  problem: EngineProblem,
  W: Matrix,
  Z: Matrix,
  dS: Matrix,
): Record<keyof Gradients, Matrix> {
  const keeps = machine.forms.has(numbersOf(W));
  const key = { operation: keeps ? "backward, frozen W" : "backward", sizes: problem };
  const found = perform(machine, threadsOf(problem), key, [W, Z, dS].map(numbersOf), (work, W, Z, dS) =>
    backward(work, problem, W, Z, dS, chosenForm(work, problem, keeps)),
  );
  return {
    W: columnMajor(W.rows, W.cols, found.W),
    b: columnMajor(problem.dOut, 1, found.b),
    Z: columnMajor(Z.rows, Z.cols, found.Z),
  };
}

/** `keeps`: what is made of the filters is kept. */
function chosenForm(work: Workspace, problem: EngineProblem, keeps: boolean): WinogradName | undefined {
  const { form = formFor(work, problem, problem.accuracy, keeps) } = problem;
  return form === "direct" ? undefined : form;
}

function threadsOf(problem: EngineProblem): number {
  return threadsFor(multiplications(problem), problem.threads);
}

function multiplications({ part, dOut, batch }: ConvSizes): number {
  return part.h * part.h * part.d * part.aOut * part.bOut * dOut * batch;
}

/** float32 where all are, else float64. */
function precision(matrices: readonly Matrix[]): Precision {
  return areFloat32(...matrices) ? "float32" : "float64";
}
