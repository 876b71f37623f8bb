/** Max pooling by choice, and the way along it and back, on the engine: d is at least as large as a vector. */

import type { ChosenPool } from "../../numeric/choice.js";
import type { PoolForm } from "../../numeric/pool.js";
import { columnMajor, type Matrix, numbersOf } from "../../numeric/storage.js";
import { choiceTasks } from "../kernels/choice.js";
import type { Task } from "../kernels/task.js";
import type { Machine } from "../machine/machine.js";
import { perform } from "../plan/perform.js";
import type { Workspace } from "../plan/workspace.js";
import { clearTasks, poolKey, poolThreads, windowParts } from "./pool.js";

/** The largest entry of each window and which it is, as numeric's maxPoolChoice. */
export function engineMaxPoolChoice(
  machine: Machine,
  form: PoolForm,
  Z: Matrix,
  isRelu: boolean,
  threads?: number,
): ChosenPool {
  const { d, places } = form;
  const key = poolKey(isRelu ? "maxPoolChoice after ReLU" : "maxPoolChoice", form);
  const found = perform(machine, poolThreads(form, threads), key, [numbersOf(Z)], (work, Z) => {
    const [to, choice] = [work.room(d * places * work.bytes), work.room(d * places * work.bytes)];
    work.run(tasksOf(work, "largest", form, { z: work.put(Z), to, choice }, isRelu));
    return { Z: work.take(to, d * places), choice: work.take(choice, d * places) };
  });
  return { Z: columnMajor(d, places, found.Z), choice: columnMajor(d, places, found.choice) };
}

/** The entries of R that were chosen, as numeric's chosenEntries. */
export function engineChosenEntries(
  machine: Machine,
  form: PoolForm,
  R: Matrix,
  choice: Matrix,
  threads?: number,
): Matrix {
  const { d, places } = form;
  const numbers = [numbersOf(R), numbersOf(choice)];
  const key = poolKey("chosenEntries", form);
  const { pooled } = perform(machine, poolThreads(form, threads), key, numbers, (work, R, choice) => {
    const to = work.room(d * places * work.bytes);
    work.run(tasksOf(work, "chosen", form, { z: work.put(R), to, choice: work.put(choice) }));
    return { pooled: work.take(to, d * places) };
  });
  return columnMajor(d, places, pooled);
}

/** Each entry of V where it was chosen, as numeric's chosenTranspose. */
export function engineChosenTranspose(
  machine: Machine,
  form: PoolForm,
  V: Matrix,
  choice: Matrix,
  threads?: number,
): Matrix {
  const { a, b, d, q, pixels, batch } = form;
  const n = d * pixels * batch;
  const numbers = [numbersOf(V), numbersOf(choice)];
  const key = poolKey("chosenTranspose", form);
  const { Z } = perform(machine, poolThreads(form, threads), key, numbers, (work, V, choice) => {
    const z = work.room(n * work.bytes);
    if (a % q > 0 || b % q > 0) work.run(clearTasks(z, n * work.bytes));
    work.run(tasksOf(work, "sendBack", form, { z, to: work.put(V), choice: work.put(choice) }));
    return { Z: work.take(z, n) };
  });
  return columnMajor(d, pixels * batch, Z);
}

function tasksOf(
  work: Workspace,
  way: keyof typeof choiceTasks,
  form: PoolForm,
  { z, to, choice }: Readonly<Record<"z" | "to" | "choice", number>>,
  isRelu = false,
): Task[] {
  return windowParts(form).map(({ first, pooled, sizes }) =>
    choiceTasks[way]({
      ...{ z: z + first * work.bytes, to: to + pooled * work.bytes, choice: choice + pooled * work.bytes },
      ...{ ...sizes, isRelu: Number(isRelu) },
    }),
  );
}
