import { phi } from "../../numeric/phi.js";
import { randomMatrix } from "../../numeric/random.js";
import { columnMajor, type Matrix, type Numbers } from "../../numeric/storage.js";
import { convShape, phiRows } from "../../shape.js";
import { choice } from "../choose/choose.js";
import { type WinogradName, winogradForms } from "../kernels/winogradForm.js";
import type { Machine, Precision } from "../machine/machine.js";
import { engineForward } from "./conv.js";

const dOut = 64;

/** Every so many output places are looked at. */
const every = 31;

/**
 * The largest error of a layer over its largest entry, measured here and now against sums in twice float64's precision:
 * of the direct sum and of each of Winograd's forms, on a layer of 64 channels and 26 × 26 pixels with numbers uniform
 * on [−1, 1). Empty where there is no engine.
 */
export function engineAccuracy(
  precision: Precision = "float32",
): Partial<Record<"direct" | WinogradName, number>> {
  const { machine } = choice(precision);
  if (machine === undefined) return {};
  const names = Object.keys(winogradForms) as WinogradName[];
  const measured = names.map((name) => [name, errorOf(machine, winogradForms[name].r, name)]);
  return { direct: errorOf(machine, 3, "direct"), ...Object.fromEntries(measured) };
}

function errorOf(machine: Machine, h: number, form: WinogradName | "direct"): number {
  const shape = convShape({ a: 26, b: 26, d: 64, h, pad: (h - 1) / 2 });
  const given = machine.precision === "float32" ? float32 : (M: Matrix): Matrix => M;
  const W = given(randomMatrix(dOut, phiRows(shape), { seed: 1, low: -1 }));
  const Z = given(randomMatrix(shape.d, shape.a * shape.b, { seed: 2, low: -1 }));
  const zero = given(columnMajor(dOut, 1, new Float64Array(dOut)));
  const sizes = { shape, part: shape, dOut, groups: 1, batch: 1, relu: false, threads: 1 };
  const S = engineForward(machine, { ...sizes, accuracy: "exact", form }, W, zero, Z);
  const phiZ = phi(Z, shape);
  let [error, largest] = [0, 0];
  for (let place = 0; place < S.cols; place += every) {
    for (let o = 0; o < dOut; o++) {
      const found = S.data[o + dOut * place];
      error = Math.max(error, Math.abs(distance(found, W, o, phiZ, place)));
      largest = Math.max(largest, Math.abs(found));
    }
  }
  return error / largest;
}

/**
 * A number − row o of W · a column of φ(Z), summed in twice the precision: what is lost in each product and sum is
 * summed beside it (Ogita, Rump, Oishi, "Accurate sum and dot product", 2005, Dot2).
 */
function distance(x: number, W: Matrix, o: number, phiZ: Matrix, column: number): number {
  let [sum, lost] = [x, 0];
  for (let k = 0; k < phiZ.rows; k++) {
    const [w, z] = [-W.data[o + W.rows * k], phiZ.data[k + phiZ.rows * column]];
    const product = w * z;
    const [wHigh, zHigh] = [high(w), high(z)];
    const [wLow, zLow] = [w - wHigh, z - zHigh];
    const next = sum + product;
    const part = next - sum;
    lost += wHigh * zHigh - product + wHigh * zLow + wLow * zHigh + wLow * zLow;
    lost += sum - (next - part) + (product - part);
    sum = next;
  }
  return sum + lost;
}

/** The upper 26 bits of a number's 53: products of such halves are exact. */
function high(x: number): number {
  const scaled = 134_217_729 * x;
  return scaled - (scaled - x);
}

function float32(M: Matrix): Matrix {
  return columnMajor(M.rows, M.cols, Float32Array.from(M.data as Numbers));
}
