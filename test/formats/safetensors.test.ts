import assert from "node:assert/strict";
import fc from "fast-check";
import { readSafetensors, safetensors } from "../../src/formats/safetensors.js";
import { matrix } from "../../src/numeric/matrix.js";
import { anyMatrix } from "./given.js";

const W = matrix([
  [1, 2, 3],
  [4, 5, 6],
]);
const b = matrix(2, 1, new Float32Array([0.5, 0.25]));

/** A file with a header of one's own. */
const file = (header: unknown, data: ArrayLike<number> = []) => {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, Buffer.from(Array.from(data))]);
};

describe("safetensors", () => {
  it("has a length, a header padded to 8 bytes, and the numbers row by row, float64 first", () => {
    const bytes = safetensors({ b, W });
    const view = new DataView(bytes.buffer);
    const length = Number(view.getBigUint64(0, true));
    assert.equal(length % 8, 0);
    assert.deepEqual(JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString()), {
      W: { dtype: "F64", shape: [2, 3], data_offsets: [0, 48] },
      b: { dtype: "F32", shape: [2, 1], data_offsets: [48, 56] },
    });
    const numbers = Array.from({ length: 6 }, (_, k) => view.getFloat64(8 + length + 8 * k, true));
    assert.deepEqual(numbers, [1, 2, 3, 4, 5, 6]);
    assert.equal(view.getFloat32(8 + length + 52, true), 0.25);
  });

  it("comes back by name with its bits and its precision", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), anyMatrix, { maxKeys: 4 }), (matrices) => {
        const found = readSafetensors(safetensors(matrices));
        assert.deepEqual(Object.entries(found).sort(), Object.entries(matrices).sort());
      }),
    );
  });

  it("cannot call a matrix as the format calls its own words", () => {
    assert.throws(() => safetensors({ __metadata__: W }), /cannot be called __metadata__/);
  });
});

describe("readSafetensors", () => {
  it("reads halves of float32, the upper ones and IEEE's, as float32", () => {
    const bytes = file(
      {
        h: { dtype: "F16", shape: [2], data_offsets: [0, 4] },
        w: { dtype: "BF16", shape: [2], data_offsets: [4, 8] },
      },
      [0x00, 0x3e, 0xff, 0xfb, 0xc0, 0x3f, 0x01, 0x80],
    );
    const { h, w } = readSafetensors(bytes);
    assert.deepEqual(h!.data, Float32Array.of(1.5, -65504));
    assert.deepEqual(w!.data, Float32Array.of(1.5, -(2 ** -133)));
  });

  const entry = { dtype: "F32", shape: [1, 2], data_offsets: [0, 8] };
  const bad: [string, Uint8Array, RegExp][] = [
    ["an empty file", new Uint8Array(), /no safetensors file, or it is cut: it has 0 bytes/],
    ["a header longer than the file", file({ x: entry }).subarray(0, 20), /its header would have/],
    [
      "a header of 2⁶³ bytes",
      Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 0, 0, 128]), Buffer.alloc(9)]),
      /its header would have 9223372036854776000 bytes/,
    ],
    ["a header that is no JSON", file("{x"), /its header is no JSON/],
    ["a list", file([]), /its header is no object/],
    ["an entry that is nothing", file({ x: null }), /x: the numbers are undefined/],
    [
      "a type that is none",
      file({ x: { ...entry, dtype: "F8_E4M3" } }, [0, 0, 0, 0]),
      /x: the numbers are "F8_E4M3"; needed F64/,
    ],
    ["a negative shape", file({ x: { ...entry, shape: [-1, 2] } }), /x: the shape is \[-1,2\]/],
    [
      "places that do not fit the shape",
      file({ x: { ...entry, data_offsets: [0, 4] } }, [0, 0, 0, 0]),
      /4 bytes of numbers; needed 8 for \(1, 2\) of F32/,
    ],
    ["numbers that lie twice", file({ x: entry, y: entry }, Array(8).fill(0)), /begins at byte 0; needed 8/],
    [
      "a hole",
      file({ x: entry, y: { ...entry, data_offsets: [12, 20] } }, Array(20).fill(0)),
      /y begins at byte 12; needed 8/,
    ],
    ["a cut file", file({ x: entry }, [0, 0]), /2 bytes of numbers came; needed 8/],
    ["bytes behind the last", file({ x: entry }, Array(9).fill(0)), /9 bytes of numbers came; needed 8/],
    [
      "three dimensions",
      file({ x: { ...entry, shape: [1, 1, 2] } }, Array(8).fill(0)),
      /readSafetensors: x: .*\(1, 1, 2\); needed at most two/,
    ],
    ["NaN", file({ x: entry }, [0, 0, 192, 127, 0, 0, 0, 0]), /readSafetensors: x: entry \(1, 1\) is NaN/],
  ];
  for (const [what, bytes, why] of bad)
    it(`refuses ${what}`, () => {
      assert.throws(
        () => readSafetensors(bytes),
        (error: Error) => why.test(error.message),
      );
    });
});
