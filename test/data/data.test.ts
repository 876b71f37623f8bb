import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { digits } from "../../src/data/digits.js";

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
