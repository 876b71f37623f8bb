import assert from "node:assert/strict";
import { choice } from "../../src/engine/choose/choose.js";
import type { Machine } from "../../src/engine/machine/machine.js";
import { convGradients, convLinear, engineInfo, type Matrix, release, resident } from "../../src/index.js";
import { convShape } from "../../src/shape.js";
import { asFloat32, numbersOf } from "../operations/layers.js";
import { sweep } from "./memory/collect.js";

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

describe("what a layer needs besides its operands and results", () => {
  const sides = [1, 3, 5, 7, 9, 11];
  const layers = sides.map((h) => ({
    ...layer,
    shape: convShape({ a: 24, b: 20, d: 8, h, pad: (h - 1) / 2 }),
  }));
  const { machine } = choice("float32");
  assert.ok(machine);

  /** Bytes of scratch memory that a call asks for, with its operands in the engine's memory. */
  function scratchOf(call: () => unknown): number {
    const asked: number[] = [];
    const { loans } = machine as Machine;
    const scratch = loans.scratch.bind(loans);
    loans.scratch = (bytes) => {
      asked.push(bytes);
      return scratch(bytes);
    };
    try {
      call();
    } finally {
      delete (loans as Partial<typeof loans>).scratch;
    }
    assert.equal(asked.length, 1);
    return asked[0]!;
  }

  const there = (one: typeof layer) => {
    const { W, b, Z, dS } = numbersOf(one);
    const [w, bias, z, ds] = [W, b, Z, dS].map((M) => resident(asFloat32(M))) as [
      Matrix,
      Matrix,
      Matrix,
      Matrix,
    ];
    return { W: w, b: bias, Z: z, dS: ds };
  };
  /** W in whole panels, the image in its frame, and copies of both, which a small matrix gets. */
  const stated = ({ shape, dOut }: typeof layer) => {
    const { h, d, a, b, aPad, bPad } = shape;
    return 4 * (h ** 2 * d * (2 * dOut + 16) + d * (aPad * bPad + a * b));
  };

  it("forward is the packed W and the padded Z: φ(Z), h² times as large, is nowhere", () => {
    for (const one of layers) {
      const { W, b, Z } = there(one);
      const bytes = scratchOf(() => convLinear(W, b, Z, one.shape, { accuracy: "exact" }));
      assert.ok(bytes <= stated(one) + 4096, `h = ${one.shape.h}: ${bytes} bytes`);
      release(W, b, Z);
    }
  });

  it("backward is that, dS in panels and in its frame, and the packed ∂ξ/∂W, in few slices", () => {
    for (const one of layers) {
      const { W, Z, dS } = there(one);
      const { shape, dOut } = one;
      const bytes = scratchOf(() => convGradients(W, Z, dS, shape, { accuracy: "exact" }));
      const frames = 4 * (dOut + 16) * (shape.aPad * shape.bPad + shape.aOut * shape.bOut);
      const results = 4 * dOut * (shape.h ** 2 * shape.d + shape.a * shape.b);
      assert.ok(bytes <= 4 * stated(one) + frames + results + 16_384, `h = ${shape.h}: ${bytes} bytes`);
      release(W, Z, dS);
    }
  });

  it("grows with batch, channels and places as they do, not faster", () => {
    const bytesOf = (one: typeof layer) => {
      const { W, b, Z } = there(one);
      const options = { batch: one.batch, accuracy: "exact" } as const;
      const bytes = scratchOf(() => convLinear(W, b, Z, one.shape, options));
      release(W, b, Z);
      return bytes;
    };
    const one = { ...layer, shape: convShape({ a: 24, b: 20, d: 8, h: 3, pad: 1 }), dOut: 16 };
    const least = bytesOf(one);
    const larger = { ...one.shape, d: 32 };
    const more = [
      { ...one, batch: 4 },
      { ...one, shape: convShape(larger) },
      { ...one, dOut: 64 },
      { ...one, shape: convShape({ ...one.shape, a: 48, b: 40 }) },
    ];
    for (const big of more) assert.ok(bytesOf(big) <= 4.1 * least, JSON.stringify(big));
  });
});

const wide = { rows: 1, cols: 2 ** 21, data: new Float64Array(2 ** 21) };
