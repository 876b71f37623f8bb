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
import { canonicalText } from "../../../src/symbolic/prove/canonical.js";
import { OutsideError } from "../../../src/symbolic/prove/digits.js";
import {
  type Equation,
  type Factor,
  scaled,
  type Term,
  timesPower,
  unit,
} from "../../../src/symbolic/prove/terms.js";
import { cases } from "../../cases.js";
import { letters } from "./letters.js";
import { valueAt } from "./termValue.js";

const [m, n, r] = letters("m", "n", "r");
const two = constant(2);

describe("the normal form's text", () => {
  it("has a factor twice that stands there twice, also as one object", () => {
    const a: Factor = { kind: "entry", name: "A", index: [variable("r")] };
    const square = canonicalText([{ ...unit, factors: [a, { ...a }] }]);
    assert.equal(canonicalText([{ ...unit, factors: [a, a] }]), square);
    assert.notEqual(canonicalText([{ ...unit, factors: [a] }]), square);
  });

  it("shows each sum, also one whose index cancels within a function: Σᵢ σ(aᵢ − aᵢ) is not σ(0)", () => {
    const a: Term = { ...unit, factors: [{ kind: "entry", name: "A", index: [variable("i")] }] };
    const factors: Factor[] = [{ kind: "applied", name: "sigma", order: 0, at: [a, ...scaled([a], -1n)] }];
    const sumOver = (size: string) =>
      canonicalText([{ ...unit, factors, sums: new Map([["i", variable(size)]]) }]);
    const atZero: Factor[] = [{ kind: "applied", name: "sigma", order: 0, at: [] }];
    assert.equal(canonicalText([{ ...unit, factors }]), canonicalText([{ ...unit, factors: atZero }]));
    assert.notEqual(sumOver("m"), canonicalText([{ ...unit, factors }]));
    assert.notEqual(sumOver("m"), sumOver("n"));
  });
});

const [i, j, k] = letters("i", "j", "k");
const entry = (name: string, ...index: Polynomial[]): Factor => ({ kind: "entry", name, index });
const sigma = (...at: Term[]): Factor => ({ kind: "applied", name: "sigma", order: 0, at });
const is = (left: Polynomial, right: Polynomial): Equation => ({ left, right, size: n });
const lossOf = (instance: Polynomial, each = true): Factor => {
  const at = [{ ...unit, factors: [entry("b", instance, variable("f"))] }];
  return { kind: "functional", name: "xi", index: ["f"], sizes: [m], instance, each, at };
};

/** Σ over i, j and k below m of the factors where equations hold; a sum may have a range of its own. */
function total(factors: readonly Factor[], equations: readonly Equation[] = [], own = {}): Term {
  return { ...unit, sums: new Map(Object.entries({ i: m, j: m, k: m, ...own })), factors, equations };
}
const within = (sums: Record<string, Polynomial>, ...factors: Factor[]): Term => ({
  ...{ ...unit, sums: new Map(Object.entries(sums)), factors },
});

describe("two sums that are not equal", () => {
  const v = variable("v");
  const inner = (...equations: Equation[]): Factor => sigma({ ...unit, equations });
  const apart: [what: string, x: Term, y: Term][] = [
    [
      "how often an index stands in an equation",
      total([], [is(times(two, i), n)]),
      total([], [is(times(constant(3), i), n)]),
    ],
    [
      "indices of equations alone",
      total([], [is(i, times(two, j))]),
      total([], [is(times(two, i), times(constant(3), j))]),
    ],
    [
      "indices of equations within functions alone",
      total([inner(is(i, times(two, j)))]),
      total([inner(is(times(two, i), times(constant(3), j)))]),
    ],
    [
      "indices within functions alone",
      total([sigma(within({}, entry("b", i, j))), sigma(within({}, entry("b", j, i)))]),
      total([sigma(within({}, entry("b", i, j))), sigma(within({}, entry("b", i, j)))]),
    ],
    ["instances of losses", total([lossOf(i), lossOf(j)]), total([lossOf(i), lossOf(i)])],
    [
      "how many values a sum has of which nothing is left, beside one within a function",
      within({ k: m }, sigma(within({ v: m }, entry("a", v)))),
      within({ k: n }, sigma(within({ v: m }, entry("a", v)))),
    ],
    [
      "how deep within functions a sum is",
      within({}, sigma(within({}, sigma(within({}, sigma(within({ v: m }, entry("a", v)))))))),
      within({}, sigma(within({}, sigma(within({ v: m }, sigma(within({}, entry("a", v)))))))),
    ],
  ];
  for (const [what, x, y] of apart)
    it(`have two texts: ${what}`, () => {
      const [p, q] = [x, y].map((term) => valueAt([term], { m: 3, n: 4 })) as [number, number];
      assert.ok(Math.abs(p - q) > 1e-6, `${p}, ${q}`);
      assert.notEqual(canonicalText([x]), canonicalText([y]));
    });
});

describe("a sum that is written in two ways", () => {
  const together: [what: string, x: Term, y: Term][] = [
    [
      "factors that are alike, in any order",
      total([entry("b", i, j), entry("b", j, k), entry("b", k, i), entry("b", i, i)]),
      total([entry("b", k, k), entry("b", j, i), entry("b", i, k), entry("b", k, j)]),
    ],
    ["what is added in an index", total([entry("a", plus(i, r))]), total([entry("a", plus(r, i))])],
    [
      "sums of which nothing is left",
      {
        ...unit,
        sums: new Map([
          ["i", m],
          ["j", n],
        ]),
      },
      {
        ...unit,
        sums: new Map([
          ["i", n],
          ["j", m],
        ]),
      },
    ],
  ];
  for (const [what, x, y] of together)
    it(`has one text: ${what}`, () => assert.equal(canonicalText([x]), canonicalText([y])));

  it("has one text, in whatever order its terms stand, and sizes in a term", () => {
    const [x, y] = [within({}, entry("a", r)), within({}, entry("b", r, r))];
    assert.equal(canonicalText([x, y]), canonicalText([y, x]));
    const [mn, nm] = [
      ["m", "n"],
      ["n", "m"],
    ].map((names) => names.reduce((one, name) => timesPower(one, name, 1), x));
    assert.equal(canonicalText([mn as Term]), canonicalText([nm as Term]));
  });

  it("is not looked for among too many factors that are alike", () => {
    const alike = (count: number): Term => ({
      ...unit,
      sums: new Map(Array.from({ length: count }, (_, k) => [`n${k}`, m])),
      factors: Array.from({ length: count }, (_, k) => entry("a", variable(`n${k}`))),
    });
    assert.match(canonicalText([alike(4)]), /a\[1_3:m\]/);
    assert.throws(() => canonicalText([alike(8)]), OutsideError);
  });
});

/** A word of a random term: whole numbers that are read one after another. */
const numbers = fc.array(fc.nat(839), { minLength: 24, maxLength: 24 });

/** The term that the numbers say; `isTurned`: with other names, sides and orders, and the same in value. */
function termOf(word: readonly number[], isTurned = false): Term {
  let at = 0;
  const oneOf = <T>(...all: readonly T[]): T => all[(word[at++] ?? 0) % all.length] as T;
  const name = (bound: string) => (isTurned ? `${"zyx"["ijk".indexOf(bound)]}` : bound);
  const [i, j, k] = ["i", "j", "k"].map((bound) => variable(name(bound))) as [
    Polynomial,
    Polynomial,
    Polynomial,
  ];
  const sums = ["i", "j", "k"].map((bound) => [name(bound), oneOf(m, m, n)] as const);
  const simple = () => oneOf(i, j, k, i, j, r);
  const place = () =>
    oneOf(
      simple,
      simple,
      () => plus(simple(), simple()),
      () => times(oneOf(m, two), simple()),
    )();
  const some = <T>(count: number, make: () => T) => Array.from({ length: count }, make);
  const factors = some(1 + oneOf(0, 1, 2), () =>
    factorOf(oneOf(0, 1, 1, 2, 3, 4, 5, 6), oneOf(0, 1), place, simple),
  );
  const equations = some(oneOf(0, 0, 1, 2), () => {
    const sides = [place(), oneOf(simple(), minus(simple(), r))] as const;
    const [left, right] = isTurned ? [sides[1], sides[0]] : sides;
    return { left, right, size: n };
  });
  const inOrder = <T>(all: readonly T[]) => (isTurned ? all.toReversed() : all);
  return { ...unit, sums: new Map(inOrder(sums)), factors: inOrder(factors), equations: inOrder(equations) };

  function factorOf(kind: number, option: number, place: () => Polynomial, simple: () => Polynomial): Factor {
    const halves = () => (isTurned ? [place(), place()].reverse() : [place(), place()]);
    const own = isTurned ? "w" : "v";
    switch (kind) {
      case 0:
        return { kind: "entry", name: "a", index: [place()] };
      case 1:
        return { kind: "entry", name: "b", index: [place(), place()] };
      case 2:
        return { kind: "entry", name: "h", index: halves(), isSymmetric: true };
      case 3:
        return { kind: "entry", name: "g", index: [simple(), ...halves()], isSymmetric: true };
      case 6: {
        const index = [variable(own), place()];
        const at = [{ ...unit, factors: [{ kind: "entry", name: "b", index }] as Factor[] }];
        const instance = simple();
        return {
          ...{ kind: "functional", name: "xi", at, instance, each: option > 0 },
          index: [own],
          sizes: [oneOf(m, n)],
        };
      }
      default: {
        const isSummed = kind === 4;
        const index = [place(), isSummed ? variable(own) : simple()];
        const inner = { ...unit, factors: [{ kind: "entry", name: "b", index }] as Factor[] };
        const sum = isSummed ? { ...inner, sums: new Map([[own, oneOf(m, n)]]) } : inner;
        return { kind: "applied", name: "sigma", order: option, at: [sum] };
      }
    }
  }
}

describe("the text of a random term", () => {
  it("is the same whatever its indices are called, and in whatever order all stands", () =>
    fc.assert(
      fc.property(numbers, (word) => {
        // An index that stands in equations alone is numbered as they stand; here there is none.
        const [x, y] = [true, false].map((isTurned) => {
          const term = termOf(word, isTurned);
          const index = (isTurned ? ["z", "y", "x"] : ["i", "j", "k"]).map(variable);
          return { ...term, factors: [...term.factors, { kind: "entry", name: "w", index } as const] };
        });
        assert.equal(canonicalText([x as Term]), canonicalText([y as Term]));
      }),
      cases(300),
    ));

  it("is that of no other value: of a term that is a slip apart, where it is the same, the value is", () =>
    fc.assert(
      fc.property(numbers, fc.nat(23), fc.nat(839), (word, at, other) => {
        const [x, y] = [word, word.with(at, other)].map((one) => termOf(one)) as [Term, Term];
        if (canonicalText([x]) !== canonicalText([y])) return;
        const [p, q] = [x, y].map((term) => valueAt([term], { m: 2, n: 3, r: 1 })) as [number, number];
        assert.ok(Math.abs(p - q) <= 1e-7 * Math.max(1, Math.abs(p)), `${p}, ${q}: ${canonicalText([x])}`);
      }),
      cases(600),
    ));
});
