import assert from "node:assert/strict";
import fc from "fast-check";
import { npz, readNpz } from "../../src/formats/npz.js";
import { matrix, toRows } from "../../src/numeric/matrix.js";
import { anyMatrix } from "./given.js";

const W = matrix([
  [1, 2, 3],
  [4, 5, 6],
]);
const b = matrix(2, 1, new Float32Array([0.5, 0.25]));

describe("npz", () => {
  it("comes back by name, compressed or not", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ maxLength: 8 }), anyMatrix, { maxKeys: 4 }),
        fc.boolean(),
        (matrices, compressed) => {
          const found = readNpz(npz(matrices, { compressed }));
          assert.deepEqual(Object.entries(found), Object.entries(matrices));
        },
      ),
    );
  });

  it("gives the same bytes each time, and fewer where it is compressed", () => {
    const zeros = matrix(50, 50);
    assert.deepEqual(npz({ zeros }), npz({ zeros }));
    assert.ok(npz({ zeros }, { compressed: true }).length < 1000);
  });
});

describe("readNpz", () => {
  const bytes = npz({ W, b });

  it("notices every bit that is flipped in the numbers, and every cut", () => {
    const begin = Buffer.from(bytes).indexOf("\n") + 1;
    for (let at = begin; at < begin + 48; at += 7) {
      const damaged = Uint8Array.from(bytes);
      damaged[at] ^= 4;
      assert.throws(() => readNpz(damaged), /readNpz: W\.npy is damaged/);
    }
    for (const length of [0, 10, 100, bytes.length - 1]) {
      assert.throws(
        () => readNpz(bytes.subarray(0, length)),
        /readNpz: (this is no \.npz|the zip file is cut)/,
      );
    }
  });

  it("names the array that is none", () => {
    const damaged = Buffer.from(bytes);
    assert.throws(
      () => readNpz(npz({ W: matrix(1, 1, [Number.NaN], { nonFinite: true }) })),
      /readNpz: W: entry \(1, 1\) is NaN/,
    );
    assert.throws(() => readNpz(damaged.subarray(1)), /readNpz/);
  });

  it("looks at the arrays that are asked for, and at nothing else", () => {
    const text = Buffer.from(npz({ W, b }));
    const at = text.lastIndexOf("<f4");
    text.write("<U1", at); // what was b is no matrix of numbers now
    assert.deepEqual(readNpz(text, { names: ["W", "other"] }), { W });
    assert.throws(() => readNpz(text, { names: ["b"] }), /readNpz: b/);
    assert.throws(() => readNpz(bytes, { only: ["W"] } as never), /no option is called only/);
  });

  it("refuses a size that no compressed file can have, before room is made for it", () => {
    const lying = Buffer.from(npz({ W }, { compressed: true }));
    const directory = lying.indexOf("PK\x01\x02");
    lying.writeUInt32LE(0x7fffffff, directory + 24);
    assert.throws(() => readNpz(lying), /W\.npy says it has 2147483647 bytes, made of/);
  });

  it("keeps a name such as __proto__ a name", () => {
    const found = readNpz(npz(Object.fromEntries([["__proto__", W]])));
    assert.deepEqual(Object.keys(found), ["__proto__"]);
    assert.deepEqual(toRows(Object.values(found)[0]!), toRows(W));
  });
});
