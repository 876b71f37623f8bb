/** Operations entry by entry and ⟨A, B⟩ on the engine, all operands in the machine's precision. */

import { dotBlock, inPairs, sumInOrder, wholeEights } from "../../numeric/dot.js";
import type { Elementwise } from "../../numeric/elementwise.js";
import { columnMajor, type Matrix, numbersOf } from "../../numeric/storage.js";
import { threadsFor } from "../choose/choose.js";
import { addElements, numbersPerTask } from "../describe/elements.js";
import { pieces } from "../describe/sizes.js";
import { dotTask } from "../kernels/dot.js";
import type { Machine } from "../machine/machine.js";
import { perform } from "../plan/perform.js";
import { workOf } from "../thresholds.js";

/** The result of an operation on A, and on B and α where it needs them; written into `into`, which may be A or B. */
export function engineElementwise(
  machine: Machine,
  operation: Elementwise,
  operands: readonly Matrix[],
  alpha: number,
  into?: Matrix,
  threads?: number,
): Matrix {
  const [A, B = A] = operands;
  const n = A.rows * A.cols;
  const factor = machine.precision === "float32" ? Float32Array.of(alpha) : Float64Array.of(alpha);
  const given = [numbersOf(A), numbersOf(B), factor];
  const { data } = perform(
    machine,
    threadsFor(n * workOf.element, threads),
    { operation: `${operation}, ${operands.length}`, sizes: String(n) },
    given,
    (work, A, B, factor) => {
      const x = work.put(A);
      const y = operands.length > 1 ? work.put(B) : x;
      const to = work.room(n * work.bytes);
      addElements(work, operation, { x, y, to, alpha: work.put(factor) }, n);
      return { data: work.take(to, n) };
    },
    into && { data: numbersOf(into) },
  );
  return into ?? columnMajor(A.rows, A.cols, data);
}

/** ⟨A, B⟩ with the sums, and so the bits, of numeric/dot. */
export function engineDot(machine: Machine, A: Matrix, B: Matrix, threads?: number): number {
  const n = A.rows * A.cols;
  const eights = wholeEights(n);
  const blocks = Math.ceil(eights / dotBlock);
  const given = [numbersOf(A), numbersOf(B)] as const;
  const workers = threadsFor(n * workOf.element, threads);
  const { sums } = perform(machine, workers, { operation: "dot", sizes: String(n) }, given, (work, A, B) => {
    const [x, y, to] = [work.put(A), work.put(B), work.room(8 * blocks)];
    work.run(
      [...pieces(eights, numbersPerTask)].map(({ from, count }) => {
        const at = from * work.bytes;
        return dotTask({ x: x + at, y: y + at, to: to + (8 * from) / dotBlock, eights: count / 8 });
      }),
    );
    return { sums: work.takeWords(to, 2 * blocks) };
  });
  return inPairs(new Float64Array(sums.buffer, sums.byteOffset, blocks)) + sumInOrder(...given, eights);
}
