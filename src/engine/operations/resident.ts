import { checkMatrix, isMatrix } from "../../numeric/check.js";
import { columnMajor, isGivenBack, leaseOf, type Matrix, numbersOf } from "../../numeric/storage.js";
import { machineOf } from "../choose/choose.js";
import { EngineLease } from "../machine/engineLease.js";
import { currentScope } from "../machine/scope.js";

/**
 * M in the engine's memory: a copy that layers read where it lies. What a layer returns lives there already. The
 * memory is given back when the matrix and all views of its data have gone. M itself where there is no engine, or it
 * has no room left.
 */
export function resident(M: Matrix): Matrix {
  checkMatrix("resident", "M", M);
  const machine = machineOf(M);
  const given = numbersOf(M);
  if (machine === undefined || machine.residence.addressOf(given) !== undefined) return M;
  if (!machine.residence.hasRoom(given.byteLength)) return M;
  const address = machine.arena.allocate(given.byteLength);
  machine.numbers.set(given, address / given.BYTES_PER_ELEMENT);
  return columnMajor(M.rows, M.cols, machine.hold(address, given.length));
}

/**
 * A copy of M that nobody will change: what a layer makes of frozen filters W, the whole copy or a part of it, packed panels or Winograd's transform, is
 * kept for the next call (256 MiB for all), until the copy has gone or is released. For evaluation, and for many
 * products with one θ, as in Newton-CG. Whether a layer sees a later change of the copy's data is not defined; M may change.
 */
export function frozen(M: Matrix): Matrix {
  checkMatrix("frozen", "M", M);
  const numbers = numbersOf(M).slice();
  const forms = machineOf(M)?.forms;
  forms?.freeze(numbers);
  if (forms !== undefined) {
    currentScope()?.take({ key: numbers, end: () => forms.release(numbers), settle: () => {} });
  }
  return columnMajor(M.rows, M.cols, numbers);
}

/**
 * Gives the memory of matrices back at once, instead of when the collector finds that they have gone: for loops that
 * make many. Operations refuse them from then on; views of their data must not be used any more. Matrices elsewhere, and
 * parts of a larger one (a layer's filters in θ), are left alone.
 */
export function release(...matrices: Matrix[]): void {
  for (const M of matrices) {
    if (isMatrix(M) && isGivenBack(M)) continue;
    checkMatrix("release", "M", M);
    const machine = machineOf(M);
    const lease = leaseOf(M);
    if (lease instanceof EngineLease) lease.end();
    if (lease?.ended) continue;
    machine?.forms.release(M.data);
    machine?.residence.release(M.data);
  }
}
