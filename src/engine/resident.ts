import { checkMatrix } from "../numeric/check.js";
import { columnMajor, type Matrix } from "../numeric/storage.js";
import { choice } from "./choose.js";
import type { Machine } from "./machine.js";

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
 * Gives the memory of matrices back at once, instead of when the collector finds that they have gone: for loops that
 * make many. They and all views of their data must not be used any more. Matrices elsewhere are left alone.
 */
export function release(...matrices: Matrix[]): void {
  for (const M of matrices) {
    checkMatrix("release", "M", M);
    machineOf(M)?.residence.release(M.data);
  }
}

function machineOf(M: Matrix): Machine | undefined {
  return choice(M.data instanceof Float32Array ? "float32" : "float64").machine;
}
