/** Pooling and its transposes by the engine where they are large enough, by the plain reference elsewhere. */

import { machineOf } from "../engine/choose/choose.js";
import type { Machine } from "../engine/machine/machine.js";
import {
  engineAvgPool,
  engineAvgPoolTranspose,
  engineMaxPool,
  engineMaxPoolTranspose,
  poolsChannels,
} from "../engine/operations/pool.js";
import { worthwhile } from "../engine/thresholds.js";
import { kind } from "../numeric/check.js";
import { checkOptions } from "../numeric/options.js";
import {
  type MaxPooled,
  maxTransposeForm,
  type PoolForm,
  type PoolSize,
  avgPool as plainAvgPool,
  avgPoolTranspose as plainAvgPoolTranspose,
  maxPool as plainMaxPool,
  maxPoolTranspose as plainMaxPoolTranspose,
  poolForm,
  poolTransposeForm,
} from "../numeric/pool.js";
import { areFloat32, type Matrix } from "../numeric/storage.js";
import { checkedInto, checkTarget, writtenInto } from "../numeric/target.js";
import type { ImageShape } from "../shape.js";
import type { ElementwiseOptions } from "./elementwise.js";

/**
 * Max pooling: the largest entry of each window, d × floor(a/q)·floor(b/q)·l, and `index`, where each was found in
 * vec(Z), 0-based: the selections P_pool of these images (X7). Z is d × a·b·l, instances side by side. The first maximum
 * in window order (vertical fastest) wins ties; NaN wins over all. `into`: what an earlier call returned is written over.
 * Throws RangeError unless Z has a·b columns for each instance.
 *
 * @example
 * maxPool(matrix([[1, 2, 3, 4]]), { a: 2, b: 2, q: 2 })
 */
export function maxPool(
  Z: Matrix,
  size: PoolSize,
  options: { readonly into?: MaxPooled; readonly threads?: number | undefined } = {},
): MaxPooled {
  const form = poolForm("maxPool", Z, size);
  checkOptions("maxPool", options, ["into", "threads"]);
  const { into, threads } = options;
  if (into !== undefined) checkPooled(into, form, Z);
  const machine = poolMachine(form, Z);
  if (machine !== undefined) return engineMaxPool(machine, form, Z, into, threads);
  const found = plainMaxPool(Z, size);
  if (into === undefined) return found;
  into.index.set(found.index);
  writtenInto(found.Z, into.Z);
  return into;
}

/**
 * Average pooling: the mean of each window, d × floor(a/q)·floor(b/q)·l. Z and errors as maxPool's.
 *
 * @example
 * avgPool(matrix([[1, 2, 3, 4]]), { a: 2, b: 2, q: 2 })
 */
export function avgPool(Z: Matrix, size: PoolSize, options: ElementwiseOptions = {}): Matrix {
  const form = poolForm("avgPool", Z, size);
  checkOptions("avgPool", options, ["into", "threads"]);
  const into = checkedInto("avgPool", options, { rows: form.d, cols: form.places }, { Z });
  const machine = poolMachine(form, Z);
  if (machine === undefined) return writtenInto(plainAvgPool(Z, size), into);
  return engineAvgPool(machine, form, Z, into, options.threads);
}

/**
 * P_poolᵀ v as images: entry k of V is added where `index` of maxPool points; d × a·b·l, with l = `batch` (1 where it
 * is left out). Throws RangeError where V, index and shape do not fit, or a place is in no image, or in that of another
 * instance.
 */
export function maxPoolTranspose(
  V: Matrix,
  index: Int32Array,
  shape: ImageShape,
  options: ElementwiseOptions & { readonly batch?: number } = {},
): Matrix {
  checkOptions("maxPoolTranspose", options, ["batch", "into", "threads"]);
  const form = maxTransposeForm(V, index, shape, options);
  const { d, pixels, batch } = form;
  const into = checkedInto("maxPoolTranspose", options, { rows: d, cols: pixels * batch }, { V });
  const machine = d * pixels * batch < worthwhile.numbers ? undefined : machineOf(V);
  if (machine !== undefined) return engineMaxPoolTranspose(machine, form, V, index, into, options.threads);
  return writtenInto(plainMaxPoolTranspose(V, index, shape, options), into);
}

/**
 * P_poolᵀ v of average pooling: each entry of V, over q², at all places of its window; d × a·b·l. Throws RangeError
 * unless V has floor(a/q)·floor(b/q) columns for each instance.
 */
export function avgPoolTranspose(V: Matrix, size: PoolSize, options: ElementwiseOptions = {}): Matrix {
  const form = poolTransposeForm("avgPoolTranspose", V, size);
  const result = { rows: form.d, cols: form.pixels * form.batch };
  checkOptions("avgPoolTranspose", options, ["into", "threads"]);
  const into = checkedInto("avgPoolTranspose", options, result, { V });
  const machine = poolMachine(form, V);
  if (machine === undefined) return writtenInto(plainAvgPoolTranspose(V, size), into);
  return engineAvgPoolTranspose(machine, form, V, into, options.threads);
}

/** The engine for images that are large enough, with channels enough for its vectors. */
export function poolMachine({ d, pixels, batch }: PoolForm, ...matrices: Matrix[]): Machine | undefined {
  if (d * pixels * batch < worthwhile.numbers) return undefined;
  const machine = machineOf(...matrices);
  return machine !== undefined && poolsChannels(machine, d) ? machine : undefined;
}

function checkPooled(into: MaxPooled, { d, places }: PoolForm, Z: Matrix): void {
  checkOptions("maxPool", into, ["Z", "index"]);
  checkTarget("maxPool", into.Z, { rows: d, cols: places, float32: areFloat32(Z) }, { Z }, "into.Z");
  const { index } = into;
  if (index instanceof Int32Array && index.length === d * places) return;
  const came = index instanceof Int32Array ? `${index.length} places` : kind(index);
  throw new RangeError(`maxPool: into.index is ${came}; needed an Int32Array of ${d * places}`);
}
