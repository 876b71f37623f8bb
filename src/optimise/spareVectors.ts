/** Vectors like θ that nobody needs any more, for the next one: new memory costs more than the sum that it is for. */

/** So many wait: as many as a tree of sums has branches open. */
const most = 16;

const spare: Float64Array[] = [];

/** n numbers, whatever they are. */
export function spareVector(n: number): Float64Array {
  const found = spare.findIndex(({ length }) => length === n);
  return found < 0 ? new Float64Array(n) : spare.splice(found, 1)[0];
}

/** Gives a vector back that nobody reads any more. */
export function giveBack(vector: Float64Array): void {
  if (vector.byteLength === vector.buffer.byteLength && spare.push(vector) > most) spare.shift();
}
