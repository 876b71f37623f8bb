import assert from "node:assert/strict";
import fc from "fast-check";
import {
  constant,
  type Polynomial,
  plus,
  times,
  variable,
} from "../../../src/symbolic/language/polynomial.js";
import { simplified } from "../../../src/symbolic/prove/solve.js";
import { type Applied, type Entry, type Factor, type Term, unit } from "../../../src/symbolic/prove/terms.js";
import { cases } from "../../cases.js";
import { letters } from "./letters.js";
import { valueAt } from "./termValue.js";

const [i, j, u, w, r, m, q] = letters("i", "j", "u", "w", "r", "m", "q");

/** Which of the q entries, or of the q × q ones, of a window is taken. */
const choice = (window: readonly Polynomial[], ...offset: Polynomial[]): Entry => {
  const name = `choice${offset.length}${window.length}`;
  return { kind: "entry", name, index: [...window, ...offset], offsets: offset.length };
};
const entry = (...index: Polynomial[]): Entry => ({ kind: "entry", name: "z", index });
const sigma = (...at: Term[]): Applied => ({ kind: "applied", name: "sigma", order: 0, at });

function sum(sums: Record<string, Polynomial>, ...factors: Factor[]): Term {
  return { ...unit, sums: new Map(Object.entries(sums)), factors };
}

/** Simplifies a term, the free index r of which is below m, and asks that its value stays. */
function simple(term: Term): Term[] {
  let count = 0;
  const found = simplified([term], { ranges: new Map([["r", m]]), fresh: () => `fresh${count++}` });
  for (const sizes of [
    { m: 2, q: 2 },
    { m: 3, q: 2 },
    { m: 1, q: 3 },
  ])
    for (let r = 0; r < sizes.m; r++) {
      const [x, y] = [found, [term]].map((terms) => valueAt(terms, { ...sizes, r })) as [number, number];
      assert.ok(Math.abs(x - y) <= 1e-7 * Math.max(1, Math.abs(y)), `${x} for ${y}`);
    }
  return found;
}

const shape = (terms: readonly Term[]) =>
  terms.map(({ sums, factors, equations }) => [sums.size, factors.length, equations.length]);

describe("a selection", () => {
  it("summed over its offsets is 1", () => {
    assert.deepEqual(simple(sum({ i: q }, choice([r], i))), [unit]);
    assert.deepEqual(simple(sum({ i: q, j: q }, choice([r], i, j), entry(r))), [sum({}, entry(r))]);
    assert.deepEqual(shape(simple(sum({ i: q }, choice([r], i), entry(i)))), [[1, 2, 0]]);
  });

  it("is no 1 where an offset stands twice, is that of the entry, or is the window too", () => {
    assert.deepEqual(shape(simple(sum({ i: q }, choice([r], i, i)))), [[1, 1, 0]]);
    assert.deepEqual(shape(simple(sum({}, choice([r], r)))), [[0, 1, 0]]);
    assert.deepEqual(shape(simple(sum({ i: q }, choice([i], i)))), [[1, 1, 0]]);
    assert.deepEqual(shape(simple(sum({ i: q, j: q }, choice([i], i, j)))), [[2, 1, 0]]);
    for (const window of [[r, i], [i, r], [plus(r, i)]])
      assert.deepEqual(shape(simple(sum({ i: q }, choice(window, i)))), [[1, 1, 0]]);
  });

  it("is no 1 where one of its offsets is a number, a multiple or a sum, or stands elsewhere", () => {
    const two = constant(2);
    for (const offset of [times(two, i), plus(i, r), plus(i, j), constant(0), plus(i, times(two, j))])
      assert.equal(simple(sum({ i: q, j: q }, choice([r], offset), entry(i, j)))[0]?.factors.length, 2);
    for (const offset of [times(two, i), plus(i, r)])
      assert.deepEqual(shape(simple(sum({ i: q }, choice([r], offset)))), [[1, 1, 0]]);
    for (const [x, y] of [
      [i, j],
      [j, i],
    ] as const)
      assert.deepEqual(shape(simple(sum({ i: q, j: q }, choice([r], x, y), entry(i)))), [[2, 2, 0]]);
  });

  it("of one window is one, of another window or map another one", () => {
    const [merged] = simple(sum({ i: q, j: q }, choice([r], i), choice([r], j), entry(i, j)));
    assert.deepEqual(merged?.factors, [choice([r], j), entry(j, j)]);
    assert.deepEqual(shape(simple(sum({ i: q, u: m }, choice([r], i), choice([u], i), entry(i)))), [
      [2, 3, 0],
    ]);
    const [both, oneOf] = [choice([r, r], i), choice([r, u], j)];
    assert.deepEqual(shape(simple(sum({ i: q, j: q, u: m }, both, oneOf, entry(i, j)))), [[3, 3, 0]]);
    const other = { ...choice([r], j), name: "another" };
    assert.deepEqual(shape(simple(sum({ i: q, j: q }, choice([r], i), other, entry(i, j)))), [[2, 3, 0]]);
  });

  it("says what an offset is by that of another: choice_i choice_2r z_i = choice_2r z_2r", () => {
    const place = times(constant(2), r);
    for (const [x, y] of [
      [i, place],
      [place, i],
    ] as const) {
      const [found] = simple(sum({ i: q }, choice([r], x), choice([r], y), entry(i)));
      assert.deepEqual([found?.factors, found?.sums.size], [[choice([r], place), entry(place)], 0]);
    }
  });

  it("goes out of a function with what it selects: σ(Σ_i choice_i z_i) = Σ_i choice_i σ(z_i)", () => {
    const inner = sum({ i: q }, choice([r], i), entry(i));
    const [out, ...more] = simple(sum({}, sigma(inner)));
    const [index] = out?.sums.keys() ?? [];
    const at = variable(index as string);
    assert.deepEqual([out?.factors, more], [[choice([r], at), sigma(sum({}, entry(at)))], []]);
    assert.equal(out?.sums.get(index as string), q);
    const same = sum({ j: q }, choice([r], j), entry(j, r));
    assert.deepEqual(shape(simple(sum({}, sigma(inner, same), entry(r)))), [[1, 3, 0]]);
    // Another window's selection goes out by itself, and another sum stays within.
    const other = sum({ j: q }, choice([u], j), entry(j, r));
    assert.deepEqual(shape(simple(sum({ u: m }, sigma(inner, other)))), [[3, 3, 0]]);
    const [summed] = simple(sum({}, sigma(sum({ i: q, u: m }, choice([r], i), entry(i, u)))));
    assert.deepEqual(
      summed?.factors.flatMap((one) => (one.kind === "applied" ? one.at.map(({ sums }) => sums.size) : [])),
      [1],
    );
  });

  it("stays within where its window is summed there, or its offset is not, or stands twice", () => {
    for (const inner of [
      sum({ i: q, u: m }, choice([u], i), entry(i)),
      sum({ i: q, u: m }, choice([u, r], i), entry(i)),
      sum({ i: q, u: m }, choice([plus(u, r)], i), entry(i)),
      sum({}, choice([r], j), entry(j)),
      sum({ i: q }, choice([r], i, i), entry(i)),
      sum({ i: q }, choice([r], i, j), entry(i)),
    ])
      assert.deepEqual(shape(simple(sum({ j: q }, sigma(inner), entry(j)))), [[1, 2, 0]]);
  });

  const window = fc.constantFrom([u], [w], [r], [i], [u, r], [r, w]);
  const offset = fc.constantFrom(i, j);
  const factor = fc.oneof(
    fc.tuple(window, offset).map(([x, y]) => choice(x, y)),
    fc.tuple(window, offset, offset).map(([x, y, z]) => choice(x, y, z)),
    fc.tuple(window, offset).map(([x, y]) => entry(...x, y)),
  );
  const inner = fc
    .record({ factors: fc.array(factor, { minLength: 1, maxLength: 2 }), isSummed: fc.boolean() })
    .map(({ factors, isSummed }) => {
      const own = (x: Polynomial) => (isSummed && x === j ? variable("k") : x);
      const moved = factors.map((one) => ({ ...one, index: one.index.map(own) }));
      return sum(isSummed ? { k: q } : {}, ...moved);
    });
  const applied = fc.array(inner, { minLength: 1, maxLength: 2 }).map((terms) => sigma(...terms));

  it("keeps the value of all that it stands in", () =>
    fc.assert(
      fc.property(fc.array(fc.oneof(factor, applied), { minLength: 1, maxLength: 3 }), (factors) => {
        simple(sum({ i: q, j: q, u: m, w: m }, ...factors));
      }),
      cases(100),
    ));
});
