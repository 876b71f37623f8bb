import assert from "node:assert/strict";
import fc from "fast-check";
import type { Machine } from "../../../src/engine/machine/machine.js";
import { engineBackward, engineForward } from "../../../src/engine/operations/conv.js";
import { columnMajor, type Matrix } from "../../../src/numeric/storage.js";
import { convProblem } from "../../../src/operations/convProblem.js";
import { convShape } from "../../../src/shape.js";
import { cases } from "../../cases.js";
import { anyLayer, asFloat32, type Layer, numbersOf } from "../../operations/layers.js";
import { bothMachines, precisions } from "./machines.js";

/** How a layer is computed. */
interface Way {
  readonly accuracy: "exact" | "fast" | undefined;
  readonly threads: number;
  readonly relu: boolean;
}

const anyWay: fc.Arbitrary<Way> = fc.record({
  accuracy: fc.constantFrom("exact" as const, "fast" as const, undefined),
  threads: fc.integer({ min: 1, max: 3 }),
  relu: fc.boolean(),
});

/** Channels in whole sides, as Winograd's forms have them, and others; about a panel of 32, below and above. */
const channels = fc.oneof(
  fc.integer({ min: 1, max: 70 }),
  fc.integer({ min: 1, max: 10 }).map((n) => 8 * n),
);

const wideLayer: fc.Arbitrary<Layer> = fc
  .record({
    a: fc.integer({ min: 5, max: 17 }),
    b: fc.integer({ min: 5, max: 15 }),
    d: channels,
    h: fc.constantFrom(1, 2, 3, 3, 3, 5, 5),
    s: fc.constantFrom(1, 1, 1, 2),
    pad: fc.integer({ min: 0, max: 2 }),
    batch: fc.integer({ min: 1, max: 2 }),
    dOut: channels,
  })
  .map(({ batch, dOut, ...size }) => ({ shape: convShape(size), groups: 1, batch, dOut }));

/** Where the sum over places is cut, where blocks of tiles end, and where ∂ξ/∂Z changes its way. */
const atLimits: readonly (Layer & Pick<Way, "accuracy">)[] = [
  { shape: convShape({ a: 64, b: 49, d: 270, h: 1 }), groups: 1, batch: 1, dOut: 3, accuracy: "exact" },
  {
    shape: convShape({ a: 60, b: 56, d: 1, h: 5, pad: 2 }),
    groups: 1,
    batch: 2,
    dOut: 33,
    accuracy: "exact",
  },
  {
    shape: convShape({ a: 44, b: 42, d: 536, h: 3, pad: 1 }),
    groups: 1,
    batch: 1,
    dOut: 8,
    accuracy: "fast",
  },
  {
    shape: convShape({ a: 11, b: 9, d: 12, h: 3, pad: 1 }),
    groups: 1,
    batch: 3,
    dOut: 31,
    accuracy: "exact",
  },
  { shape: convShape({ a: 9, b: 11, d: 6, h: 3, pad: 1 }), groups: 1, batch: 3, dOut: 15, accuracy: "exact" },
];

describe("machine code of 512 bits and WebAssembly of 256 give the same bits", () => {
  for (const precision of precisions) {
    const found = bothMachines(precision);
    if (found === undefined) {
      it.skip(precision);
      continue;
    }
    const { code, wasm } = found;
    for (const [kind, layers] of Object.entries({ small: anyLayer, wide: wideLayer })) {
      it(`${kind} layers, ${precision}`, () => {
        fc.assert(
          fc.property(layers, anyWay, (layer, way) => {
            const numbers = numbersOf(layer);
            assert.deepEqual(results(code, layer, numbers, way), results(wasm, layer, numbers, way));
          }),
          cases(30),
        );
      });
    }

    it(`where something changes with the size, ${precision}`, () => {
      for (const layer of atLimits) {
        const numbers = evenNumbersOf(layer);
        const way = { accuracy: layer.accuracy, threads: 2, relu: false };
        const [ours, theirs] = [code, wasm].map((machine) => results(machine, layer, numbers, way));
        const isSame = ours!.every((bytes, k) => Buffer.compare(bytes, theirs![k]!) === 0);
        assert.ok(isSame, JSON.stringify(layer));
      }
    }).timeout(20_000);

    it(`of what is no number, infinite, or −0, ${precision}`, () => {
      const layer = { shape: convShape({ a: 6, b: 5, d: 3, h: 2 }), groups: 1, batch: 1, dOut: 35 };
      for (const relu of [false, true]) {
        const way = { accuracy: "exact" as const, threads: 1, relu };
        const numbers = numbersOf(layer);
        numbers.b.data.fill(-0, 0, 9);
        numbers.W.data.set([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], 20);
        // a sum is −0 where all of its terms are negative and too small
        const least = precision === "float32" ? 2 ** -149 : 2 ** -1074;
        for (let k = 0; k < 9; k++) for (let c = 0; c < 12; c++) numbers.W.data[k + 35 * c] = -least;
        numbers.Z.data.forEach((x, k) => {
          numbers.Z.data[k] = Math.abs(x) / 3;
        });
        const [ours, theirs] = [code, wasm].map((machine) => results(machine, layer, numbers, way)[0]!);
        assert.ok(ours!.some((x) => x !== ours![0]));
        assert.deepEqual(ours, theirs);
      }
    });
  }
});

/** S, ∂ξ/∂W, ∂ξ/∂b and ∂ξ/∂Z as bytes. */
function results(
  machine: Machine,
  layer: Layer,
  numbers: ReturnType<typeof numbersOf>,
  { accuracy, threads, relu }: Way,
): Uint8Array[] {
  const given = [numbers.W, numbers.b, numbers.Z, numbers.dS];
  const [W, b, Z, dS] = (machine.precision === "float32" ? given.map(asFloat32) : given) as Four;
  const options = { ...layer, threads, relu, ...(accuracy !== undefined && { accuracy }) };
  const problem = convProblem("test", W, Z, layer.shape, options);
  const S = engineForward(machine, problem, W, b, Z);
  const gradients = engineBackward(machine, problem, W, Z, dS);
  return [S, gradients.W, gradients.b, gradients.Z].map(({ data }) =>
    Uint8Array.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  );
}

/** The same sizes with numbers that are quickly made. */
function evenNumbersOf({ shape, batch, dOut }: Layer): ReturnType<typeof numbersOf> {
  const { a, b, d, h, aOut, bOut } = shape;
  const even = (rows: number, cols: number, seed: number): Matrix =>
    columnMajor(
      rows,
      cols,
      Float64Array.from({ length: rows * cols }, (_, k) => (((k % 1009) * 7919 + seed) % 1013) / 506 - 1),
    );
  return {
    W: even(dOut, h * h * d, 1),
    b: even(dOut, 1, 2),
    Z: even(d, a * b * batch, 3),
    dS: even(dOut, aOut * bOut * batch, 4),
  };
}

type Four = [Matrix, Matrix, Matrix, Matrix];
