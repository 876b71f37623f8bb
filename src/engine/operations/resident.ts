import { checkMatrix } from "../../numeric/check.js";
import { columnMajor, type Matrix } from "../../numeric/storage.js";
import { machineOf } from "../choose/choose.js";

/**
 * M in the engine's memory: a copy that layers read where it lies. What a layer returns lives there already. The
 * memory is given back when the matrix and all views of its data have gone. M itself where there is no engine, or it
 * has no room left.
 */
export function resident(M: Matrix): Matrix {
  checkMatrix("resident", "M", M);
  const machine = machineOf(M);
  const bytes = M.data.byteLength;
  if (machine === undefined || machine.residence.addressOf(M.data) !== undefined) return M;
  if (!machine.residence.hasRoom(bytes)) return M;
  const address = machine.arena.allocate(bytes);
  const data = machine.residence.keep(address, M.data.length, machine.library.style.type.bytes);
  data.set(M.data);
  return columnMajor(M.rows, M.cols, data);
}

/**
 * A copy of M that nobody will change: what a layer makes of frozen filters W, the whole copy or a part of it, packed panels or Winograd's transform, is
 * kept for the next call (256 MiB for all), until the copy has gone or is released. For evaluation, and for many
 * products with one θ, as in Newton-CG. Whether a layer sees a later change of the copy's data is not defined; M may change.
 */
export function frozen(M: Matrix): Matrix {
  checkMatrix("frozen", "M", M);
  const copy = columnMajor(M.rows, M.cols, M.data.slice());
  machineOf(copy)?.forms.freeze(copy.data);
  return copy;
}

/**
 * Gives the memory of matrices back at once, instead of when the collector finds that they have gone: for loops that
 * make many. They and all views of their data must not be used any more. Matrices elsewhere, and
 * parts of a larger one (a layer's filters in θ), are left alone.
 */
export function release(...matrices: Matrix[]): void {
  for (const M of matrices) {
    checkMatrix("release", "M", M);
    const machine = machineOf(M);
    machine?.forms.release(M.data);
    machine?.residence.release(M.data);
  }
}
