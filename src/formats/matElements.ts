/** The elements of a MAT file of level 5: a tag, which says what follows and how many bytes of it, and the data. */

import type { NumberTypeName } from "./numberTypes.js";

/** What a tag announces, and the bytes of it. */
export interface MatElement {
  readonly type: number;
  readonly data: Uint8Array;
}

/** The types of elements that are no numbers. */
export const matTypes = { matrix: 14, compressed: 15 } as const;

/** The types of elements that are. */
export const matNumbers: Readonly<Record<number, NumberTypeName>> = {
  ...{ 1: "i1", 2: "u1", 3: "i2", 4: "u2", 5: "i4", 6: "u4", 7: "f4", 9: "f8", 12: "i8", 13: "u8" },
};

const header = 128;

/** Whether the file's numbers are little endian. Throws Error for what is no MAT file of level 5. */
export function matOrder(bytes: Uint8Array): boolean {
  const text = new TextDecoder("latin1").decode(bytes.subarray(0, header));
  if (text.startsWith("MATLAB 7.3")) {
    throw new Error("readMat: this is a MAT file of version 7.3 (HDF5); needed level 5: save it with -v7");
  }
  const order = text.slice(header - 2);
  const isLittle = order === "IM";
  const version = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if ((isLittle || order === "MI") && version.getUint16(header - 4, isLittle) === 0x0100) return isLittle;
  throw new Error("readMat: this is no MAT file of level 5 (save it with -v7), or it is cut");
}

/** The elements one after the other, each on a multiple of 8 bytes but compressed ones. Throws Error where one is cut. */
export function elementsOf(bytes: Uint8Array, isLittle: boolean): MatElement[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const elements: MatElement[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (bytes.length - at < 8) throw new Error("readMat: the file is cut within a tag");
    const word = view.getUint32(at, isLittle);
    const isSmall = word >>> 16 !== 0; // four bytes or fewer stand in the tag itself
    const [type, length] = isSmall ? [word & 0xffff, word >>> 16] : [word, view.getUint32(at + 4, isLittle)];
    const start = at + (isSmall ? 4 : 8);
    if (start + length > bytes.length || (isSmall && length > 4)) {
      throw new Error(`readMat: an element of ${length} bytes is cut: ${bytes.length - start} are there`);
    }
    elements.push({ type, data: bytes.subarray(start, start + length) });
    const isPadded = !isSmall && type !== matTypes.compressed;
    at = isSmall ? at + 8 : start + (isPadded ? Math.ceil(length / 8) * 8 : length);
  }
  return elements;
}
