import assert from "node:assert/strict";
import { byLayer, shares } from "../../notebooks/generated/09-cost-and-memory.js";
import { network } from "../../src/index.js";
import { namesCells } from "./namesCells.js";

describe("notebook 09's own definitions, exported", () => {
  namesCells("09-cost-and-memory");

  it("count the multiplications of each layer as the network does, groups and strides too", () => {
    const net = network({
      input: { a: 9, b: 11, d: 4 },
      conv: [
        { dOut: 6, h: 3, s: 2 },
        { dOut: 4, h: 2, groups: 2, pad: 1 },
      ],
      full: [5],
    });
    assert.equal(byLayer(net)[0], 6 * 9 * 4 * (4 * 5));
    assert.equal(
      byLayer(net).reduce((a, b) => a + b),
      net.multiplications,
    );
  });

  it("share out an iteration: 3 + 0.15 (1 + 4 k) + 1", () => {
    assert.equal(shares(0), "∇f 72 %, CG 4 %, f 24 %");
    assert.equal(shares(40), "∇f 11 %, CG 86 %, f 4 %");
  });
});
