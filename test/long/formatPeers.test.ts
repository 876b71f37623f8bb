/** Files that other programs write and read, where a Python on this machine has them. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { npy, readNpy } from "../../src/formats/npy.js";
import { npz, readNpz } from "../../src/formats/npz.js";
import { readMat } from "../../src/formats/readMat.js";
import { readSafetensors, safetensors } from "../../src/formats/safetensors.js";
import { matrix, toRows } from "../../src/numeric/matrix.js";
import { randomMatrix } from "../../src/numeric/random.js";
import { columnMajor } from "../../src/numeric/storage.js";
import { assertClose, type OnnxCase, onnxruntimeOutputs, ownOutputs } from "../formats/onnxPeer.js";
import { pythonWith, runPython } from "../formats/python.js";
import { anyNetwork, randomVector } from "../network/given.js";

const W = matrix([
  [1, 2, 3],
  [4, 5, 6],
]);
const b = matrix(2, 1, new Float32Array([0.5, 0.25]));

describe("npy, beside NumPy,", () => {
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
});

describe("npz, beside NumPy,", () => {
  it("is opened by numpy.load, and opens what numpy.savez and savez_compressed write", function () {
    this.timeout(60_000);
    const python = pythonWith("numpy");
    if (python === undefined) this.skip();
    const program = `
import numpy as np
A, B = dict(np.load("ours.npz")), dict(np.load("small.npz"))
assert sorted(A) == sorted(B) == ["W", "b"] and A["W"].flags.f_contiguous and A["b"].dtype == np.float32
assert (A["W"] == [[1, 2, 3], [4, 5, 6]]).all() and (A["W"] == B["W"]).all() and (A["b"] == B["b"]).all()
np.savez("theirs.npz", **A)
np.savez_compressed("packed.npz", **A)`;
    const given = {
      "ours.npz": npz({ W, b }, { fortranOrder: true }),
      "small.npz": npz({ W, b }, { compressed: true }),
    };
    for (const bytes of runPython(python, program, given, ["theirs.npz", "packed.npz"]))
      assert.deepEqual(readNpz(bytes), { W, b });
  });
});

describe("safetensors, beside its own library,", () => {
  it("is what the format's own library reads, and reads what that writes", function () {
    this.timeout(60_000);
    const python = pythonWith("numpy", "safetensors");
    if (python === undefined) this.skip();
    const program = `
import numpy as np
from safetensors.numpy import load_file, save_file
A = load_file("ours")
assert sorted(A) == ["W", "b"] and (A["W"] == [[1, 2, 3], [4, 5, 6]]).all() and A["b"].dtype == np.float32
save_file(A, "same")
save_file({"v": np.array([1, 2], "int64"), "x": np.array(3, "uint8"), "t": np.array([[True, False]])}, "theirs", {"by": "us"})`;
    const [same, theirs] = runPython(python, program, { ours: safetensors({ W, b }) }, ["same", "theirs"]);
    assert.deepEqual(new Uint8Array(same!), safetensors({ W, b }), "byte by byte");
    const { v, x, t } = readSafetensors(theirs!);
    assert.deepEqual(
      [v, x, t].map((M) => toRows(M!)),
      [[[1], [2]], [[3]], [[1, 0]]],
    );
  });
});

describe("readMat, beside SciPy,", () => {
  it("gives what SciPy wrote, of every class, and leaves out what are no matrices of numbers", function () {
    this.timeout(60_000);
    const python = pythonWith("numpy", "scipy.io", "scipy.sparse");
    if (python === undefined) this.skip();
    const program = `
import numpy as np, scipy.io as io, scipy.sparse as sp
A = np.arange(6).reshape(2, 3)
values = {t: A.astype(t) for t in ["f8", "f4", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8"]}
values = {"x" + t: v for t, v in values.items()} | {"truth": A > 2, "text": "abc", "complex": A + 1j, "cube": np.arange(24.).reshape(2, 3, 4), "record": {"a": 1}, "long_name_of_a_variable": A * 1.5}
for name, packed in [("plain", False), ("packed", True)]:
    io.savemat(name + ".mat", values | {"S": sp.csc_matrix(A * 0.5)}, do_compression=packed)`;
    const [plain, packed] = runPython(python, program, {}, ["plain.mat", "packed.mat"]).map((bytes) =>
      readMat(bytes),
    );
    assert.deepEqual(plain, packed);
    const found = plain!;
    const A = [
      [0, 1, 2],
      [3, 4, 5],
    ];
    for (const type of ["f8", "f4", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8"]) {
      assert.deepEqual(toRows(found[`x${type}`]!), A, type);
      assert.equal(found[`x${type}`]!.data instanceof Float32Array, type === "f4");
    }
    assert.deepEqual(
      toRows(found.S!),
      A.map((row) => row.map((x) => x / 2)),
    );
    assert.deepEqual(
      toRows(found.long_name_of_a_variable!),
      A.map((row) => row.map((x) => x * 1.5)),
    );
    assert.deepEqual(
      toRows(found.truth!),
      A.map((row) => row.map((x) => (x > 2 ? 1 : 0))),
    );
    const cube = (i: number) =>
      Array.from({ length: 12 }, (_, k) => 12 * i + 4 * (k % 3) + Math.floor(k / 3));
    assert.deepEqual(toRows(found.cube!), [cube(0), cube(1)], "reshape(A, size(A, 1), [])");
    assert.deepEqual([found.text, found.complex, found.record], [undefined, undefined, undefined]);
  });
});

describe("onnx, beside onnxruntime,", () => {
  it("gives onnxruntime any network to run with our outputs", async function () {
    this.timeout(120_000);
    const python = pythonWith("numpy", "onnx", "onnxruntime");
    if (python === undefined) this.skip();
    const nets = fc.sample(anyNetwork, 60);
    const drawn = nets.map((net, k): OnnxCase => {
      const { a, b, d } = net.input;
      return { net, theta: randomVector(net.n, k), Z: randomMatrix(d * a * b, 2, { seed: k + 1, low: -1 }) };
    });
    const outputs = onnxruntimeOutputs(python, drawn);
    for (const [k, one] of drawn.entries())
      assertClose(await ownOutputs(one), outputs[k]!.data, JSON.stringify(one.net.layers));
  });
});
