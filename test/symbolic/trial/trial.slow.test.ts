import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parse, parseStatement } from "../../../src/symbolic/language/parse.js";
import { completed } from "../../../src/symbolic/sizes/sizes.js";
import { degreeOf } from "../../../src/symbolic/trial/degrees.js";
import { type PassedTrial, trial } from "../../../src/symbolic/trial/trial.js";
import { lecture } from "../lectureWorld.js";
import { provedWorld } from "../provedStatements.js";

const S = "W*phi(Z) + b*ones(a_out*b_out)'";
const residual = `V*vec(sigma(${S})) - y`;
const f = `(vec(W)'*vec(W) + b'*b + vec(V)'*vec(V))/(2*C) + Sum(norm2(${residual}))/l`;

const tried = (text: string, world = provedWorld) => trial(world, parseStatement(text));

function passed(text: string, world = provedWorld): PassedTrial {
  const result = tried(text, world);
  assert.ok(result.passed, JSON.stringify(result));
  return result;
}

describe("a true equation passes its trials", () => {
  const equations: [tag: string, text: string][] = [
    ["S1: one column of S at a time is W φ + b", `${S} = W*phi(Z) + kron(ones(a_out*b_out)', b)`],
    ["S2: σ entry by entry", `vec(sigma(${S})) = sigma(vec(${S}))`],
    ["S4", "phi(Z) = mat(P*vec(Z), h*h*d_in, a_out*b_out)"],
    ["S5", "mat(vec(W), d_out, h*h*d_in) = W"],
    ["X3", "vec(A*X*B) = kron(B', A)*vec(X)"],
    ["X4 in Z", `vec(${S}) = kron(I(a_out*b_out), W)*P*vec(Z) + kron(ones(a_out*b_out), I(d_out))*b`],
    ["X4 in W", `vec(${S}) = kron(phi(Z)', I(d_out))*vec(W) + kron(ones(a_out*b_out), I(d_out))*b`],
    ["X5", "vec(pad(Z)) = P_pad*vec(Z)"],
    ["X6", "phi_pad(pad(Z)) = mat(P_phi_pad*P_pad*vec(Z), h*h*d_in, a_new*b_new)"],
    ["X7", "vec(pool(sigma(W*phi(Z)))) = P_pool*vec(sigma(W*phi(Z)))"],
    ["X7, means", "vec(mean(G)) = P_mean*vec(G)"],
    ["X9", "pool(sigma(G)) = sigma(pool(G))"],
    ["one image has one selection", "Sum(norm2(pool(G))) = l*norm2(pool(G))"],
    [
      "X14 for W",
      `d(${f}, W) = vec(W)'*vec(dW)/C + Sum(vec(mat(V'*(2*(${residual})), d_out, a_out*b_out) .* dsigma(${S}) * phi(Z)')')*vec(dW)/l`,
    ],
    [
      "X14 for b",
      `d(${f}, b) = b'*db/C + Sum((mat(V'*(2*(${residual})), d_out, a_out*b_out) .* dsigma(${S}) * ones(a_out*b_out))')*db/l`,
    ],
    ["X14 for V", `d(${f}, V) = vec(V)'*vec(dV)/C + Sum(vec(2*(${residual})*vec(sigma(${S}))')')*vec(dV)/l`],
    [
      "X15",
      "d(rho(pool(sigma(W*phi(Z)))), W) = ((vec(Gpool)'*P_pool) .* vec(dsigma(W*phi(Z)))')*vec(dW*phi(Z))",
    ],
    ["X16", `d(xi(${S}), W) = vec(G*phi(Z)')'*vec(dW)`],
    ["X17", `d(xi(${S}), b) = (G*ones(a_out*b_out))'*db`],
    ["X18", `d(xi(${S}), Z) = vec(W'*G)'*P*vec(dZ)`],
    ["X18 with padding", "d(chi(W*phi_pad(pad(Z))), Z) = vec(W'*Gnew)'*P_phi_pad*P_pad*vec(dZ)"],
    ["X19", "d(norm2(V*vec(W*phi(Z)) - y), V) = vec(2*(V*vec(W*phi(Z)) - y)*vec(W*phi(Z))')'*vec(dV)"],
    ["X20", "d(norm2(b - W*ones(h*h*d_in)), b) = 2*(b - W*ones(h*h*d_in))'*db"],
    [
      "X34",
      "kron(I(a_out*b_out), K(h*h, d_in))*P*vec(Z) = vec(mat(K(h*h*a_out*b_out, d_in)*K(d_in, h*h*a_out*b_out)*kron(I(a_out*b_out), K(h*h, d_in))*vec(phi(Z)), h*h*d_in, a_out*b_out))",
    ],
    ["Gauss–Newton: dᵀGd as a norm", "d(d(norm2(V*vec(W*phi(Z)) - y), W), W) = 2*norm2(V*vec(dW*phi(Z)))"],
  ];
  for (const [tag, text] of equations) {
    it(tag, () => assert.equal(passed(text).vacuous, false));
  }
});

describe("a wrong equation fails its trials", () => {
  const wrong: [slip: string, text: string][] = [
    ["the channel fastest in the rows of φ(Z)", "vec(phi(Z)) = kron(I(a_out*b_out), K(h*h, d_in))*P*vec(Z)"],
    ["j before i within the filter", "vec(phi(Z)) = kron(I(d_in*a_out*b_out), K(h, h))*P*vec(Z)"],
    [
      "output columns that run horizontally first",
      "vec(phi(Z)) = kron(K(a_out, b_out), I(h*h*d_in))*P*vec(Z)",
    ],
    ["vec(Z) row by row", "vec(phi(Z)) = P*vec(Z')"],
    ["mat with its sizes exchanged", "vec(phi(Z)) = vec(mat(P*vec(Z), a_out*b_out, h*h*d_in)')"],
    ["the factor 2 missing", "d(norm2(V*vec(W*phi(Z)) - y), V) = (V*vec(W*phi(Z)) - y)'*dV*vec(W*phi(Z))"],
    ["the Kronecker factors exchanged", "vec(W*phi(Z)) = kron(W, I(a_out*b_out))*vec(phi(Z))"],
    ["a sign", `d(xi(${S}), W) = -vec(G*phi(Z)')'*vec(dW)`],
    ["σ in the place of σ′", `d(xi(sigma(${S})), b) = ((G .* sigma(${S}))*ones(a_out*b_out))'*db`],
    ["the bias lost", `d(xi(${S}), W) = d(xi(W*phi(Z)), W)`],
    ["one instance in the place of all", "Sum(norm2(y))/l = norm2(y)"],
    [
      "pooling that keeps a sum",
      "ones(d_out)'*pool(G)*ones(a_half*b_half) = ones(d_out)'*G*ones(a_out*b_out)",
    ],
    ["σ as if it were max(x, 0)", "sigma(2*W) = 2*sigma(W)"],
    ["the mean without its weight", "mean(ones(d_out, a_out*b_out)) = q*ones(d_out, a_half*b_half)"],
  ];
  for (const [slip, text] of wrong) {
    it(slip, () => {
      const result = tried(text);
      assert.ok(!result.passed && result.level === "prime field", JSON.stringify(result));
      assert.match(result.why, /\d+ of \d+ entries differ in GF\(67108859\) at /);
    });
  }

  it("sizes that cannot be equal, naming both", () => {
    const result = tried("phi(Z) = mat(P*vec(Z), a_out*b_out, h*h*d_in)");
    assert.ok(!result.passed && result.level === "shape");
    assert.equal(
      result.why,
      "the left side is h·h·d_in × a_out·b_out, the right side a_out·b_out × h·h·d_in",
    );
  });

  it("a division by 0, wherever it is tried", () => {
    const result = tried("W/(C - C) = W/(C - C)");
    assert.ok(!result.passed && /a divisor is 0/.test(result.why));
  });
});

describe("what a passed trial tells", () => {
  it("at which sizes every entry is an identity of polynomials, or why that was not tried", () => {
    const identity = passed("phi(Z) = mat(P*vec(Z), h*h*d_in, a_out*b_out)").polynomials;
    assert.ok("at" in identity);
    const { h, d_in, a_out, b_out } = identity.at;
    assert.equal(identity.entries, h * h * d_in * a_out * b_out);
    assert.deepEqual(passed("W/(2*C) + W/(2*C) = W/C").polynomials, { skipped: "a division" });
    const grown = "norm2(kron(V, V)) = norm2(V)*norm2(V)";
    assert.deepEqual(passed(grown).polynomials, { skipped: "more than 60000 terms" });
  });

  it("the chance that a false statement passes, from degrees by hand", () => {
    const { primeField } = passed("vec(A*X) = kron(I(k), A)*vec(X)");
    assert.ok(primeField);
    assert.equal(primeField.bound, (2 / 67108859) ** 3); // products of two entries, three seeds
    assert.deepEqual([primeField.seeds, primeField.prime], [[1, 2, 3], 67108859]);
    assert.equal(primeField.shapes.length, 3);
    assert.ok(primeField.notCovered.includes("sizes other than those tried"));
    const at = completed(lecture, { h: 2, s: 1, d_in: 2, a_in: 3, b_in: 4, d_out: 3, n_L: 2, l: 2 });
    const degree = (text: string) => degreeOf(lecture, parse(text), at);
    assert.deepEqual(degree("norm2(V*vec(W*phi(Z)))"), { top: 6, bottom: 0, growth: 0 });
    assert.deepEqual(degree("W/(C*C)"), { top: 1, bottom: 2, growth: 0 });
    assert.deepEqual(degree("Sum(W/C)"), { top: 2, bottom: 2, growth: 0 });
    assert.deepEqual(degree("sigma(W*phi(Z))"), { top: 1, bottom: 0, growth: 2 });
    assert.deepEqual(degree("d(norm2(sigma(W*phi(Z))), W)"), { top: 4, bottom: 0, growth: 2 }); // 2 σ σ′ d(Wφ)
    assert.deepEqual(degree("kron(P, I(d_out))"), { top: 0, bottom: 0, growth: 0 });
  });

  it("the errors of three kinds of derivative, and of mathjs where it can", () => {
    const { floats } = passed(
      `d(norm2(${residual}), b) = ((mat(V'*(2*(${residual})), d_out, a_out*b_out) .* dsigma(${S}))*ones(a_out*b_out))'*db`,
    );
    assert.ok(floats && floats.error < 1e-13 && (floats.complexStep ?? 1) < 1e-13);
    assert.ok((floats.centralDifferences ?? 1) < 1e-7 && (floats.centralDifferences ?? 0) > 0);
    assert.deepEqual(floats.mathjs, { skipped: "d is nothing mathjs knows" });
    assert.ok((passed("vec(A*X) = kron(I(k), A)*vec(X)").floats?.mathjs as number) < 1e-13);
  });

  it("that 0 = 0 was all there was to see", () => {
    for (const text of ["W - W = 0*W", "d(Z, W) = 0*Z", "d(V, W) = d(V, b)"])
      assert.equal(passed(text).vacuous, true, text);
    assert.equal(passed("W + W = 2*W").vacuous, false);
  });

  it("the same each time, with the seeds, the shapes and the prime that are asked for", () => {
    const statement = parseStatement("vec(A*X) = kron(I(k), A)*vec(X)");
    assert.deepEqual(trial(provedWorld, statement), trial(provedWorld, statement));
    const options = { seeds: [77], prime: 101, shapes: [{ m: 2, n: 3, k: 5 }] };
    const result = trial(provedWorld, statement, options);
    assert.ok(result.passed && result.primeField);
    const { shapes, seeds, prime, bound } = result.primeField;
    assert.deepEqual({ shapes, seeds, prime, bound }, { ...options, bound: 2 / 101 });
  });
});

const small = declare(`
  dims m q d a b; u = floor(a/q); v = floor(b/q)
  scalar c
  x : m x 1;  Z : d x a*b;  Y : d x a*b
  pool, P_pool = maxpool(q, d, a, b);  mean, P_mean = avgpool(q, d, a, b)
`);
const large = "4503599627370496*4503599627370496"; // 2¹⁰⁴

describe("a trial at the limits of its levels", () => {
  it("fails in doubles that lose what is small, at the last shape and with the first seed", () => {
    const options = { shapes: [{ m: 2 }, { m: 3 }], seeds: [6, 7] };
    for (const y of ["x", "x/(x'*x)", "relu(x)"]) {
      const found = trial(small, parseStatement(`x + ${large}*${y} - ${large}*${y} = x`), options);
      assert.ok(!found.passed);
      const { level, why, at, seed } = found;
      assert.deepEqual([level, at, seed], ["floating point", { m: 3 }, 6], y);
      assert.match(why, /^the difference in double precision is \d\.\de[+-]\d+; needed at most 1e-10$/);
    }
  });

  it("is passed in fractions alone, where it holds for the largest entries and not for any: more on all pixels changes no choice", () => {
    const brighter = "pool(Z + c*ones(d, a*b)) + mean(Z) = pool(Z) + c*ones(d, u*v) + mean(Z)";
    const { polynomials, fractions, ...rest } = passed(brighter, small);
    assert.deepEqual(rest, { passed: true, vacuous: false });
    assert.deepEqual(polynomials, { skipped: "signs decide" });
    assert.deepEqual(fractions?.seeds, [1, 2, 3]);
    assert.ok(passed("vec(pool(Z)) = P_pool*vec(Z)", small).primeField);
    const sum = tried("pool(Z + Y) = pool(Z) + pool(Y)", small);
    assert.ok(!sum.passed && sum.level === "prime field");
    assert.ok(!("floats" in passed("relu(pool(Z)) = pool(relu(Z))", small)));
  });
});

describe("a trial of a lecture line", () => {
  it("takes less than 50 ms once warm", () => {
    const statement = parseStatement(
      `vec(${S}) = kron(I(a_out*b_out), W)*P*vec(Z) + kron(ones(a_out*b_out), I(d_out))*b`,
    );
    const times = Array.from({ length: 9 }, () => {
      const start = performance.now();
      trial(lecture, statement);
      return performance.now() - start;
    });
    assert.ok(Math.min(...times) < 50, `${times.map(Math.round)} ms`);
  }).retries(2);
});
