/** The layer's products on the engine: who computes them, and in which precision. */

import { columnMajor, type Matrix, numbersOf } from "../../numeric/storage.js";
import { phiRows } from "../../shape.js";
import { machineOf, threadsFor } from "../choose/choose.js";
import {
  backward,
  biasBackward,
  filtersBackward,
  type Gradients,
  imageBackward,
} from "../describe/backward.js";
import { forward } from "../describe/forward.js";
import { type Accuracy, formFor } from "../describe/method.js";
import { type ConvSizes, multiplicationsOf } from "../describe/sizes.js";
import type { WinogradName } from "../kernels/winogradForm.js";
import type { Machine } from "../machine/machine.js";
import { perform } from "../plan/perform.js";
import type { Targets } from "../plan/plan.js";
import type { Operand, Workspace } from "../plan/workspace.js";
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

/** Where S goes, and what is added to it. */
export interface ForwardTo {
  readonly addTo?: Matrix | undefined;
  readonly into?: Matrix | undefined;
}

/** S = W φ(Z) + b 1ᵀ, plus `addTo`, or σ of it: dOut × aOut·bOut·l, in the machine's precision. */
export function engineForward(
  machine: Machine,
  problem: EngineProblem & { readonly relu: boolean },
  W: Matrix,
  b: Matrix,
  Z: Matrix,
  { addTo, into }: ForwardTo = {},
): Matrix {
  const { part, dOut, batch } = problem;
  const keeps = isFrozen(machine, W);
  const operation = `forward${addTo === undefined ? "" : ", added"}${keeps ? ", frozen W" : ""}`;
  const given = addTo === undefined ? [W, b, Z] : [W, b, Z, addTo];
  const { S } = perform(
    machine,
    threadsOf(problem),
    { operation, sizes: problem },
    given.map(numbersOf),
    (work, W, b, Z, addTo?: Operand) =>
      forward(work, problem, W, b, Z, chosenForm(work, problem, keeps), addTo),
    targets({ S: into }),
  );
  return into ?? columnMajor(dOut, part.aOut * part.bOut * batch, S);
}

/** ∂ξ/∂W, ∂ξ/∂b and ∂ξ/∂Z (X16 to X18), in the machine's precision. */
export function engineBackward(
  machine: Machine,
  problem: EngineProblem,
  W: Matrix,
  Z: Matrix,
  dS: Matrix,
  into?: Record<keyof Gradients, Matrix>,
): Record<keyof Gradients, Matrix> {
  const keeps = isFrozen(machine, W);
  const key = { operation: keeps ? "backward, frozen W" : "backward", sizes: problem };
  const found = perform(
    machine,
    threadsOf(problem),
    key,
    [W, Z, dS].map(numbersOf),
    (work, W, Z, dS) => {
      const [filters, image] = [chosenForm(work, problem, false), chosenForm(work, problem, keeps)];
      return backward(work, problem, W, Z, dS, { filters, image });
    },
    into && targets(into),
  );
  return (
    into ?? {
      W: columnMajor(W.rows, W.cols, found.W),
      b: columnMajor(problem.dOut, 1, found.b),
      Z: columnMajor(Z.rows, Z.cols, found.Z),
    }
  );
}

/** ∂ξ/∂W alone (X16); the bits are those of all three together. */
export function engineFilterGradient(
  machine: Machine,
  problem: EngineProblem,
  Z: Matrix,
  dS: Matrix,
  into?: Matrix,
): Matrix {
  const { part, dOut } = problem;
  const key = { operation: "filter gradient", sizes: problem };
  const { W } = perform(
    machine,
    threadsOf(problem),
    key,
    [Z, dS].map(numbersOf),
    (work, Z, dS) => filtersBackward(work, problem, Z, dS, chosenForm(work, problem, false)),
    targets({ W: into }),
  );
  return into ?? columnMajor(dOut, phiRows(part), W);
}

/** ∂ξ/∂b alone (X17). */
export function engineBiasGradient(
  machine: Machine,
  problem: EngineProblem,
  dS: Matrix,
  into?: Matrix,
): Matrix {
  const { b } = perform(
    machine,
    threadsFor(dS.rows * dS.cols, problem.threads),
    { operation: "bias gradient", sizes: problem },
    [numbersOf(dS)],
    (work, dS) => biasBackward(work, problem, dS),
    targets({ b: into }),
  );
  return into ?? columnMajor(problem.dOut, 1, b);
}

/** ∂ξ/∂Z alone (X18). */
export function engineImageGradient(
  machine: Machine,
  problem: EngineProblem,
  W: Matrix,
  dS: Matrix,
  into?: Matrix,
): Matrix {
  const { shape, batch } = problem;
  const keeps = isFrozen(machine, W);
  const key = { operation: keeps ? "image gradient, frozen W" : "image gradient", sizes: problem };
  const { Z } = perform(
    machine,
    threadsOf(problem),
    key,
    [W, dS].map(numbersOf),
    (work, W, dS) => imageBackward(work, problem, W, dS, chosenForm(work, problem, keeps)),
    targets({ Z: into }),
  );
  return into ?? columnMajor(shape.d, shape.a * shape.b * batch, Z);
}

/** Whether what is made of W is kept. */
function isFrozen(machine: Machine, W: Matrix): boolean {
  return machine.forms.has(numbersOf(W));
}

/** The numbers that results are to be written into. */
function targets(into: Readonly<Record<string, Matrix | undefined>>): Targets {
  const given = Object.entries(into).filter((entry): entry is [string, Matrix] => entry[1] !== undefined);
  return Object.fromEntries(given.map(([name, M]) => [name, numbersOf(M)]));
}

/** `keeps`: what is made of the filters is kept. */
function chosenForm(work: Workspace, problem: EngineProblem, keeps: boolean): WinogradName | undefined {
  const { form = formFor(work, problem, problem.accuracy, keeps) } = problem;
  return form === "direct" ? undefined : form;
}

function threadsOf(problem: EngineProblem): number {
  return threadsFor(multiplicationsOf(problem), problem.threads);
}
