import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { DivisionError } from "../../../src/symbolic/trial/algebra.js";
import { passingChance } from "../../../src/symbolic/trial/degrees.js";
import {
  boundOf,
  notCovered,
  outcomeOrDivision,
  tryInPrimeField,
  tryOnce,
} from "../../../src/symbolic/trial/primeFieldTrial.js";

const declarations = `dims m n l
  A : m x n; X : m x n; v : n x 1; c : 1 x 1; z : n x 1 each
  g : n x 1; xi(S) with gradient g`;
const world = declare(declarations);
const prime = 67108859;
const sizes = { m: 2, n: 3, l: 2 };

function once(text: string, more: Parameters<typeof tryOnce>[4] = {}, at = sizes, seed = 1) {
  return tryOnce(world, parseStatement(text), at, seed, more);
}

describe("a statement at one shape with one seed, in GF(p)", () => {
  it("has the first entry that differs, column by column, and how many do", () => {
    assert.deepEqual(once("K(m, m) = I(m*m)"), {
      isZero: false,
      difference: { at: sizes, seed: 1, entry: [2, 2], differing: 4, entries: 16 },
    });
    const { difference } = once("vec(A)*vec(A)' = 0*vec(A)*vec(A)'");
    assert.deepEqual([difference?.differing, difference?.entries], [36, 36]);
    assert.equal(once("A + X = X + A").difference, undefined);
  });

  it("is 0 = 0 only where all entries of both sides are 0", () => {
    for (const [text, isZero] of [
      ["A - A = 0*A", true],
      ["A = 0*A", false],
      ["0*A = A", false],
      ["diag(v) = diag(v)", false],
    ] as const)
      assert.equal(once(text).isZero, isZero, text);
  });

  it("is tried in whole numbers and fractions where relu asks for signs, or where that is wanted", () => {
    assert.deepEqual(once("relu(A) = A .* drelu(A)"), { isZero: false });
    assert.throws(() => once("relu(A) = A .* drelu(A)", { signed: false }));
    const { difference } = once("relu(A) = 2*relu(A) + ones(m, n)");
    assert.deepEqual([difference?.at, difference?.seed, difference?.entries], [sizes, 1, 6]);
    assert.equal(once("A + A = 2*A", { signed: true }).difference, undefined);
    assert.equal(once("A + A = 3*A", { signed: true }).difference?.seed, 1);
    // 3 is 0 modulo 3 alone
    assert.equal(once("3*A = 0*A", { prime: 3 }).difference, undefined);
    assert.notEqual(once("3*A = 0*A", { prime: 3, signed: true }).difference, undefined);
    assert.notEqual(once("3*A = 0*A").difference, undefined);
  });

  it("has a gradient where the loss stands in this statement, not in one before it", () => {
    for (const text of ["d(xi(v), v) = g'*dv", "d(xi(2*v), v) = 2*g'*dv", "d(xi(v), v) = g'*dv"])
      assert.equal(once(text).difference, undefined, text);
    assert.notEqual(once("d(xi(2*v), v) = g'*dv").difference, undefined);
  });
});

describe("a statement at several shapes with several seeds", () => {
  const [one, other] = [
    { m: 1, n: 2, l: 1 },
    { m: 2, n: 2, l: 1 },
  ];
  const everywhere = (text: string, shapes: (typeof one)[], seeds = [1, 2], p = prime) =>
    tryInPrimeField(world, parseStatement(text), { shapes, seeds, prime: p });

  it("differs where it differs first, and is tried no further", () => {
    const { difference } = everywhere("A = m*A", [one, other], [7, 8]);
    assert.deepEqual([difference?.at, difference?.seed], [other, 7]);
    assert.equal(everywhere("A = m*A", [one, one]).difference, undefined);
  });

  it("is 0 = 0 only where it is at all of them, whichever comes first", () => {
    const vanishing = "(m - 1)*A = A*(m - 1)";
    assert.deepEqual(everywhere(vanishing, [one, one]), { isZero: true });
    assert.deepEqual(everywhere(vanishing, [one, other]), { isZero: false });
    assert.deepEqual(everywhere(vanishing, [other, one]), { isZero: false });
    assert.deepEqual(everywhere("A - A = (m - 1)*A", [one, other]).isZero, false);
  });

  it("needs one seed at each shape with which no divisor is 0", () => {
    const inverse = parseStatement("c/c*A = A");
    const divides = (seed: number) =>
      outcomeOrDivision(() => tryOnce(world, inverse, one, seed, { prime: 3, signed: false })) instanceof
      DivisionError;
    const seeds = Array.from({ length: 40 }, (_, k) => k + 1);
    const [zero, others] = [seeds.filter(divides), seeds.filter((seed) => !divides(seed))];
    assert.ok(zero.length > 1 && others.length > 1);
    const at = (used: number[]) => everywhere("c/c*A = A", [one], used, 3);
    assert.equal(at([zero[0]!, others[0]!]).difference, undefined);
    assert.equal(at([others[0]!, zero[0]!]).difference, undefined);
    assert.throws(() => at(zero.slice(0, 2)), DivisionError);
    assert.throws(() => everywhere("A/(m - 1) = A/(m - 1)", [other, one]), DivisionError);
    assert.deepEqual(at([]), { isZero: true });
    assert.deepEqual(everywhere("c/c*(A - A) = 0*A", [one], [zero[0]!, others[0]!], 3), { isZero: true });
    // what is false is found with the other seed
    assert.equal(everywhere("c/c*A = A + A", [one], [zero[0]!, others[0]!], 3).difference?.seed, others[0]);
  });

  it("throws what is no division", () => {
    assert.throws(() => everywhere("A*A = A*A", [{ m: 2, n: 3, l: 1 }]), RangeError);
    const broken = () => {
      throw new RangeError("broken");
    };
    assert.throws(() => outcomeOrDivision(broken), /broken/);
  });
});

describe("the bound of trials", () => {
  it("is the chance at the shape where it is greatest, with all seeds", () => {
    const statement = parseStatement("Sum(z/c) = Sum(z)/c");
    const [few, many] = [
      { m: 2, n: 3, l: 1 },
      { m: 2, n: 3, l: 4 },
    ];
    const [small, great] = [few, many].map((at) => passingChance(world, statement, at, prime));
    assert.ok(small! < great!);
    for (const shapes of [
      [few, many],
      [many, few],
    ])
      assert.equal(boundOf(world, statement, { shapes, seeds: [1, 2, 3], prime }), great! ** 3);
    assert.equal(boundOf(world, statement, { shapes: [few], seeds: [1], prime }), small);
  });

  it("comes with what it does not cover, in words", () =>
    assert.ok(notCovered.length > 0 && notCovered.every((text) => /^\w+ .* \S/.test(text))));
});

describe("what was drawn and evaluated", () => {
  /** How often the world is asked while a statement is tried with a seed: less often where all is known already. */
  function counted(): (seed: number) => number {
    let asked = 0;
    const watched = new Proxy(world, {
      get: (target, name) => {
        asked++;
        return Reflect.get(target, name);
      },
    });
    const statement = parseStatement("A*A'*A = A*(A'*A)");
    return (seed) => {
      asked = 0;
      assert.equal(tryOnce(watched, statement, sizes, seed).difference, undefined);
      return asked;
    };
  }

  it("is kept for 24 settings, of which the oldest goes first", () => {
    const ask = counted();
    const [anew, again] = [ask(1), ask(1)];
    assert.ok(again < anew, `${again} of ${anew}`);
    for (let seed = 2; seed <= 24; seed++) assert.equal(ask(seed), anew);
    for (let seed = 1; seed <= 24; seed++) assert.equal(ask(seed), again, `seed ${seed} is kept`);
    assert.equal(ask(25), anew);
    assert.equal(ask(2), again);
    assert.equal(ask(1), anew);
    assert.equal(ask(2), anew);
  });

  it("is another for other sizes, another prime and another seed", () => {
    const ask = (at: typeof sizes, seed: number, p: number) => once("A/c*c = A", { prime: p }, at, seed);
    assert.equal(ask(sizes, 1, prime).difference, undefined);
    assert.equal(ask({ m: 3, n: 2, l: 2 }, 1, prime).difference, undefined);
    const false3 = (p: number) => once("3*A = 0*A", { prime: p }).difference;
    assert.deepEqual([false3(3) === undefined, false3(5) === undefined], [true, false]);
    const entries = (at: typeof sizes) => once("A = 2*A", {}, at).difference?.entries;
    assert.deepEqual([entries(sizes), entries({ m: 4, n: 3, l: 2 })], [6, 12]);
  });
});
