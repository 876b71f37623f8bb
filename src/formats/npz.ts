/** Several matrices in one file, as NumPy keeps them: a zip file with an .npy file for each. */

import { unzipSync, zipSync } from "fflate";
import type { MatrixOptions } from "../numeric/matrix.js";
import { checkOptions } from "../numeric/options.js";
import type { Matrix } from "../numeric/storage.js";
import { checkObject } from "../shape.js";
import { crc32 } from "./checksums.js";
import { type NpyOptions, npy, npyMatrix } from "./npy.js";
import { checkBytes } from "./numberTypes.js";

/** How matrices are stored. */
export interface NpzOptions extends NpyOptions {
  /** As numpy.savez_compressed does; default false, as numpy.savez. */
  readonly compressed?: boolean;
}

/** What is read. */
export interface ReadNpzOptions extends MatrixOptions {
  /** The arrays that are wanted; whatever else there is, such as texts, is not looked at. Default: all. */
  readonly names?: readonly string[];
}

/** Deflate makes 1032 bytes of one at most: a size above that is no size. */
const mostDeflated = 1032;

/**
 * Matrices under their names as an .npz file, which numpy.load opens. The same matrices give the same bytes: no time is in
 * them.
 *
 * @example
 * readNpz(npz({ W: matrix([[1, 2]]), b: matrix([[3]]) }))
 */
export function npz(matrices: Readonly<Record<string, Matrix>>, options: NpzOptions = {}): Uint8Array {
  checkObject("npz", "the matrices", matrices, "{ name: Matrix, … }");
  checkOptions("npz", options, ["fortranOrder", "compressed"]);
  const { compressed = false, ...order } = options;
  const files = Object.entries(matrices).map(([name, M]) => [`${name}.npy`, npy(M, order)] as const);
  return zipSync(Object.fromEntries(files), { level: compressed ? 6 : 0, mtime: new Date(1980, 0, 1) });
}

/**
 * The matrices of an .npz file by their names. Throws Error or RangeError that names the array and says what is wrong with
 * it.
 */
export function readNpz(bytes: Uint8Array, options: ReadNpzOptions = {}): Record<string, Matrix> {
  checkBytes("readNpz", bytes);
  checkOptions("readNpz", options, ["nonFinite", "names"]);
  const { names, ...values } = options;
  const sums = checksumsOf(bytes);
  const files = Object.entries(unzipped(bytes, names));
  return Object.fromEntries(
    files.map(([file, content]) => {
      if (sums.get(file) !== crc32(content))
        throw new Error(`readNpz: ${file} is damaged: its checksum is another`);
      const name = arrayName(file);
      return [name, npyMatrix(`readNpz: ${name}`, content, values)];
    }),
  );
}

function arrayName(file: string): string {
  return file.replace(/\.npy$/, "");
}

function unzipped(bytes: Uint8Array, names: readonly string[] | undefined): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        if (names?.includes(arrayName(name)) === false) return false;
        if (originalSize <= mostDeflated * (size + 1)) return true;
        throw new Error(`${name} says it has ${originalSize} bytes, made of ${size}`);
      },
    });
  } catch (cause) {
    throw new Error(`readNpz: the zip file is cut or damaged: ${(cause as Error).message}`, { cause });
  }
}

/** CRC-32 of each file, as the zip file's directory has it. */
function checksumsOf(bytes: Uint8Array): Map<string, number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const is = (at: number, signature: number): boolean =>
    at >= 0 && at + 22 <= bytes.length && view.getUint32(at, true) === signature;
  let end = bytes.length - 22;
  while (end >= 0 && !is(end, 0x06054b50)) end--;
  if (end < 0) throw new Error("readNpz: this is no .npz file: a zip file's directory is not there");
  const sums = new Map<string, number>();
  for (let at = view.getUint32(end + 16, true); is(at, 0x02014b50); ) {
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [
      number,
      number,
      number,
    ];
    sums.set(
      new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)),
      view.getUint32(at + 16, true),
    );
    at += 46 + name + extra + comment;
  }
  return sums;
}
