import { randomMatrix } from "../numeric/random.js";
import { columnMajor, type Matrix } from "../numeric/storage.js";
import { convShape } from "../shape.js";
import { choice } from "./choose.js";
import { engineForward } from "./conv.js";
import { type WinogradName, winogradForms } from "./kernels/winogradForm.js";
import type { Machine } from "./machine.js";

/**
 * The largest error of a float32 layer over its largest entry, measured here and now against float64: of the direct sum
 * and of each of Winograd's forms, on a layer of 64 channels and 26 × 26 pixels with numbers uniform on [−1, 1).
 * Empty where there is no engine.
 */
export function engineAccuracy(): Partial<Record<"direct" | WinogradName, number>> {
  const [single, double] = [choice("float32").machine, choice("float64").machine];
  if (single === undefined || double === undefined) return {};
  const names = Object.keys(winogradForms) as WinogradName[];
  const measured = names.map((name) => [name, errorOf(single, double, winogradForms[name].r, name)]);
  return { direct: errorOf(single, double, 3, "direct"), ...Object.fromEntries(measured) };
}

function errorOf(single: Machine, double: Machine, h: number, form: WinogradName | "direct"): number {
  const shape = convShape({ a: 26, b: 26, d: 64, h, pad: (h - 1) / 2 });
  const dOut = 64;
  const W = float32(randomMatrix(dOut, h * h * shape.d, { seed: 1, low: -1 }));
  const Z = float32(randomMatrix(shape.d, shape.a * shape.b, { seed: 2, low: -1 }));
  const b = float32(randomMatrix(dOut, 1, { seed: 3, low: -1 }));
  const sizes = { shape, part: shape, dOut, groups: 1, batch: 1, relu: false, threads: 1 };
  const problem = { ...sizes, accuracy: "exact" } as const;
  const found = engineForward(single, { ...problem, form }, W, b, Z).data;
  const exact = engineForward(double, problem, W, b, Z).data;
  let [error, largest] = [0, 0];
  for (let k = 0; k < exact.length; k++) {
    error = Math.max(error, Math.abs(found[k] - exact[k]));
    largest = Math.max(largest, Math.abs(exact[k]));
  }
  return error / largest;
}

function float32(M: Matrix): Matrix {
  return columnMajor(M.rows, M.cols, Float32Array.from(M.data));
}
