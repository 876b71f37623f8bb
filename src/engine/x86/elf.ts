/**
 * Machine code as a file that the dynamic linker opens: an ELF shared object (System V ABI, "Object files", and its
 * supplement for AMD64). Three parts, each on pages of its own with rights of its own: tables to read, code to run, and
 * a table of imported addresses to write. Nothing can be both written and run.
 */

/** What a shared object is made of; positions are bytes from the begin of the code. */
export interface SharedObject {
  readonly code: Uint8Array;
  /** Functions that others find by their names. */
  readonly exported: Readonly<Record<string, number>>;
  /** Functions of the program that opens it: their addresses are written into the table, in this order. */
  readonly imported: readonly string[];
}

const page = 4096;
const [headerBytes, segmentBytes, symbolBytes, relocationBytes] = [64, 56, 24, 24];
const segments = 5;

/** Where the table of imported addresses begins, from the begin of the code: on the page after it. */
export function importTable(codeBytes: number): number {
  return pages(codeBytes);
}

function pages(bytes: number): number {
  return Math.ceil(bytes / page) * page;
}

/** The file. */
export function sharedObject({ code, exported, imported }: SharedObject): Uint8Array {
  const tables = tablesOf({ code, exported, imported });
  const [codeFrom, tableFrom] = [page, page + importTable(code.length)];
  const dynamicFrom = tableFrom + 8 * imported.length;
  const dynamic = dynamicSection(tables);
  const end = dynamicFrom + dynamic.length;
  const file = new Uint8Array(end);
  const view = new DataView(file.buffer);
  writeHeader(view);
  writeSegment(view, 0, { ...load, rights: 4, from: 0, bytes: tables.end });
  writeSegment(view, 1, { ...load, rights: 5, from: codeFrom, bytes: code.length });
  writeSegment(view, 2, { ...load, rights: 6, from: tableFrom, bytes: end - tableFrom });
  writeSegment(view, 3, { type: 2, rights: 6, from: dynamicFrom, bytes: dynamic.length, align: 8 });
  writeSegment(view, 4, { type: 0x6474e551, rights: 6, from: 0, bytes: 0, align: 16 }); // a stack that is not run
  for (const { from, bytes } of tables.parts) file.set(bytes, from);
  file.set(code, codeFrom);
  file.set(dynamic, dynamicFrom);
  return file;
}

/** ELF64, little endian, a shared object for x86-64. */
function writeHeader(view: DataView): void {
  [0x7f, 0x45, 0x4c, 0x46, 2, 1, 1].forEach((byte, k) => {
    view.setUint8(k, byte);
  });
  view.setUint16(16, 3, true);
  view.setUint16(18, 62, true);
  view.setUint32(20, 1, true);
  view.setUint32(32, headerBytes, true); // where the list of segments is
  view.setUint16(52, headerBytes, true);
  view.setUint16(54, segmentBytes, true);
  view.setUint16(56, segments, true);
}

/** A part of the file and how it is mapped: 1 executed, 2 written, 4 read, added. */
interface Segment {
  readonly type: number;
  readonly rights: number;
  readonly from: number;
  readonly bytes: number;
  readonly align: number;
}

const load = { type: 1, align: page } as const;

function writeSegment(view: DataView, k: number, { type, rights, from, bytes, align }: Segment): void {
  const at = headerBytes + segmentBytes * k;
  view.setUint32(at, type, true);
  view.setUint32(at + 4, rights, true);
  [from, from, from, bytes, bytes, align].forEach((value, field) => {
    view.setUint32(at + 8 + 8 * field, value, true);
  });
}

/** Tables that the linker reads, where each is, and where they end. */
interface Tables {
  readonly parts: readonly { readonly from: number; readonly bytes: Uint8Array }[];
  readonly hash: number;
  readonly names: number;
  readonly nameBytes: number;
  readonly symbols: number;
  readonly relocations: number;
  readonly relocationBytes: number;
  readonly end: number;
}

/** Imported symbols come first: symbol k + 1 is imported function k. */
function tablesOf({ code, exported, imported }: SharedObject): Tables {
  const names = [...imported, ...Object.keys(exported)];
  const values = [...imported.map(() => 0), ...Object.values(exported).map((position) => page + position)];
  const text = namesOf(names);
  const table = page + importTable(code.length);
  const parts: { from: number; bytes: Uint8Array }[] = [];
  let end = headerBytes + segments * segmentBytes;
  const put = (bytes: Uint8Array): number => {
    const from = Math.ceil(end / 8) * 8;
    parts.push({ from, bytes });
    end = from + bytes.length;
    return from;
  };
  const found = {
    hash: put(hashOf(names.length + 1)),
    names: put(text.bytes),
    symbols: put(symbolsOf(text.positions, values)),
    relocations: put(relocationsOf(imported.length, table)),
  };
  if (end > page) throw new Error(`x86: tables of ${end} bytes; there is room for ${page}`);
  const sizes = { nameBytes: text.bytes.length, relocationBytes: relocationBytes * imported.length };
  return { ...found, ...sizes, parts, end };
}

/** Names behind one another, each ended by 0; the first is empty. */
function namesOf(names: readonly string[]): { readonly bytes: Uint8Array; readonly positions: number[] } {
  let text = "\0";
  const positions = names.map((name) => {
    const position = text.length;
    text += `${name}\0`;
    return position;
  });
  return { bytes: new TextEncoder().encode(text), positions };
}

/** A hash table with one bucket: all symbols in one chain. */
function hashOf(symbols: number): Uint8Array {
  const chain = Array.from({ length: symbols }, (_, k) => (k === 0 ? 0 : (k + 1) % symbols));
  return new Uint8Array(Uint32Array.of(1, symbols, 1, 0, ...chain.slice(1)).buffer);
}

/** Global functions; one with the value 0 is defined elsewhere. */
function symbolsOf(names: readonly number[], values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(symbolBytes * (names.length + 1));
  names.forEach((name, k) => {
    const view = new DataView(bytes.buffer, symbolBytes * (k + 1));
    view.setUint32(0, name, true);
    view.setUint8(4, 0x12);
    view.setUint16(6, values[k] === 0 ? 0 : 1, true);
    view.setUint32(8, values[k]!, true);
  });
  return bytes;
}

/** Word k of the import table := the address of imported function k (R_X86_64_GLOB_DAT). */
function relocationsOf(count: number, table: number): Uint8Array {
  const bytes = new Uint8Array(relocationBytes * count);
  for (let k = 0; k < count; k++) {
    const view = new DataView(bytes.buffer, relocationBytes * k);
    view.setUint32(0, table + 8 * k, true);
    view.setUint32(8, 6, true);
    view.setUint32(12, k + 1, true);
  }
  return bytes;
}

/** Where the linker finds what: tags and values; all addresses are resolved when the file is opened. */
function dynamicSection(tables: Tables): Uint8Array {
  const { hash, names, symbols, relocations, relocationBytes: bytes, nameBytes } = tables;
  const bindNow = 8;
  const tags: readonly (readonly [number, number])[] = [
    ...([
      [4, hash],
      [5, names],
      [6, symbols],
      [10, nameBytes],
      [11, symbolBytes],
    ] as const),
    ...([
      [7, relocations],
      [8, bytes],
      [9, relocationBytes],
      [30, bindNow],
      [0, 0],
    ] as const),
  ];
  return new Uint8Array(BigUint64Array.from(tags.flat().map(BigInt)).buffer);
}
