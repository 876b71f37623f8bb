/** Matrices of MATLAB's MAT files of level 5, which MATLAB's and Octave's save -v7 and -v6 write. */

import { unzlibSync } from "fflate";
import { checkFinite } from "../numeric/check.js";
import type { MatrixOptions } from "../numeric/matrix.js";
import { checkOptions } from "../numeric/options.js";
import { columnMajor, type Matrix } from "../numeric/storage.js";
import { adler32 } from "./checksums.js";
import { matArray } from "./matArray.js";
import { elementsOf, type MatElement, matOrder, matTypes } from "./matElements.js";
import { checkBytes } from "./numberTypes.js";

/**
 * The matrices of numbers in a MAT file of level 5 by their names: full, sparse (written out), whole numbers and truth
 * values; an array of more dimensions is what reshape(A, size(A, 1), []) gives. Texts, cells, structures and complex
 * numbers are left out. Single precision stays float32, everything else comes in float64. Throws Error or RangeError that
 * says what is wrong with the file: one of version 7.3 is HDF5, and is refused.
 */
export function readMat(bytes: Uint8Array, options: MatrixOptions = {}): Record<string, Matrix> {
  checkBytes("readMat", bytes);
  checkOptions("readMat", options, ["nonFinite"]);
  const isLittle = matOrder(bytes);
  const found: [string, Matrix][] = [];
  for (const element of elementsOf(bytes.subarray(128), isLittle)) {
    const array = matArray(unpacked(element, isLittle), isLittle);
    if (array === undefined) continue;
    const { name, rows, cols, numbers } = array;
    const M = columnMajor(rows, cols, numbers);
    if (!options.nonFinite) checkFinite(`readMat: ${name}`, M);
    found.push([name, M]);
  }
  return Object.fromEntries(found);
}

/** What a compressed element holds, or the element itself. */
function unpacked(element: MatElement, isLittle: boolean): MatElement {
  if (element.type !== matTypes.compressed) return element;
  const { data } = element;
  try {
    const content = unzlibSync(data);
    const end = new DataView(data.buffer, data.byteOffset + data.byteLength - 4);
    if (end.getUint32(0) !== adler32(content)) throw new Error("its checksum is another");
    const [inside] = elementsOf(content, isLittle);
    if (inside !== undefined) return inside;
  } catch (cause) {
    throw new Error(`readMat: a compressed array is cut or damaged: ${(cause as Error).message}`, { cause });
  }
  throw new Error("readMat: a compressed array is empty");
}
