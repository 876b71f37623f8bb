import assert from "node:assert/strict";
import fc from "fast-check";
import {
  constant,
  minus,
  type Polynomial,
  plus,
  times,
  variable,
} from "../../../src/symbolic/language/polynomial.js";
import { simplified } from "../../../src/symbolic/prove/solve.js";
import { type Entry, type Equation, type Term, unit } from "../../../src/symbolic/prove/terms.js";
import { cases } from "../../cases.js";
import { letters } from "./letters.js";
import { type Numbers, valueAt } from "./termValue.js";

const [i, j, m, n, p, r] = letters("i", "j", "m", "n", "p", "r");
const one = constant(1);
const entry = (name: string, ...index: Polynomial[]): Entry => ({ kind: "entry", name, index });
const is = (left: Polynomial, right: Polynomial, size: Polynomial): Equation => ({ left, right, size });

/** Σ over `sums` of the product of `factors` where `equations` hold. */
function sum(sums: Record<string, Polynomial>, equations: Equation[], ...factors: Entry[]): Term {
  return { ...unit, sums: new Map(Object.entries(sums)), equations, factors };
}

/** Simplifies a term whose free indices run over `ranges`, and asks that its value stays at all sizes and indices. */
function simple(term: Term, ranges: Record<string, Polynomial> = {}): Term[] {
  let count = 0;
  const found = simplified([term], {
    ranges: new Map(Object.entries(ranges)),
    fresh: () => `fresh${count++}`,
  });
  for (const sizes of [
    { m: 2, n: 3, p: 2 },
    { m: 3, n: 2, p: 1 },
    { m: 1, n: 4, p: 3 },
    { m: 4, n: 4, p: 2 },
  ]) {
    for (const at of freeIndices(ranges, sizes)) {
      assert.equal(valueAt(found, at), valueAt([term], at), JSON.stringify(at));
    }
  }
  return found;
}

function freeIndices(ranges: Record<string, Polynomial>, sizes: Numbers): Numbers[] {
  return Object.entries(ranges).reduce<Numbers[]>(
    (all, [name, range]) =>
      all.flatMap((at) =>
        Array.from({ length: Number(range.terms.size === 1 ? valueOfSize(range, at) : 1) }, (_, k) => ({
          ...at,
          [name]: k,
        })),
      ),
    [sizes],
  );
}

/** A range that is one size, as a number. */
function valueOfSize(range: Polynomial, at: Numbers): number {
  const [name] = range.terms.keys();
  return at[name as string]!;
}

const shape = (terms: readonly Term[]) =>
  terms.map(({ sums, equations }) => [[...sums.keys()].sort().join(" "), equations.length]);

describe("an equation between indices is solved", () => {
  it("for a summed index that runs over all its digit: Σ_i [i = r] A_i = A_r", () => {
    const found = simple(sum({ i: n }, [is(i, r, n)], entry("A", i)), { r: n });
    assert.deepEqual(found, [{ ...unit, factors: [entry("A", r)] }]);
    const turned = simple(sum({ i: n }, [is(r, i, n)], entry("A", i)), { r: n });
    assert.deepEqual(turned, found);
  });

  it("where it is turned upside down: Σ_i [n − 1 − i = r] A_i = A_{n−1−r}", () => {
    const last = minus(n, one);
    const found = simple(sum({ i: n }, [is(minus(last, i), r, n)], entry("A", i)), { r: n });
    assert.deepEqual(found, [{ ...unit, factors: [entry("A", minus(last, r))] }]);
    assert.deepEqual(simple(sum({ i: n }, [is(r, minus(last, i), n)], entry("A", i)), { r: n }), found);
  });

  it("where both sides have the same beside it: Σ_i [i + p = r + p] A_i = A_r", () => {
    const size = plus(n, times(constant(2), p));
    const found = simple(sum({ i: n }, [is(plus(i, p), plus(r, p), size)], entry("A", i)), { r: n });
    assert.deepEqual(found, [{ ...unit, factors: [entry("A", r)] }]);
    assert.deepEqual(
      simple(sum({ i: n }, [is(plus(r, p), plus(i, p), size)], entry("A", i)), { r: n }),
      found,
    );
  });

  it("where both are summed: one sum stays", () => {
    assert.deepEqual(shape(simple(sum({ i: n, j: n }, [is(i, j, n)], entry("A", i, j)))), [["j", 0]]);
  });
});

describe("an equation between indices is not solved", () => {
  it("for an index by something that mentions it: Σ_i [i = n − 1 − i] A_i is the middle of A, or 0", () => {
    const last = minus(n, one);
    for (const equation of [is(i, minus(last, i), n), is(minus(last, i), i, n)]) {
      assert.deepEqual(shape(simple(sum({ i: n }, [equation], entry("A", i)))), [["i", 1]]);
    }
  });

  it("for an index within a product: Σ_i [i = i r] A_i, with r of 2 values, is all of A or A_0", () => {
    const found = simple(sum({ i: n }, [is(i, times(i, r), n)], entry("A", i)), { r: constant(2) });
    assert.deepEqual(shape(found), [["i", 1]]);
  });

  it("for an index that does not run over all its digit: Σ_{i<m} [i = r] A_i is 0 where r ≥ m", () => {
    const size = plus(m, n);
    const found = simple(sum({ i: m }, [is(i, plus(r, m), size)], entry("A", i)), { r: n });
    assert.deepEqual(shape(found), [["i", 1]]);
  });

  it("by cancelling, where the two have unequal ranges: Σ_{i<m} Σ_{j<n} [i + p = j + p] A_ij", () => {
    const size = plus(plus(m, n), p);
    for (const equation of [is(plus(i, p), plus(j, p), size), is(plus(j, p), plus(i, p), size)]) {
      const found = simple(sum({ i: m, j: n }, [equation], entry("A", i, j)));
      assert.deepEqual(shape(found), [["i j", 1]]);
    }
  });

  it("by cancelling a summed index against one of the entry with another range: Σ_{i<m} [i + p = r + p] A_i, r < n", () => {
    const size = plus(plus(m, n), p);
    for (const equation of [is(plus(i, p), plus(r, p), size), is(plus(r, p), plus(i, p), size)]) {
      assert.deepEqual(shape(simple(sum({ i: m }, [equation], entry("A", i)), { r: n })), [["i", 1]]);
    }
  });

  it("by cancelling what is more than two indices: Σ_ij [i + j = r] A_ij", () => {
    const size = plus(n, n);
    const found = simple(sum({ i: n, j: n }, [is(plus(i, j), r, size)], entry("A", i, j)), { r: n });
    assert.deepEqual(shape(found), [["i j", 1]]);
  });
});

describe("an equation that is more than two plain indices stays", () => {
  const two = constant(2);
  const large = times(constant(4), plus(plus(m, n), p));
  const summed: [what: string, equation: Equation][] = [
    ["2 i = r", is(times(two, i), r, n)],
    ["i + p = r", is(plus(i, p), r, n)],
    ["2 i = j", is(times(two, i), j, large)],
    ["i = 2 j", is(i, times(two, j), large)],
  ];
  for (const [what, equation] of summed) {
    it(`${what}, with i and j summed`, () => {
      const found = simple(sum({ i: n, j: n }, [equation], entry("A", i, j)), { r: n });
      assert.deepEqual(shape(found), [["i j", 1]]);
    });
  }

  const own: [what: string, equation: Equation][] = [
    ["r + p = j", is(plus(r, p), j, large)],
    ["r + j = 0", is(plus(r, j), minus(r, r), large)],
    ["2 r = j", is(times(two, r), j, large)],
  ];
  for (const [what, equation] of own) {
    it(`${what}, with r and j of the entry itself`, () => {
      const found = simple(sum({}, [equation], entry("A", r), entry("B", j)), { r: n, j: n });
      assert.deepEqual(found[0]!.factors, [entry("A", r), entry("B", j)]);
    });
  }
});

describe("a term", () => {
  it("is 0 where an equation never holds, and loses one that always does or stands twice", () => {
    assert.deepEqual(simple(sum({ i: n }, [is(i, plus(i, one), plus(n, one))], entry("A", i))), []);
    assert.deepEqual(shape(simple(sum({ i: n }, [is(i, i, n)], entry("A", i)))), [["i", 0]]);
    const twice = [is(plus(i, p), times(r, p), m), is(plus(i, p), times(r, p), m)];
    assert.deepEqual(shape(simple(sum({ i: n }, twice, entry("A", i)), { r: n })), [["i", 1]]);
    const turned = [is(plus(i, p), times(r, p), m), is(times(r, p), plus(i, p), m)];
    assert.deepEqual(shape(simple(sum({ i: n }, turned, entry("A", i)), { r: n })), [["i", 1]]);
  });

  it("is multiplied by the size of a sum over what stands nowhere, of two sizes added by both", () => {
    const found = simple(sum({ i: n, j: plus(m, times(constant(2), n)) }, [], entry("A", i)));
    assert.deepEqual(
      found.map(({ sums, powers, coefficient }) => [[...sums.keys()], [...powers], coefficient.over]),
      [
        [["i"], [["m", 1]], 1n],
        [["i"], [["n", 1]], 2n],
      ],
    );
  });

  it("names one index for two of the entry that are equal, and keeps the equation", () => {
    const found = simple(sum({}, [is(r, j, n)], entry("A", r), entry("B", j)), { r: n, j: n });
    assert.deepEqual(shape(found), [["", 1]]);
    assert.deepEqual(found[0]!.factors, [entry("A", j), entry("B", j)]);
  });

  it("keeps its value, whatever its sums and equations are", () => {
    const index = fc.constantFrom(i, j, variable("u"), r);
    const side = fc.oneof(
      index,
      index.map((x) => plus(x, p)),
      index.map((x) => minus(minus(n, one), x)),
      fc.tuple(index, index).map(([x, y]) => plus(x, times(y, n))),
    );
    const size = fc.constantFrom(m, n, n, n);
    // The digit of an equation is as large as its sides may get; of two plain indices of one range, that range.
    const equation = fc.tuple(side, side);
    const term = fc
      .record({ ri: size, rj: size, ru: size, equations: fc.array(equation, { minLength: 1, maxLength: 3 }) })
      .map(({ ri, rj, ru, equations }) => {
        const sums: Record<string, Polynomial> = { i: ri, j: rj, u: ru };
        const rangeOf = (x: Polynomial) => {
          const [name, ...more] = x.terms.keys();
          return more.length === 0 && name !== undefined ? (name === "r" ? n : sums[name]) : undefined;
        };
        const sized = equations.map(([x, y]) => {
          const [a, b] = [rangeOf(x), rangeOf(y)];
          const digit = a && a === b ? a : times(plus(plus(m, n), p), plus(n, one));
          return is(x, y, digit);
        });
        return sum(sums, sized, entry("A", i, j), entry("B", variable("u"), r));
      });
    fc.assert(
      fc.property(term, (given) => {
        simple(given, { r: n });
      }),
      cases(60),
    );
  });
});
