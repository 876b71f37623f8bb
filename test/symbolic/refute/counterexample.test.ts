import assert from "node:assert/strict";
import { parse, parseStatement } from "../../../src/symbolic/language/parse.js";
import { type Counterexample, counterexample } from "../../../src/symbolic/refute/counterexample.js";
import { drawWhole } from "../../../src/symbolic/sizes/draws.js";
import { explicitOf } from "../../../src/symbolic/trial/evaluate.js";
import { given } from "../given.js";
import { lecture } from "../lectureWorld.js";

function found(text: string): Counterexample {
  const example = counterexample(lecture, parseStatement(text));
  assert.ok(example, text);
  return example;
}

describe("a counterexample", () => {
  it("is as small as the sides still differ at, in the words of the lecture", () => {
    const { text, sizes, entry, seed } = found("vec(W*phi(Z)) = kron(I(d_out), phi(Z)')*vec(W)");
    // Two outputs and two places are needed: W and φ(Z) are then a column and a row.
    assert.deepEqual(sizes, { h: 1, s: 1, d_in: 1, a_in: 1, b_in: 2, d_out: 2 });
    assert.deepEqual(entry, [2, 1]);
    // (w₁, w₂)ᵀ (z₁, z₂), stacked, has w₂ z₁ second; the right side has w₁ z₂.
    const drawn = (name: string, at: number, instance = 0) => drawWhole(1, 9, seed, name, instance, at);
    const [left, right] = [drawn("W", 1) * drawn("Z", 0, 1), drawn("W", 0) * drawn("Z", 1, 1)];
    assert.equal(
      text,
      `the two sides differ at h=1 s=1 d_in=1 a_in=1 b_in=2 d_out=2: entry (2, 1) is ${left} on the left, ${right} on the right (integer inputs, seed ${seed})`,
    );
  });

  it("can be calculated again from its seed", () => {
    const { sizes, seed, left, right, entry } = found("Sum(norm2(y))/l = norm2(y)");
    assert.deepEqual([sizes, entry], [{ n_L: 1, l: 2 }, [1, 1]]);
    const y = [1, 2].map((instance) => drawWhole(1, 9, seed, "y", instance, 0));
    assert.deepEqual([left, right], [(y[0] ** 2 + y[1] ** 2) / 2, y[0] ** 2]);
  });

  it("says what σ is", () => {
    const { text, left, right } = found("d(sigma(b), b) = sigma(b) .* db");
    assert.match(text, /\(integer inputs, seed 1; not for every σ: σ\(x\) = x²\)$/);
    const [b, db] = ["b", "db"].map((name) => drawWhole(1, 9, 1, name, 0, 0));
    assert.deepEqual([left, right], [2 * b * db, b * b * db]);
  });

  it("takes another σ where the first shows nothing", () => {
    // 4 σ(x) = σ(2x) holds for x²; 4·x³ is not 8·x³.
    assert.match(found("4*sigma(b) = sigma(2*b)").text, /σ\(x\) = x³\)$/);
  });

  it("counts entries from 1 and down the columns", () => {
    const { entry, sizes } = found("W = W + kron(ones(d_out), ones(h*h*d_in)')");
    assert.deepEqual([entry, sizes], [[1, 1], { h: 1, d_in: 1, d_out: 1 }]);
    const { entry: later } = found("K(d_out, h*h*d_in)*vec(W') = vec(W)");
    assert.deepEqual(later, [2, 1]);
  });

  it("agrees with the evaluator at the sizes it names", () => {
    const { sizes, seed, left, right, entry } = found("vec(W*phi(Z)) = kron(W, I(a_out*b_out))*vec(phi(Z))");
    const rows = (name: string, m: number, n: number, instance: number) =>
      Array.from({ length: m }, (_, i) =>
        Array.from({ length: n }, (_, j) => drawWhole(1, 9, seed, name, instance, i + m * j)),
      );
    const { h, d_in, d_out, a_in, b_in } = sizes;
    const setting = given(lecture, {
      sizes: { ...sizes, n_L: 1, l: 1 },
      values: { W: rows("W", d_out, h * h * d_in, 0), Z: rows("Z", d_in, a_in * b_in, 1) },
    });
    const at = (text: string) => explicitOf(parse(text), setting).entries[entry[0] - 1];
    assert.deepEqual([left, right], [at("vec(W*phi(Z))"), at("kron(W, I(a_out*b_out))*vec(phi(Z))")]);
  });

  it("is not given for what is true, nor where the sizes differ for all values", () => {
    assert.equal(counterexample(lecture, parseStatement("vec(phi(Z)) = P*vec(Z)")), undefined);
    assert.equal(counterexample(lecture, parseStatement("W = W'")), undefined);
  });
});
