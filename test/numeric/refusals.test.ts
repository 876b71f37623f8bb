import assert from "node:assert/strict";
import * as philab from "../../src/index.js";

const shape = philab.convShape({ a: 3, b: 3, d: 1, h: 2 });
const Z = philab.matrix(1, 9);
const wrong: unknown[][] = [
  ...[[null], [undefined], ["3"], [{}], [Z, null], [null, shape], [2, 2, null]],
  ...[
    [null, [0], Z, shape],
    [philab.matrix(1, 4), null, Z, shape],
  ],
];
const names = new Set(
  `
    convShape poolShape matrix fromRows toRows image channel vec mat transpose ones eye multiply kron
    add subtract dotMultiply scale dot sum maxAbs phi vTP Pphi phiIndex pad unpad Ppad maxPool avgPool
    maxPoolTranspose relu reluPrime convLinear convGradients resident release sparse symbolImage
    generator permutation randomMatrix avgPoolTranspose axpy reluGradient convFilterGradient
    convBiasGradient convImageGradient scope frozen
  `.match(/\w+/g),
);
const functions = Object.entries(philab).filter(([name]) => names.has(name)) as [
  string,
  (...args: unknown[]) => unknown,
][];

describe("what is no argument at all", () => {
  it("is given to every function named here", () => {
    assert.equal(functions.length, names.size);
  });

  for (const [name, f] of functions) {
    it(`is refused by ${name} in words of ours, never by JavaScript's own`, () => {
      const messages = wrong.flatMap((args) => {
        try {
          f(...args);
          return [];
        } catch (error) {
          return [(error as Error).message];
        }
      });
      assert.ok(messages.length > 0);
      for (const message of messages)
        assert.doesNotMatch(message, /^Cannot|is not (a function|iterable)|\(reading/);
    });
  }
});
