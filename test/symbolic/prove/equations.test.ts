import assert from "node:assert/strict";
import {
  constant,
  minus,
  type Polynomial,
  plus,
  polynomialText,
  times,
  variable,
} from "../../../src/symbolic/language/polynomial.js";
import { digitByDigit } from "../../../src/symbolic/prove/equations.js";
import { type Equation, unit } from "../../../src/symbolic/prove/terms.js";
import { letters } from "./letters.js";

const [i, j, u, v, r, c, m, n] = letters("i", "j", "u", "v", "r", "c", "m", "n");
const size = variable("digit");
const is = (left: Polynomial, right: Polynomial): Equation => ({ left, right, size });

/** What is summed: i, j, u < n and v < m; r < n and c < m are indices of the entry. */
const sums = new Map([i, j, u, v].map((x) => [polynomialText(x), x === v ? m : n] as const));
const ranges = new Map([
  ["r", n],
  ["c", m],
]);

/** The equations once one is split, as left − right and the number of values; undefined where none is. */
function split(...equations: Equation[]): string[] | undefined {
  return digitByDigit({ ...unit, sums, equations }, ranges)?.equations.map(
    (one) => `${polynomialText(minus(one.left, one.right))} < ${polynomialText(one.size)}`,
  );
}

const digits = (high: Polynomial, low: Polynomial, base = n) => plus(times(base, high), low);

describe("an equation between numbers in digits", () => {
  it("is one of each digit: u n + i = v n + j with i, j < n says i = j and u = v", () => {
    assert.deepEqual(split(is(digits(u, i), digits(v, j))), ["i − j < n", "u − v < digit"]);
    assert.deepEqual(split(is(digits(v, j), digits(u, i))), ["−i + j < n", "−u + v < digit"]);
    assert.deepEqual(split(is(digits(u, i), digits(c, r))), ["i − r < n", "−c + u < digit"]);
    assert.deepEqual(split(is(i, digits(v, j))), ["i − j < n", "−v < digit"]);
  });

  it("leaves the others as they are", () => {
    const other = is(i, plus(u, v));
    assert.deepEqual(split(other, is(digits(u, i), digits(v, j))), [
      "i − u − v < digit",
      "i − j < n",
      "u − v < digit",
    ]);
  });

  it("is none where the lower digits have other ranges, or other bases, or there is no higher digit", () => {
    for (const equation of [
      is(digits(u, i), digits(j, v)),
      is(digits(u, v), digits(j, c, m)),
      is(digits(u, i, m), digits(v, j, m)),
      is(digits(u, i), digits(v, j, m)),
      is(plus(digits(u, i), constant(1)), digits(v, j)),
      is(i, j),
      is(digits(u, times(constant(2), i)), digits(v, j)),
      is(digits(u, times(constant(2), i)), digits(v, times(constant(2), j))),
      is(digits(u, i), times(n, v)),
      is(digits(u, variable("s")), digits(v, j)),
      is(digits(u, i), digits(v, variable("s"))),
    ])
      assert.equal(split(equation), undefined, polynomialText(minus(equation.left, equation.right)));
  });
});
