import assert from "node:assert/strict";
import fc from "fast-check";
import {
  engineBackward,
  engineBiasGradient,
  engineFilterGradient,
  engineForward,
  engineImageGradient,
} from "../../src/engine/operations/conv.js";
import * as philab from "../../src/index.js";
import { columnMajor, type Matrix } from "../../src/numeric/storage.js";
import { convProblem } from "../../src/operations/convProblem.js";
import {
  convBiasGradientReference,
  convFilterGradientReference,
  convGradientsReference,
  convImageGradientReference,
  convLinearReference,
} from "../../src/operations/convReference.js";
import { convShape } from "../../src/shape.js";
import { cases } from "../cases.js";
import { machines } from "../engine/machines.js";
import { anyLayer, asFloat32, type Layer, numbersOf } from "./layers.js";

const winograd: Layer = {
  shape: convShape({ a: 9, b: 11, d: 16, h: 3, pad: 1 }),
  groups: 1,
  batch: 2,
  dOut: 24,
};
const strided: Layer = {
  shape: convShape({ a: 13, b: 10, d: 6, h: 5, s: 2, pad: 2 }),
  groups: 2,
  batch: 3,
  dOut: 10,
};
const sliced: Layer = {
  shape: convShape({ a: 28, b: 27, d: 1, h: 5, pad: 2 }),
  groups: 1,
  batch: 4,
  dOut: 9,
};
const layers = fc.oneof(anyLayer, fc.constantFrom(winograd, strided, sliced));

describe("one gradient alone", () => {
  for (const { name, precision, machine } of machines) {
    const of = precision === "float32" ? asFloat32 : (M: Matrix) => M;
    it(`has the bits of all three together, ${name}, ${precision}`, () => {
      fc.assert(
        fc.property(layers, (layer) => {
          const { W, Z, dS } = given(layer, of);
          const problem = convProblem("test", W, Z, layer.shape, layer);
          const all = engineBackward(machine, problem, W, Z, dS);
          same(engineFilterGradient(machine, problem, Z, dS), all.W);
          same(engineBiasGradient(machine, problem, dS), all.b);
          same(engineImageGradient(machine, problem, W, dS), all.Z);
        }),
        cases(40),
      );
    });

    it(`and S are written into the caller's memory, nothing beside it, ${name}, ${precision}`, () => {
      fc.assert(
        fc.property(layers, (layer) => {
          const { W, b, Z, dS } = given(layer, of);
          const problem = convProblem("test", W, Z, layer.shape, { ...layer, relu: true });
          const S = engineForward(machine, problem, W, b, Z);
          const all = engineBackward(machine, problem, W, Z, dS);
          for (const place of [whole, inside]) {
            for (const home of [here, thereOn(machine)]) {
              const to = (M: Matrix) => place(home, M);
              const targets = [to(S), to(all.W), to(all.b), to(all.Z)] as const;
              const [intoS, intoW, intoB, intoZ] = targets;
              assert.equal(engineForward(machine, problem, W, b, Z, { into: intoS.M }), intoS.M);
              engineBackward(machine, problem, W, Z, dS, { W: intoW.M, b: intoB.M, Z: intoZ.M });
              for (const [k, M] of [S, all.W, all.b, all.Z].entries()) same(targets[k]!.M, M);
              for (const { M } of targets) M.data.fill(5);
              engineFilterGradient(machine, problem, Z, dS, intoW.M);
              engineBiasGradient(machine, problem, dS, intoB.M);
              engineImageGradient(machine, problem, W, dS, intoZ.M);
              for (const [k, M] of [all.W, all.b, all.Z].entries()) same(targets[k + 1]!.M, M);
              for (const { isWhole } of targets) assert.ok(isWhole());
            }
          }
        }),
        cases(12),
      );
    });

    it(`S is added to what is there, before σ, ${name}, ${precision}`, () => {
      const tolerance = precision === "float32" ? 1e-4 : 1e-12;
      fc.assert(
        fc.property(layers, fc.boolean(), (layer, relu) => {
          const { W, b, Z, dS: addTo } = given(layer, of);
          const problem = convProblem("test", W, Z, layer.shape, { ...layer, relu });
          const wanted = convLinearReference(W, b, Z, layer.shape, { ...layer, relu, addTo });
          const plain = convLinearReference(W, b, Z, layer.shape, layer);
          plain.data.forEach((s, k) => {
            const sum = s + addTo.data[k]!;
            assert.ok(Math.abs(wanted.data[k]! - (relu ? Math.max(sum, 0) : sum)) <= tolerance);
          });
          near(engineForward(machine, problem, W, b, Z, { addTo }), wanted, tolerance);
          for (const home of [here, thereOn(machine)]) {
            const { M } = whole(home, addTo);
            M.data.set(addTo.data);
            engineForward(machine, problem, W, b, Z, { addTo: M, into: M });
            near(M, wanted, tolerance);
          }
        }),
        cases(30),
      );
    });
  }

  it("is what the reference says, which has the bits of its three together", () => {
    fc.assert(
      fc.property(anyLayer, fc.boolean(), (layer, wide) => {
        const { W, Z, dS } = given(layer, wide ? (M) => M : asFloat32);
        const { shape, groups, batch } = layer;
        const options = { groups, batch };
        const all = convGradientsReference(W, Z, dS, shape, options);
        same(convFilterGradientReference(Z, dS, shape, options), all.W);
        same(convBiasGradientReference(dS, shape, options), all.b);
        same(convImageGradientReference(W, dS, shape, options), all.Z);
        const [dW, db] = [
          philab.convFilterGradient(Z, dS, shape, options),
          philab.convBiasGradient(dS, shape, options),
        ];
        near(dW, all.W, 1e-4);
        near(db, all.b, 1e-4);
        near(philab.convImageGradient(W, dS, shape, options), all.Z, 1e-4);
        const together = philab.convGradients(W, Z, dS, shape, options);
        same(dW, together.W);
        same(db, together.b);
      }),
      cases(40),
    );
  });

  it("has the same bits with frozen filters", () => {
    const { W, Z, dS } = given(winograd, asFloat32);
    const frozen = philab.frozen(W);
    const options = { batch: winograd.batch };
    const all = philab.convGradients(frozen, Z, dS, winograd.shape, options);
    same(philab.convFilterGradient(Z, dS, winograd.shape, options), all.W);
    same(philab.convImageGradient(frozen, dS, winograd.shape, options), all.Z);
  });

  it("refuses sizes that do not fit, options there are not, and targets over what is read", () => {
    const { shape } = strided;
    const { W, b, Z, dS } = given(strided, (M) => M);
    const options = { groups: 2, batch: 3 };
    assert.throws(
      () => philab.convFilterGradient(W, dS, shape, options),
      /convFilterGradient: Z is 10 × 75; the/,
    );
    assert.throws(
      () => philab.convBiasGradient(Z, shape, options),
      /convBiasGradient: dS is 6 × 390; the shape/,
    );
    assert.throws(
      () => philab.convImageGradient(Z, dS, shape, options),
      /convImageGradient: W is 6 × 390; the/,
    );
    const linear = (more: object) => () => philab.convLinear(W, b, Z, shape, { ...options, ...more });
    const S = philab.convLinear(W, b, Z, shape, options);
    const { rows, cols } = S;
    const other = columnMajor(rows, cols, new Float64Array(rows * cols));
    assert.throws(
      linear({ stride: 2 }),
      /convLinear: no option is called stride \(meant: s of the shape: convShape/,
    );
    assert.throws(linear({ Groups: 2 }), /no option is called Groups \(meant: groups\)/);
    assert.throws(linear({ thread: 2 }), /no option is called thread \(meant: threads\)/);
    assert.throws(linear({ dilation: 2 }), /no option is called dilation; there are groups, batch, accuracy/);
    assert.throws(
      () => philab.convGradients(W, Z, dS, shape, { ...options, padding: 1 } as object),
      /convGradients: no option is called padding \(meant: pad of the shape/,
    );
    assert.throws(linear({ into: Z }), /convLinear: into is 6 × 390; the result is 10 × 105/);
    const square = convShape({ a: 3, b: 4, d: 2, h: 1 });
    const X = columnMajor(2, 12, new Float64Array(24));
    const V = columnMajor(2, 2, new Float64Array(4));
    assert.throws(
      () => philab.convLinear(V, [0, 0], X, square, { into: X }),
      /convLinear: into shares memory with Z, which the result is made of/,
    );
    assert.throws(linear({ addTo: W }), /convLinear: addTo is 10 × 75; the result is 10 × 105/);
    const twice = new Float64Array(rows * cols + 1);
    const [one, next] = [twice.subarray(1), twice.subarray(0, -1)].map((data) =>
      columnMajor(rows, cols, data),
    );
    assert.throws(linear({ addTo: one, into: next }), /into shares a part of its memory with addTo/);
    assert.equal(linear({ addTo: S, into: other })(), other);
    const alone: Record<string, (into: Matrix) => Matrix> = {
      convFilterGradient: (into) => philab.convFilterGradient(Z, dS, shape, { ...options, into }),
      convBiasGradient: (into) => philab.convBiasGradient(dS, shape, { ...options, into }),
      convImageGradient: (into) => philab.convImageGradient(W, dS, shape, { ...options, into }),
    };
    for (const [name, write] of Object.entries(alone)) {
      assert.throws(() => write(other), new RegExp(`${name}: into is 10 × 105; the result is`));
    }
    const all = philab.convGradients(W, Z, dS, shape, options);
    assert.equal(philab.convGradients(W, Z, dS, shape, { ...options, into: all }), all);
    assert.throws(
      () => philab.convGradients(W, Z, dS, shape, { ...options, into: { ...all, Z } }),
      /convGradients: into.Z shares memory with Z/,
    );
  });
});

describe("φ, P_φᵀ and products", () => {
  it("are written into the caller's memory", () => {
    const shape = convShape({ a: 14, b: 9, d: 16, h: 3, pad: 1 });
    const { Z } = given({ shape, groups: 1, batch: 1, dOut: 4 }, asFloat32);
    const phiZ = philab.phi(Z, shape);
    const dZ = philab.vTP(phiZ, shape);
    const A = asFloat32(philab.randomMatrix(30, phiZ.rows, { seed: 5, low: -1 }));
    const product = philab.multiply(A, phiZ);
    const results: [Matrix, (into: Matrix) => Matrix][] = [
      [phiZ, (into) => philab.phi(Z, shape, { into })],
      [dZ, (into) => philab.vTP(phiZ, shape, { into })],
      [product, (into) => philab.multiply(A, phiZ, { into })],
    ];
    for (const [wanted, write] of results) {
      const empty = asFloat32(philab.matrix(wanted.rows, wanted.cols));
      for (const into of [empty, philab.resident(empty)]) {
        assert.equal(write(into), into);
        same(into, wanted);
      }
    }
    const square = asFloat32(philab.randomMatrix(40, 40, { seed: 1 }));
    assert.throws(
      () => philab.multiply(square, square, { into: square }),
      /multiply: into shares memory with A/,
    );
  });
});

/** Memory for n numbers, of M's precision. */
type Home = (M: Matrix, n: number) => Matrix["data"];

const here: Home = (M, n) => (M.data instanceof Float32Array ? new Float32Array(n) : new Float64Array(n));
const thereOn =
  (machine: (typeof machines)[number]["machine"]): Home =>
  (M, n) => {
    const size = Math.max(n, 1024); // what is smaller has no home of its own
    return machine.residence
      .keep(machine.arena.allocate(size * M.data.BYTES_PER_ELEMENT), size)
      .subarray(0, n);
  };

interface Target {
  readonly M: Matrix;
  /** Whether the numbers before and behind are as they were. */
  isWhole(): boolean;
}

function whole(home: Home, { rows, cols, data }: Matrix): Target {
  const M = columnMajor(rows, cols, home({ rows, cols, data }, data.length));
  return { M, isWhole: () => true };
}

/** A slice of a longer array. */
function inside(home: Home, of: Matrix): Target {
  const [n, edge] = [of.data.length, 67];
  const around = home(of, n + 2 * edge).fill(7);
  const M = columnMajor(of.rows, of.cols, around.subarray(edge, edge + n));
  return { M, isWhole: () => around.every((x, k) => (k >= edge && k < edge + n) || x === 7) };
}

function given(layer: Layer, of: (M: Matrix) => Matrix): ReturnType<typeof numbersOf> {
  const { W, b, Z, dS } = numbersOf(layer);
  return { W: of(W), b: of(b), Z: of(Z), dS: of(dS) };
}

function same(found: Matrix, wanted: Matrix): void {
  assert.deepEqual([found.rows, found.cols, ...found.data], [wanted.rows, wanted.cols, ...wanted.data]);
}

function near(found: Matrix, wanted: Matrix, tolerance: number): void {
  assert.deepEqual([found.rows, found.cols], [wanted.rows, wanted.cols]);
  wanted.data.forEach((x, k) => {
    assert.ok(Math.abs(found.data[k]! - x) <= tolerance, `entry ${k}: ${found.data[k]} for ${x}`);
  });
}
