import assert from "node:assert/strict";
import fc from "fast-check";
import { backward } from "../../src/engine/describe/backward.js";
import { forward } from "../../src/engine/describe/forward.js";
import type { ConvSizes } from "../../src/engine/describe/sizes.js";
import type { WinogradName } from "../../src/engine/kernels/winogradForm.js";
import type { Machine } from "../../src/engine/machine/machine.js";
import { blockBytes } from "../../src/engine/memory/arena.js";
import { type Layout, type Lifetime, sharedLayout } from "../../src/engine/plan/layout.js";
import { Plan, type Results } from "../../src/engine/plan/plan.js";
import { type Operand, Workspace } from "../../src/engine/plan/workspace.js";
import type { Numbers } from "../../src/numeric/storage.js";
import { convShape } from "../../src/shape.js";
import { cases } from "../cases.js";
import { asFloat32, numbersOf } from "../operations/layers.js";
import { machines } from "./machines.js";

/** Every room has space of its own. */
function separateLayout(rooms: readonly Lifetime[]): Layout {
  let bytes = 0;
  const offsets = rooms.map((room) => {
    bytes += blockBytes(room.bytes);
    return bytes - blockBytes(room.bytes);
  });
  return { offsets, bytes };
}

const meet = (x: Lifetime, y: Lifetime) => x.first <= y.last && y.first <= x.last;

describe("the layout of a plan's rooms", () => {
  it("gives two rooms of different stages one place, and the one between them another", () => {
    const rooms = [
      { bytes: 100, first: 0, last: 1 },
      { bytes: 60, first: 1, last: 2 },
      { bytes: 90, first: 2, last: 2 },
      { bytes: 500, first: Number.POSITIVE_INFINITY, last: -1 },
    ];
    assert.deepEqual(sharedLayout(rooms), {
      offsets: [0, blockBytes(100), 0, 0],
      bytes: blockBytes(100) + blockBytes(60),
    });
  });

  it("never lets two rooms overlap that live at once, and takes no more than one place for each", () => {
    const room = fc
      .tuple(fc.integer({ min: 1, max: 2000 }), fc.nat(12), fc.nat(4))
      .map(([bytes, first, more]): Lifetime => ({ bytes, first, last: first + more }));
    const noOverlap = (rooms: Lifetime[]) => {
      const { offsets, bytes } = sharedLayout(rooms);
      const end = (k: number) => offsets[k]! + blockBytes(rooms[k]!.bytes);
      rooms.forEach((one, k) => {
        assert.ok(offsets[k]! >= 0 && end(k) <= bytes);
        rooms.slice(0, k).forEach((other, l) => {
          if (meet(one, other)) assert.ok(end(k) <= offsets[l]! || end(l) <= offsets[k]!);
        });
      });
      assert.ok(bytes <= separateLayout(rooms).bytes);
    };
    fc.assert(fc.property(fc.array(room, { maxLength: 25 }), noOverlap), cases(300));
  });
});

interface Layer extends ConvSizes {
  readonly form?: WinogradName;
  readonly precision: "float32" | "float64";
}

const layer = (size: Parameters<typeof convShape>[0], more: Partial<Layer> = {}): Layer => {
  const { groups = 1, batch = 1, dOut = 24, precision = "float32", form } = more;
  const shape = convShape(size);
  const part = convShape({ ...shape, d: shape.d / groups });
  return { shape, part, dOut, groups, batch, precision, form };
};
const layers = [
  layer({ a: 24, b: 20, d: 16, h: 3, pad: 1 }),
  layer({ a: 13, b: 11, d: 12, h: 3, s: 2, pad: 1 }, { groups: 2, batch: 3, precision: "float64" }),
  layer({ a: 24, b: 20, d: 16, h: 3, pad: 1 }, { form: "F2x3", groups: 2, dOut: 48 }),
  layer({ a: 23, b: 21, d: 3, h: 5, s: 2, pad: 2 }, { form: "F2x3", precision: "float64", batch: 2 }),
];

describe("a plan whose rooms share space", () => {
  for (const one of layers) {
    const { a, b, d, h, s } = one.shape;
    const name = `${a} × ${b} × ${d}, h = ${h}, s = ${s}, ${one.groups} groups, ${one.form ?? "direct"}, ${one.precision}`;
    const { W, b: bias, Z, dS } = numbersOf(one);
    const [w, beta, z, slope] = [W, bias, Z, dS].map((M) =>
      one.precision === "float32" ? asFloat32(M).data : M.data,
    ) as [Numbers, Numbers, Numbers, Numbers];

    it(`has the same bits as one whose rooms lie apart: ${name}`, function () {
      const machine = machineFor(one);
      if (machine === undefined) return this.skip();
      const onward = (work: Workspace, ...[W, b, Z]: Operand[]) =>
        forward(work, { ...one, relu: true }, W!, b!, Z!, one.form);
      const back = (work: Workspace, ...[W, Z, dS]: Operand[]) =>
        backward(work, one, W!, Z!, dS!, { filters: one.form, image: one.form });
      const inTwoWays = [
        [computed(machine, [w, beta, z], onward), computed(machine, [w, beta, z], onward, separateLayout)],
        [computed(machine, [w, z, slope], back), computed(machine, [w, z, slope], back, separateLayout)],
      ] as const;
      for (const [together, apart] of inTwoWays) {
        assert.deepEqual(together.results, apart.results);
        assert.ok(Object.values(together.results).every((numbers) => numbers.every(Number.isFinite)));
        assert.ok(together.scratch <= apart.scratch);
      }
      const [, [together, apart]] = inTwoWays;
      const asked = `${together.scratch} bytes where ${apart.scratch} would be apart`;
      assert.ok(together.scratch < 0.85 * apart.scratch, asked);
    });
  }
});

function machineFor({ precision }: Layer): Machine | undefined {
  return machines.find((found) => found.precision === precision)?.machine;
}

/** What a plan computes in scratch memory full of NaN, and how many bytes of it the plan asks for. */
function computed<R extends Results>(
  machine: Machine,
  numbers: readonly Numbers[],
  build: (work: Workspace, ...operands: Operand[]) => R,
  layout?: (rooms: readonly Lifetime[]) => Layout,
): { readonly results: Record<string, number[]>; readonly scratch: number } {
  const work = new Workspace(machine, 2);
  const operands = numbers.map(({ length }, place) => ({ place, length, frozen: false }));
  const plan = new Plan(work, build(work, ...operands), layout);
  const { loans } = machine;
  const lend = loans.scratch.bind(loans);
  let scratch = 0;
  loans.scratch = (bytes) => {
    scratch = bytes;
    const address = lend(bytes);
    machine.numbers.fill(Number.NaN, address / work.bytes, (address + bytes) / work.bytes);
    return address;
  };
  try {
    const taken = Object.entries(plan.run(numbers, 2, {}));
    return { results: Object.fromEntries(taken.map(([name, found]) => [name, [...found]])), scratch };
  } finally {
    delete (loans as Partial<typeof loans>).scratch;
    loans.close();
    plan.close();
  }
}
