import assert from "node:assert/strict";
import { scale, subtract } from "../../src/numeric/elementwise.js";
import { image } from "../../src/numeric/image.js";
import { fromRows, matrix, toRows, transpose, vec } from "../../src/numeric/matrix.js";
import { maxAbs } from "../../src/numeric/measure.js";
import { kron, multiply } from "../../src/numeric/multiply.js";
import { pad } from "../../src/numeric/pad.js";
import { Pphi, phi, vTP } from "../../src/numeric/phi.js";
import { avgPool, maxPool } from "../../src/numeric/pool.js";
import { randomMatrix } from "../../src/numeric/random.js";
import { type Matrix, zeros } from "../../src/numeric/storage.js";
import { convLinear } from "../../src/operations/conv.js";
import { convGradientsReference, convLinearReference } from "../../src/operations/convReference.js";
import { convShape } from "../../src/shape.js";
import { declare } from "../../src/symbolic/declare/declare.js";
import { parse } from "../../src/symbolic/language/parse.js";
import { completed } from "../../src/symbolic/sizes/sizes.js";
import { explicitOf } from "../../src/symbolic/trial/evaluate.js";
import type { Explicit } from "../../src/symbolic/trial/explicit.js";
import { floatSetting } from "../../src/symbolic/trial/settings.js";
import { ShapeError, shapeOf, shapeText } from "../../src/symbolic/world/shapes.js";
import { ofMatrix } from "../../src/verify/operator.js";
import { runFormula } from "../../src/verify/run.js";
import { sized } from "../../src/verify/sized.js";
import { lectureText } from "../symbolic/lectureWorld.js";

const world = declare(`${lectureText}
  dims p q m n k
  a_pad = a_in + 2*p;  b_pad = b_in + 2*p
  a_half = floor(a_in/q);  b_half = floor(b_in/q)
  pad, P_pad = padding(p, d_in, a_in, b_in)
  pool, P_pool = maxpool(q, d_in, a_in, b_in)
  mean, P_mean = avgpool(q, d_in, a_in, b_in)
  A : m x n;  X : n x k;  v : n x 1
`);

const shape = convShape({ a: 7, b: 9, d: 2, h: 3, s: 2 });
const W = randomMatrix(4, 18, { seed: 1, low: -1 });
const Z = image(randomMatrix(2, 63, { seed: 2, low: -1 }), 7, 9);
const b = randomMatrix(4, 1, { seed: 3, low: -1 });
const G = randomMatrix(4, 12, { seed: 4, low: -1 });
const values = { W, Z, b, G, s: 2 };

function close(found: Matrix, wanted: Matrix): void {
  assert.deepEqual([found.rows, found.cols], [wanted.rows, wanted.cols]);
  assert.ok(maxAbs(subtract(found, wanted)) < 1e-12);
}

/** As `numeric` stores it, entry by entry. */
function asMatrix({ rows, cols, entries }: Explicit<number>): Matrix {
  return matrix(rows, cols, Float64Array.from(entries));
}

describe("a map whose places are products of counters", () => {
  const products = declare(`dims u v n; x : n x 1
    map f, P(p:u, q:v; ) = (p*q; ) from n x 1
    map g, Q(u:u; v:v) = (u*v + u; ) from n x 1`);
  const x = matrix(
    12,
    1,
    Float64Array.from({ length: 12 }, (_, k) => 10 + k),
  );
  const run = (e: string) => [...runFormula(products, parse(e), { x, u: 3, v: 4 }).data];

  it("reads where the formula says, also where a counter has a size's name", () => {
    const wanted = (place: (p: number, q: number) => number) =>
      Array.from({ length: 12 }, (_, k) => 10 + place(k % 3, Math.floor(k / 3)));
    assert.deepEqual(
      run("f(x)"),
      wanted((p, q) => p * q),
    );
    assert.deepEqual(
      run("P*x"),
      wanted((p, q) => p * q),
    );
    assert.deepEqual(
      run("vec(g(x))"),
      wanted((u, v) => u * v + u),
    );
  });
});

describe("a formula on typed arrays", () => {
  const wanted: [string, () => Matrix][] = [
    ["W*phi(Z) + b*ones(a_out*b_out)'", () => convLinear(W, b, Z, shape)],
    ["kron(I(a_out*b_out), W)*P*vec(Z)", () => vec(multiply(W, phi(Z, shape)))],
    ["kron(phi(Z)', I(d_out))*vec(W)", () => vec(multiply(W, phi(Z, shape)))],
    ["vec(G*phi(Z)')'", () => transpose(vec(multiply(G, transpose(phi(Z, shape)))))],
    ["vec(W'*G)'*P", () => transpose(vec(vTP(multiply(transpose(W), G), shape)))],
    ["mat(P'*vec(W'*G), d_in, a_in*b_in)", () => vTP(multiply(transpose(W), G), shape)],
    ["P", () => Pphi(shape).toDense()],
    ["kron(W, b)", () => kron(W, b)],
    ["vec(b')'*b/(2*d_out)", () => matrix(1, 1, [multiply(transpose(b), b).data[0] / 8])],
  ];
  for (const [formula, value] of wanted) {
    it(`${formula} is what the reference computes`, () =>
      close(runFormula(world, parse(formula), values), value()));
  }

  it("is what the generic evaluator computes from explicit matrices, Kronecker products and P built", () => {
    const free = [...world.dimensions.values()].filter(({ definition }) => !definition);
    const others = Object.fromEntries(free.map(({ name }) => [name, 2]));
    const sizes = completed(world, { ...others, h: 3, s: 2, a_in: 6, b_in: 8, d_out: 3 });
    const setting = floatSetting(world, sizes, 5);
    const given = (name: string, instance = 0): Matrix => asMatrix(setting.value(name, instance));
    const drawn = { W: given("W"), Z: given("Z", 1), b: given("b"), G: given("G"), s: 2, a_in: 6, b_in: 8 };
    for (const formula of [...wanted.map(([written]) => written), "kron(W', b)*b"]) {
      close(runFormula(world, parse(formula), drawn), asMatrix(explicitOf(parse(formula), setting)));
    }
  });

  it("commutes, scales by a diagonal, and counts by ones, as written out by hand", () => {
    const A = fromRows([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    assert.deepEqual([...runFormula(world, parse("K(m, n)*vec(A)"), { A }).data], [1, 2, 3, 4, 5, 6]);
    assert.deepEqual([...runFormula(world, parse("K(m, n)'*vec(A')"), { A }).data], [1, 4, 2, 5, 3, 6]);
    assert.deepEqual(
      [...runFormula(world, parse("diag(v)*v"), { v: matrix(3, 1, [1, 2, 3]) }).data],
      [1, 4, 9],
    );
    assert.deepEqual([...runFormula(world, parse("A*ones(n)"), { A }).data], [6, 15]);
    assert.deepEqual([...runFormula(world, parse("trace(A*A')"), { A }).data], [1 + 4 + 9 + 16 + 25 + 36]);
    assert.deepEqual(toRows(runFormula(world, parse("sigma(-A) + dsigma(A) + d2sigma(A)"), { A })), [
      [1, 1, 1],
      [1, 1, 1],
    ]);
  });

  it("pads and pools by the formula of the index alone", () => {
    close(
      runFormula(world, parse("pad(Z)"), { Z, p: 2 }),
      pad(Z, convShape({ a: 7, b: 9, d: 2, h: 1, pad: 2 })),
    );
    close(runFormula(world, parse("P_pad'*P_pad*vec(Z)"), { Z, p: 1 }), vec(Z));
    close(runFormula(world, parse("pool(Z)"), { Z, q: 2 }), maxPool(Z, { a: 7, b: 9, q: 2 }).Z);
    close(
      runFormula(world, parse("mat(P_mean*vec(Z), d_in, a_half*b_half)"), { Z, q: 3 }),
      avgPool(Z, { a: 7, b: 9, q: 3 }),
    );
  });

  it("adds over instances", () => {
    const y = [matrix(2, 1, [1, 2]), matrix(2, 1, [3, 4])];
    assert.equal(runFormula(world, parse("Sum(norm2(y))/l"), { y }).data[0], 15);
  });

  it("never writes out a Kronecker product or P: 64 filters of 5 × 5 × 32 on 20 × 20 pixels", () => {
    const large = {
      W: randomMatrix(64, 800, { seed: 1 }),
      Z: image(randomMatrix(32, 400, { seed: 2 }), 20, 20),
      G: randomMatrix(64, 256, { seed: 3 }),
      s: 1,
    };
    const started = performance.now();
    const y = runFormula(world, parse("kron(I(a_out*b_out), W)*P*vec(Z)"), large);
    assert.equal(y.rows, 64 * 256);
    // the Kronecker product would have 16384 × 204800 entries, 27 GB
    assert.ok(performance.now() - started < 3000);
  }).retries(2);
});

describe("a product with numbers in it", () => {
  const products = declare("dims m n k; A : m x n; B : n x k; x : n x 1; y : n x 1; r : 1 x n; c : 1 x 1");
  const given = {
    ...{ x: matrix(3, 1, [1, 2, 3]), y: matrix(3, 1, [4, 5, 6]), r: matrix(1, 3, [1, 0, 2]), c: 2 },
    A: fromRows([
      [1, 2, 3],
      [4, 5, 6],
    ]),
    B: fromRows([
      [1, 2],
      [3, 4],
      [5, 6],
    ]),
  };
  // xᵀy = 32, xᵀx = 14
  const byHand: [string, number[][]][] = [
    [
      "x'*y*I(n)",
      [
        [32, 0, 0],
        [0, 32, 0],
        [0, 0, 32],
      ],
    ],
    [
      "I(n)*(x'*y)",
      [
        [32, 0, 0],
        [0, 32, 0],
        [0, 0, 32],
      ],
    ],
    [
      "x'*y*diag(x)",
      [
        [32, 0, 0],
        [0, 64, 0],
        [0, 0, 96],
      ],
    ],
    ["(x'*x)*x", [[14], [28], [42]]],
    ["x*x'*x", [[14], [28], [42]]],
    [
      "(x'*y)*A*B",
      [
        [704, 896],
        [1568, 2048],
      ],
    ],
    [
      "A*(x'*y)*B",
      [
        [704, 896],
        [1568, 2048],
      ],
    ],
    [
      "norm2(x)*x'*y*B",
      [
        [448, 896],
        [1344, 1792],
        [2240, 2688],
      ],
    ],
    ["vec(x'*y*A)", [[32], [128], [64], [160], [96], [192]]],
    [
      "B*(x'*x)/c",
      [
        [7, 14],
        [21, 28],
        [35, 42],
      ],
    ],
    ["x'*y*K(m, n)*vec(A)", [[32], [64], [96], [128], [160], [192]]],
    ["kron(x'*y, c*(r*x))", [[448]]],
    ["r*x*r", [[7, 0, 14]]],
  ];
  for (const [formula, rows] of byHand)
    it(`${formula} scales what it stands at`, () =>
      assert.deepEqual(toRows(runFormula(products, parse(formula), given)), rows));

  it("is not read otherwise where a size is 1", () => {
    const one = { A: matrix(2, 1, [3, 4]), B: matrix(1, 3, [5, 6, 7]), x: 2, y: matrix(1, 1, [3]), c: 2 };
    const known: [string, number[][]][] = [
      ["A*x", [[6], [8]]],
      ["x*x'*B", [[20, 24, 28]]],
      ["x'*y*A", [[18], [24]]],
      ["A*(x'*y)*I(n)", [[18], [24]]],
      [
        "A*B",
        [
          [15, 18, 21],
          [20, 24, 28],
        ],
      ],
      ["kron(x, A)*y", [[18], [24]]],
    ];
    for (const [formula, rows] of known)
      assert.deepEqual(toRows(runFormula(products, parse(formula), one)), rows, formula);
  });

  it("scales P and what P is applied to", () => {
    const y = [matrix(2, 1, [1, 2])];
    const P = runFormula(world, parse("P"), { Z, h: 3, s: 2 });
    close(runFormula(world, parse("y'*y*P"), { Z, y, h: 3, s: 2 }), scale(5, P));
    close(runFormula(world, parse("P*(y'*y)"), { Z, y, h: 3, s: 2 }), scale(5, P));
    close(runFormula(world, parse("P*(y'*y)*vec(Z)"), { Z, y, h: 3, s: 2 }), scale(5, multiply(P, vec(Z))));
  });

  it("writes out a row of many numbers", () => {
    // more than a function can be given as its arguments
    const wide = { x: randomMatrix(500, 1, { seed: 1 }), y: randomMatrix(500, 1, { seed: 2 }) };
    close(runFormula(products, parse("kron(x', y')"), wide), kron(transpose(wide.x), transpose(wide.y)));
  });
});

describe("the size of a result", () => {
  const sizes = { m: 2, n: 3, k: 1 };

  it("is that of the formula's shape, or the run says that it is wrong itself", () => {
    assert.equal(sized(world, parse("A"), zeros(2, 3), sizes).rows, 2);
    for (const wrong of [zeros(3, 2), zeros(2, 1), zeros(1, 3)])
      assert.throws(
        () => sized(world, parse("A"), wrong, sizes),
        /internal error, please report it: A came out \d × \d; it is m × n, which is 2 × 3 at m=2 n=3 k=1/,
      );
  });

  it("is held against the shape in every run", () => {
    const changed = declare("dims m n; A : m x n");
    const A = changed.matrices.get("A");
    const e = parse("2*A'");
    assert.equal(shapeText(shapeOf(changed, e)), "n × m");
    // the shape stays that of the declaration, the sizes of what is given become others
    (changed.matrices as Map<string, typeof A>).set("A", A && { ...A, rows: A.cols, cols: A.rows });
    const given = { A: matrix(3, 2), m: 2, n: 3 };
    assert.throws(
      () => runFormula(changed, e, given),
      /internal error, please report it: A came out 3 × 2; it is m × n, which is 2 × 3/,
    );
  });

  it("is refused where the parts fit for no size, or do not at these", () => {
    assert.throws(() => runFormula(world, parse("A*A"), { A: matrix(2, 2) }), ShapeError);
    assert.throws(
      () => runFormula(world, parse("X"), { X: 5, n: 2 }),
      /X is 1 × 1: its rows are 1; needed n with n = 2/,
    );
  });
});

describe("the sizes of a run", () => {
  it("are read off the matrices: h from the columns of W, d_in from the rows of Z", () => {
    assert.equal(runFormula(world, parse("ones(h*h*d_in)'*ones(h*h*d_in)"), { W, Z, s: 2 }).data[0], 18);
  });

  it("find the stride that alone fits", () => {
    const { s, ...rest } = values;
    close(runFormula(world, parse("W*phi(Z)"), rest), multiply(W, phi(Z, shape)));
  });

  it("are asked for where they stay open", () => {
    assert.throws(
      () => runFormula(world, parse("phi(Z)"), { W, Z: matrix(2, 63), s: 2 }),
      /do not say what a_in, b_in are; give a_in: …, b_in: …/,
    );
  });

  it("may not contradict each other", () => {
    assert.throws(
      () => runFormula(world, parse("W*phi(Z)"), { ...values, b: matrix(5, 1) }),
      /b is 5 × 1: its rows are 5; needed d_out/,
    );
  });

  it("are those of every instance, and a list is of all instances", () => {
    const y = [matrix(2, 1, [1, 2]), matrix(3, 1, [3, 4, 5])];
    assert.throws(
      () => runFormula(world, parse("Sum(norm2(y))"), { y }),
      /y is 3 × 1: its rows are 3; needed n_L/,
    );
    const short = { y: [y[0], y[0]], Z: [Z] };
    assert.throws(
      () => runFormula(world, parse("Sum(norm2(y))"), short),
      /Z is a list of 1: its instances are 1/,
    );
    assert.throws(
      () => runFormula(world, parse("Sum(norm2(y))"), { y: y[0], l: 2 }),
      /one y for each of 2 instances/,
    );
    assert.throws(
      () => runFormula(world, parse("v"), { v: [matrix(3, 1)] }),
      /v is a list of 1; needed one matrix/,
    );
    assert.throws(() => runFormula(world, parse("I(n)"), { n: 2.5 }), /n = 2.5; needed a whole number/);
  });

  it("may be those of one number", () => {
    assert.deepEqual(toRows(runFormula(world, parse("v*v'"), { v: 3 })), [[9]]);
  });

  it("need a value for each name", () => {
    assert.throws(
      () => runFormula(world, parse("W*phi(Z)"), { Z, s: 1, h: 3 }),
      /run: W has no value; given are Z, s, h/,
    );
  });

  it("do not run what has to be derived first", () => {
    assert.throws(
      () => runFormula(world, parse("xi(G)"), values),
      /run: xi\(G\) has no value, as xi may be any function with the gradient G; needed a formula in its place/,
    );
    assert.throws(
      () => runFormula(world, parse("d(norm2(W), W)"), values),
      /d\(norm2\(W\), W\) is no formula yet; derive it first/,
    );
    assert.throws(
      () => runFormula(world, parse("P_pool*vec(Z)"), { Z, q: 2 }),
      /P_pool depends on which entry pool took/,
    );
  });
});

describe("a layer of 64 filters 5 × 5 × 32 on 20 × 20", () => {
  const large = convShape({ a: 20, b: 20, d: 32, h: 5 });
  const given = {
    W: randomMatrix(64, 800, { seed: 5, low: -1 }),
    Z: image(randomMatrix(32, 400, { seed: 6, low: -1 }), 20, 20),
    b: randomMatrix(64, 1, { seed: 7, low: -1 }),
    G: randomMatrix(64, 256, { seed: 8, low: -1 }),
    s: 1,
  };
  const gradients = convGradientsReference(given.W, given.Z, given.G, large);
  const wanted: [string, Matrix][] = [
    ["W*phi(Z) + b*ones(a_out*b_out)'", convLinearReference(given.W, given.b, given.Z, large)],
    ["kron(I(a_out*b_out), W)*P*vec(Z)", vec(multiply(given.W, phi(given.Z, large)))],
    ["vec(G*phi(Z)')'", transpose(vec(gradients.W))],
    ["vec(W'*G)'*P", transpose(vec(gradients.Z))],
  ];
  for (const [formula, value] of wanted)
    it(`${formula} runs on the engine and is what the reference computes`, () =>
      close(runFormula(world, parse(formula), given), value));

  it("is a product of matrices like any other", () => {
    const W = ofMatrix(given.W);
    close(W.times(phi(given.Z, large)), multiply(given.W, phi(given.Z, large)));
    assert.throws(() => W.times(given.W), /multiply: A is 64 × 800 and B is 64 × 800/);
  });
});
