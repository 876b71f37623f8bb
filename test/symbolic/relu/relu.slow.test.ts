/** ReLU is max(x, 0): what holds for it is proved or tried as that, and what does not is refused. */

import assert from "node:assert/strict";
import { lecture } from "../../../src/lecture/lecture.js";
import { badgeText } from "../../../src/symbolic/check/badge.js";
import { verifyCertificate } from "../../../src/symbolic/check/certificate.js";
import { checkStatement } from "../../../src/symbolic/check/check.js";
import { badgeOf, type Verdict } from "../../../src/symbolic/check/verdict.js";
import { parse, parseStatement } from "../../../src/symbolic/language/parse.js";
import { print } from "../../../src/symbolic/language/print.js";
import { proveForAllSizes } from "../../../src/symbolic/prove/prove.js";
import { drawWhole } from "../../../src/symbolic/sizes/draws.js";
import { proved, tried, world, wrong } from "./statements.js";
import { type Numbers, sidesOf } from "./values.js";

const check = (text: string): Verdict => checkStatement(world, parseStatement(text));
const said = (verdict: Verdict): string => badgeText(badgeOf(verdict));

/** Generic sizes, the others by their definitions. */
const shapes = [
  { m: 2, n: 3, k: 2, l: 3, h: 2, s: 1, d: 2, a: 4, b: 5, q: 2, p: 1, d_out: 3 },
  { m: 3, n: 1, k: 4, l: 2, h: 2, s: 2, d: 1, a: 5, b: 4, q: 3, p: 2, d_out: 2 },
].map((sizes) => {
  const out = (size: number) => Math.floor((size - sizes.h) / sizes.s) + 1;
  const { a, b, q, p } = sizes;
  const pooled = { u: Math.floor(a / q), v: Math.floor(b / q), a_pad: a + 2 * p, b_pad: b + 2 * p };
  return { ...sizes, ...pooled, a_out: out(a), b_out: out(b) };
});

/** Numbers of both signs and zeros; all of the inputs 0; one sign alone; matrices of zeros. */
const draws: readonly Numbers["entry"][] = [
  (...key) => drawWhole(-9, 9, "test", ...key),
  (...key) => drawWhole(-1, 1, "test", ...key),
  (name, ...key) => (name.startsWith("d") || /^[GHg]/.test(name) ? drawWhole(-3, 3, name, ...key) : 0),
  ...[1, 2, 3, 4].map(
    (seed): Numbers["entry"] =>
      (name, ...key) =>
        drawWhole(0, 1, "zero", seed, name) * drawWhole(-2, 2, "test", seed, name, ...key),
  ),
  (name, ...key) => (["c", "t"].includes(name) ? 0 : drawWhole(-2, 2, "test", name, ...key)),
  (name, ...key) => drawWhole(1, 4, "test", name, ...key) * (name.startsWith("d") ? 1 : -1),
];

/** Whether the sides are equal at all of these numbers; where a divisor is 0 nothing is said. */
function holds(text: string): boolean {
  const { left, right } = parseStatement(text);
  return shapes.every((sizes) =>
    draws.every((entry) => {
      const [x, y] = sidesOf(left, right, { sizes, entry });
      const all = [...x, ...y];
      if (!all.every(Number.isFinite)) return true;
      return x.every((value, k) => Math.abs(value - y[k]) <= 1e-9 * Math.max(1, Math.abs(value)));
    }),
  );
}

describe("what holds for ReLU", () => {
  for (const text of proved)
    it(`is proved for all sizes: ${text}`, () => {
      const verdict = check(text);
      assert.ok(verdict.ok, verdict.why);
      assert.equal(verdict.level, "all sizes", verdict.evidence.outOfReach);
      for (const { kind } of verdict.caveats ?? []) assert.equal(kind, "vacuous");
      assert.ok(holds(text));
    });

  for (const text of tried)
    it(`is tried where it is not proved, and the badge says so: ${text}`, () => {
      const verdict = check(text);
      assert.ok(verdict.ok, verdict.why);
      assert.equal(said(verdict), "≈ tried on numbers only");
      assert.ok((verdict.evidence.numbers?.shapes.length ?? 0) >= 3);
      assert.deepEqual(verdict.evidence.numbers?.seeds, [1, 2, 3]);
      assert.equal(verdict.evidence.trials, undefined);
      assert.ok(holds(text));
    });

  it("is certified, and holds again from nothing but that", () => {
    for (const text of [...proved.slice(0, 6), ...tried.slice(0, 2)]) {
      const verdict = check(text);
      const certificate = JSON.parse(JSON.stringify(verdict.certificate()));
      const [again] = verifyCertificate(certificate);
      assert.deepEqual([again.ok, again.level], [true, verdict.level], text);
      const forged = { ...certificate, statement: `${text.split("=")[0]} = ${text.split("=")[1]} + relu(A)` };
      if (/^(relu|drelu)\(.*A/.test(text)) assert.equal(verifyCertificate(forged)[0].ok, false, text);
    }
    const weak = check(tried[0]).certificate() as object;
    assert.equal(verifyCertificate({ ...weak, level: "all sizes" })[0].ok, false);
  });
});

describe("what does not hold for ReLU, or not for every σ", () => {
  for (const text of wrong)
    it(`is refused with numbers: ${text}`, () => {
      const verdict = check(text);
      assert.equal(verdict.ok, false, text);
      assert.ok(verdict.evidence.counterexample, verdict.why);
      assert.ok(!holds(text));
    }).timeout(60_000);

  it("is shown at x = 0 where only that tells", () => {
    const why = check("drelu(A) + drelu(-A) = ones(m, n)").why ?? "";
    assert.match(why, /at m=1 n=1: entry \(1, 1\) is 0 on the left, 1 on the right\n {2}A = \[0\]$/);
    assert.match(check("d(relu(A) - relu(-A), A) = dA").why ?? "", /is 0 on the left, .*\n.*A = \[0\]/);
  });

  it("shows the σ that fails, and says that it is not for every one", () => {
    const { why, evidence } = check("sigma(2*A) = 2*sigma(A)");
    assert.match(why ?? "", /not for every σ: σ\(x\) = x²/);
    assert.equal(evidence.counterexample?.sigma, "σ(x) = x²");
    assert.equal(check("relu(-A) = relu(A)").evidence.counterexample?.sigma, undefined);
  });
});

describe("ReLU in a lecture", () => {
  const L = lecture`
    dims h s d a b d_out n_L l q;  a_out = floor((a - h)/s) + 1;  b_out = floor((b - h)/s) + 1
    Z : d x a*b each;  W : d_out x h*h*d;  b0 : d_out x 1;  V : n_L x d_out*a_out*b_out;  y : n_L x 1 each
    phi, P = conv(h, s, d, a, b)
  `;
  const f = (name: string) =>
    `Sum(norm2(V*vec(${name}(W*phi(Z) + b0*ones(a_out*b_out)')) - y))/l + norm2(W)/2`;

  it("has the gradients that σ has, σ′ being ReLU′", () => {
    for (const X of ["W", "b0", "V"]) {
      const [relu, sigma] = ["relu", "sigma"].map((name) => L.gradient(f(name), X));
      assert.equal(relu.formula, sigma.formula.replaceAll("dsigma", "drelu").replaceAll("sigma", "relu"));
      for (const { verdict } of relu.steps.lines.slice(1)) assert.equal(verdict?.level, "all sizes");
    }
  });

  it("runs as max(x, 0), and so do its gradients: differences say the same", () => {
    const entry = (name: string, rows: number, cols: number, instance = 0) => ({
      rows,
      cols,
      data: Float64Array.from({ length: rows * cols }, (_, k) => drawWhole(-50, 50, name, instance, k) / 40),
    });
    const given = {
      ...{ W: entry("W", 3, 8), b0: entry("b", 3, 1), V: entry("V", 2, 18), s: 1 },
      Z: [1, 2].map((i) => entry("Z", 2, 12, i)),
      y: [1, 2].map((i) => entry("y", 2, 1, i)),
    };
    const run = (W = given.W) => L.run(f("relu"), { ...given, W, h: 2, a: 3, b: 4 }).data[0];
    const { data } = L.gradient(f("relu"), "W").run({ ...given, h: 2, a: 3, b: 4 });
    for (const k of [0, 7, 13, 23]) {
      const at = (t: number) => run({ ...given.W, data: given.W.data.map((x, m) => (m === k ? x + t : x)) });
      assert.ok(Math.abs((at(1e-6) - at(-1e-6)) / 2e-6 - data[k]) < 1e-6, `${k}`);
    }
    const S = { rows: 1, cols: 12, data: Float64Array.from([-1, 0, 2, 3, -4, 0, 5, -6, 7, 8, -9, 1]) };
    const out = L.run("relu(Z) + 10*drelu(Z)", { Z: S, a: 3, b: 4 }).data;
    assert.deepEqual([...out], [0, 0, 12, 13, 0, 0, 15, 0, 17, 18, 0, 11]);
  });

  it("is written as on the slide, read in several ways, and asked for its second derivative in none", () => {
    assert.equal(print(parse("ReLU(S) + relu'(S) + relu′(S)")), "relu(S) + drelu(S) + drelu(S)");
    assert.throws(() => parse("relu''(S)"), /relu″, which is 0 wherever there is one; needed relu or relu′/);
    assert.equal(L.index("relu(W*phi(Z))").text.slice(0, 8), "ReLU(Σ_i");
    assert.match(L.index("drelu(V)").tex, /\\operatorname\{ReLU\}′\(/);
    assert.equal(L.entries("relu(y)", { n_L: 2 }).match(/operatorname\{ReLU\}/g)?.length, 2);
  });
});

describe("the prover, on random expressions of ReLU", () => {
  const letters = [
    "A",
    "B",
    "relu(A)",
    "relu(-A)",
    "relu(B)",
    "drelu(A)",
    "drelu(-B)",
    "ones(m, n)",
    "A .* A",
  ];
  const grown = (depth: number, seed: number, place: string): string => {
    const of = (n: number, what: string) => drawWhole(0, n - 1, "grown", seed, place, what);
    if (depth === 0 || of(4, "leaf") === 0) return letters[of(letters.length, "letter")];
    const more = (side: string) => grown(depth - 1, seed, `${place}${side}`);
    const forms = [
      () => `relu(${more("l")})`,
      () => `drelu(${more("l")})`,
      () => `(${more("l")} + ${more("r")})`,
      () => `(${more("l")} - ${more("r")})`,
      () => `(${more("l")}) .* (${more("r")})`,
      () => `2*(${more("l")})`,
      () => `(-(${more("l")}))`,
    ];
    return forms[of(forms.length, "form")]();
  };
  /** Ways to write the same, and what is nearly the same. */
  const variants: readonly ((x: string) => string)[] = [
    (x) => `relu(${x}) - relu(-(${x}))`,
    (x) => `relu(${x}) + relu(-(${x})) .* ones(m, n)`,
    (x) => `(${x}) .* (drelu(${x}) + drelu(-(${x})))`,
    (x) => `relu(relu(${x})) - relu(-(${x}))`,
    (x) => `(drelu(${x}) + drelu(-(${x}))) .* (drelu(${x}) + drelu(-(${x}))) .* (${x})`,
    (x) => `relu(${x})`,
    (x) => `drelu(${x}) .* (${x})`,
    (x) => `relu(3*(${x}))/3`,
    (x) => `(${x}) + relu(-(${x}))`,
  ];

  it("proves nothing that is false at any numbers, and much of what is true", () => {
    let [provedCount, trueCount] = [0, 0];
    for (let seed = 0; seed < 600; seed++) {
      const x = grown(3, seed, "x");
      const at = (what: string) => variants[drawWhole(0, variants.length - 1, what, seed)](x);
      const text = `${at("left")} = ${at("right")}`;
      const isProved = proveForAllSizes(world, parseStatement(text)).status === "proved";
      const isTrue = holds(text);
      assert.ok(!isProved || isTrue, text);
      if (isProved) provedCount++;
      if (isTrue) trueCount++;
    }
    assert.ok(provedCount > 150 && provedCount > 0.9 * trueCount, `${provedCount} of ${trueCount}`);
  }).timeout(180_000);
});
