import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { digits } from "../../src/data/digits.js";
import { centred, meanImage } from "../../src/data/meanImage.js";
import { oneHot } from "../../src/data/oneHot.js";
import { matrix, toRows } from "../../src/numeric/matrix.js";

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

  it("are the demo's, all of them, where these are asked for", async () => {
    const { train, test } = fixture("mnist_demo_indices");
    for (const [split, places] of [
      ["train", train],
      ["test", test],
    ] as const) {
      const demo = await digits({ split, places: "demo", dtype: "float32" });
      const known = await digits({ split, places });
      assert.deepEqual(demo.labels, known.labels);
      assert.deepEqual(demo.Z.data, Float32Array.from(known.Z.data));
    }
  });

  it("come with their labels as columns with a single 1", async () => {
    const { y, labels } = await digits({ places: [1, 2, 3] });
    assert.deepEqual([y.rows, y.cols], [10, 3]);
    for (const [i, label] of labels.entries())
      for (let k = 0; k < 10; k++) assert.equal(y.data[k + 10 * i], k === label ? 1 : 0);
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
    await assert.rejects(digits({ places: "some" as never }), /digits: place NaN/);
    await assert.rejects(digits({ dtype: "int8" as never }), /digits: dtype = "int8"; needed/);
    await assert.rejects(digits({ count: 3 } as never), /digits: .*count/);
    await assert.rejects(digits({ split: "validation" as never }), /split = "validation"/);
  });
});

describe("oneHot", () => {
  it("is of a list", () => {
    for (const wrong of [undefined, null, 3] as unknown as number[][])
      assert.throws(
        () => oneHot(wrong),
        /^TypeError: oneHot: labels: .*; needed a list of numbers or texts$/,
      );
  });

  it("has a row for each class: those there are, sorted by value or by letters", () => {
    const y = [
      [0, 0, 1],
      [1, 0, 0],
      [0, 1, 0],
    ];
    assert.deepEqual(toRows(oneHot([9, 10, 2])), y);
    assert.deepEqual(toRows(oneHot(["9", "10", "2"])), y, "numbers as texts");
    assert.deepEqual(toRows(oneHot(["b", "c", "a"])), y);
    assert.deepEqual(toRows(oneHot(["b", "c", "a"], ["a", "b", "c"])), y);
  });

  it("refuses a label that is not among the classes, and none", () => {
    assert.throws(() => oneHot(["dog"], ["cat"]), /oneHot: label 1 is string dog; needed one of cat/);
    assert.throws(() => oneHot([]), /oneHot: no label/);
  });
});

describe("meanImage", () => {
  const Z = matrix([
    [1, 3, 5],
    [2, 6, 4],
  ]);

  it("is the mean of each row, and centred takes it out of every column", () => {
    assert.deepEqual(toRows(meanImage(Z)), [[3], [4]]);
    assert.deepEqual(toRows(centred(Z, meanImage(Z))), [
      [-2, 0, 2],
      [-2, 2, 0],
    ]);
  });

  it("is summed in float64, and leaves float32 images float32", () => {
    const l = 2 ** 20;
    const ones = matrix(1, l, new Float32Array(l).fill(0.1));
    assert.equal(meanImage(ones).data[0], Math.fround(0.1));
    assert.ok(centred(ones, meanImage(ones)).data instanceof Float32Array);
  });

  it("has to fit the images", () => {
    assert.throws(
      () => centred(Z, matrix([[1, 2]])),
      /centred: the mean is 1 × 2; needed 2 × 1 for Z of 2 × 3/,
    );
  });
});
