import assert from "node:assert/strict";
import { convShape, outputSize, poolShape } from "../src/shape.js";

describe("shape", () => {
  it("counts the windows of a line as one finds them by sliding", () => {
    for (let n = 1; n <= 12; n++) {
      for (let h = 1; h <= n; h++) {
        for (let s = 1; s <= 4; s++) {
          let windows = 0;
          for (let start = 0; start + h <= n; start += s) windows++;
          assert.equal(outputSize(n, h, s), windows, `n ${n}, h ${h}, s ${s}`);
        }
      }
    }
  });

  it("gives AlexNet's conv1 55 × 55 places from 227 × 227, and 54 from 224", () => {
    assert.equal(convShape({ a: 227, b: 227, d: 3, h: 11, s: 4 }).aOut, 55);
    assert.equal(convShape({ a: 224, b: 224, d: 3, h: 11, s: 4 }).bOut, 54);
  });

  it("drops left-over rows and keeps a and b apart", () => {
    const { aOut, bOut, aPad, bPad } = convShape({ a: 7, b: 10, d: 2, h: 3, s: 2, pad: 1 });
    assert.deepEqual({ aOut, bOut, aPad, bPad }, { aOut: 4, bOut: 5, aPad: 9, bPad: 12 });
    assert.deepEqual(poolShape({ a: 7, b: 10, q: 3 }), { a: 7, b: 10, q: 3, aOut: 2, bOut: 3 });
  });

  const good = { a: 5, b: 6, d: 2, h: 3, s: 1, pad: 0 };
  const bad: [string, unknown][] = [
    ["a", 2],
    ["b", 2],
    ["h", 0],
    ["h", 2.5],
    ["s", 0],
    ["s", -1],
    ["s", Number.NaN],
    ["d", "3"],
    ["d", null],
    ["pad", -1],
    ["a", 2 ** 31],
    ["h", Number.POSITIVE_INFINITY],
  ];
  for (const [name, value] of bad) {
    it(`refuses ${name} = ${JSON.stringify(value) ?? value} and says which argument it was`, () => {
      assert.throws(
        () => convShape({ ...good, [name]: value } as typeof good),
        (error: Error) =>
          error instanceof RangeError && /convShape/.test(error.message) && error.message.includes(name),
      );
    });
  }

  const misnamed: [string, string | undefined][] = [
    ["stride", "s"],
    ["padding", "pad"],
    ["Pad", "pad"],
    ["pads", "pad"],
    ["kernelSize", "h"],
    ["H", "h"],
    ["channels", "d"],
    ["dilation", undefined],
    ["constructor", undefined],
  ];
  for (const [name, meant] of misnamed) {
    it(`refuses ${name}, which is no size, and ${meant ? `says that ${meant} is meant` : "guesses nothing"}`, () => {
      const help = meant === undefined ? "" : ` (meant: ${meant})`;
      const message = `convShape: no size is called ${name}${help}; there are a, b, d, h, s, pad`;
      assert.throws(() => convShape({ ...good, [name]: 2 }), { name: "TypeError", message });
    });
  }

  it("refuses a stride of pooling, which is q as well", () => {
    const message = "poolShape: no size is called stride (meant: q); there are a, b, q";
    const size = { a: 5, b: 6, q: 2, stride: 2 };
    assert.throws(() => poolShape(size), { name: "TypeError", message });
  });

  it("takes what it has given, and an image's d beside a pooling's sizes", () => {
    assert.deepEqual(convShape({ ...convShape(good), a: 7 }), convShape({ ...good, a: 7 }));
    assert.deepEqual(poolShape({ ...poolShape({ a: 5, b: 6, q: 2 }) }), poolShape({ a: 5, b: 6, q: 2 }));
    const image = { a: 5, b: 6, d: 3 };
    assert.deepEqual(poolShape({ ...image, q: 2 }), poolShape({ a: 5, b: 6, q: 2 }));
  });

  it("refuses a pooling window larger than the image", () => {
    assert.throws(() => poolShape({ a: 4, b: 2, q: 3 }), /poolShape: q = 3, but the image is 4 × 2/);
  });
});
