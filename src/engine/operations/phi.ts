/** φ(Z), P_φᵀ v and A B on the engine, in the machine's precision. */

import { columnMajor, type Matrix, numbersOf } from "../../numeric/storage.js";
import { type ConvShape, phiCols, phiRows } from "../../shape.js";
import { threadsFor } from "../choose/choose.js";
import { isThin, phiByPlanes, vTPByPlanes } from "../describe/phiPlanes.js";
import { phiBySquares, vTPBySquares } from "../describe/phiSquares.js";
import { productTasks } from "../describe/product.js";
import { numbered } from "../describe/sizes.js";
import { startsOf } from "../describe/starts.js";
import { packPlacesTask } from "../kernels/copy.js";
import type { Machine } from "../machine/machine.js";
import { type PlanKey, perform } from "../plan/perform.js";
import type { Targets } from "../plan/plan.js";
import { workOf } from "../thresholds.js";

/** φ(pad(Z)), eq. (4): h h d × aOut·bOut. */
export function enginePhi(
  machine: Machine,
  Z: Matrix,
  shape: ConvShape,
  threads?: number,
  into?: Matrix,
): Matrix {
  const [rows, cols] = [phiRows(shape), phiCols(shape)];
  const workers = threadsFor(rows * cols * workOf.moved, threads);
  const { data } = perform(
    machine,
    workers,
    keyOf("phi", shape, threads),
    [numbersOf(Z)],
    (work, Z) => {
      const describe = isThin(shape) ? phiByPlanes : phiBySquares;
      return { data: work.take(describe(work, shape, work.put(Z)), rows * cols) };
    },
    targetOf(into),
  );
  return into ?? columnMajor(rows, cols, data);
}

/** (vec(V)ᵀ P_φ P_pad)ᵀ as an image: d × a·b; the same bits for any number of threads. */
export function engineVTP(
  machine: Machine,
  V: Matrix,
  shape: ConvShape,
  threads?: number,
  into?: Matrix,
): Matrix {
  const [rows, cols] = [shape.d, shape.a * shape.b];
  const workers = threadsFor(V.rows * V.cols * workOf.moved, threads);
  const { data } = perform(
    machine,
    workers,
    keyOf("vTP", shape, threads),
    [numbersOf(V)],
    (work, V) => {
      const describe = isThin(shape) ? vTPByPlanes : vTPBySquares;
      return { data: work.take(describe(work, shape, work.put(V)), rows * cols) };
    },
    targetOf(into),
  );
  return into ?? columnMajor(rows, cols, data);
}

/** The numbers of `into`, where the result is to be written there. */
function targetOf(into: Matrix | undefined): Targets {
  return into === undefined ? {} : { data: numbersOf(into) };
}

/** `threads`: as many as asked for. */
function keyOf(operation: string, sizes: ConvShape, threads: number | undefined): PlanKey {
  return { operation: threads === undefined ? operation : `${operation}, ${threads} threads`, sizes };
}

/** A B: A.rows × B.cols. */
export function engineMultiply(machine: Machine, A: Matrix, B: Matrix, into?: Matrix): Matrix {
  const [m, k, n] = [A.rows, A.cols, B.cols];
  const key = { operation: "multiply", sizes: `${m} ${k} ${n}` };
  const { data } = perform(
    machine,
    threadsFor(m * k * n),
    key,
    [A, B].map(numbersOf),
    (work, A, B) => {
      const ldA = m * work.bytes;
      const [a, b] = [work.put(A), work.put(B)];
      const panelStep = k * work.rowBytes;
      const panels = work.room(work.panels(m) * panelStep);
      const unused = work.room(work.rowBytes);
      const C = work.room(m * n * work.bytes);
      work.run(
        [...numbered(m, work.width)].map(({ k: panel, from, count }) =>
          packPlacesTask({
            ...{ matrix: a + from * work.bytes, panel: panels + panel * panelStep, ld: ldA },
            ...{ width: count, places: k, sum: unused },
          }),
        ),
      );
      const grid = { rows: n, cols: 1, images: 1, rowStep: k * work.bytes, colStep: 0, imageStep: 0 };
      const product = { starts: startsOf(work, grid), places: n, z: b, w: panels, panelStep, rows: m };
      work.run(productTasks(work, { ...product, runs: 1, length: k, runStep: 0, y: C, ldy: ldA }));
      return { data: work.take(C, m * n) };
    },
    targetOf(into),
  );
  return into ?? columnMajor(m, n, data);
}
