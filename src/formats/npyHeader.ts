/** The header of an .npy file, as NumPy writes and reads it: numpy.lib.format, NEP 1. */

import { type NumberTypeName, numberTypes } from "./numberTypes.js";

/** What the header says of the numbers behind it. */
export interface NpyHeader {
  readonly type: NumberTypeName;
  readonly isLittle: boolean;
  readonly isFortran: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin. */
  readonly behind: number;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY
const alignment = 64;

/** \x93NUMPY, the version 1.0, the header's length and the header: a dictionary in Python's words, padded to 64 bytes. */
export function npyHeader(
  descr: string,
  isFortran: boolean,
  [rows, cols]: readonly [number, number],
): Uint8Array {
  // NumPy leaves room for a longer size too; up to 64 bytes of padding make that the same header of 128 bytes
  const text = `{'descr': '${descr}', 'fortran_order': ${isFortran ? "True" : "False"}, 'shape': (${rows}, ${cols}), }`;
  const front = magic.length + 4;
  const padding = alignment - ((front + text.length + 1) % alignment);
  const length = text.length + padding + 1;
  const header = new TextEncoder().encode(`${text}${" ".repeat(padding)}\n`);
  return Uint8Array.of(...magic, 1, 0, length & 255, length >> 8, ...header);
}

/** What the bytes begin with. Throws Error or RangeError that says what is wrong with it. */
export function readNpyHeader(operation: string, bytes: Uint8Array): NpyHeader {
  if (magic.some((byte, k) => bytes[k] !== byte)) {
    throw new Error(`${operation}: this is no .npy file, which begins with \\x93NUMPY`);
  }
  const [major, minor] = bytes.subarray(magic.length);
  if (!(major >= 1 && major <= 3 && minor === 0)) {
    throw new Error(`${operation}: the version is ${major}.${minor}; needed 1.0, 2.0 or 3.0`);
  }
  const start = magic.length + 2 + (major === 1 ? 2 : 4);
  if (bytes.length < start) throw new Error(`${operation}: the header is cut`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = major === 1 ? view.getUint16(start - 2, true) : view.getUint32(start - 4, true);
  const behind = start + length;
  if (bytes.length < behind) throw new Error(`${operation}: the header is cut`);
  return { ...dictionary(operation, new TextDecoder().decode(bytes.subarray(start, behind))), behind };
}

/** {'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }: these three keys in any order, and no other. */
function dictionary(operation: string, text: string): Omit<NpyHeader, "behind"> {
  const fail = (why: string) => new Error(`${operation}: the header ${JSON.stringify(text.trim())} ${why}`);
  const inside = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
  if (inside === undefined) throw fail("is no dictionary");
  const values = new Map<string, string>();
  const rest = inside.replace(
    /\s*(['"])(\w+)\1\s*:\s*(\([^()]*\)|'[^']*'|"[^"]*"|\w+)\s*(?:,|$)\s*/gy,
    (_all, _quote, key: string, value: string) => {
      values.set(key, value);
      return "";
    },
  );
  const known = ["descr", "fortran_order", "shape"];
  if (rest !== "" || values.size !== known.length || known.some((key) => !values.has(key))) {
    throw fail(
      `has not descr, fortran_order and shape alone${rest.includes("[(") ? ": records are not read" : ""}`,
    );
  }
  const order = values.get("fortran_order") as string;
  if (order !== "True" && order !== "False") throw fail("needs fortran_order True or False");
  const shape = shapeOf(values.get("shape") as string);
  if (shape === undefined) throw fail("needs a shape of whole numbers");
  return {
    ...typeOf(operation, (values.get("descr") as string).slice(1, -1)),
    isFortran: order === "True",
    shape,
  };
}

/** (3, 4), (3,) or (); Python 2 wrote (3L, 4L). */
function shapeOf(text: string): number[] | undefined {
  const inside = /^\(\s*((?:\d+L?\s*,\s*)*(?:\d+L?)?)\s*\)$/.exec(text)?.[1];
  if (inside === undefined || /^\d+L?$/.test(inside)) return undefined; // (3) is a number, and no tuple
  return [...inside.matchAll(/\d+/g)].map(Number);
}

const npyTypes: readonly string[] = Object.keys(numberTypes).filter((name) => name !== "bf2");

/** '<f8': the order of bytes and the type. */
function typeOf(operation: string, descr: string): Pick<NpyHeader, "type" | "isLittle"> {
  const [, order, name = ""] = /^([<>|=])(\w+)$/.exec(descr) ?? [];
  if (npyTypes.includes(name)) return { type: name as NumberTypeName, isLittle: order !== ">" };
  const why = descr === "|O" ? "; objects are not read: they are programs" : "";
  throw new RangeError(
    `${operation}: the numbers are ${JSON.stringify(descr)}${why}; needed ${npyTypes.join(", ")}`,
  );
}
