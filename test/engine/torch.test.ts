import assert from "node:assert/strict";
import { engineInfo } from "../../src/engine/operations/info.js";
import { convGradients, convLinear } from "../../src/operations/conv.js";
import { agrees, cases, madeBy } from "./torchCases.js";

describe(`convLinear and convGradients beside ${madeBy}`, () => {
  for (const accuracy of ["exact", undefined, "fast"] as const) {
    for (const one of cases) {
      const { layer, batch, dtype, whole } = one;
      it(`agree on ${layer.name}, ${batch} × ${dtype}, accuracy ${accuracy ?? "by default"}`, function () {
        if (!whole && engineInfo().engine === "plain") this.skip(); // AlexNet's layers would take it minutes
        agrees({ convLinear, convGradients }, one, accuracy);
      });
    }
  }

  it("would not agree with rows and columns of the image exchanged", () => {
    const padded = cases.find(({ layer }) => layer.name === "padded")!;
    const { a, b } = padded.layer;
    const turned = { ...padded, layer: { ...padded.layer, a: b, b: a } };
    assert.throws(() => agrees({ convLinear, convGradients }, turned), /of padded\[/);
  });
});
