/** Values worked out by hand: entries are drawn as 1, 2, 3, … column by column, in the order in which they are met. */
import assert from "node:assert/strict";
import { readCertificate } from "../../checker/certificate.js";
import { compare, floor, over, plus, times, written } from "../../checker/exact.js";
import type { Expression } from "../../checker/parser.js";
import { shapesOf } from "../../checker/shapes.js";
import { Trial } from "../../checker/trial.js";

/** The values of the expressions, evaluated one after the other in one trial: rows of numbers. */
function values(declarations: string, sizes: Record<string, number>, ...texts: string[]): string[][][] {
  const sum = texts.map((text) => `(${text})`).join(" + ");
  const claim = readCertificate({
    ...{ version: 1, level: "here", declarations, statement: `0 = ${sum}` },
    ...{ shapes: [sizes], standing: standingIn(declarations) },
  });
  const expressions = summands(claim.sides[1]!, texts.length);
  const [shape] = [...shapesOf(claim)];
  assert.ok(shape, "the sizes are admissible");
  shape.work = 1e6;
  const drawn = new Map<string, bigint>();
  const next = (key: string) => drawn.get(key) ?? drawn.set(key, BigInt(drawn.size + 1)).get(key)!;
  const trial = new Trial(claim, shape, next);
  return expressions.map((expression) => {
    const { rows, columns, entries } = trial.value(expression, { instance: 1, moves: [] });
    const entry = (row: number, column: number) => written(entries[row + column * rows]);
    return Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => entry(row, column)),
    );
  });
}

/** So many expressions that are added, from the left. */
function summands(all: Expression, count: number): readonly Expression[] {
  return count > 1 ? [...summands(all.args[0]!, count - 1), all.args[1]!] : [all];
}

/** "// f stands at E" in the declarations. */
function standingIn(declarations: string): Record<string, string> {
  return Object.fromEntries(
    [...declarations.matchAll(/\/\/ (\w+) stands at (.*)/g)].map(([, name, text]) => [name, text!]),
  );
}

/** "1 2; 3 4" is the matrix with the rows 1 2 and 3 4. */
function matrix(text: string): string[][] {
  return text.split(";").map((row) => row.trim().split(/\s+/));
}

const conv = `dims h s d a b k; a_out = floor((a - h)/s) + 1; b_out = floor((b - h)/s) + 1
  Z : d x a*b; W : k x h*h*d; phi, P = conv(h, s, d, a, b)`;
const pair = "dims m n; A : m x n; B : m x n; v : n x 1; C : n x n";

describe("the second program, by hand: fractions", () => {
  it("are in lowest terms with a positive divisor, and have the next whole number below", () => {
    const [half, minus] = [over(3n, 6n), over(3n, -6n)];
    assert.deepEqual([written(half), written(minus), written(over(-6n, -3n))], ["1/2", "-1/2", "2"]);
    assert.deepEqual([floor(half), floor(minus), floor(-2n), floor(over(7n, 2n))], [0n, -1n, -2n, 3n]);
    assert.deepEqual(
      [plus(half, minus), written(plus(half, over(1n, 3n))), times(half, 4n)],
      [0n, "5/6", 2n],
    );
    assert.deepEqual([compare(half, over(2n, 3n)), compare(half, minus), compare(half, half)], [-1, 1, 0]);
    assert.throws(() => over(1n, 0n), /a divisor is 0/);
  });
});

describe("the second program, by hand: convolution", () => {
  it("reads z at (p·s + i, q·s + j), an image of 3 x 3 and a mask of 2 x 2", () => {
    const sizes = { h: 2, s: 1, d: 1, a: 3, b: 3, k: 1 };
    const [Z, phiZ, S] = values(conv, sizes, "Z", "phi(Z)", "W*phi(Z)");
    assert.deepEqual(Z, matrix("1 2 3 4 5 6 7 8 9"));
    assert.deepEqual(phiZ, matrix("1 2 4 5; 2 3 5 6; 4 5 7 8; 5 6 8 9"));
    // W = (10, 11, 12, 13): 10·1 + 11·2 + 12·4 + 13·5 = 145
    assert.deepEqual(S, matrix("145 191 283 329"));
  });

  it("goes in strides, with the channel slowest in the rows of φ(Z) and fastest in vec(Z)", () => {
    const [Z, phiZ] = values(conv, { h: 1, s: 2, d: 2, a: 3, b: 2, k: 1 }, "Z", "phi(Z)");
    assert.deepEqual(Z, matrix("1 3 5 7 9 11; 2 4 6 8 10 12"));
    assert.deepEqual(phiZ, matrix("1 5; 2 6"));
    const [, square] = values(conv, { h: 2, s: 2, d: 2, a: 4, b: 2, k: 1 }, "Z", "phi(Z)");
    // rows (i, j, c); columns p = 0, 1; Z is 2c − 1 … : channel c of pixel (x, y) is 1 + c + 2x + 8y
    assert.deepEqual(square, matrix("1 5; 3 7; 9 13; 11 15; 2 6; 4 8; 10 14; 12 16"));
  });

  it("has the matrix P with vec(φ(Z)) = P vec(Z)", () => {
    const [P] = values(conv, { h: 1, s: 2, d: 1, a: 3, b: 3, k: 1 }, "P");
    assert.deepEqual(P, matrix("1 0 0 0 0 0 0 0 0; 0 0 1 0 0 0 0 0 0; 0 0 0 0 0 0 1 0 0; 0 0 0 0 0 0 0 0 1"));
  });
});

describe("the second program, by hand: other maps", () => {
  it("pads with zeros", () => {
    const declarations = "dims p d a b; Z : d x a*b; pad, P = padding(p, d, a, b)";
    const [, padded] = values(declarations, { p: 1, d: 1, a: 2, b: 1 }, "Z", "pad(Z)");
    assert.deepEqual(padded, matrix("0 0 0 0 0 1 2 0 0 0 0 0"));
  });

  it("takes means and largest entries of q x q, with P at the largest of the image where the map stands", () => {
    const declarations = `dims q d a b; a_q = floor(a/q); b_q = floor(b/q); Z : d x a*b
      mean = avgpool(q, d, a, b); pool, P = maxpool(q, d, a, b)
      // pool stands at -Z`;
    const sizes = { q: 2, d: 1, a: 2, b: 4 };
    const [, means, largest, P, P_mean] = values(
      declarations,
      sizes,
      "Z",
      "mean(Z)",
      "pool(Z)",
      "P",
      "P_mean",
    );
    assert.deepEqual(means, matrix("5/2 13/2"));
    assert.deepEqual(largest, matrix("4 8"));
    assert.deepEqual(P, matrix("1 0 0 0 0 0 0 0; 0 0 0 0 1 0 0 0"));
    assert.deepEqual(P_mean, matrix("1/4 1/4 1/4 1/4 0 0 0 0; 0 0 0 0 1/4 1/4 1/4 1/4"));
  });

  it("takes the first of the largest entries where some tie", () => {
    const declarations = `dims q d a b; Z : d x a*b; pool, P = maxpool(q, d, a, b)
      // pool stands at 0*Z`;
    const [, P] = values(declarations, { q: 2, d: 1, a: 2, b: 2 }, "Z", "P");
    assert.deepEqual(P, matrix("1 0 0 0"));
  });

  it("reads a map of one's own, digit by digit; a counter is meant before a size of its name", () => {
    const declarations = "dims c a; Z : 2 x a*3; map f(p:a; c:2, q:3) = (1 - c; a - 1 - p, q) from 2 x a*3";
    const [Z, f] = values(declarations, { c: 5, a: 2 }, "Z", "f(Z)");
    assert.deepEqual(Z, matrix("1 3 5 7 9 11; 2 4 6 8 10 12"));
    assert.deepEqual(f, matrix("4 3 8 7 12 11; 2 1 6 5 10 9"));
  });
});

describe("the second program, by hand: signs and functions", () => {
  const sizes = { m: 2, n: 2 };
  const of = (...texts: string[]) => values(pair, sizes, "A", "B", "v", ...texts).slice(3); // A = 1 3; 2 4, B = 5 7; 6 8, v = 9; 10

  it("adds, multiplies and divides from the left, - before * and ' before -", () => {
    assert.deepEqual(of("A + B - A", "A*B", "A .* B", "A*v/2", "-A'*B", "B - A - A", "8/2/2"), [
      matrix("5 7; 6 8"),
      matrix("23 31; 34 46"),
      matrix("5 21; 12 32"),
      matrix("39/2; 29"),
      matrix("-17 -23; -39 -53"),
      matrix("3 1; 2 0"),
      matrix("2"),
    ]);
  });

  it("knows vec, mat, kron, K, diag, trace, norm2, ones and I", () => {
    assert.deepEqual(
      of(
        "vec(A)",
        "mat(vec(A), 1, 4)",
        "kron(A, v')",
        "diag(v)",
        "trace(A)",
        "norm2(A)",
        "ones(n)",
        "ones(1, n)",
        "I(n)",
      ),
      [
        matrix("1; 2; 3; 4"),
        matrix("1 2 3 4"),
        matrix("9 10 27 30; 18 20 36 40"),
        matrix("9 0; 0 10"),
        matrix("5"),
        matrix("30"),
        matrix("1; 1"),
        matrix("1 1"),
        matrix("1 0; 0 1"),
      ],
    );
    const [X, , turned] = values("dims m n; X : m x n", { m: 2, n: 3 }, "X", "K(m, n)", "K(m, n)*vec(X)");
    assert.deepEqual(X, matrix("1 3 5; 2 4 6"));
    assert.deepEqual(turned, matrix("1; 3; 5; 2; 4; 6"));
  });

  it("sums over three instances, or over as many as l is", () => {
    assert.deepEqual(values("x : 1 x 1 each; c : 1 x 1", {}, "Sum(x)", "Sum(c)", "x")[1], matrix("12"));
    assert.deepEqual(
      values("dims l; x : 1 x 1 each; c : 1 x 1", { l: 2 }, "Sum(x)", "Sum(c)", "Sum(l)").flat(2),
      ["3", "6", "4"],
    );
  });

  it("takes relu of each entry, and 1 or 0 as its derivative", () => {
    assert.deepEqual(of("relu(A - 2*ones(n, n))", "drelu(A - 2*ones(n, n))"), [
      matrix("0 1; 0 2"),
      matrix("0 1; 0 1"),
    ]);
  });
});

describe("the second program, by hand: derivatives", () => {
  it("differentiates products, quotients and squares, once and twice", () => {
    // x = 1, y = 2, dx = 3
    const all = values(
      "x : 1 x 1; y : 1 x 1",
      {},
      "x",
      "y",
      "dx",
      "d(x*x*y, x)",
      "d(1/x, x)",
      "d(norm2(x*y), x)",
      "d(d(x*x*x*y, x), x)",
      "d(d(1/x, x), x)",
      "d(dx*x, x)",
      "d(d(x*y, x), y)",
    );
    // 2xy dx = 12, −dx/x² = −3, 2 x y² dx = 24, 6xy dx² = 108, 2 dx²/x³ = 18, dx² = 9, dx dy = 3·4
    assert.deepEqual(all.slice(3).flat(2), ["12", "-3", "24", "108", "18", "9", "12"]);
  });

  it("has relu with drelu, and nothing behind it", () => {
    assert.deepEqual(
      values("x : 1 x 1", {}, "x", "dx", "d(relu(x), x)", "d(relu(-x), x)", "d(drelu(x), x)").flat(2),
      ["1", "2", "2", "0", "0"],
    );
  });

  it("has a loss with G and H at the argument where it stands", () => {
    const declarations = `x : 2 x 1; g : 2 x 1; H : 2 x 2; xi(t) with gradient g, hessian H
      // xi stands at 2*x`;
    // x = 1; 2, dx = 3; 4, g = 5; 6, H = 7 8; 8 9
    const [, , , H, first, second, moved] = values(
      declarations,
      {},
      "x",
      "dx",
      "g",
      "H",
      "d(xi(2*x), x)",
      "d(d(xi(2*x), x), x)",
      "d(g, x)",
    );
    assert.deepEqual(H, matrix("7 8; 8 9"));
    assert.deepEqual(first, matrix("78")); // 2 (5·3 + 6·4)
    assert.deepEqual(second, matrix("1596")); // 4 (7·9 + 2·8·12 + 9·16)
    assert.deepEqual(moved, matrix("106; 120")); // 2 H dx
  });
});

describe("the second program, by hand: shapes", () => {
  it("are all different, and few of their sizes are 1", () => {
    const claim = readCertificate({
      ...{ version: 1, level: "all sizes", shapes: [] },
      ...{ declarations: "dims k m n p; A : k x m; B : n x p", statement: "kron(A, B) = kron(A, B)" },
    });
    const drawn = shapesOf(claim);
    const shapes = Array.from({ length: 20 }, () => drawn.next().value!);
    const sizes = shapes.flatMap((shape) => [...shape.sizes.values()]);
    assert.equal(new Set(shapes.map(({ name }) => name)).size, 20);
    assert.equal(sizes.length, 80);
    assert.ok(sizes.filter((size) => size === 1n).length < 20, String(sizes));
    assert.ok(sizes.every((size) => size >= 1n && size <= 6n));
  });
});
