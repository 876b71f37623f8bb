/** Pooling on the engine, in the machine's precision: d is at least as large as a vector. */

import type { PoolSize } from "../../numeric/pool.js";
import { columnMajor, type Matrix } from "../../numeric/storage.js";
import { poolShape } from "../../shape.js";
import { threadsFor } from "../choose/choose.js";
import { pieces } from "../describe/sizes.js";
import type { Machine, Task } from "../machine/machine.js";
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
  const threads = threadsFor(Z.data.length * poolWork);
  const found = perform(machine, threads, keyOf("maxPool", Z, size), [Z.data], (work, data) => {
    const index = work.room(4 * n);
    const pooled = pool(work, "maxPoolTask", data, size, index);
    return { pooled, index: work.takeWords(index, n) };
  });
  return { Z: columnMajor(Z.rows, aOut * bOut, found.pooled), index: found.index };
}

/** The mean of each window, as numeric's avgPool. */
export function engineAvgPool(machine: Machine, Z: Matrix, size: PoolSize): Matrix {
  const { aOut, bOut } = poolShape(size);
  const threads = threadsFor(Z.data.length * poolWork);
  const { pooled } = perform(machine, threads, keyOf("avgPool", Z, size), [Z.data], (work, data) => ({
    pooled: pool(work, "avgPoolTask", data, size, 0),
  }));
  return columnMajor(Z.rows, aOut * bOut, pooled);
}

function keyOf(operation: string, Z: Matrix, { a, b, q }: PoolSize): PlanKey {
  return { operation, sizes: `${Z.rows} ${a} ${b} ${q}` };
}

function pool(work: Workspace, name: string, Z: Operand, size: PoolSize, index: number): Result {
  const { a, b, q, aOut, bOut } = poolShape(size);
  const d = Z.length / (a * b);
  const z = work.put(Z);
  const to = work.room(d * aOut * bOut * work.bytes);
  const columns = Math.max(1, Math.ceil((bOut * 2 ** 16) / (d * a * b)));
  work.run(
    [...pieces(bOut, columns)].map(({ from, count }): Task => {
      const [first, pooled] = [d * a * q * from, d * aOut * from];
      return [
        name,
        ...[z + first * work.bytes, to + pooled * work.bytes, index + 4 * pooled, first],
        ...[d, a, q, aOut, count],
      ];
    }),
  );
  return work.take(to, d * aOut * bOut);
}
