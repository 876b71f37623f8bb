/** Max pooling by choice by the engine where images are large enough, by the plain reference elsewhere. */

import {
  engineChosenEntries,
  engineChosenTranspose,
  engineMaxPoolChoice,
} from "../engine/operations/choice.js";
import {
  type ChosenPool,
  chosenEntries as plainChosenEntries,
  chosenTranspose as plainChosenTranspose,
  maxPoolChoice as plainMaxPoolChoice,
} from "../numeric/choice.js";
import { type PoolSize, poolForm, poolTransposeForm } from "../numeric/pool.js";
import type { Matrix } from "../numeric/storage.js";
import { poolMachine } from "./pool.js";

/** How many threads may work; default: what the machine has. */
interface Threads {
  readonly threads?: number | undefined;
}

/** The largest entry of each window of Z, and which it is; none where it is not above 0 and `isRelu`. */
export function maxPoolChoice(
  Z: Matrix,
  size: PoolSize,
  { isRelu, threads }: Threads & { readonly isRelu: boolean },
): ChosenPool {
  const form = poolForm("maxPoolChoice", Z, size);
  const machine = poolMachine(form, Z);
  if (machine === undefined) return plainMaxPoolChoice(Z, size, isRelu);
  return engineMaxPoolChoice(machine, form, Z, isRelu, threads);
}

/** (I ⊙ P_pool) vec(R) as images, X26; as large as `choice`. */
export function chosenEntries(R: Matrix, choice: Matrix, size: PoolSize, { threads }: Threads): Matrix {
  const form = poolForm("chosenEntries", R, size);
  const machine = poolMachine(form, R, choice);
  if (machine === undefined) return plainChosenEntries(R, choice, size);
  return engineChosenEntries(machine, form, R, choice, threads);
}

/** mat((I ⊙ P_pool)ᵀ vec(V)), X15: d × a·b·l. */
export function chosenTranspose(V: Matrix, choice: Matrix, size: PoolSize, { threads }: Threads): Matrix {
  const form = poolTransposeForm("chosenTranspose", V, size);
  const machine = poolMachine(form, V, choice);
  if (machine === undefined) return plainChosenTranspose(V, choice, size);
  return engineChosenTranspose(machine, form, V, choice, threads);
}
