import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { completed, type Sizes } from "../../../src/symbolic/sizes/sizes.js";
import { indexTable, movesOf } from "../../../src/symbolic/trial/indexTable.js";

const world = declare(`
  dims h s q p d a b e
  a_pad = a + 2*p; b_pad = b + 2*p
  u = floor(a/q); v = floor(b/q)
  a_out = floor((a - h)/s) + 1; b_out = floor((b - h)/s) + 1
  pad, P_pad = padding(p, d, a, b)
  phi, P_phi = conv(h, s, d, a, b)
  mean, P_mean = avgpool(q, d, a, b)
  map flip, P_flip(c:d; y:a, x:b) = (c; a - 1 - y, x) from d x a*b
  map far, P_far(c:d; y:e, x:b) = (c; y + s - p, x) from d x a*b
`);
const sizesWith = (given: Sizes): Sizes =>
  completed(world, { h: 1, s: 1, q: 1, p: 1, d: 1, a: 1, b: 1, e: 1, ...given });
const tableOf = (name: string, given: Sizes) => indexTable(world.maps.get(name)!, sizesWith(given));

describe("the table of an index map, by hand,", () => {
  it("has an entry over the counters, the first fastest, for each at the places", () => {
    assert.deepEqual(tableOf("flip", { d: 2, a: 3, b: 2 }), {
      counters: { rows: 2, cols: 6 },
      places: { rows: 2, cols: 6 },
      options: [4, 5, 2, 3, 0, 1, 10, 11, 8, 9, 6, 7].map((place) => [place]),
    });
    assert.deepEqual(tableOf("pad", { a: 2, b: 1 }), {
      counters: { rows: 1, cols: 2 },
      places: { rows: 1, cols: 12 },
      options: [[5], [6]],
    });
  });

  it("has all places that are summed, the first counter of the sum fastest", () => {
    const { options, counters } = tableOf("mean", { q: 2, a: 5, b: 4 });
    assert.deepEqual(counters, { rows: 1, cols: 4 });
    assert.deepEqual(options, [
      [0, 1, 5, 6],
      [2, 3, 7, 8],
      [10, 11, 15, 16],
      [12, 13, 17, 18],
    ]);
  });

  it("has the filter in the rows and where it stands in the columns", () => {
    const { options, counters, places } = tableOf("phi", { h: 2, s: 2, d: 2, a: 4, b: 2 });
    assert.deepEqual(
      [counters, places],
      [
        { rows: 8, cols: 2 },
        { rows: 2, cols: 8 },
      ],
    );
    const first = [0, 2, 8, 10, 1, 3, 9, 11];
    assert.deepEqual(options.flat(), [...first, ...first.map((place) => place + 4)]);
  });

  it("refuses an index outside of its source, and says which and where", () => {
    assert.throws(
      () => tableOf("far", { a: 3, b: 2, e: 3, s: 2 }),
      /^RangeError: far: the index 3 at x=0 y=2 c=0 with .*; needed one from 0 to 2$/,
    );
    assert.throws(() => tableOf("far", { a: 2, b: 2, p: 2 }), /far: the index -1 at x=0 y=0 c=0/);
  });
});

describe("the ones in the matrix of an index map", () => {
  const given = { h: 2, s: 2, q: 2, p: 1, d: 3, a: 5, b: 4 };
  for (const name of ["flip", "pad", "mean", "phi"])
    it(`are where its table has them, though they are found in another way: ${name}`, () => {
      const { options } = tableOf(name, given);
      const moves = movesOf(world.maps.get(name)!, sizesWith(given));
      const expected = options.flatMap((places, counter) =>
        places.map((place, option) => `${counter} ${place} ${option}`),
      );
      const found = moves.map(({ counter, place, option }) => `${counter} ${place} ${option}`);
      assert.deepEqual(found.sort(), expected.sort());
    });

  it("are found once for the same sizes, as the table is", () => {
    const [map, sizes] = [world.maps.get("flip")!, sizesWith(given)];
    assert.equal(movesOf(map, sizes), movesOf(map, sizes));
    assert.equal(indexTable(map, sizes), indexTable(map, sizes));
    assert.notEqual(indexTable(map, sizes), indexTable(world.maps.get("pad")!, sizes));
  });
});
