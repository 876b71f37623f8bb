/** The layer's products on the engine: who computes them, and in which precision. */

import { columnMajor, type Matrix, type Numbers } from "../numeric/storage.js";
import { choice } from "./choose.js";
import { backward, type Gradients } from "./conv/backward.js";
import { forward } from "./conv/forward.js";
import type { ConvSizes } from "./conv/sizes.js";
import type { Machine } from "./machine.js";
import { borrow } from "./workspace.js";

/** Multiplications from which the engine pays: below, plain TypeScript has done before a task is described. */
const worthwhile = 20_000;

/** The engine for a layer of these sizes, or undefined where plain TypeScript is to compute it. */
export function machineFor(sizes: ConvSizes): Machine | undefined {
  const { part, dOut, batch } = sizes;
  const terms = part.h * part.h * part.d * part.aOut * part.bOut;
  return terms * dOut * batch < worthwhile ? undefined : choice().machine;
}

/** S = W φ(Z) + b 1ᵀ, or σ(S): dOut × aOut·bOut·l. float32 where all three are. */
export function engineForward(
  machine: Machine,
  sizes: ConvSizes & { readonly relu: boolean },
  W: Matrix,
  b: Matrix,
  Z: Matrix,
): Matrix {
  const { part, dOut, batch } = sizes;
  const S = borrow(machine, precision(W, b, Z), (work) => forward(work, sizes, W.data, b.data, Z.data));
  return columnMajor(dOut, part.aOut * part.bOut * batch, S);
}

/** ∂ξ/∂W, ∂ξ/∂b and ∂ξ/∂Z (X16 to X18). float32 where all three given are. */
export function engineBackward(
  machine: Machine,
  sizes: ConvSizes,
  W: Matrix,
  Z: Matrix,
  dS: Matrix,
): Record<keyof Gradients, Matrix> {
  const found = borrow(machine, precision(W, Z, dS), (work) =>
    backward(work, sizes, W.data, Z.data, dS.data),
  );
  const like = (M: Matrix, data: Numbers) => columnMajor(M.rows, M.cols, data);
  return { W: like(W, found.W), b: columnMajor(sizes.dOut, 1, found.b), Z: like(Z, found.Z) };
}

function precision(...matrices: Matrix[]): "float32" | "float64" {
  return matrices.every((M) => M.data instanceof Float32Array) ? "float32" : "float64";
}
