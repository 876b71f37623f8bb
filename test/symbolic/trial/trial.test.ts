import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import {
  type FailedTrial,
  type PassedTrial,
  type TrialOptions,
  trial,
} from "../../../src/symbolic/trial/trial.js";

const world = declare(`
  dims m n q d a b; u = floor(a/q); v = floor(b/q)
  scalar c
  x : m x 1;  A : m x n;  Z : d x a*b;  Y : d x a*b
  pool, P_pool = maxpool(q, d, a, b)
`);
const large = "4503599627370496*4503599627370496"; // 2¹⁰⁴, beside which doubles lose what is small

function passed(text: string, options?: TrialOptions): PassedTrial {
  const found = trial(world, parseStatement(text), options);
  assert.ok(found.passed, JSON.stringify(found));
  return found;
}

function failed(text: string, options?: TrialOptions): FailedTrial {
  const found = trial(world, parseStatement(text), options);
  assert.ok(!found.passed, text);
  return found;
}

describe("a trial that fails says at which level, why, and where", () => {
  it("by sizes: of the sides, or of parts that do not fit together", () => {
    assert.deepEqual(failed("A = A'"), {
      passed: false,
      level: "shape",
      why: "the left side is m × n, the right side n × m",
    });
    const { level, misfit, why } = failed("A*x = x");
    assert.deepEqual([level, misfit], ["shape", true]);
    assert.match(why, /m × n.*m × 1/);
  });

  it("in GF(p), with the sizes and the seed that are asked for", () => {
    const options = { shapes: [{ m: 2, n: 3 }], seeds: [5], prime: 101 };
    assert.deepEqual(failed("A = A + A", options), {
      passed: false,
      level: "prime field",
      why: "6 of 6 entries differ in GF(101) at m=2 n=3, seed 5",
      at: { m: 2, n: 3 },
      seed: 5,
      entry: [1, 1],
    });
    assert.equal(failed("x/(c - c) = x/(c - c)").why, "a divisor is 0");
  });

  it("as polynomials, where it is false by a multiple of the prime", () => {
    const { level, why, at, entry } = failed("x*x'*67108859 = 0*x*x'", { shapes: [{ m: 2 }] });
    assert.deepEqual([level, why], ["polynomials", "entry (1, 1) differs as a polynomial"]);
    assert.deepEqual([at, entry], [{ m: 2 }, [1, 1]]);
  });

  it("modulo another prime, where nothing is multiplied out", () => {
    const { level, why } = failed("67108859*x/c = 0*x", { shapes: [{ m: 2 }], seeds: [4, 5] });
    assert.equal(level, "prime field");
    assert.match(why, /^2 of 2 entries differ in GF\((?!67108859)\d{8}\) at m=2, seed 4$/);
  });

  it("in whole numbers and fractions where relu stands", () => {
    const { level, why, seed } = failed("relu(x) = x", { shapes: [{ m: 3 }], seeds: [4, 5] });
    assert.deepEqual([level, seed], ["fractions", 4]);
    assert.match(why, /^\d of 3 entries differ in whole numbers and fractions at m=3, seed 4$/);
  });

  it("in doubles where the largest entries are taken, at the first shape", () => {
    const shapes = [
      { q: 2, d: 2, a: 4, b: 2 },
      { q: 1, d: 1, a: 1, b: 1 },
    ];
    const { level, why, at, entry } = failed(`pool(Z) + ${large}*pool(Z) - ${large}*pool(Z) = pool(Z)`, {
      shapes,
    });
    assert.deepEqual([level, at, entry], ["floating point", { ...shapes[0], u: 2, v: 1 }, [1, 1]]);
    assert.match(why, /^4 of 4 entries differ where the largest entries are taken, at q=2 .*, seed 1$/);
  });
});

describe("a trial that is passed says what was tried", () => {
  it("as polynomials, in GF(p) and in doubles, at the shapes that are asked for", () => {
    const shapes = [
      { m: 2, n: 3 },
      { m: 3, n: 2 },
    ];
    const found = passed("A + A = 2*A", { shapes, seeds: [8, 9] });
    assert.deepEqual(found.polynomials, { identity: true, at: shapes[0], entries: 6 });
    assert.deepEqual([found.primeField?.shapes, found.primeField?.seeds], [shapes, [8, 9]]);
    assert.deepEqual([found.floats?.at, found.floats?.seed], [shapes[1], 8]);
    assert.ok(!("fractions" in found));
  });

  it("where relu stands: in fractions and in doubles", () => {
    const shapes = [{ m: 2 }];
    const { primeField, floats, ...rest } = passed("relu(x) - relu(-x) = x", { shapes, seeds: [8] });
    assert.deepEqual(rest, {
      passed: true,
      vacuous: false,
      polynomials: { skipped: "signs decide" },
      fractions: { shapes, seeds: [8] },
    });
    assert.equal(primeField, undefined);
    assert.ok(floats!.error < 1e-13);
    assert.equal(passed("relu(x) .* relu(-x) = 0*x").vacuous, true);
  });
});
