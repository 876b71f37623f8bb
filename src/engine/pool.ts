/** Pooling on the engine, in the machine's precision: d is at least as large as a vector. */

import type { PoolSize } from "../numeric/pool.js";
import { columnMajor, type Matrix, type Numbers } from "../numeric/storage.js";
import { poolShape } from "../shape.js";
import { threadsFor } from "./choose.js";
import { pieces } from "./conv/sizes.js";
import type { Machine, Task } from "./machine.js";
import { borrow, type Workspace } from "./workspace.js";

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
  const found = borrow(machine, threadsFor(Z.data.length * poolWork), (work) => {
    const index = work.room(4 * n);
    const pooled = pool(work, "maxPoolTask", Z, size, index);
    return { pooled, index: new Int32Array(machine.memory.buffer, index, n).slice() };
  });
  return { Z: columnMajor(Z.rows, aOut * bOut, found.pooled), index: found.index };
}

/** The mean of each window, as numeric's avgPool. */
export function engineAvgPool(machine: Machine, Z: Matrix, size: PoolSize): Matrix {
  const { aOut, bOut } = poolShape(size);
  const pooled = borrow(machine, threadsFor(Z.data.length * poolWork), (work) =>
    pool(work, "avgPoolTask", Z, size, 0),
  );
  return columnMajor(Z.rows, aOut * bOut, pooled);
}

function pool(work: Workspace, name: string, Z: Matrix, size: PoolSize, index: number): Numbers {
  const { a, b, q, aOut, bOut } = poolShape(size);
  const d = Z.rows;
  const z = work.put(Z.data);
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
