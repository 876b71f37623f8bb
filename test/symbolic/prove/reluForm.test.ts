/** ReLU by the prover alone, which the trials cannot set right here. */

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
import { OutsideError } from "../../../src/symbolic/prove/digits.js";
import { proveForAllSizes } from "../../../src/symbolic/prove/prove.js";
import { reluForm } from "../../../src/symbolic/prove/reluForm.js";
import { simplified } from "../../../src/symbolic/prove/solve.js";
import {
  type Equation,
  type Factor,
  reluName,
  scaled,
  summed,
  type Term,
  timesPower,
  timesTerms,
  unit,
  where,
} from "../../../src/symbolic/prove/terms.js";
import { withZeroMatrix } from "../../../src/symbolic/world/zero.js";
import { cases } from "../../cases.js";
import { proved, tried, world, wrong } from "../relu/statements.js";
import { letters } from "./letters.js";
import { valueAt } from "./termValue.js";

const statusOf = (text: string): string =>
  proveForAllSizes(world, withZeroMatrix(world, parseStatement(text))).status;

/** By what signs are known of: powers, sizes, selections, inverses, and of each other. */
const bySigns: readonly string[] = [
  "relu(c*c*relu(A) + relu(B)) = c*c*relu(A) + relu(B)",
  "relu(m*relu(A) + relu(B)/n) = m*relu(A) + relu(B)/n",
  "relu(P_pool) = P_pool",
  "relu(relu(A)/norm2(y)) = relu(A)/norm2(y)",
  "relu(3*relu(A) - 2*A + relu(B)) = 3*relu(A) - 2*A + relu(B)",
  "relu(A - relu(A) - relu(B)) = 0",
  "sigma(relu(2*A) + B) = sigma(2*relu(A) + B)",
  "drelu(relu(-B) .* A + B .* A) = drelu(relu(B) .* A)",
  "relu(A - A) + drelu(B - B) = 0",
  "relu(kron(kron(I(m), I(n)), y)) = kron(kron(I(m), I(n)), relu(y))",
  "relu(m*A + m*B) = m*relu(A + B)",
  "relu(c*c*A + 3*c*c*B) = c*c*relu(A + 3*B)",
  "relu(A/(c*c) + B/(c*c)) = relu(A + B)/(c*c)",
  "relu(A/(m*c) + c*B/m) = relu(A/c + c*B)/m",
  "drelu(m*A + m*B) = drelu(A + B)",
  "drelu(A/(c*c) + B/(c*c)) = drelu(A + B)",
  "relu(A .* relu(B) + B .* relu(B)) = relu(B) .* relu(A + B)",
  "drelu(A .* relu(B) + B .* relu(B)) = drelu(B) .* drelu(A + B)",
  "relu(A .* A .* B + A .* A) = A .* A .* relu(B + ones(m, n))",
  "relu(A/norm2(y) + B/norm2(y)) = relu(A + B)/norm2(y)",
  "drelu(A/norm2(y) + B/norm2(y)) = drelu(A + B)",
];

/** False, and near to what signs are known of. */
const notBySigns: readonly string[] = [
  "relu(c*relu(A) + relu(B)) = c*relu(A) + relu(B)",
  "relu(relu(A)/(c + t)) = relu(A)/(c + t)",
  "relu(sigma(relu(A))) = sigma(relu(A))",
  "relu(norm2(y) + 1/(0 - norm2(y))) = norm2(y) + 1/(0 - norm2(y))",
  "relu(drelu(A) - A) = drelu(A) - A",
  "relu(relu(A) .* relu(B) - A) = relu(A) .* relu(B) - A",
  "relu(relu(B) - relu(A) + A) = relu(B) - relu(A) + A",
  "relu(A + B) = drelu(A) .* (A + B)",
  "drelu(A .* A) = A .* A",
  "relu(A .* A .* A) = A .* A",
  "relu(kron(kron(I(m), I(n)), y)) = kron(kron(I(m), ones(n, n)), relu(y))",
  "relu(B .* relu(A) - B .* A) = B .* relu(A) - B .* A",
  "drelu(P_pad*ones(d*a*b)) = ones(d*a_pad*b_pad)",
  "drelu(c*c*ones(m, n)) = ones(m, n)",
  "drelu(c*c*A + c*c*B) = drelu(A + B)",
  "relu(c*A + c*B) = c*relu(A + B)",
  "relu(m*A + B) = m*relu(A + B)",
  "relu(A .* relu(B) + B) = relu(B) .* relu(A + B)",
  "relu(A .* A .* B + A) = A .* relu(A .* B + ones(m, n))",
  "drelu(A .* relu(B) + B .* relu(B)) = drelu(A + B)",
  "drelu(A .* A .* B + A .* A) = drelu(B + ones(m, n))",
];

describe("the prover, without the trials, on ReLU", () => {
  for (const text of [...proved, ...bySigns])
    it(`proves ${text}`, () => assert.equal(statusOf(text), "proved"));
  for (const text of [...tried, ...wrong, ...notBySigns])
    it(`does not prove ${text}`, () => assert.notEqual(statusOf(text), "proved"));
});

const [m, n, q, r] = letters("m", "n", "q", "r");
const isSize = (name: string) => "mnq".includes(name);

/** The sum of terms that the numbers of a word say, read one after another; r is its free index. */
function termsOf(word: readonly number[], fresh: () => string): Term[] {
  let at = 0;
  const next = (count: number) => (word[at++] ?? 0) % count;
  const grown = (depth: number): Term[] => {
    const kind = depth === 0 ? next(8) : next(26);
    if (kind > 19) return [...grown(depth - 1), ...grown(depth - 1)];
    if (kind > 17) return scaled(grown(depth - 1), BigInt([-1, -2, 3][next(3)] as number), [1n, 2n][next(2)]);
    if (kind > 15)
      return grown(depth - 1).map((term) => timesPower(term, ...(powers[next(5)] as [string, number])));
    if (kind > 13) return timesTerms(grown(depth - 1), grown(depth - 1));
    if (kind > 8) return [applied(kind > 12 ? "sigma" : reluName, kind < 12 ? 0 : 1, grown(depth - 1))];
    return leaf(kind);
  };
  const leaf = (kind: number): Term[] => {
    const index = fresh();
    const i = variable(index);
    const sum = (size: Polynomial, ...factors: Factor[]) =>
      summed([{ ...unit, factors }], new Map([[index, size]]));
    switch (kind) {
      case 0:
        return [{ ...unit, factors: [entry("a", r)] }];
      case 1:
        return [{ ...unit, factors: [entry("b", r)] }];
      case 2:
        return sum(n, entry("a", i));
      case 3:
        return where(sum(n, entry("b", i)), [equation(times(constant(2), i), r)]);
      case 4:
        return where(sum(m, entry("a", i)), [equation(minus(i, r), constant(0))]);
      case 5:
        return sum(q, { ...entry("choice", r, i), offsets: 1 }, entry("a", i));
      case 6:
        return where([{ ...unit, factors: [entry("a", r)] }], [equation(r, constant(1))]);
      case 7:
        return where(sum(n, entry("a", i)), [equation(times(i, r), r)]);
      default:
        return [timesPower(unit, "m", 1)];
    }
  };
  return [...grown(3), ...grown(1)];
}

/** c may be 0, e is not. */
const powers = [
  ["c", 1],
  ["c", 2],
  ["e", -2],
  ["e", -1],
  ["e", 3],
] as const;
const entry = (name: string, ...index: Polynomial[]) => ({ kind: "entry", name, index }) as const;
const equation = (left: Polynomial, right: Polynomial) => ({ left, right, size: plus(m, n) });
const applied = (name: string, order: number, at: readonly Term[]): Term => ({
  ...unit,
  factors: [{ kind: "applied", name, order, at }],
});

describe("ReLU of a sum over an index that an equation says", () => {
  const [i, j] = [variable("i"), variable("j")];
  const two = constant(2);
  const over = (
    sums: readonly string[],
    equations: Equation[],
    name: string,
    ...index: Polynomial[]
  ): Term => ({
    ...{ ...unit, factors: [entry(name, ...index)], equations },
    sums: new Map(sums.map((one) => [one, n])),
  });
  const formOf = (...terms: Term[]): readonly Term[] => {
    let count = 0;
    const around = { ranges: new Map([["r", m]]), fresh: () => `fresh${count++}`, isSize };
    return reluForm(simplified([applied(reluName, 0, terms)], around), around);
  };

  /** How many sums and equations are left within functions, at most. */
  const within = (terms: readonly Term[]): number => {
    const inner = terms.flatMap(({ factors }) =>
      factors.flatMap((one) => (one.kind === "applied" ? one.at : [])),
    );
    return Math.max(0, ...inner.map(({ sums, equations }) => sums.size + equations.length));
  };

  it("has that sum outside where it is one value at most, and inside where it may be more", () => {
    const sums: [Equation, number][] = [
      [equation(times(two, i), r), 0],
      [equation(times(m, i), plus(r, constant(1))), 0],
      [equation(times(i, r), r), 2],
      [equation(times(times(i, r), m), times(r, m)), 2],
      [equation(plus(times(i, i), two), times(constant(3), i)), 2],
      [equation(times(i, i), times(m, i)), 2],
    ];
    for (const [one, wanted] of sums) assert.equal(within(formOf(over(["i"], [one], "a", i))), wanted);
    assert.equal(within(formOf(over(["i", "j"], [equation(plus(i, j), r)], "a", i, j))), 3);
  });

  it("has one for terms whose equations say the same, and none for others", () => {
    const both = (x: Equation, y: Equation, sums: readonly string[], index: Polynomial) =>
      within(formOf(over(sums, [x], "a", index), over(sums, [y], "b", index)));
    const [twice, thrice] = [2, 3].map((k) => equation(times(constant(k), i), r)) as [Equation, Equation];
    assert.deepEqual([both(twice, twice, ["i"], i), both(twice, thrice, ["i"], i)], [0, 2]);
    const less = { ...over(["i"], [twice], "b", i), sums: new Map([["i", m]]) };
    assert.equal(within(formOf(over(["i"], [twice], "a", i), less)), 2);
    const [zero, one] = [0, 1].map((k) => equation(r, constant(k))) as [Equation, Equation];
    assert.deepEqual([both(one, one, [], r), both(zero, one, [], r)], [0, 1]);
  });

  const same = (terms: readonly Term[], r: number): void => {
    const at = { m: 2, n: 3, r };
    assertSame(valueAt(formOf(...terms), at), valueAt([applied(reluName, 0, terms)], at));
  };

  it("comes to the same value", () => {
    const equations = [
      equation(times(two, i), r),
      equation(times(constant(3), i), r),
      equation(times(i, r), r),
      equation(times(times(i, r), m), times(r, m)),
      equation(plus(times(i, i), two), times(constant(3), i)),
      equation(plus(i, j), r),
      equation(r, constant(1)),
      equation(i, j),
    ];
    for (const x of equations)
      for (const y of equations)
        for (const name of ["a", "u"]) {
          const apart = [over(["i", "j"], [x], name, i, j), over(["i", "j"], [y], "z", j, i)];
          const together = [over(["i", "j"], [x, y], name, i, j)];
          for (const terms of [apart, together]) for (const r of [0, 1]) same(terms, r);
        }
  });
});

describe("the form in which ReLU is compared", () => {
  it("has the value that was written, also where arguments are 0", () =>
    fc.assert(
      fc.property(fc.array(fc.nat(839), { minLength: 40, maxLength: 40 }), (word) => {
        let count = 0;
        const fresh = () => `x${count++}`;
        const around = { ranges: new Map([["r", m]]), fresh, isSize };
        const terms = termsOf(word, fresh);
        const found = formOf(() => reluForm(simplified(terms, around), around));
        for (const [c, most, r] of [
          [-2, 1, 0],
          [0, 2, 1],
          [3, 1, 1],
          [-1, 500, 0],
          [2, 2, 1],
        ] as const)
          if (found)
            assertSame(
              valueAt(found, { ...sizes, c, e: c - 1, most, r }),
              valueAt(terms, { ...sizes, c, e: c - 1, most, r }),
            );
      }),
      cases(600),
    ));
});

const sizes = { m: 2, n: 3, q: 2 };

function formOf(make: () => readonly Term[]): readonly Term[] | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof OutsideError) return undefined;
    throw error;
  }
}

/** Equal but for rounding; of a division by 0 nothing is said. */
function assertSame(found: number, wanted: number): void {
  if (Number.isFinite(wanted))
    assert.ok(Math.abs(found - wanted) <= 1e-7 * Math.max(1, Math.abs(wanted)), `${found} for ${wanted}`);
}
