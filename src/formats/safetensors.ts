/** Matrices in the safetensors format of Hugging Face: a length, a header in JSON, the numbers; nothing can run. */

import { checkFinite, checkMatrix } from "../numeric/check.js";
import type { MatrixOptions } from "../numeric/matrix.js";
import { checkOptions } from "../numeric/options.js";
import type { Matrix } from "../numeric/storage.js";
import { checkObject } from "../shape.js";
import {
  arraySize,
  bytesOfNumbers,
  checkBytes,
  fromRowOrder,
  inRowOrder,
  type NumberTypeName,
  numberTypes,
  readNumbers,
} from "./numberTypes.js";

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const types: Readonly<Record<string, NumberTypeName>> = {
  ...{ F64: "f8", F32: "f4", F16: "f2", BF16: "bf2", I64: "i8", I32: "i4", I16: "i2", I8: "i1" },
  ...{ U64: "u8", U32: "u4", U16: "u2", U8: "u1", BOOL: "b1" },
};
const metadata = "__metadata__";
const lengthBytes = 8;
const mostHeader = 100_000_000;

/**
 * Matrices under their names as a safetensors file: float32 or float64 as each is, row by row, as the format wants it.
 * Float64 comes first, then by name: the order of its own library.
 *
 * @example
 * readSafetensors(safetensors({ W: matrix([[1, 2]]), b: matrix([[3]]) }))
 */
export function safetensors(matrices: Readonly<Record<string, Matrix>>): Uint8Array {
  checkObject("safetensors", "the matrices", matrices, "{ name: Matrix, … }");
  const parts = Object.entries(matrices).map(([name, M]) => part(name, M));
  parts.sort(
    (p, q) => q.numbers.BYTES_PER_ELEMENT - p.numbers.BYTES_PER_ELEMENT || (p.name < q.name ? -1 : 1),
  );
  let at = 0;
  const header = parts.map(({ name, M, numbers }) => {
    const from = at;
    at += numbers.byteLength;
    const dtype = numbers instanceof Float32Array ? "F32" : "F64";
    return [name, { dtype, shape: [M.rows, M.cols], data_offsets: [from, at] }] as const;
  });
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const start = lengthBytes + Math.ceil(text.length / lengthBytes) * lengthBytes;
  const bytes = new Uint8Array(start + at).fill(0x20, 0, start);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(start - lengthBytes), true);
  bytes.set(text, lengthBytes);
  for (const [k, { numbers }] of parts.entries()) {
    bytes.set(bytesOfNumbers(numbers), start + (header[k] as (typeof header)[number])[1].data_offsets[0]);
  }
  return bytes;
}

function part(name: string, M: Matrix): { name: string; M: Matrix; numbers: Float64Array | Float32Array } {
  checkMatrix("safetensors", name, M);
  if (name === metadata)
    throw new RangeError(`safetensors: a matrix cannot be called ${metadata}; the format uses it`);
  return { name, M, numbers: inRowOrder(M) };
}

/**
 * The matrices of a safetensors file by their names; vectors are columns, `__metadata__` is left out. F32, F16 and
 * BF16 come in float32, everything else comes in float64. Throws Error or RangeError that names the tensor and says what is wrong.
 */
export function readSafetensors(bytes: Uint8Array, options: MatrixOptions = {}): Record<string, Matrix> {
  checkBytes("readSafetensors", bytes);
  checkOptions("readSafetensors", options, ["nonFinite"]);
  const { entries, data } = read(bytes);
  checkCovered(entries, data.length);
  const found = entries.map(([name, { dtype, shape, data_offsets }]) => {
    const operation = `readSafetensors: ${name}`;
    const { rows, cols } = arraySize(operation, shape);
    const numbers = readNumbers(operation, data.subarray(...data_offsets), types[dtype] as NumberTypeName);
    const M = fromRowOrder(rows, cols, numbers);
    if (!options.nonFinite) checkFinite(operation, M);
    return [name, M] as const;
  });
  return Object.fromEntries(found);
}

function read(bytes: Uint8Array): { entries: [string, Entry][]; data: Uint8Array } {
  const fail = (why: string) =>
    new Error(`readSafetensors: this is no safetensors file, or it is cut: ${why}`);
  if (bytes.length < lengthBytes) throw fail(`it has ${bytes.length} bytes`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const start = lengthBytes + length;
  if (length > mostHeader || start > bytes.length) throw fail(`its header would have ${length} bytes`);
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(lengthBytes, start)));
  } catch (cause) {
    throw fail(`its header is no JSON: ${(cause as Error).message}`);
  }
  if (typeof header !== "object" || header === null || Array.isArray(header))
    throw fail("its header is no object");
  const entries = Object.entries(header).filter(([name]) => name !== metadata);
  for (const [name, entry] of entries) checkEntry(name, entry);
  return { entries: entries as [string, Entry][], data: bytes.subarray(start) };
}

function checkEntry(name: string, entry: unknown): asserts entry is Entry {
  const { dtype, shape, data_offsets } = (entry ?? {}) as { [field in keyof Entry]: unknown };
  const fail = (why: string) => new Error(`readSafetensors: ${name}: ${why}`);
  if (typeof dtype !== "string" || !Object.hasOwn(types, dtype)) {
    throw fail(`the numbers are ${JSON.stringify(dtype)}; needed ${Object.keys(types).join(", ")}`);
  }
  if (!areCounts(shape)) throw fail(`the shape is ${JSON.stringify(shape)}; needed whole numbers`);
  if (!areCounts(data_offsets) || data_offsets.length !== 2) {
    throw fail(`data_offsets is ${JSON.stringify(data_offsets)}; needed two places`);
  }
  const [came, size] = [data_offsets[1] - data_offsets[0], numberTypes[types[dtype]].bytes];
  const needed = shape.reduce((product, n) => product * n, size);
  if (came !== needed)
    throw fail(`${came} bytes of numbers; needed ${needed} for (${shape.join(", ")}) of ${dtype}`);
}

function areCounts(list: unknown): list is number[] {
  return Array.isArray(list) && list.every((n) => Number.isSafeInteger(n) && n >= 0);
}

/** Throws Error unless the tensors follow one another from the first byte to the last: what lies twice, or nowhere, is damage. */
function checkCovered(entries: readonly [string, Entry][], length: number): void {
  let at = 0;
  for (const [name, { data_offsets }] of [...entries].sort(
    ([, p], [, q]) => p.data_offsets[0] - q.data_offsets[0],
  )) {
    if (data_offsets[0] !== at)
      throw new Error(`readSafetensors: ${name} begins at byte ${data_offsets[0]}; needed ${at}`);
    at = data_offsets[1];
  }
  if (at !== length) throw new Error(`readSafetensors: ${length} bytes of numbers came; needed ${at}`);
}
