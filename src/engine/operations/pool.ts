/** Pooling on the engine, in the machine's precision: d is at least as large as a vector. */

import type { PoolSize } from "../../numeric/pool.js";
import { columnMajor, type Matrix, numbersOf } from "../../numeric/storage.js";
import { poolShape } from "../../shape.js";
import { threadsFor } from "../choose/choose.js";
import { pieces } from "../describe/sizes.js";
import { poolTasks } from "../kernels/pool.js";
import type { Machine } from "../machine/machine.js";
import { type PlanKey, perform } from "../plan/perform.js";
import type { Operand, Result, Workspace } from "../plan/workspace.js";

/** Looking at a number takes as long as so many multiplications. */
const poolWork = 8;

/** Whether the engine can pool d channels. */
export function poolsChannels(machine: Machine, d: number): boolean {
  return d >= machine.library.style.type.lanes;
}

/** The largest entry of each window, and where it was found in vec(Z), as numeric's maxPool. */
export function engineMaxPool(machine: Machine, Z: Matrix, size: PoolSize): { Z: Matrix; index: Int32Array } {
  const { aOut, bOut } = poolShape(size);
  const n = Z.rows * aOut * bOut;
  const threads = threadsFor(Z.rows * Z.cols * poolWork);
  const found = perform(machine, threads, keyOf("maxPool", Z, size), [numbersOf(Z)], (work, data) => {
    const index = work.room(4 * n);
    const pooled = pool(work, "max", data, size, index);
    return { pooled, index: work.takeWords(index, n) };
  });
  return { Z: columnMajor(Z.rows, aOut * bOut, found.pooled), index: found.index };
}

/** The mean of each window, as numeric's avgPool. */
export function engineAvgPool(machine: Machine, Z: Matrix, size: PoolSize): Matrix {
  const { aOut, bOut } = poolShape(size);
  const threads = threadsFor(Z.rows * Z.cols * poolWork);
  const { pooled } = perform(machine, threads, keyOf("avgPool", Z, size), [numbersOf(Z)], (work, data) => ({
    pooled: pool(work, "avg", data, size, 0),
  }));
  return columnMajor(Z.rows, aOut * bOut, pooled);
}

function keyOf(operation: string, Z: Matrix, { a, b, q }: PoolSize): PlanKey {
  return { operation, sizes: `${Z.rows} ${a} ${b} ${q}` };
}

function pool(work: Workspace, way: "max" | "avg", Z: Operand, size: PoolSize, index: number): Result {
  const { a, b, q, aOut, bOut } = poolShape(size);
  const d = Z.length / (a * b);
  const z = work.put(Z);
  const to = work.room(d * aOut * bOut * work.bytes);
  const columns = Math.max(1, Math.ceil((bOut * 2 ** 16) / (d * a * b)));
  work.run(
    [...pieces(bOut, columns)].map(({ from, count }) => {
      const [first, pooled] = [d * a * q * from, d * aOut * from];
      return poolTasks[way]({
        ...{ z: z + first * work.bytes, to: to + pooled * work.bytes, index: index + 4 * pooled, first },
        ...{ d, a, q, aOut, columns: count },
      });
    }),
  );
  return work.take(to, d * aOut * bOut);
}
