import assert from "node:assert/strict";
import { math } from "../../src/mathjs/math.js";
import { fromRows } from "../../src/numeric/matrix.js";

/** What is said while `work` runs. */
function said(work: () => unknown): string[] {
  const { warn } = console;
  const texts: string[] = [];
  console.warn = (text: string) => texts.push(text);
  try {
    work();
  } finally {
    console.warn = warn;
  }
  return texts;
}

describe("math.evaluate, where mathjs reads otherwise than the lecture", () => {
  const Z = fromRows([[1, 2, 3, 4]]);

  it("says nothing where nothing of the lecture's stands in the expression, or all is read alike", () => {
    assert.deepEqual(
      said(() => math.evaluate("1/(2C) (q)", { C: 0.5, q: 5 })),
      [],
    );
    assert.deepEqual(
      said(() => math.evaluate("v*v'", { v: [1, 2, 3] })),
      [],
    );
    assert.deepEqual(
      said(() => math.evaluate("relu(1/(2C) * q)", { C: 0.5, q: 5 })),
      [],
    );
    assert.deepEqual(
      said(() => math.evaluate("vec(Z)", { Z })),
      [],
    );
  });

  it("says once that what stands without a sign is multiplied before it is divided", () => {
    const first = said(() => assert.equal(math.evaluate("relu(1/(2C) (q))", { C: 0.5, q: 5 }), 0.2));
    assert.equal(first.length, 1);
    assert.match(
      first[0],
      /^math\.evaluate: 1 \/ .* is read as \(1\) \/ .*; the lecture divides first: write the sign \*$/,
    );
    assert.deepEqual(
      said(() => math.evaluate("relu(1/(2C) (q))", { C: 0.5, q: 5 })),
      [],
    );
  });

  it("says once that a list is no column", () => {
    const text = said(() =>
      math.evaluate(
        "vec(Z) + sum(v)",
        new Map<string, unknown>([
          ["Z", Z],
          ["v", [1, 2]],
        ]),
      ),
    );
    assert.match(
      text.join(),
      /^math\.evaluate: v is a list of one dimension, .* is \[\[1\], \[2\]\] or a Matrix$/,
    );
    assert.deepEqual(
      said(() => math.evaluate("vec(Z) + sum(v)", { Z, v: [1, 2] })),
      [],
    );
  });
});
