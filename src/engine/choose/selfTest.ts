/** Before a variant is trusted: one layer, forward and backward, beside the plain reference. */

import { subtract } from "../../numeric/elementwise.js";
import type { Lease } from "../../numeric/lease.js";
import { transpose } from "../../numeric/matrix.js";
import { maxAbs } from "../../numeric/measure.js";
import { multiply } from "../../numeric/multiply.js";
import { phi, vTP } from "../../numeric/phi.js";
import { columnMajor, type Matrix, type Numbers } from "../../numeric/storage.js";
import { convShape, phiRows } from "../../shape.js";
import { backward } from "../describe/backward.js";
import { forward } from "../describe/forward.js";
import type { Machine } from "../machine/machine.js";
import { perform } from "../plan/perform.js";

const shape = convShape({ a: 6, b: 5, d: 9, h: 2, pad: 1 });
const dOut = 17;

/** Throws Error that names the product where the machine and plain TypeScript differ. */
export function selfTest(machine: Machine): void {
  const W = spread(dOut, phiRows(shape), 1);
  const Z = spread(shape.d, shape.a * shape.b, 2);
  const dS = spread(dOut, shape.aOut * shape.bOut, 3);
  const sizes = { shape, part: shape, dOut, groups: 1, batch: 1, relu: false };
  const phiZ = phi(Z, shape);
  const b = new Float32Array(dOut);
  const key = (operation: string) => ({ operation, sizes });
  const { S } = perform(machine, 1, key("forward"), [W.data, b, Z.data], (work, W, b, Z) =>
    forward(work, sizes, W, b, Z),
  );
  agree("W φ(Z)", S, multiply(W, phiZ));
  const gradients = perform(machine, 1, key("backward"), [W.data, Z.data, dS.data], (work, W, Z, dS) =>
    backward(work, sizes, W, Z, dS),
  );
  agree("dS φ(Z)ᵀ", gradients.W, multiply(dS, transpose(phiZ)));
  agree("vTP(Wᵀ dS)", gradients.Z, vTP(multiply(transpose(W), dS), shape));
}

/** Numbers all over [−1, 1), the same every time: the engine starts with them, and drawing them took a third of its start. */
function spread(rows: number, cols: number, seed: number): Matrix {
  const number = (_: unknown, k: number) => ((7919 * k + 263 * seed) % 1009) / 504.5 - 1;
  return columnMajor(rows, cols, Float64Array.from({ length: rows * cols }, number));
}

function agree(what: string, numbers: Numbers | Lease, reference: Matrix): void {
  const found = columnMajor(reference.rows, reference.cols, numbers);
  const difference = maxAbs(subtract(found, reference));
  if (difference < 1e-4) return;
  throw new Error(`engine: ${what} differs from plain TypeScript by ${difference}`);
}
