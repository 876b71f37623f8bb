/** The layer's products on the engine: who computes them, and in which precision. */

import { columnMajor, type Matrix } from "../../numeric/storage.js";
import { machineOf, threadsFor } from "../choose/choose.js";
import { backward, type Gradients } from "../describe/backward.js";
import { forward } from "../describe/forward.js";
import { type Accuracy, formFor } from "../describe/method.js";
import { type ConvSizes, multiplicationsOf } from "../describe/sizes.js";
import type { WinogradName } from "../kernels/winogradForm.js";
import type { Machine } from "../machine/machine.js";
import { perform } from "../plan/perform.js";
import type { Workspace } from "../plan/workspace.js";
import { worthwhile } from "../thresholds.js";

/** A layer's sizes, and how many threads may work on it. */
export interface EngineProblem extends ConvSizes {
  readonly threads: number | undefined;
  readonly accuracy: Accuracy;
  /** A form of Winograd's to use whatever the sizes, "direct" for none; the choice is by cost where it is left out. */
  readonly form?: WinogradName | "direct";
}

/** The engine for a layer of these sizes, or undefined where plain TypeScript is to compute it. */
export function machineFor(sizes: ConvSizes, ...matrices: Matrix[]): Machine | undefined {
  return multiplicationsOf(sizes) < worthwhile.layer ? undefined : machineOf(...matrices);
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
  const keeps = machine.forms.has(W.data);
  const key = { operation: keeps ? "forward, frozen W" : "forward", sizes: problem };
  const { S } = perform(machine, threadsOf(problem), key, [W.data, b.data, Z.data], (work, W, b, Z) =>
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
  const keeps = machine.forms.has(W.data);
  const key = { operation: keeps ? "backward, frozen W" : "backward", sizes: problem };
  const found = perform(machine, threadsOf(problem), key, [W.data, Z.data, dS.data], (work, W, Z, dS) =>
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
  return threadsFor(multiplicationsOf(problem), problem.threads);
}
