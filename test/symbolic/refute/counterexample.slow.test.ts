import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { print } from "../../../src/symbolic/language/print.js";
import { counterexample } from "../../../src/symbolic/refute/counterexample.js";
import type { Counterexample } from "../../../src/symbolic/refute/counterexampleText.js";
import { slipsOf } from "../../../src/symbolic/refute/slips.js";
import { sizesText } from "../../../src/symbolic/sizes/sizes.js";
import { withZeroMatrix } from "../../../src/symbolic/world/zero.js";
import { lecture } from "../lectureWorld.js";
import { allSizes, falseStatements, falseWorld, handMaps } from "./falseStatements.js";
import { matrixOfHandMap, shownValue } from "./shownValue.js";

function found(text: string, world = lecture): Counterexample {
  const example = counterexample(world, parseStatement(text));
  assert.ok(example, text);
  return example;
}

const close = (x: number, y: number) => Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(x));

/** Both sides from the matrices, the functions and the sizes that are shown, and from nothing else. */
function assertCalculated(text: string): Counterexample {
  const example = found(text, falseWorld);
  assert.equal(example.modulo, undefined, text);
  const statement = withZeroMatrix(falseWorld, parseStatement(text));
  const sizes = allSizes(example.sizes);
  const shown = { found: example, statement, sizes, maps: handMaps };
  const sides = { left: shownValue(statement.left, shown), right: shownValue(statement.right, shown) };
  for (const side of ["left", "right"] as const)
    for (const [i, row] of sides[side].entries())
      for (const [j, x] of row.entries())
        assert.ok(
          close(x, example.sides[side][i][j]),
          `${text}: ${side} (${i}, ${j}) is ${x}\n${example.text}`,
        );
  const [row, col] = example.entry;
  assert.ok(
    close(sides.left[row - 1][col - 1], example.left) && close(sides.right[row - 1][col - 1], example.right),
  );
  assert.ok(!close(example.left, example.right), example.text);
  return example;
}

describe("a counterexample", () => {
  it("is as small as is found, in the words of the lecture", () => {
    const { text, sizes, entry } = found("vec(W*phi(Z)) = kron(I(d_out), phi(Z)')*vec(W)");
    // Two outputs and two places are needed: W and φ(Z) are then a column and a row.
    assert.deepEqual(sizes, { h: 1, s: 1, d_in: 1, a_in: 1, b_in: 2, d_out: 2 });
    assert.deepEqual(entry, [2, 1]);
    // (w₁, w₂)ᵀ (z₁, z₂), stacked, has w₂ z₁ second; the right side has w₁ z₂.
    assert.equal(
      text,
      `the two sides differ at h=1 s=1 d_in=1 a_in=1 b_in=2 d_out=2: entry (2, 1) is 0 on the left, 1 on the right
  W = [1; 0], Z = [0, 1], P = [1, 0; 0, 1]
  left side [0; 0; 1; 0], right side [0; 1; 0; 0]`,
    );
  });

  it("shows every instance, and says which stands outside of a sum", () => {
    const { sizes, left, right, matrices, text } = found("Sum(norm2(y))/l = norm2(y)");
    assert.deepEqual(sizes, { n_L: 1, l: 2 });
    assert.deepEqual(matrices, [
      { name: "y", instance: 1, rows: [[1]] },
      { name: "y", instance: 2, rows: [[0]] },
    ]);
    assert.deepEqual([left, right], [1 / 2, 1]);
    assert.match(text, /\n {2}y\^1 = \[1\], y\^2 = \[0\]\n {2}outside of a Sum, i is 1$/);
  });

  it("says what σ is, and takes another where the first shows nothing", () => {
    assert.match(
      found("d(sigma(b), b) = sigma(b) .* db").text,
      /\n {2}b = \[1\], db = \[1\]\n {2}not for every σ: σ\(x\) = x²$/,
    );
    // 4 σ(x) = σ(2x) holds for x²; 4·x³ is not 8·x³. And σ(0) = 0 for both.
    assert.match(found("4*sigma(b) = sigma(2*b)").text, /σ\(x\) = x³$/);
    assert.match(found("sigma(0*b) = 0*b").text, /σ\(x\) = x² \+ 1$/);
    // σ′(0) is 0 for all of these.
    assert.match(found("dsigma(0*b) = 0*b").text, /σ\(x\) = x³ \+ x² \+ x \+ 1$/);
    assert.match(found("dsigma(0*b) = d2sigma(0*b)").text, /σ\(x\) = x²$/);
  });

  it("says what a loss is: linear where that shows it, else with a Hessian", () => {
    assert.match(found("d(xi(W*phi(Z)), W) = vec(W)'*vec(dW)").text, /\n {2}xi\(X\) = vec\(G\)'\*vec\(X\)/);
    const bent = found("d(d(xi(W*phi(Z)), W), W) = 0").text;
    assert.match(bent, /xi\(X\) = .*\+ vec\(X - X0\)'\*H\*vec\(X - X0\)\/2, vec\(X0\) = \[0\], H = \[1\]/);
  });

  it("counts entries from 1 and down the columns", () => {
    const { entry, sizes } = found("W = W + kron(ones(d_out), ones(h*h*d_in)')");
    assert.deepEqual([entry, sizes], [[1, 1], { h: 1, d_in: 1, d_out: 1 }]);
    assert.deepEqual(found("K(d_out, h*h*d_in)*vec(W') = vec(W)").entry, [2, 1]);
  });

  it("lists what is not 0 of a matrix that is too large to write", () => {
    const { text } = found("P*P' = I(h*h*d_in*a_out*b_out)");
    assert.match(text, /\n {2}P = 0 of 8 × 6 but for 1 at \(1, 1\), /);
  });

  it("is not given for what is true, nor where the sizes differ for all values", () => {
    assert.equal(counterexample(lecture, parseStatement("vec(phi(Z)) = P*vec(Z)")), undefined);
    assert.equal(counterexample(lecture, parseStatement("W = W'")), undefined);
  });

  it("has no entry that could be 0, and no size that could be smaller", () => {
    for (const text of ["A .* M = A + M", "N*N = N .* N", "w*v' = v*w'"]) {
      const { sizes, matrices } = found(text, falseWorld);
      const total = Object.values(sizes).reduce((x, y) => x + y);
      assert.ok(total <= 2, `${text} at ${sizesText(sizes)}`);
      assert.ok(matrices.flatMap(({ rows }) => rows.flat()).filter((x) => x !== 0).length <= 2, text);
    }
  });
});

describe("a counterexample where signs or largest entries decide", () => {
  const world = declare(`dims m n k d a b q; u = floor(a/q); v = floor(b/q)
    A : m x n; B : m x n; X : n x k; c : 1 x 1; D : d x a*b; pool, P = maxpool(q, d, a, b)`);
  const sizesOf = (text: string) => found(text, world).sizes;

  it("needs numbers of other signs, and is at one entry", () => {
    const { text } = found("relu(A + B) = relu(A) + relu(B)", world);
    assert.equal(
      text,
      "the two sides differ at m=1 n=1: entry (1, 1) is 0 on the left, 1 on the right\n  A = [1], B = [-1]",
    );
  });

  it("is at the smallest sizes where half of the numbers, or more, show nothing", () => {
    const ones = [
      "2*A) = relu(A)",
      "A) .* relu(A) = relu(A)",
      "A - B) = relu(A) - relu(B)",
      "c*A) = c*relu(A)",
    ];
    for (const text of ones) assert.deepEqual(sizesOf(`relu(${text}`), { m: 1, n: 1 }, text);
    assert.deepEqual(sizesOf("drelu(2*A) = 2*drelu(A)"), { m: 1, n: 1 });
    assert.deepEqual(sizesOf("d(relu(A), A) = relu(A) .* dA"), { m: 1, n: 1 });
    // (−1)(−1) is positive, and neither of them is.
    assert.deepEqual(sizesOf("relu(A*X) = relu(A)*relu(X)"), { m: 1, n: 1, k: 1 });
  });

  it("is at one window of two entries, whichever the trial took of them", () => {
    const window = { d: 1, a: 2, b: 2, q: 2 };
    for (const text of ["-D) = -pool(D)", "D .* D) = pool(D) .* pool(D)", "c*D) = c*pool(D)"])
      assert.deepEqual(sizesOf(`pool(${text}`), window, text);
    assert.deepEqual(sizesOf("d(pool(D), D) = pool(dD)"), window);
    assert.deepEqual(sizesOf("pool(relu(D)) = pool(D)"), { d: 1, a: 1, b: 1, q: 1 });
  });
});

describe("what a counterexample shows", () => {
  for (const text of falseStatements)
    it(`gives both sides of ${text}`, () => {
      const { matrices } = assertCalculated(text);
      const entries = matrices.flatMap(({ rows }) => rows.flat());
      assert.ok(
        entries.every((x) => Number.isInteger(x) && Math.abs(x) <= 3),
        JSON.stringify(matrices),
      );
    });

  it("includes the matrices of maps, as their definition gives them", () => {
    const { sizes, matrices } = found("phi(flip(D)) = 2*phi(turn(turn(D)))", falseWorld);
    const all = allSizes(sizes);
    for (const [map, P] of Object.entries({ phi: "P", flip: "P_flip", turn: "P_turn" })) {
      const shown = matrices.find(({ name }) => name === P);
      assert.deepEqual(shown?.rows, matrixOfHandMap(handMaps[map], all, all.d * all.a * all.b));
    }
  });

  const truths = [
    "vec(A*X) = kron(X', I(m))*vec(A)",
    "vec(W*phi(D)) = kron(I(a_out*b_out), W)*P*vec(D)",
    "d(norm2(A*X), A) = 2*vec(A*X*X')'*vec(dA)",
    "d(xi(W*phi(D)), W) = vec(G*phi(D)')'*vec(dW)",
    "d(sigma(A*X), X) = dsigma(A*X) .* (A*dX)",
    "d(Sum(eta(y + c)), c) = Sum(g)'*dc",
    "P_pool*vec(D) = vec(pool(D))",
  ];
  for (const truth of truths)
    it(`gives both sides of every slip of ${truth}`, () => {
      const statement = parseStatement(truth);
      const slips = slipsOf(falseWorld, statement).map(({ e }) => ({ left: statement.left, right: e }));
      const wrong = slips.filter((one) => counterexample(falseWorld, one) !== undefined);
      assert.ok(wrong.length > 1);
      for (const { left, right } of wrong) assertCalculated(`${print(left)} = ${print(right)}`);
    }).timeout(60_000);
});
