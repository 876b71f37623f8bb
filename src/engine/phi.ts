/** φ(Z), P_φᵀ v and A B on the engine, in the machine's precision. */

import { columnMajor, type Matrix } from "../numeric/storage.js";
import type { ConvShape } from "../shape.js";
import { threadsFor } from "./choose.js";
import { framed, inputStarts, unframed } from "./conv/image.js";
import { productTasks } from "./conv/product.js";
import { numbered, pieces } from "./conv/sizes.js";
import { startsOf } from "./conv/starts.js";
import type { Machine, Task } from "./machine.js";
import { type PlanKey, perform } from "./perform.js";
import type { Workspace } from "./workspace.js";

/** Moving a number takes as long as so many multiplications. */
const copyWork = 4;

/** Numbers that one task copies. */
const numbersPerTask = 1 << 16;

/** φ(pad(Z)), eq. (4): h h d × aOut·bOut. */
export function enginePhi(machine: Machine, Z: Matrix, shape: ConvShape): Matrix {
  const rows = shape.h * shape.h * shape.d;
  const places = shape.aOut * shape.bOut;
  const threads = threadsFor(rows * places * copyWork);
  const { data } = perform(machine, threads, keyOf("phi", shape), [Z.data], (work, Z) => {
    const images = framed(work, work.put(Z), { ...shape, groups: 1, batch: 1 });
    const starts = inputStarts(work, { part: shape, batch: 1 });
    const columns = work.room(rows * places * work.bytes);
    const pixels = pixelsOf(work, shape);
    const most = Math.ceil(numbersPerTask / rows);
    work.run(images.tasks);
    work.run(
      [...pieces(places, most)].map(
        ({ from, count }): Task => [
          "phiTask",
          ...[starts + 4 * from, count, images.address, pixels, shape.h, shape.d],
          columns + from * rows * work.bytes,
        ],
      ),
    );
    return { data: work.take(columns, rows * places) };
  });
  return columnMajor(rows, places, data);
}

/** (vec(V)ᵀ P_φ P_pad)ᵀ as an image: d × a·b. */
export function engineVTP(machine: Machine, V: Matrix, shape: ConvShape): Matrix {
  const { a, b, d, h, aPad, bPad, aOut, bOut } = shape;
  const threads = threadsFor(V.data.length * copyWork);
  const { data } = perform(machine, threads, keyOf("vTP", shape), [V.data], (work, data) => {
    const columns = work.put(data);
    const starts = inputStarts(work, { part: shape, batch: 1 });
    const pixels = pixelsOf(work, shape);
    const bytes = d * aPad * bPad * work.bytes;
    const image = work.room(bytes);
    work.run([["clearTask", image, bytes]]);
    for (const half of bands(shape)) {
      work.run(
        half.map(({ q, columns: count }): Task => {
          const place = aOut * q;
          const from = columns + place * V.rows * work.bytes;
          return ["scatterColumnsTask", starts + 4 * place, aOut * count, image, pixels, h, d, from];
        }),
      );
    }
    return { data: work.take(unframed(work, image, shape), d * a * b) };
  });
  return columnMajor(d, a * b, data);

  function bands({ s }: ConvShape): { q: number; columns: number }[][] {
    const band = Math.max(Math.ceil(h / s), Math.ceil(bOut / 8));
    const all = [...numbered(bOut, band)].map(({ k, from, count }) => ({ k, q: from, columns: count }));
    return [0, 1].map((parity) => all.filter(({ k }) => k % 2 === parity));
  }
}

/** A B: A.rows × B.cols. */
export function engineMultiply(machine: Machine, A: Matrix, B: Matrix): Matrix {
  const [m, k, n] = [A.rows, A.cols, B.cols];
  const key = { operation: "multiply", sizes: `${m} ${k} ${n}` };
  const { data } = perform(machine, threadsFor(m * k * n), key, [A.data, B.data], (work, A, B) => {
    const ldA = m * work.bytes;
    const [a, b] = [work.put(A), work.put(B)];
    const panelStep = k * work.rowBytes;
    const panels = work.room(work.panels(m) * panelStep);
    const unused = work.room(work.rowBytes);
    const C = work.room(m * n * work.bytes);
    work.run(
      [...numbered(m, work.width)].map(
        ({ k: panel, from, count }): Task => [
          "packPlacesTask",
          ...[a + from * work.bytes, panels + panel * panelStep, ldA, count, k, unused],
        ],
      ),
    );
    const grid = { rows: n, cols: 1, images: 1, rowStep: k * work.bytes, colStep: 0, imageStep: 0 };
    const product = { starts: startsOf(work, grid), places: n, z: b, w: panels, panelStep, rows: m };
    work.run(productTasks(work, { ...product, runs: 1, length: k, runStep: 0, y: C, ldy: ldA }));
    return { data: work.take(C, m * n) };
  });
  return columnMajor(m, n, data);
}

function keyOf(operation: string, { a, b, d, h, s, pad }: ConvShape): PlanKey {
  return { operation, sizes: `${a} ${b} ${d} ${h} ${s} ${pad}` };
}

/** The byte offsets of a sub-image's pixels from its start, i fastest. */
function pixelsOf(work: Workspace, { h, d, aPad }: ConvShape): number {
  const grid = {
    ...{ rows: h, cols: h, images: 1 },
    ...{ rowStep: d * work.bytes, colStep: aPad * d * work.bytes, imageStep: 0 },
  };
  return startsOf(work, grid);
}
