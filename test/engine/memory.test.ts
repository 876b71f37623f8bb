import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { convGradients, convLinear, engineInfo, type Matrix, release, resident } from "../../src/index.js";
import { convShape } from "../../src/shape.js";
import { asFloat32, numbersOf } from "../layers/layers.js";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const layer = { shape: convShape({ a: 24, b: 24, d: 4, h: 3 }), groups: 1, batch: 1, dOut: 24 };
const numbers = numbersOf(layer);
const [W, b, Z, dS] = [numbers.W, numbers.b, numbers.Z, numbers.dS].map(asFloat32);
const { shape } = layer;

describe("the engine's memory", () => {
  it("is read where it lies: a layer's result, or what resident() put there", () => {
    const there = resident(Z);
    assert.deepEqual([...there.data], [...Z.data]);
    const S = convLinear(W, b, Z, shape);
    assert.ok(S.data.buffer instanceof SharedArrayBuffer);
    const again = convShape({ a: 22, b: 22, d: 24, h: 1 });
    const V = numbersOf({ ...layer, shape: again }).W;
    const fromThere = convLinear(asFloat32(V), b, S, again).data;
    const copied = convLinear(asFloat32(V), b, asFloat32(S), again).data;
    assert.deepEqual([...fromThere], [...copied]);
  });

  it("does not grow over 10,000 calls whose results are released", () => {
    const once = () => release(convLinear(W, b, Z, shape, { threads: 1 }));
    for (let k = 0; k < 100; k++) once();
    const { used, size } = engineInfo().memory;
    for (let k = 0; k < 10_000; k++) once();
    assert.deepEqual(engineInfo().memory, { used, size });
  });

  it("is given back when matrices and all views of them have gone", async () => {
    convGradients(W, Z, dS, shape); // lists of places are made once, and kept
    await sweep();
    const { used } = engineInfo().memory;
    let S: Matrix | undefined = convLinear(W, b, Z, shape);
    const view = [S.data.subarray(3, 5)];
    const held = [...view[0]];
    convGradients(W, Z, dS, shape);
    S = undefined;
    await sweep();
    assert.ok(engineInfo().memory.used > used, "the view keeps its matrix's memory");
    for (let k = 0; k < 20; k++) convLinear(W, b, Z, shape);
    assert.deepEqual([...view[0]], held);
    view.length = 0;
    await sweep();
    assert.equal(engineInfo().memory.used, used);
  });

  it("keeps at most 256 MiB of results; the rest is copied out", function () {
    this.timeout(60_000);
    const kept: Matrix[] = [];
    for (let k = 0; k < 40; k++) kept.push(resident(asFloat32(wide)));
    const there = kept.filter(({ data }) => data.buffer instanceof SharedArrayBuffer).length;
    assert.ok(there > 25 && there < 33, `${there} of 8 MiB`);
    release(...kept);
  });
});

const wide = { rows: 1, cols: 2 ** 21, data: new Float64Array(2 ** 21) };

/** Collects, and lets the registries of what has gone be called. */
async function sweep(): Promise<void> {
  for (let k = 0; k < 3; k++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
