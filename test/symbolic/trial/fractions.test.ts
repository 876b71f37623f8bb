import assert from "node:assert/strict";
import fc from "fast-check";
import { DivisionError } from "../../../src/symbolic/trial/algebra.js";
import {
  doubleOf,
  type Fraction,
  flatSigma,
  fractions,
  fractionText,
  risingSigma,
} from "../../../src/symbolic/trial/fractions.js";

const field = fractions(1);
const quotient = (over: number, under: number): Fraction =>
  field.multiply(field.whole(over), field.inverse(field.whole(under)));

/** The numerator and the denominator of either form. */
function partsOf(x: Fraction): [over: bigint, under: bigint] {
  return typeof x === "number" ? [BigInt(x), 1n] : [x.over, x.under];
}

const whole = fc.oneof(
  fc.integer({ min: -9, max: 9 }),
  fc.integer({ min: -(2 ** 52), max: 2 ** 52 }),
  fc.constantFrom(Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 2 ** 27, 0),
);
const fraction = fc
  .tuple(
    whole,
    whole.filter((x) => x !== 0),
  )
  .map(([over, under]) => quotient(over, under));

describe("fractions", () => {
  it("add, multiply and are inverted as pairs of whole numbers are", () => {
    fc.assert(
      fc.property(fraction, fraction, (x, y) => {
        const [[a, b], [c, d]] = [partsOf(x), partsOf(y)];
        const [sum, sumUnder] = partsOf(field.add(x, y));
        assert.equal(sum * b * d, (a * d + c * b) * sumUnder);
        const [product, productUnder] = partsOf(field.multiply(x, y));
        assert.equal(product * b * d, a * c * productUnder);
        assert.ok(field.isZero(field.add(x, field.negate(x))));
        if (!field.isZero(x)) assert.equal(field.multiply(x, field.inverse(x)), 1);
      }),
    );
  });

  it("are in lowest terms with a positive denominator, and a number where they are whole and safe", () => {
    fc.assert(
      fc.property(fraction, fraction, (x, y) => {
        for (const z of [field.add(x, y), field.multiply(x, y), field.negate(x)]) {
          if (typeof z === "number") assert.ok(Number.isSafeInteger(z) && !Object.is(z, -0), fractionText(z));
          else {
            let [a, b] = [z.over < 0n ? -z.over : z.over, z.under];
            while (b !== 0n) [a, b] = [b, a % b];
            assert.ok(z.under > 0n && a === 1n, fractionText(z));
            assert.ok(z.under > 1n || !Number.isSafeInteger(Number(z.over)), fractionText(z));
          }
        }
      }),
    );
  });

  it("are exact beyond 2⁵³, and become numbers again", () => {
    const large = field.multiply(2 ** 40, 2 ** 40);
    assert.equal(fractionText(large), String(2n ** 80n));
    assert.equal(fractionText(field.add(large, 1)), String(2n ** 80n + 1n));
    assert.equal(field.multiply(large, quotient(1, 2 ** 40)), 2 ** 40);
    assert.equal(fractionText(field.add(Number.MAX_SAFE_INTEGER, 1)), "9007199254740992");
    assert.equal(fractionText(field.add(Number.MAX_SAFE_INTEGER, 2)), "9007199254740993");
    assert.equal(field.add(field.add(Number.MAX_SAFE_INTEGER, 1), -1), Number.MAX_SAFE_INTEGER);
  });

  it("have signs, words and doubles", () => {
    assert.deepEqual([quotient(4, -6), quotient(-4, -6), quotient(6, -3)].map(fractionText), [
      "-2/3",
      "2/3",
      "-2",
    ]);
    assert.deepEqual(
      [quotient(1, 3), quotient(1, -3), 0, 2, -2].map((x) => field.isPositive(x)),
      [true, false, false, true, false],
    );
    assert.deepEqual([doubleOf(quotient(-3, 4)), doubleOf(-5)], [-0.75, -5]);
    assert.ok(Object.is(field.negate(0), 0) && Object.is(field.multiply(-3, 0), 0));
    assert.throws(() => field.inverse(0), DivisionError);
  });

  it("give σ and losses values between −99 and 99 that depend on all that they are asked", () => {
    const asked = [0, 1].flatMap((order) =>
      [1, 2, quotient(1, 2)].flatMap((x) => [1, 2].map((seed) => fractions(seed).sigma(order, x) as number)),
    );
    assert.ok(asked.every((x) => Number.isInteger(x) && Math.abs(x) <= 99) && new Set(asked).size > 8);
    const at = (f: string, by: number[], x: Fraction[]): Fraction => field.unknown(f, by, x);
    assert.equal(at("xi", [2, 0], [1, 2, 3]), at("xi", [0, 2], [1, 2, 3]));
    const others = [
      at("xi", [0], [1, 2, 3]),
      at("xi", [], [1, 2, 3]),
      at("xi", [0, 2], [1, 2, 4]),
      at("rho", [0, 2], [1, 2, 3]),
    ];
    assert.ok(others.some((x) => x !== at("xi", [0, 2], [1, 2, 3])));
    for (const by of [[], [0], [0, 1]])
      assert.ok(
        [1, 2, 3, 4].some((x) => at("xi", by, [x, 1]) !== at("xi", [1], [x, 1])),
        `${by}`,
      );
    assert.equal(new Set(Array.from({ length: 40 }, (_, k) => at("xi", [], [k]))).size > 25, true);
  });
});

describe("a σ that does not decrease", () => {
  /** Coefficients of (x + h)'s value at x by orders: σ + σ′ h + σ″ h²/2 + σ‴ h³/6. */
  const taylor = (sigma: typeof risingSigma, x: Fraction, h: Fraction): Fraction =>
    [0, 1, 2, 3, 4].reduce<Fraction>((sum, order) => {
      const factorial = [1, 1, 2, 6, 24][order]!;
      const power = Array.from({ length: order }, () => h).reduce<Fraction>(
        (p, y) => field.multiply(p, y),
        1,
      );
      return field.add(sum, field.multiply(field.multiply(sigma(order, x), power), quotient(1, factorial)));
    }, 0);

  it("is (x + 1)³ + x, and has its derivatives", () => {
    assert.deepEqual(
      [-2, -1, 0, 1].map((x) => risingSigma(0, x)),
      [-3, -1, 1, 9],
    );
    for (const x of [-3, 0, quotient(5, 2)])
      for (const h of [1, -2, quotient(1, 3)])
        assert.deepEqual(taylor(risingSigma, x, h), risingSigma(0, field.add(x, h)));
    assert.equal(risingSigma(4, 7), 0);
  });

  it("or (min(x, 0))³, flat from 0 on, and has its derivatives on each side", () => {
    assert.deepEqual(
      [-2, -1, 0, 3].map((x) => flatSigma(0, x)),
      [-8, -1, 0, 0],
    );
    assert.deepEqual(
      [1, 2, 3].map((order) => flatSigma(order, 0)),
      [0, 0, 0],
    );
    for (const h of [-1, 1, quotient(-1, 2)])
      assert.deepEqual(taylor(flatSigma, -3, h), flatSigma(0, field.add(-3, h)));
  });
});
