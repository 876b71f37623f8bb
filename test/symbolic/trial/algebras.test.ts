import assert from "node:assert/strict";
import fc from "fast-check";
import { asNumber, polynomialText, variable } from "../../../src/symbolic/language/polynomial.js";
import { draw, drawReal, drawWhole } from "../../../src/symbolic/sizes/draws.js";
import type { Algebra } from "../../../src/symbolic/trial/algebra.js";
import { complexNumbers } from "../../../src/symbolic/trial/complexNumbers.js";
import { dualNumbers } from "../../../src/symbolic/trial/dualNumbers.js";
import { BeyondPolynomials, entryPolynomials } from "../../../src/symbolic/trial/entryPolynomials.js";
import { floats } from "../../../src/symbolic/trial/floats.js";
import { largestPrime, primeField, primeFor } from "../../../src/symbolic/trial/primeField.js";

const residue = fc.integer({ min: 0, max: largestPrime - 1 });

describe("GF(p)", () => {
  const field = primeField(1);

  it("calculates as bigint does, also with the largest residues", () => {
    const p = BigInt(largestPrime);
    fc.assert(
      fc.property(residue, residue, (x, y) => {
        assert.equal(field.multiply(x, y), Number((BigInt(x) * BigInt(y)) % p));
        assert.equal(field.add(x, y), Number((BigInt(x) + BigInt(y)) % p));
        assert.equal(field.add(x, field.negate(x)), 0);
      }),
    );
    assert.equal(field.multiply(largestPrime - 1, largestPrime - 1), 1);
    assert.equal(field.whole(-1), largestPrime - 1);
    assert.equal(field.negate(0), 0);
  });

  it("has an inverse for all but 0", () => {
    fc.assert(fc.property(residue, (x) => x === 0 || field.multiply(x, field.inverse(x)) === 1));
    assert.throws(() => field.inverse(0), /a divisor is 0/);
  });

  it("gives σ one unrelated value for each seed, order and argument", () => {
    const values = [field.sigma(0, 5), field.sigma(0, 6), field.sigma(1, 5), primeField(2).sigma(0, 5)];
    assert.equal(new Set(values).size, 4);
    for (const value of [...values, field.unknown("xi", [1], [5])])
      assert.ok(Number.isInteger(value) && value >= 0 && value < largestPrime, `${value}`);
    assert.equal(primeField(1).sigma(1, 5), field.sigma(1, 5));
  });

  it("gives a loss second derivatives that do not depend on the order", () => {
    assert.equal(field.unknown("xi", [2, 0], [1, 2, 3]), field.unknown("xi", [0, 2], [1, 2, 3]));
    assert.notEqual(field.unknown("xi", [0, 1], [1, 2, 3]), field.unknown("xi", [0, 2], [1, 2, 3]));
    assert.notEqual(field.unknown("xi", [], [1, 2, 3]), field.unknown("xi", [], [1, 2, 4]));
  });

  it("refuses what is no prime below 2^26", () => {
    assert.throws(() => primeField(1, 15), /p is 15; needed a prime below 2\^26/);
    assert.throws(() => primeField(1, 67_108_879), /needed a prime below 2\^26/);
    for (const p of [-7, 0, 1, 4, 2.5, 49, 2 ** 26, -7, 0, 1, 4])
      assert.throws(() => primeField(1, p), /needed a prime/); // however often it is asked
    for (const p of [2, 3, 5, 49_999]) assert.equal(primeField(1, p).whole(p + 1), 1);
    assert.equal(primeField(1, 7).inverse(3), 5);
  });

  it("has a prime from 2^25 to 2^26 for each text, always the same", () => {
    const texts = Array.from({ length: 40 }, (_, k) => `x = ${k}*x`);
    const primes = texts.map(primeFor);
    assert.deepEqual(texts.map(primeFor), primes);
    assert.equal(new Set(primes).size, texts.length);
    for (const p of primes) {
      assert.ok(p >= 2 ** 25 - 200 && p < 2 ** 26);
      for (let factor = 2; factor * factor <= p; factor++) assert.notEqual(p % factor, 0);
    }
    assert.ok(Math.min(...primes) < 2 ** 25.4 && Math.max(...primes) > 2 ** 25.8);
  });

  it("knows no signs", () => assert.throws(() => field.isPositive(1), /no residue is positive/));
});

describe("polynomials in the entries", () => {
  it("are exact, and have a variable for each value of σ", () => {
    const { add, multiply, negate, sigma } = entryPolynomials(100);
    const [x, y] = [variable("x"), variable("y")];
    const square = multiply(add(x, y), add(x, negate(y)));
    assert.equal(polynomialText(square), "x·x − y·y");
    assert.equal(sigma(0, add(x, y)), sigma(0, add(y, x)));
    assert.notEqual(sigma(0, x), sigma(1, x));
  });

  it("have a variable for each value of a loss, whose derivatives do not depend on the order", () => {
    const { unknown } = entryPolynomials(100);
    const [x, y] = [variable("x"), variable("y")];
    const xi = (by: number[], at = [x, y]) => polynomialText(unknown("xi", by, at));
    assert.equal(xi([10, 9]), xi([9, 10]));
    const others = [
      xi([]),
      xi([0]),
      xi([1]),
      xi([1, 0]),
      xi([1], [y, x]),
      polynomialText(unknown("rho", [1], [x, y])),
    ];
    assert.equal(new Set(others).size, others.length);
  });

  it("are 0 without terms, and may spend all of their budget", () => {
    const { add, isZero, zero } = entryPolynomials(2);
    assert.deepEqual([isZero(zero), isZero(variable("x"))], [true, false]);
    assert.equal(polynomialText(add(variable("x"), variable("y"))), "x + y");
  });

  it("spend nothing on what is added to 0", () => {
    const { add, zero } = entryPolynomials(3);
    const sum = add(variable("x"), variable("y"));
    assert.deepEqual([add(sum, zero), add(zero, sum)], [sum, sum]);
    assert.throws(() => add(sum, sum), /more than 3 terms/);
  });

  it("give up at a division and beyond their budget, saying which", () => {
    const { multiply, add, inverse, whole } = entryPolynomials(3);
    const sum = add(variable("x"), variable("y"));
    assert.equal(asNumber(inverse(whole(-1))), -1);
    assert.throws(
      () => inverse(whole(2)),
      (error) => error instanceof BeyondPolynomials && /a division/.test(error.message),
    );
    assert.throws(() => multiply(sum, sum), /more than 3 terms/);
  });
});

describe("numbers that carry a derivative", () => {
  // f(x) = σ(x²)/(x + 3) with σ(x) = sin(x + 1/2)
  const f = <T>({ add, multiply, inverse, sigma, whole }: Algebra<T>, x: T): T =>
    multiply(sigma(0, multiply(x, x)), inverse(add(x, whole(3))));
  const at = 0.7;
  const byHand = (Math.cos(at ** 2 + 0.5) * 2 * at) / (at + 3) - Math.sin(at ** 2 + 0.5) / (at + 3) ** 2;

  it("find it as duals", () => {
    const [value, tangent] = f(dualNumbers(floats()), [at, 1]);
    assert.ok(Math.abs(value - Math.sin(at ** 2 + 0.5) / (at + 3)) < 1e-15);
    assert.ok(Math.abs(tangent - byHand) < 1e-15);
  });

  it("are 0 only where value and derivative are, and have the sign of their value", () => {
    const duals = dualNumbers(floats());
    for (const { isZero, isPositive } of [duals, complexNumbers]) {
      assert.deepEqual([isZero([0, 0]), isZero([0, 1]), isZero([1, 0])], [true, false, false]);
      assert.deepEqual([isPositive([1, -1]), isPositive([0, 1]), isPositive([-1, 1])], [true, false, false]);
    }
  });

  it("are complex numbers, by hand: (1 + 2i)(3 + 4i) = −5 + 10i, 1/(3 + 4i) = (3 − 4i)/25", () => {
    const { add, negate, multiply, inverse, sigma, whole } = complexNumbers;
    assert.deepEqual(multiply([1, 2], [3, 4]), [-5, 10]);
    assert.deepEqual(inverse([3, 4]), [3 / 25, -4 / 25]);
    assert.deepEqual(add(negate([1, 2]), whole(3)), [2, -2]);
    // sin(½ + i) = sin ½ cosh 1 + i cos ½ sinh 1
    assert.deepEqual(sigma(0, [0, 1]), [Math.sin(0.5) * Math.cosh(1), Math.cos(0.5) * Math.sinh(1)]);
    assert.ok(Math.abs(sigma(1, [0, 0])[0] - Math.cos(0.5)) < 1e-15);
  });

  it("find it by the complex step", () => {
    const [, im] = f(complexNumbers, [at, 1e-30]);
    assert.ok(Math.abs(im / 1e-30 - byHand) < 1e-15);
  });

  it("find the second one as duals of duals", () => {
    const twice = dualNumbers(dualNumbers(floats()));
    const x = [
      [3, 1],
      [1, 0],
    ] as const;
    const [, [, second]] = twice.multiply(twice.multiply(x, x), x); // (x³)″ = 6x
    assert.equal(second, 18);
    const [, [, third]] = twice.inverse(x); // (1/x)″ = 2/x³
    assert.ok(Math.abs(third - 2 / 27) < 1e-16);
  });
});

describe("draws", () => {
  it("depend on every part of their key, and on nothing else", () => {
    const keys = [
      ["a", 1, 2],
      ["a", 2, 1],
      ["a1", 2],
      ["a", 12],
      ["ab", "c"],
      ["a", "bc"],
      [0.5],
      [0.25],
      [2 ** 40],
    ];
    assert.equal(new Set(keys.map((key) => draw(...key))).size, keys.length);
    assert.equal(draw("a", 1, 2), draw("a", 1, 2));
  });

  it("are spread evenly, and keep their limits", () => {
    const all = Array.from({ length: 9000 }, (_, k) => k);
    const counts = all.reduce(
      (sum, k) => sum.map((n, v) => n + Number(drawWhole(1, 9, k) === v + 1)),
      new Array(9).fill(0),
    );
    for (const count of counts) assert.ok(Math.abs(count - 1000) < 150, `${counts}`);
    assert.ok(all.every((k) => Math.abs(drawReal(k)) >= 0.25 && Math.abs(drawReal(k)) <= 1));
  });
});
