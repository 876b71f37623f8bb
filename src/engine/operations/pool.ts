/** Pooling and its transposes on the engine, in the machine's precision: d is at least as large as a vector. */

import { type MaxPooled, type PoolForm, refusePlace } from "../../numeric/pool.js";
import { columnMajor, type Matrix, numbersOf } from "../../numeric/storage.js";
import { threadsFor } from "../choose/choose.js";
import { pieces } from "../describe/sizes.js";
import { clearTask } from "../kernels/copy.js";
import { addAtPlacesTask, poolTasks } from "../kernels/pool.js";
import type { Task } from "../kernels/task.js";
import type { Machine } from "../machine/machine.js";
import { type PlanKey, perform } from "../plan/perform.js";
import type { Workspace } from "../plan/workspace.js";
import { workOf } from "../thresholds.js";

/** Whether the engine can pool d channels. */
export function poolsChannels(machine: Machine, d: number): boolean {
  return d >= machine.library.style.type.lanes;
}

/** The largest entry of each window, and where it was found in vec(Z), as numeric's maxPool. */
export function engineMaxPool(
  machine: Machine,
  form: PoolForm,
  Z: Matrix,
  into?: MaxPooled,
  threads?: number,
): MaxPooled {
  const { d, places } = form;
  const found = perform(
    machine,
    poolThreads(form, threads),
    poolKey("maxPool", form),
    [numbersOf(Z)],
    (work, data) => {
      const [pooled, index] = [work.room(d * places * work.bytes), work.room(4 * d * places)];
      work.run(windowTasks(work, "max", form, { z: work.put(data), to: pooled, index }));
      return { Z: work.take(pooled, d * places), index: work.takeWords(index, d * places) };
    },
    into && { Z: numbersOf(into.Z), index: into.index },
  );
  return into ?? { Z: columnMajor(d, places, found.Z), index: found.index };
}

/** The mean of each window, as numeric's avgPool. */
export function engineAvgPool(
  machine: Machine,
  form: PoolForm,
  Z: Matrix,
  into?: Matrix,
  threads?: number,
): Matrix {
  const { d, places } = form;
  const { pooled } = perform(
    machine,
    poolThreads(form, threads),
    poolKey("avgPool", form),
    [numbersOf(Z)],
    (work, data) => {
      const to = work.room(d * places * work.bytes);
      work.run(windowTasks(work, "avg", form, { z: work.put(data), to, index: 0 }));
      return { pooled: work.take(to, d * places) };
    },
    into && { pooled: numbersOf(into) },
  );
  return into ?? columnMajor(d, places, pooled);
}

/** P_poolᵀ v of average pooling, as numeric's avgPoolTranspose. */
export function engineAvgPoolTranspose(
  machine: Machine,
  form: PoolForm,
  V: Matrix,
  into?: Matrix,
  threads?: number,
): Matrix {
  const { a, b, d, q, pixels, batch } = form;
  const cols = pixels * batch;
  const { data } = perform(
    machine,
    poolThreads(form, threads),
    poolKey("avgPoolTranspose", form),
    [numbersOf(V)],
    (work, data) => {
      const z = work.room(d * cols * work.bytes);
      if (a % q > 0 || b % q > 0) work.run(clearTasks(z, d * cols * work.bytes));
      work.run(windowTasks(work, "spread", form, { z, to: work.put(data), index: 0 }));
      return { data: work.take(z, d * cols) };
    },
    into && { data: numbersOf(into) },
  );
  return into ?? columnMajor(d, cols, data);
}

/** P_poolᵀ v of max pooling, as numeric's maxPoolTranspose: one task for each instance, so that no two meet. */
export function engineMaxPoolTranspose(
  machine: Machine,
  form: Pick<PoolForm, "d" | "pixels" | "batch">,
  V: Matrix,
  index: Int32Array,
  into?: Matrix,
  threads?: number,
): Matrix {
  const { d, pixels, batch } = form;
  const [entries, each] = [d * pixels, index.length / batch];
  const key = { operation: "maxPoolTranspose", sizes: `${d} ${pixels} ${batch} ${each}` };
  const workers = threadsFor(entries * batch * workOf.pooled, threads);
  const { data, outside } = perform(
    machine,
    workers,
    key,
    [numbersOf(V), index],
    (work, V, index) => {
      const [v, places] = [work.put(V), work.put(index)];
      const [z, outside] = [work.room(entries * batch * work.bytes), work.room(4 * batch)];
      work.run(clearTasks(z, entries * batch * work.bytes));
      work.run(
        Array.from({ length: batch }, (_, l) =>
          addAtPlacesTask({
            ...{ index: places + 4 * each * l, v: v + each * l * work.bytes },
            ...{ z: z + entries * l * work.bytes, first: entries * l, entries, count: each },
            outside: outside + 4 * l,
          }),
        ),
      );
      return { data: work.take(z, entries * batch), outside: work.takeWords(outside, batch) };
    },
    into && { data: numbersOf(into) },
  );
  if (outside.some((count) => count > 0)) refusePlace(index, entries, batch);
  return into ?? columnMajor(d, pixels * batch, data);
}

export function poolKey(operation: string, { d, a, b, q, batch }: PoolForm): PlanKey {
  return { operation, sizes: `${d} ${a} ${b} ${q} ${batch}` };
}

export function poolThreads({ d, pixels, batch }: PoolForm, asked: number | undefined): number {
  return threadsFor(d * pixels * batch * workOf.pooled, asked);
}

/** About how many numbers of Z one task looks at. */
const numbersPerTask = 2 ** 16;

/** The windows of all instances, some columns of one each. */
function windowTasks(
  work: Workspace,
  way: keyof typeof poolTasks,
  form: PoolForm,
  { z, to, index }: Readonly<Record<"z" | "to" | "index", number>>,
): Task[] {
  return windowParts(form).map(({ first, pooled, sizes }) =>
    poolTasks[way]({
      ...{ z: z + first * work.bytes, to: to + pooled * work.bytes, index: index + 4 * pooled, first },
      ...sizes,
    }),
  );
}

/** Some columns of windows of one instance. */
interface WindowPart {
  /** The first entries: of Z, and of the pooled images. */
  readonly first: number;
  readonly pooled: number;
  readonly sizes: Readonly<Record<"d" | "a" | "q" | "aOut" | "columns", number>>;
}

/** What one task each does: about as many numbers of Z. */
export function windowParts({ a, d, q, aOut, bOut, pixels, batch }: PoolForm): WindowPart[] {
  const columns = Math.max(1, Math.ceil((bOut * numbersPerTask) / (d * pixels)));
  return Array.from({ length: batch }, (_, l) =>
    [...pieces(bOut, columns)].map(({ from, count }) => ({
      first: d * (a * q * from + pixels * l),
      pooled: d * aOut * (from + bOut * l),
      sizes: { d, a, q, aOut, columns: count },
    })),
  ).flat();
}

/** Bytes that one task clears. */
const bytesPerTask = 2 ** 18;

export function clearTasks(to: number, bytes: number): Task[] {
  return [...pieces(bytes, bytesPerTask)].map(({ from, count }) =>
    clearTask({ to: to + from, bytes: count }),
  );
}
