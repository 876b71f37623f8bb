import assert from "node:assert/strict";
import { deflateSync } from "node:zlib";
import { readMat } from "../../src/formats/readMat.js";
import { toRows } from "../../src/numeric/matrix.js";

type Order = "LE" | "BE";

/** An element of a MAT file: its tag and data, on a multiple of 8 bytes. */
function element(type: number, data: Uint8Array, order: Order = "LE"): Buffer {
  const tag = Buffer.alloc(8);
  tag[`writeUInt32${order}`](type, 0);
  tag[`writeUInt32${order}`](data.length, 4);
  return Buffer.concat([tag, data, Buffer.alloc((8 - (data.length % 8)) % 8)]);
}

function words(numbers: readonly number[], order: Order = "LE"): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [k, n] of numbers.entries()) bytes[`writeInt32${order}`](n, 4 * k);
  return bytes;
}

function doubles(numbers: readonly number[], order: Order = "LE"): Buffer {
  const bytes = Buffer.alloc(8 * numbers.length);
  for (const [k, x] of numbers.entries()) bytes[`writeDouble${order}`](x, 8 * k);
  return bytes;
}

/** An array of a class, sizes and name, with its contents. */
function array(
  kind: number,
  sizes: readonly number[],
  name: string,
  contents: readonly Buffer[],
  order: Order = "LE",
): Buffer {
  const flags = element(6, words([kind, 0], order), order);
  const front = [flags, element(5, words(sizes, order), order), element(1, Buffer.from(name), order)];
  return element(14, Buffer.concat([...front, ...contents]), order);
}

function file(elements: readonly Buffer[], order: Order = "LE"): Buffer {
  const header = Buffer.alloc(128, " ");
  header.write("MATLAB 5.0 MAT-file, by hand");
  header[`writeUInt16${order}`](0x0100, 124);
  header.write(order === "LE" ? "IM" : "MI", 126);
  return Buffer.concat([header, ...elements]);
}

function compressed(inside: Buffer): Buffer {
  const data = deflateSync(inside);
  const tag = words([15, data.length]);
  return Buffer.concat([tag, data]);
}

describe("readMat", () => {
  for (const order of ["LE", "BE"] as const) {
    it(`reads full and sparse matrices column by column, ${order === "LE" ? "little" : "big"} endian`, () => {
      const A = array(6, [2, 3], "A", [element(9, doubles([1, 2, 3, 4, 5, 6], order), order)], order);
      // entries (2, 1) = 7, (1, 3) = 8, (2, 3) = 9
      const places = [
        element(5, words([1, 0, 1], order), order),
        element(5, words([0, 1, 1, 3], order), order),
      ];
      const S = array(5, [2, 3], "S", [...places, element(9, doubles([7, 8, 9], order), order)], order);
      const found = readMat(file([A, S], order));
      assert.deepEqual(toRows(found.A!), [
        [1, 3, 5],
        [2, 4, 6],
      ]);
      assert.deepEqual(toRows(found.S!), [
        [0, 0, 8],
        [7, 0, 9],
      ]);
    });
  }

  it("reads small elements, which stand in their tag, and compressed ones", () => {
    const small = Buffer.from([2, 0, 3, 0, 4, 5, 6, 0]); // three numbers of one byte
    const v = array(9, [1, 3], "v", [small]);
    assert.deepEqual(toRows(readMat(file([v])).v!), [[4, 5, 6]]);
    assert.deepEqual(readMat(file([compressed(v)])), readMat(file([v])));
  });

  it("reads a sparse matrix of truth values as Octave writes it, under the class of its entries", () => {
    const l = array(0x209, [2, 3], "l", [
      element(5, words([0, 1, 0])),
      element(5, words([0, 2, 2, 3])),
      element(9, doubles([1, 1, 1])),
    ]);
    assert.deepEqual(toRows(readMat(file([l])).l!), [
      [1, 0, 1],
      [1, 0, 0],
    ]);
  });

  const A = array(6, [2, 1], "A", [element(9, doubles([1, 2]))]);
  const sparse = (places: number[], begins: number[]) =>
    file([
      array(5, [2, 2], "S", [
        element(5, words(places)),
        element(5, words(begins)),
        element(9, doubles([1, 2])),
      ]),
    ]);
  const flipped = compressed(A);
  flipped[flipped.length - 1] ^= 1;
  const bad: [string, Uint8Array, RegExp][] = [
    ["another file", Buffer.alloc(200), /no MAT file of level 5/],
    ["a short file", Buffer.from("MATLAB 5.0"), /no MAT file of level 5/],
    [
      "version 7.3",
      Buffer.concat([Buffer.from("MATLAB 7.3 MAT-file".padEnd(124)), Buffer.from([0, 2]), Buffer.from("IM")]),
      /version 7\.3 \(HDF5\).*-v7/,
    ],
    ["a cut element", file([A.subarray(0, A.length - 8)]), /an element of \d+ bytes is cut/],
    ["a cut tag", file([A, Buffer.alloc(3)]), /cut within a tag/],
    [
      "a compressed array that is cut",
      file([compressed(A).subarray(0, 30)]),
      /an element of \d+ bytes is cut/,
    ],
    [
      "a compressed array with another checksum",
      file([flipped]),
      /compressed array is cut or damaged: its checksum/,
    ],
    [
      "a compressed array that is none",
      file([Buffer.concat([words([15, 8]), Buffer.alloc(8, 7)])]),
      /compressed array is cut or damaged/,
    ],
    [
      "too few numbers",
      file([array(6, [2, 2], "A", [element(9, doubles([1, 2]))])]),
      /A: 2 numbers came; needed 2 · 2/,
    ],
    ["sparse entries outside", sparse([0, 5], [0, 1, 2]), /S: the sparse matrix's entries do not fit 2 × 2/],
    [
      "sparse entries before the first row",
      sparse([0, -1], [0, 1, 2]),
      /S: the sparse matrix's entries do not fit/,
    ],
    ["sparse columns that go back", sparse([0, 1], [0, 2, 1]), /S: the sparse matrix's entries do not fit/],
    ["sparse columns too few", sparse([0, 1], [0, 2]), /S: the sparse matrix's entries do not fit/],
    [
      "sparse entries that are not there",
      sparse([0, 1], [0, 2, 9]),
      /S: the sparse matrix's entries do not fit/,
    ],
    [
      "texts where numbers stand",
      file([array(6, [1, 1], "A", [element(16, Buffer.from("abcd"))])]),
      /A: an element has type 16/,
    ],
    [
      "NaN",
      file([array(6, [1, 1], "A", [element(9, doubles([Number.NaN]))])]),
      /readMat: A: entry \(1, 1\) is NaN/,
    ],
  ];
  for (const [what, bytes, why] of bad)
    it(`refuses ${what}`, () => {
      assert.throws(
        () => readMat(bytes),
        (error: Error) => why.test(error.message) && error.message.startsWith("readMat: "),
      );
    });
});
