/** An array of a MAT file of level 5: flags, sizes, name, numbers. */

import { type Numbers, zeros } from "../numeric/storage.js";
import { elementsOf, type MatElement, matNumbers, matTypes } from "./matElements.js";
import { readNumbers } from "./numberTypes.js";

/** Numbers column by column under a name. */
export interface MatArray {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  readonly numbers: Numbers;
}

const sparse = 5;
const single = 7;
/** Classes from double on to uint64 are full arrays of numbers. */
const full = { least: 6, most: 15 } as const;
const complex = 0x0800;

/** The array that an element holds; undefined for texts, cells, structures, complex numbers and empty arrays. */
export function matArray({ type, data }: MatElement, isLittle: boolean): MatArray | undefined {
  if (type !== matTypes.matrix) return undefined;
  const [flagWords, sizes, nameBytes, ...content] = elementsOf(data, isLittle);
  if (nameBytes === undefined) return undefined;
  const name = new TextDecoder().decode(nameBytes.data);
  const [flags] = numbersIn(name, flagWords, isLittle);
  const [rows, ...others] = numbersIn(name, sizes, isLittle);
  const cols = others.reduce((product, n) => product * n, 1);
  const kind = flags & 255;
  const isNumeric = kind === sparse || (kind >= full.least && kind <= full.most);
  if (!isNumeric || (flags & complex) !== 0 || rows * cols === 0) return undefined;
  const parts = content.map((element) => numbersIn(name, element, isLittle));
  // Octave writes a sparse matrix of truth values under the class of its entries
  if (kind === sparse || parts.length === 3)
    return { name, rows, cols, numbers: writtenOut(name, rows, cols, parts) };
  const [numbers = new Float64Array()] = parts;
  if (numbers.length !== rows * cols) {
    throw new RangeError(`readMat: ${name}: ${numbers.length} numbers came; needed ${rows} · ${cols}`);
  }
  return {
    name,
    rows,
    cols,
    numbers: kind === single ? Float32Array.from(numbers) : Float64Array.from(numbers),
  };
}

/** The numbers of an element: whole ones are stored in as few bytes as they need, whatever their array's class is. */
function numbersIn(name: string, { type, data }: MatElement, isLittle: boolean): Numbers {
  const stored = matNumbers[type];
  if (stored !== undefined) return readNumbers(`readMat: ${name}`, data, stored, { isLittle });
  throw new Error(`readMat: ${name}: an element has type ${type}; needed numbers`);
}

/** A sparse matrix in full: the rows of its entries, where each column begins among them, and the entries. */
function writtenOut(
  name: string,
  rows: number,
  cols: number,
  [places, begins, entries]: readonly Numbers[],
): Numbers {
  const fail = () =>
    new RangeError(`readMat: ${name}: the sparse matrix's entries do not fit ${rows} × ${cols}`);
  if (places === undefined || begins === undefined || begins.length !== cols + 1) throw fail();
  const { data } = zeros(rows, cols);
  for (let j = 0; j < cols; j++) {
    if (begins[j] > begins[j + 1]) throw fail();
    for (let k = begins[j]; k < begins[j + 1]; k++) {
      const [i, x] = [places[k], entries?.[k]];
      if (x === undefined || !(i >= 0 && i < rows)) throw fail();
      data[i + rows * j] = x;
    }
  }
  return data;
}
