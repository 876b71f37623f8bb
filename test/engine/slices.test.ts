import assert from "node:assert/strict";
import { choice } from "../../src/engine/choose/choose.js";
import type { Machine } from "../../src/engine/machine/machine.js";
import {
  convGradients,
  convLinear,
  convShape,
  engineInfo,
  frozen,
  type Matrix,
  release,
  resident,
} from "../../src/index.js";
import { columnMajor } from "../../src/numeric/storage.js";
import { asFloat32, numbersOf } from "../operations/layers.js";

const { machine } = choice("float32");
const layer = { shape: convShape({ a: 24, b: 20, d: 16, h: 3, pad: 1 }), groups: 1, batch: 1, dOut: 24 };
const { shape, dOut } = layer;
const one = numbersOf(layer);
const [W, b, Z, dS] = [one.W, one.b, one.Z, one.dS].map(asFloat32) as [Matrix, Matrix, Matrix, Matrix];
/** The filters of a second layer of the same size, other numbers. */
const V = columnMajor(
  W.rows,
  W.cols,
  Float32Array.from(one.W.data, (x) => 1 - 2 * x),
);
const n = W.data.length;

/** θ: three numbers, W, b, the second layer's filters, five numbers. */
function thetaOf(): Matrix {
  const data = new Float32Array(3 + n + dOut + n + 5).fill(0.5);
  data.set(W.data, 3);
  data.set(b.data, 3 + n);
  data.set(V.data, 3 + n + dOut);
  return columnMajor(data.length, 1, data);
}

/** The layers' slots in θ, as views of it. */
function slots({ data }: Matrix): { W: Matrix; b: Matrix; V: Matrix } {
  const part = (rows: number, cols: number, from: number): Matrix =>
    columnMajor(rows, cols, data.subarray(from, from + rows * cols));
  return { W: part(W.rows, W.cols, 3), b: part(dOut, 1, 3 + n), V: part(V.rows, V.cols, 3 + n + dOut) };
}

const accuracies = ["exact", undefined] as const;

describe("operands that are parts of θ", () => {
  before(function () {
    if (machine === undefined) this.skip();
  });

  it("give the bits of matrices of their own, whether θ is resident or not", () => {
    for (const theta of [thetaOf(), resident(thetaOf())]) {
      const part = slots(theta);
      for (const accuracy of accuracies) {
        const options = { accuracy };
        for (const [given, alone] of [
          [part.W, W],
          [part.V, V],
        ] as const) {
          const S = convLinear(given, part.b, Z, shape, options);
          assert.deepEqual([...S.data], [...convLinear(alone, b, Z, shape, options).data]);
          const dW = convGradients(given, Z, dS, shape, options);
          assert.deepEqual([...dW.Z.data], [...convGradients(alone, Z, dS, shape, options).Z.data]);
        }
      }
    }
  });

  it("are read where they lie in a resident θ: nothing is copied in, and a change is seen", () => {
    const part = slots(resident(thetaOf()));
    const image = resident(Z);
    const call = () => convLinear(part.W, part.b, image, shape, { accuracy: "exact" });
    const before = [...call().data];
    assert.equal(copiesIn(call), 0);
    assert.equal(
      copiesIn(() => convLinear(W, part.b, image, shape, { accuracy: "exact" })),
      1,
    );
    part.b.data[7] = part.b.data[7]! + 1;
    call().data.forEach((x, k) => {
      if (k % dOut !== 7) assert.equal(x, before[k]);
      else assert.ok(Math.abs(x - before[k]! - 1) < 1e-5);
    });
  });

  it("do not take θ with them when one is released", () => {
    const theta = resident(thetaOf());
    const { used } = engineInfo().memory;
    release(slots(theta).W);
    assert.equal(engineInfo().memory.used, used);
    release(theta);
    assert.ok(engineInfo().memory.used < used);
  });
});

describe("parts of a frozen θ", () => {
  before(function () {
    if (machine === undefined) this.skip();
  });

  for (const accuracy of accuracies) {
    it(`never share packed filters, though the layers are equal in size: ${accuracy ?? "default"}`, () => {
      const theta = frozen(thetaOf());
      const fromW = [...convLinear(frozen(W), b, Z, shape, { accuracy }).data];
      const fromV = [...convLinear(frozen(V), b, Z, shape, { accuracy }).data];
      for (let call = 0; call < 3; call++) {
        const part = slots(theta);
        assert.deepEqual([...convLinear(part.W, b, Z, shape, { accuracy }).data], fromW);
        assert.deepEqual([...convLinear(part.V, b, Z, shape, { accuracy }).data], fromV);
      }
    });

    it(`are packed once, whichever view they are seen through: ${accuracy ?? "default"}`, () => {
      const theta = frozen(thetaOf());
      const call = () => [...convLinear(slots(theta).W, b, Z, shape, { accuracy }).data];
      const first = call();
      slots(theta).W.data.fill(0); // not allowed: it shows that the numbers are not read again
      assert.deepEqual(call(), first);
    });
  }

  it("give back what was made of one when it is released, and of all with θ", () => {
    const { forms, arena } = machine as Machine;
    const theta = frozen(thetaOf());
    const part = slots(theta);
    for (const filters of [part.W, part.V]) release(convLinear(filters, b, Z, shape));
    const both = arena.used;
    release(part.W);
    const single = arena.used;
    assert.ok(single < both && forms.has(part.W.data));
    release(theta);
    assert.ok(arena.used < single && !forms.has(part.V.data));
  });
});

/** How many operands a call copies into the engine's memory. */
function copiesIn(call: () => unknown): number {
  const { residence } = machine as Machine;
  const find = residence.addressOf.bind(residence);
  let copies = 0;
  residence.addressOf = (numbers) => {
    const address = find(numbers);
    if (address === undefined) copies++;
    return address;
  };
  try {
    call();
  } finally {
    delete (residence as Partial<typeof residence>).addressOf;
  }
  return copies;
}
