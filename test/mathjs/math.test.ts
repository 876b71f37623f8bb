import assert from "node:assert/strict";
import type { Matrix as MathMatrix } from "mathjs";
import { fromMath, type Matrix, math, symbolImage, toMath } from "../../src/index.js";
import type { MathSparseMatrix } from "../../src/mathjs/convert.js";
import { phi as phiOfBoth, vec as vecOfBoth } from "../../src/mathjs/eitherMatrix.js";
import { image } from "../../src/numeric/image.js";
import { fromRows, matrix, ones, toRows } from "../../src/numeric/matrix.js";
import { multiply } from "../../src/numeric/multiply.js";
import { Pphi, phi } from "../../src/numeric/phi.js";
import { randomMatrix } from "../../src/numeric/random.js";
import { convShape } from "../../src/shape.js";

const W = fromRows([
  [1, 0, 0, 1],
  [0, 1, 1, 0],
]);
const Z = matrix(1, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
const evaluated = (expression: string, scope: object = {}) => math.evaluate(expression, scope);
const rowsOf = (expression: string, scope: object = {}) => toRows(evaluated(expression, scope) as Matrix);
const exact = (m: MathMatrix) =>
  (m.toArray() as unknown[][]).map((row) => row.map((x) => math.string(x as number)));
const fraction = (text: string) => math.fraction(text) as unknown as number;

describe("an expression of mathjs", () => {
  it("is eq. (1) as the lecture writes it", () => {
    const S = evaluated("W * phi(Z, h, s) + b * ones(n)'", {
      W,
      Z,
      b: Float64Array.of(10, 20),
      h: 2,
      s: 1,
      n: 4,
    });
    // sub-images of the 3 × 3 image: (1 2 4 5), (2 3 5 6), (4 5 7 8), (5 6 8 9)
    assert.deepEqual(toRows(S), [
      [16, 18, 22, 24],
      [26, 28, 32, 34],
    ]);
  });

  it("is eq. (4): phi(Z) = mat(P_phi vec(Z))", () => {
    const scope = { Z: image(randomMatrix(2, 20, { seed: 1 }), 4, 5) };
    assert.deepEqual(rowsOf("mat(Pphi(Z, 2, 2) * vec(Z), 8, 4) - phi(Z, 2, 2)", scope), toRows(matrix(8, 4)));
  });

  it("takes the sides from the call, from an object, from an image, or from a square", () => {
    const rectangle = randomMatrix(1, 12, { seed: 2 });
    const wanted = toRows(phi(rectangle, convShape({ a: 4, b: 3, d: 1, h: 2, s: 1 })));
    assert.deepEqual(rowsOf("phi(Z, 2, 1, 4, 3)", { Z: rectangle }), wanted);
    assert.deepEqual(rowsOf("phi(Z, { h: 2, a: 4, b: 3 })", { Z: rectangle }), wanted);
    assert.deepEqual(rowsOf("phi(Z, 2)", { Z: image(rectangle, 4, 3) }), wanted);
    assert.throws(() => evaluated("phi(Z, 2)", { Z: rectangle }), /12 columns, which is no square image/);
  });

  const scope = {
    A: fromRows([
      [1, 2],
      [3, 4],
    ]),
    B: fromRows([
      [0, -5],
      [6, 7],
    ]),
    v: Float64Array.of(1, 10),
  };
  const known: [string, number[][]][] = [
    [
      "A * B",
      [
        [12, 9],
        [24, 13],
      ],
    ],
    [
      "A + B",
      [
        [1, -3],
        [9, 11],
      ],
    ],
    [
      "A - B",
      [
        [1, 7],
        [-3, -3],
      ],
    ],
    [
      "A .* B",
      [
        [0, -10],
        [18, 28],
      ],
    ],
    [
      "A ./ A",
      [
        [1, 1],
        [1, 1],
      ],
    ],
    [
      "2 * A / 4",
      [
        [0.5, 1],
        [1.5, 2],
      ],
    ],
    [
      "A + 1",
      [
        [2, 3],
        [4, 5],
      ],
    ],
    [
      "A'",
      [
        [1, 3],
        [2, 4],
      ],
    ],
    [
      "-A",
      [
        [-1, -2],
        [-3, -4],
      ],
    ],
    ["A * v", [[21], [43]]],
    ["A * [1; 1]", [[3], [7]]],
    ["[1, 1] * A", [[4, 6]]],
    [
      "A ^ 2",
      [
        [7, 10],
        [15, 22],
      ],
    ],
    [
      "kron(ones(1, 2), A)",
      [
        [1, 2, 1, 2],
        [3, 4, 3, 4],
      ],
    ],
    ["vec(A)", [[1], [3], [2], [4]]],
    [
      "mat(vec(A), 2, 2)",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      "relu(B)",
      [
        [0, 0],
        [6, 7],
      ],
    ],
    [
      "reluPrime(B)",
      [
        [0, 0],
        [1, 1],
      ],
    ],
    ["A[1:2, 2]", [[2], [4]]],
    ["A[2, 1:2]", [[3, 4]]],
  ];
  for (const [expression, rows] of known) {
    it(`knows ${expression} of our matrices, and gives one of ours`, () =>
      assert.deepEqual(rowsOf(expression, scope), rows));
  }

  it("reads one entry, counted from 1, and refuses one outside", () => {
    assert.equal(evaluated("A[2, 1]", scope), 3);
    assert.throws(() => evaluated("A[1, 3]", scope), /column 3 of a matrix with 2 columns/);
  });

  it("reaches the rest of mathjs by conversion", () => {
    assert.equal(evaluated("det(A)", scope), -2);
    assert.deepEqual(evaluated("size(A)", scope), [2, 2]);
    assert.equal(evaluated("sum(A)", scope), 10);
  });

  it("leaves mathjs's own matrices, numbers and names alone", () => {
    assert.deepEqual(evaluated("[1, 2; 3, 4] * [1; 1]").toArray(), [[3], [7]]);
    assert.equal(evaluated("2 * 3 + sqrt(16)"), 10);
    assert.deepEqual(evaluated("vec([1, 2; 3, 4])").toArray(), [[1], [3], [2], [4]]);
  });

  it("refuses sizes that do not fit with our message", () => {
    assert.throws(() => evaluated("W * Z", { W, Z }), /multiply: A is 2 × 4 and B is 1 × 9/);
  });
});

describe("matrices turn into each other", () => {
  it("dense, there and back", () => assert.deepEqual(toRows(fromMath(toMath(W))), toRows(W)));

  it("sparse, there and back, with the entries of P_phi in mathjs's own reading", () => {
    const P = Pphi(convShape({ a: 4, b: 3, d: 2, h: 2 }));
    const there = toMath(P);
    assert.equal(there.storage(), "sparse");
    assert.deepEqual(there.toArray(), toRows(P.toDense()));
    const back = fromMath(there as MathSparseMatrix);
    assert.deepEqual(toRows(back.toDense()), toRows(P.toDense()));
  });

  it("nested arrays and vectors too", () => {
    assert.deepEqual(toRows(fromMath([[1, 2]])), [[1, 2]]);
    assert.deepEqual(toRows(fromMath([1, 2])), [[1], [2]]);
  });

  it("refuses complex entries and text, and says where", () => {
    assert.throws(
      () => fromMath(math.matrix([[1, math.complex(0, 1)]]) as never),
      /entry 2 in column order is Complex/,
    );
  });

  it("lets mathjs multiply large float matrices as typed arrays, with the same numbers", () => {
    const A = randomMatrix(40, 50, { seed: 1 });
    const B = randomMatrix(50, 30, { seed: 2 });
    const product = math.multiply(toMath(A), toMath(B)) as MathMatrix;
    assert.equal(product.storage(), "dense");
    assert.deepEqual(product.toArray(), toRows(multiply(A, B)));
  });
});

describe("exact and symbolic entries", () => {
  it("stay fractions through vec, mat, phi and P_phi", () => {
    const thirds = math.matrix([["1/3", "2/3", "1", "4/3"].map(fraction)]);
    assert.deepEqual(
      exact(vecOfBoth(thirds)),
      [["1/3"], ["2/3"], ["1"], ["4/3"]].map((r) => r.map((x) => math.string(math.fraction(x)))),
    );
    const phiZ = phiOfBoth(thirds, convShape({ a: 2, b: 2, d: 1, h: 2 }));
    assert.deepEqual(exact(phiZ), exact(vecOfBoth(thirds)));
    assert.deepEqual(exact(evaluated("Pphi(Z, 2) * vec(Z)", { Z: thirds })), exact(phiZ));
    assert.ok(
      math.isFraction(
        evaluated("F * phi(Z, 2)", { F: math.matrix([Array(4).fill(fraction("1/7"))]), Z: thirds }).get([
          0, 0,
        ]),
      ),
    );
  });

  it("stay bigint beside our ones", () => {
    const huge = 2n ** 70n;
    const product = evaluated("B * ones(2)", { B: math.matrix([[huge, 1n] as never]) }) as MathMatrix;
    assert.equal(product.get([0, 0]) as unknown, huge + 1n);
  });

  it("stay BigNumber, with a BigNumber zero as padding", () => {
    const Zbig = math.matrix([[1, 2, 3, 4].map((x) => math.bignumber(x))] as never) as MathMatrix;
    const phiZ = phiOfBoth(Zbig, convShape({ a: 2, b: 2, d: 1, h: 3, s: 1, pad: 1 }));
    assert.ok(math.isBigNumber(phiZ.get([0, 0])));
    assert.equal(math.string(phiZ.get([4, 0])), "1");
  });

  it("show the slide's matrix for an image of symbols, two channels", () => {
    const phiZ = phiOfBoth(symbolImage("z", { a: 2, b: 3, d: 2 }), convShape({ a: 2, b: 3, d: 2, h: 2 }));
    // biome-ignore format: one row per place (i, j, c) of the sub-image
    assert.deepEqual(phiZ.toArray().map((row) => (row as unknown as object[]).map(String)), [
      ["z_{1,1,1}", "z_{1,2,1}"],
      ["z_{2,1,1}", "z_{2,2,1}"],
      ["z_{1,2,1}", "z_{1,3,1}"],
      ["z_{2,2,1}", "z_{2,3,1}"],
      ["z_{1,1,2}", "z_{1,2,2}"],
      ["z_{2,1,2}", "z_{2,2,2}"],
      ["z_{1,2,2}", "z_{1,3,2}"],
      ["z_{2,2,2}", "z_{2,3,2}"],
    ]);
    const bundle = (phiZ as unknown as Record<symbol, () => Record<string, string>>)[
      Symbol.for("Jupyter.display")
    ]();
    assert.match(bundle["text/latex"], /z_\{1,1,1\} & z_\{1,2,1\}/);
  });

  it("follow a symbol through P_phi and ReLU", () => {
    const scope = { Z: symbolImage("z", { a: 2, b: 2, d: 1 }) };
    assert.equal(String(evaluated("relu(Pphi(Z, 2) * vec(Z))", scope).get([3, 0])), "relu(z_{2,2,1})");
  });

  it("refuse a letter that is none", () => {
    assert.throws(() => symbolImage("1z", { a: 1, b: 1, d: 1 }), /symbolImage: "1z" is no letter/);
  });
});

describe("ones in an expression", () => {
  it("is the lecture's vector 1: a column of ours", () =>
    assert.deepEqual(toRows(evaluated("ones(3)")), toRows(ones(3))));
});
