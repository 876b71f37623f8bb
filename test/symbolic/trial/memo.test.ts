import assert from "node:assert/strict";
import { parse } from "../../../src/symbolic/language/parse.js";
import { shapesFor } from "../../../src/symbolic/sizes/testShapes.js";
import { explicitOf } from "../../../src/symbolic/trial/evaluate.js";
import { newMemo } from "../../../src/symbolic/trial/setting.js";
import { primeFieldSetting } from "../../../src/symbolic/trial/settings.js";
import { output, network as world } from "../networkWorld.js";

describe("a setting that remembers", () => {
  const texts = [`d(Sum(norm2(${output} - y))/l, W1)`, "d(d(norm2(V2*z), V2), V2)", "Sum(norm2(y))*norm2(y)"];
  for (const text of texts)
    it(`gives the same value of ${text.length > 40 ? `${text.slice(0, 40)}…` : text}`, () => {
      const e = parse(text);
      const [sizes] = shapesFor(world, { left: e, right: e });
      const values = [{}, { memo: newMemo<number>() }].map((known) =>
        [1, 2].map((instance) =>
          explicitOf(e, { ...primeFieldSetting(world, sizes, 1), ...known }, instance),
        ),
      );
      assert.deepEqual(values[1], values[0]);
    });
});
