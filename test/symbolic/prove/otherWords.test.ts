import assert from "node:assert/strict";
import fc from "fast-check";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import {
  constant,
  minus,
  type Polynomial,
  plus,
  times,
  variable,
} from "../../../src/symbolic/language/polynomial.js";
import { withFewerEquations } from "../../../src/symbolic/prove/fewerEquations.js";
import { proveForAllSizes } from "../../../src/symbolic/prove/prove.js";
import { type Entry, type Equation, type Term, unit } from "../../../src/symbolic/prove/terms.js";
import { turnedSum } from "../../../src/symbolic/prove/turnedSums.js";
import { withZeroMatrix } from "../../../src/symbolic/world/zero.js";
import { cases } from "../../cases.js";
import { letters } from "./letters.js";
import { slips, truths, world } from "./otherWords.js";
import { valueAt } from "./termValue.js";

const [i, j, r, c, m, n, s] = letters("i", "j", "r", "c", "m", "n", "s");
const one = constant(1);
const two = constant(2);
const entry = (...index: Polynomial[]): Entry => ({ kind: "entry", name: "z", index });
const is = (left: Polynomial, right: Polynomial): Equation => ({ left, right, size: variable("?") });

/** Free indices r and c, below m and n. */
const ranges = new Map([
  ["r", m],
  ["c", n],
]);
let count = 0;
const around = { ranges, fresh: () => `fresh${count++}`, isSize: (name: string) => "mns".includes(name) };

function sum(sums: Record<string, Polynomial>, equations: Equation[], ...factors: Entry[]): Term {
  return { ...unit, sums: new Map(Object.entries(sums)), equations, factors };
}

describe("equations of a sum", () => {
  it("are divided by what both sides are multiples of", () => {
    const [term] = withFewerEquations(
      [sum({ i: m, j: m }, [is(times(s, i), times(s, j))], entry(i, j))],
      around,
    );
    assert.deepEqual([term?.equations, term?.sums.size], [[], 1]);
  });

  it("never hold where one side is odd, or always larger", () => {
    for (const equation of [is(times(two, i), plus(times(two, j), one)), is(i, plus(j, m))])
      assert.deepEqual(withFewerEquations([sum({ i: m, j: n }, [equation], entry(i))], around), []);
    // j may reach n − 1, which may be m: it holds where m < n.
    assert.equal(withFewerEquations([sum({ i: m, j: n }, [is(plus(i, m), j)], entry(i))], around).length, 1);
    assert.equal(withFewerEquations([sum({ i: m }, [is(plus(i, one), m)], entry(i))], around).length, 1);
  });

  it("are divided by a number, and cut where the rest is small: 2 i + j = 2 r + 1 with j < 2 says i = r, j = 1", () => {
    const twice = sum({ i: m, j: m }, [is(times(two, i), times(two, j))], entry(i, j));
    assert.deepEqual(withFewerEquations([twice], around), [sum({ j: m }, [], entry(j, j))]);
    const odd = is(plus(times(two, i), j), plus(times(two, r), one));
    assert.deepEqual(withFewerEquations([sum({ i: m, j: two }, [odd], entry(i, j))], around), [
      sum({}, [], entry(r, one)),
    ]);
    const place = is(plus(times(s, i), j), plus(times(s, r), minus(s, one)));
    assert.deepEqual(withFewerEquations([sum({ i: m, j: s }, [place], entry(i, j))], around), [
      sum({}, [], entry(r, minus(s, one))),
    ]);
  });

  it("may hold where a size is 1, or an index is 0, and are not cut where the rest may be larger", () => {
    const three = constant(3);
    for (const [sums, equation] of [
      [{ i: three, j: m }, is(times(s, i), one)],
      [{ i: m, j: three }, is(times(two, i), plus(j, r))],
      [{ i: m, j: plus(s, one) }, is(plus(times(s, i), j), times(s, r))],
      [{ i: n, j: n }, is(plus(i, s), one)],
    ] as const) {
      const term = sum(sums, [equation], entry(i, j));
      const found = withFewerEquations([term], around);
      for (const at of [0, 1, 2])
        for (const s of [1, 2])
          assert.equal(valueAt(found, { m: 3, n: 2, s, r: at }), valueAt([term], { m: 3, n: 2, s, r: at }));
    }
  });

  it("are looked for within functions, where the indices around them have their ranges", () => {
    const sigma = (at: Term): Term => ({
      ...unit,
      factors: [{ kind: "applied", name: "sigma", order: 0, at: [at] }],
    });
    const summed = (...equations: Equation[]): Term => ({
      ...sum({ i: m, j: n }, equations),
      factors: sigma({ ...unit, equations: [is(plus(i, m), minus(j, n))], factors: [entry(i, j)] }).factors,
    });
    const [found] = withFewerEquations([summed()], around);
    assert.deepEqual(found?.factors, [{ kind: "applied", name: "sigma", order: 0, at: [] }]);
  });

  it("name places within functions too, and leave other places there as they are", () => {
    const place = plus(times(i, s), j);
    const sigma = (...at: Term[]) => ({ kind: "applied", name: "sigma", order: 0, at }) as const;
    const one = (...index: Polynomial[]): Term => ({ ...unit, factors: [entry(...index)] });
    const within = sigma(one(place, j), { ...unit, factors: [sigma(one(i, place))] }, one(i, j));
    const [found] = withFewerEquations(
      [{ ...sum({ i: m, j: m }, [is(r, place)]), factors: [within] }],
      around,
    );
    const renamed = sigma(one(r, j), { ...unit, factors: [sigma(one(i, r))] }, one(i, j));
    assert.deepEqual(found?.factors, [renamed]);
  });

  it("are taken off each other, and places get the shorter name", () => {
    const place = plus(times(i, s), j);
    const term = sum({ i: m, j: m }, [is(r, place), is(c, place)], entry(place));
    const [found] = withFewerEquations([term], around);
    assert.deepEqual(found?.equations.map(({ left, right }) => minus(left, right).terms.size).sort(), [2, 3]);
    assert.deepEqual(
      found?.factors.map((factor) => factor.kind === "entry" && factor.index[0]!.terms.size),
      [1],
    );
  });

  it("run the way in which less is written", () => {
    const backwards = minus(minus(m, one), i);
    const term = sum({ i: m }, [], entry(plus(backwards, r)));
    assert.deepEqual(turnedSum(term)?.factors, [entry(plus(i, r))]);
    assert.equal(turnedSum(sum({ i: m }, [], entry(plus(i, r)))), undefined);
  });

  const index = fc.constantFrom(i, j, r, c, minus(minus(m, one), i), plus(times(s, i), j), times(two, j));
  const side = fc
    .tuple(index, index, fc.constantFrom(constant(0), one, two, n, s))
    .map(([x, y, z]) => plus(plus(x, y), z));
  const equation = fc.tuple(fc.oneof(index, side), side).map(([x, y]) => is(x, y));
  it("come to the same value at all sizes and places", () =>
    fc.assert(
      fc.property(fc.array(equation, { maxLength: 3 }), index, index, (equations, x, y) => {
        const term = sum({ i: m, j: n }, equations, entry(x, y));
        const found = withFewerEquations([term], around);
        for (const sizes of [
          { m: 2, n: 3, s: 2 },
          { m: 3, n: 1, s: 1 },
          { m: 4, n: 4, s: 3 },
        ])
          for (let r = 0; r < sizes.m; r++)
            for (let c = 0; c < sizes.n; c++)
              assert.equal(valueAt(found, { ...sizes, r, c }), valueAt([term], { ...sizes, r, c }));
      }),
      cases(300),
    ));
});

describe("what is equal in other words", () => {
  for (const text of truths) it(`is proved: ${text}`, () => assert.equal(statusOf(text), "proved"));
  for (const text of slips) it(`is not: ${text}`, () => assert.notEqual(statusOf(text), "proved"));
});

describe("a function that is no inverse", () => {
  it("is not multiplied by what it is taken of", () => {
    assert.notEqual(statusOf("sigma(f_1) = 1/f_1"), "proved");
  });
});

function statusOf(text: string): string {
  return proveForAllSizes(world, withZeroMatrix(world, parseStatement(text))).status;
}
