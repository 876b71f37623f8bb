import assert from "node:assert/strict";
import { checkStatement } from "../../../src/symbolic/check/check.js";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { checkedShapes, shapesFor, testShapes } from "../../../src/symbolic/sizes/testShapes.js";
import { lecture, lectureText } from "../lectureWorld.js";

describe("test shapes of the lecture's layer", () => {
  const shapes = testShapes(lecture);

  it("are three, of positive sizes that fit, with a_out and b_out as the lecture says", () => {
    assert.equal(shapes.length, 3);
    for (const { h, s, a_in, b_in, a_out, b_out, ...rest } of shapes) {
      assert.equal(a_out, Math.floor((a_in - h) / s) + 1);
      assert.equal(b_out, Math.floor((b_in - h) / s) + 1);
      assert.ok([h, s, a_out, b_out, ...Object.values(rest)].every((size) => size >= 1));
      assert.ok(h >= 2 && a_out >= 2 && b_out >= 2, "windows and outputs of one pixel show no order");
    }
  });

  it("have images that are not square, a stride above 1, and one that leaves a remainder", () => {
    for (const { a_in, b_in } of shapes) assert.notEqual(a_in, b_in);
    assert.deepEqual(
      shapes.map(({ s }) => s > 1),
      [false, true, true],
    );
    const [, , { a_in, b_in, h, s }] = shapes;
    assert.ok((a_in - h) % s !== 0 || (b_in - h) % s !== 0);
  });

  it("tell every two sizes apart in at least one shape", () => {
    const names = Object.keys(shapes[0]);
    for (const [at, name] of names.entries()) {
      for (const other of names.slice(at + 1)) {
        assert.ok(
          shapes.some((sizes) => sizes[name] !== sizes[other]),
          `${name} and ${other}`,
        );
      }
    }
  });

  it("are small: P_φ has some thousand entries", () => {
    for (const { h, d_in, a_in, b_in, a_out, b_out } of shapes) {
      assert.ok(h * h * d_in * a_out * b_out * (d_in * a_in * b_in) < 12_000);
    }
  });

  it("are the same each time", () => assert.deepEqual(testShapes(declare(lectureText)), shapes));
});

describe("test shapes of other worlds", () => {
  it("leave out what a statement does not mention", () => {
    const [first] = shapesFor(lecture, parseStatement("vec(W) = vec(W)"));
    assert.deepEqual(Object.keys(first), ["h", "d_in", "d_out"]);
    const [sum] = shapesFor(lecture, parseStatement("Sum(y) = Sum(y)"));
    assert.deepEqual(Object.keys(sum), ["n_L", "l"]);
  });

  it("hold one in which places with a step meet, though they begin at different offsets", () => {
    const two = (s: string) => `
      dims n u v c q ${s === "3" ? "" : s}
      a = ${s}*c + u + v
      b = ${s}*q + u + v
      map f, P(k:n; i:c, j:q) = (k; ${s}*i + u, ${s}*j + v) from n x a*b
      map g, Q(k:n; i:c, j:q) = (k; ${s}*i + v, ${s}*j + u) from n x a*b`;
    for (const s of ["3", "s"]) {
      const world = declare(two(s));
      const meet = testShapes(world).filter(({ u, v, ...rest }) => u !== v && (u - v) % (rest.s ?? 3) === 0);
      assert.ok(
        meet.some(({ s: step = 3, ...at }) => Math.abs(at.u - at.v) <= step * (Math.min(at.c, at.q) - 1)),
      );
      assert.equal(checkStatement(world, parseStatement("Q*P' = P*Q'")).ok, false);
      assert.equal(checkStatement(world, parseStatement("Q*P' = (P*Q')'")).level, "all sizes");
    }
    assert.equal(testShapes(lecture).length, 3);
  });

  it("find sizes for two layers with padding and pooling", () => {
    const world = declare(`
      dims h s p q d a b h2 s2 d2
      a_pad = a + 2*p; b_pad = b + 2*p
      a_out = floor((a_pad - h)/s) + 1; b_out = floor((b_pad - h)/s) + 1
      a_half = floor(a_out/q); b_half = floor(b_out/q)
      a_2 = floor((a_half - h2)/s2) + 1; b_2 = floor((b_half - h2)/s2) + 1
      Z : d x a*b
      pad, P_pad = padding(p, d, a, b)
      phi, P = conv(h, s, d, a_pad, b_pad)
      pool, P_pool = maxpool(q, d, a_out, b_out)
      phi2, P2 = conv(h2, s2, d, a_half, b_half)
    `);
    const shapes = testShapes(world);
    for (const sizes of shapes)
      assert.ok(
        Object.values(sizes).every((size) => size >= 1),
        JSON.stringify(sizes),
      );
    assert.ok(shapes.some(({ s, s2 }) => s > 1 || s2 > 1));
  });

  it("say what cannot be fitted", () => {
    const world = declare("dims a; b = a - 2*a; W : b x 1");
    assert.throws(
      () => testShapes(world),
      /no sizes were found that fit: b is -\d+; needed a whole number from 1, at a=\d/,
    );
  });

  it("may be large where only large ones fit", () => {
    for (const { a, b } of testShapes(declare("dims a; b = a - 20; W : b x 1")))
      assert.ok(a > 20 && b === a - 20, `a=${a}`);
  });
});

describe("shapes of one's own", () => {
  const own = { h: 3, s: 2, d_in: 1, a_in: 7, b_in: 5, d_out: 2, n_L: 2, l: 2 };

  it("are completed", () => {
    const [{ a_out, b_out }] = checkedShapes(lecture, [own]);
    assert.deepEqual([a_out, b_out], [3, 2]);
  });

  it("are refused where a window does not fit or a size is missing", () => {
    assert.throws(
      () => checkedShapes(lecture, [{ ...own, a_in: 2 }]),
      /a_out is 0 at .*; needed a whole number from 1/,
    );
    assert.throws(() => checkedShapes(lecture, [{ h: 3 }]), /the size s has no value; given are h=3/);
    assert.throws(
      () => checkedShapes(lecture, [{ ...own, h: 2.5 }]),
      /h is 2.5 .*; needed a whole number from 0/,
    );
    const narrow = declare("dims a b; Z : 1 x a; map cut, P_cut(c:b; x:b) = (c; x + 1) from b x a");
    assert.throws(
      () => checkedShapes(narrow, [{ a: 3, b: 3 }]),
      /cut has indices from 1 to 3; needed from 0 to 2, at a=3 b=3/,
    );
  });
});
