import assert from "node:assert/strict";
import fc from "fast-check";
import { npy, readNpy } from "../../src/formats/npy.js";
import { matrix, toRows } from "../../src/numeric/matrix.js";
import { columnMajor } from "../../src/numeric/storage.js";
import { anyMatrix } from "./given.js";
import { pythonWith, runPython } from "./python.js";

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

  it("is byte by byte NumPy's file, in both orders and precisions, up to six digits of size", function () {
    this.timeout(60_000);
    const python = pythonWith("numpy");
    if (python === undefined) this.skip();
    const shapes = [
      [2, 3],
      [1, 7],
      [7, 1],
      [1, 1],
      [123, 45],
      [3, 100001],
    ] as const;
    const program = `
import numpy as np
for k, (rows, cols) in enumerate(${JSON.stringify(shapes)}):
    for t in ["f8", "f4"]:
        A = np.arange(rows * cols, dtype=t).reshape(rows, cols)
        np.save(f"{k}C{t}", A)
        np.save(f"{k}F{t}", np.asfortranarray(A))`;
    const names = shapes.flatMap((_, k) => ["Cf8", "Ff8", "Cf4", "Ff4"].map((kind) => `${k}${kind}.npy`));
    const found = runPython(python, program, {}, names);
    for (const [n, name] of names.entries()) {
      const [rows, cols] = shapes[Math.floor(n / 4)]!;
      const data = name.includes("f4") ? new Float32Array(rows * cols) : new Float64Array(rows * cols);
      for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) data[i + rows * j] = j + cols * i;
      const own = npy(columnMajor(rows, cols, data), { fortranOrder: name.includes("F") });
      assert.ok(found[n]!.equals(own), name);
    }
  });
});

describe("readNpy", () => {
  it("reads every type of number and both orders of bytes as NumPy stores them", function () {
    this.timeout(60_000);
    const python = pythonWith("numpy");
    if (python === undefined) this.skip();
    const types = [
      "?",
      "i1",
      "u1",
      "<i2",
      ">i2",
      "<u2",
      ">u4",
      "<i4",
      ">i8",
      "<u8",
      "<f4",
      ">f4",
      "<f8",
      ">f8",
    ];
    const program = `
import numpy as np
for k, t in enumerate(${JSON.stringify(types)}):
    np.save(f"{k}", np.array([[1, 0, 1], [0, 1, 1]] if t == "?" else [[100, 2, 3], [4, 5, 77]]).astype(t))
np.save("vector", np.array([1.5, 2.5]))
np.save("number", np.float64(3))
with open("v2.npy", "wb") as f: np.lib.format.write_array(f, np.array([[1.0, 2.0]]), version=(2, 0))
with open("v3.npy", "wb") as f: np.lib.format.write_array(f, np.array([[1.0, 2.0]]), version=(3, 0))`;
    const names = [...types.keys(), "vector", "number", "v2", "v3"].map((name) => `${name}.npy`);
    const found = runPython(python, program, {}, names).map((bytes) => readNpy(bytes));
    for (const [k, type] of types.entries()) {
      const known =
        type === "?"
          ? [
              [1, 0, 1],
              [0, 1, 1],
            ]
          : [
              [100, 2, 3],
              [4, 5, 77],
            ];
      assert.deepEqual(toRows(found[k]!), known, type);
      assert.equal(found[k]!.data instanceof Float32Array, type.endsWith("f4"), type);
    }
    assert.deepEqual(found.slice(types.length).map(toRows), [[[1.5], [2.5]], [[3]], [[1, 2]], [[1, 2]]]);
  });

  it("reads headers with their keys in another order, other quotes and Python 2's long numbers", () => {
    const words = `{"shape": (1L, 2L), 'fortran_order':False ,\n'descr':"<f8"}`;
    assert.deepEqual(toRows(readNpy(file(words, f8(7, 8)))), [[7, 8]]);
    assert.deepEqual(
      toRows(readNpy(file("{'descr': '<f8', 'fortran_order': True, 'shape': (2,), }", f8(7, 8), 2))),
      [[7], [8]],
    );
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
