import assert from "node:assert/strict";
import fc from "fast-check";
import { npy, readNpy } from "../../src/formats/npy.js";
import { matrix, toRows } from "../../src/numeric/matrix.js";
import { anyMatrix } from "./given.js";

/** What NumPy 2.4.6 wrote for arange(6.0).reshape(2, 3), its first 128 bytes as text; then 48 bytes of numbers. */
const header = (order: string, shape: string, length: number) =>
  `\x93NUMPY\x01\x00\x76\x00{'descr': '<f8', 'fortran_order': ${order}, 'shape': ${shape}, }`.padEnd(
    length - 1,
  ) + "\n";

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

/** An .npy file with a header of one's own. */
const file = (words: string, data: ArrayLike<number> = [], version = 1) => {
  const long = version === 1 ? [words.length & 255, words.length >> 8] : [words.length, 0, 0, 0];
  return Buffer.concat([
    Buffer.from([0x93, ...Buffer.from("NUMPY"), version, 0, ...long]),
    Buffer.from(words),
    Buffer.from(Array.from(data)),
  ]);
};
const f8 = (...numbers: number[]) => new Uint8Array(Float64Array.from(numbers).buffer);

describe("npy", () => {
  const M = matrix([
    [0, 1, 2],
    [3, 4, 5],
  ]);

  it("writes row by row what numpy.save writes of the same array", () => {
    const bytes = npy(M);
    assert.equal(text(bytes.subarray(0, 128)), header("False", "(2, 3)", 128));
    assert.deepEqual(bytes.subarray(128), f8(0, 1, 2, 3, 4, 5));
  });

  it("writes column by column where that is asked for, but for a single row or column", () => {
    const bytes = npy(M, { fortranOrder: true });
    assert.equal(text(bytes.subarray(0, 128)), header("True", "(2, 3)", 128));
    assert.deepEqual(bytes.subarray(128), f8(0, 3, 1, 4, 2, 5));
    assert.match(text(npy(matrix([[1, 2]]), { fortranOrder: true })), /'fortran_order': False/);
  });

  it("comes back with its bits and its precision in both orders", () => {
    fc.assert(
      fc.property(anyMatrix, fc.boolean(), (A, fortranOrder) => {
        assert.deepEqual(readNpy(npy(A, { fortranOrder })), A);
      }),
    );
  });
});

describe("readNpy", () => {
  it("reads headers with their keys in another order, other quotes and Python 2's long numbers", () => {
    const words = `{"shape": (1L, 2L), 'fortran_order':False ,\n'descr':"<f8"}`;
    assert.deepEqual(toRows(readNpy(file(words, f8(7, 8)))), [[7, 8]]);
    assert.deepEqual(
      toRows(readNpy(file("{'descr': '<f8', 'fortran_order': True, 'shape': (2,), }", f8(7, 8), 2))),
      [[7], [8]],
    );
  });

  it("reads float16 of both orders as float32: subnormal, largest, −0, ±∞", () => {
    const words = [0x3e00, 0xc080, 0x7bff, 0x0001, 0x8000, 0x0400, 0x7c00, 0xfc00];
    const known = [
      1.5,
      -2.25,
      65504,
      2 ** -24,
      -0,
      2 ** -14,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ];
    for (const [order, high] of [
      ["<", 1],
      [">", 0],
    ] as const) {
      const bytes = words.flatMap((word) => (high === 1 ? [word & 255, word >> 8] : [word >> 8, word & 255]));
      const text = `{'descr': '${order}f2', 'fortran_order': False, 'shape': (8,), }`;
      const { data } = readNpy(file(text, bytes), { nonFinite: true });
      assert.deepEqual(data, Float32Array.from(known));
    }
  });

  const good = "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }";
  const bad: [string, Uint8Array, RegExp][] = [
    ["another file", Buffer.from("PK\x03\x04"), /no \.npy file/],
    ["an empty file", new Uint8Array(), /no \.npy file/],
    ["another version", file(good, f8(1, 2), 4), /the version is 4\.0; needed 1\.0, 2\.0 or 3\.0/],
    ["a cut header", file(good).subarray(0, 40), /the header is cut/],
    ["a cut length", file(good).subarray(0, 9), /the header is cut/],
    ["cut numbers", file(good, f8(1, 2).subarray(0, 15)), /15 bytes of numbers came; needed 16: it is cut/],
    ["numbers too many", file(good, f8(1, 2, 3)), /24 bytes .* needed 16: something follows/],
    ["no dictionary", file("import os"), /is no dictionary/],
    ["a key too many", file(good.replace("}", "'x': 1}")), /has not descr, fortran_order and shape alone/],
    ["a key missing", file("{'descr': '<f8', 'shape': (1, 2)}"), /has not descr/],
    ["a call in it", file("{'descr': f(), 'fortran_order': False, 'shape': (1, 2)}"), /has not descr/],
    ["an order that is no truth value", file(good.replace("False", "0")), /fortran_order True or False/],
    ["a shape that is no tuple", file(good.replace("(1, 2)", "(2)")), /a shape of whole numbers/],
    ["a negative shape", file(good.replace("(1, 2)", "(-1, 2)")), /a shape of whole numbers/],
    ["objects", file(good.replace("<f8", "|O")), /objects are not read/],
    ["complex numbers", file(good.replace("<f8", "<c16")), /"<c16"; needed b1, i1/],
    ["a name of JavaScript's", file(good.replace("<f8", "<constructor")), /"<constructor"; needed/],
    ["records", file(good.replace("'<f8'", "[('a', '<f8')]")), /records are not read/],
    [
      "three dimensions",
      file(good.replace("(1, 2)", "(1, 2, 1)"), f8(1, 2)),
      /shape is \(1, 2, 1\); needed at most two/,
    ],
    ["no number", file(good.replace("(1, 2)", "(0, 2)")), /shape is \(0, 2\); needed at least one/],
    [
      "a size beyond memory",
      file(good.replace("(1, 2)", "(99999999999, 99999999999)")),
      /0 bytes of numbers came/,
    ],
    [
      "whole numbers that float64 has not",
      file(good.replace("<f8", "<i8"), [1, 0, 0, 0, 0, 0, 32, 0, ...Array(8).fill(0)]),
      /number 1 is 9007199254740993/,
    ],
    ["NaN", file(good, f8(1, Number.NaN)), /entry \(1, 2\) is NaN/],
  ];
  for (const [what, bytes, why] of bad)
    it(`refuses ${what}`, () => {
      assert.throws(
        () => readNpy(bytes),
        (error: Error) => why.test(error.message) && error.message.startsWith("readNpy: "),
      );
    });

  it("lets NaN in where it may", () => {
    assert.deepEqual(toRows(readNpy(file(good, f8(1, Number.NaN)), { nonFinite: true })), [[1, Number.NaN]]);
  });

  it("refuses what are no bytes", () => {
    assert.throws(
      () => readNpy("x.npy" as never),
      /readNpy: the bytes are string x\.npy; needed a Uint8Array/,
    );
  });
});
