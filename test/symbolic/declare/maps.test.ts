import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parse } from "../../../src/symbolic/language/parse.js";
import { explicitOf } from "../../../src/symbolic/trial/evaluate.js";
import type { Explicit } from "../../../src/symbolic/trial/explicit.js";
import { given, type Rows, toRows } from "../given.js";

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url), "utf8"));

/** The rows of a matrix that is given column after column. */
function stacked(rows: number, entries: readonly number[]): Rows {
  const cols = entries.length / rows;
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: cols }, (_, j) => entries[i + rows * j]),
  );
}

const column = (entries: readonly number[]) => entries.map((x) => [x]);
const upTo = (n: number) => Array.from({ length: n }, (_, k) => k + 1);

const conv = declare(`
  dims h s d a b
  a_out = floor((a - h)/s) + 1; b_out = floor((b - h)/s) + 1
  Z : d x a*b;  v : h*h*d*a_out*b_out x 1
  phi, P = conv(h, s, d, a, b)
`);

describe("phi and its matrix of zeros and ones", () => {
  for (const shape of fixture("P_phi").cases) {
    const { a, b, d, h, s } = shape;
    const size = `a = ${a}, b = ${b}, d = ${d}, h = ${h}, s = ${s}`;
    const setting = given(conv, {
      sizes: { a, b, d, h, s },
      values: { Z: stacked(d, upTo(d * a * b)), v: column(shape.v) },
    });

    it(`are those of another program at ${size}`, () => {
      const P = explicitOf(parse("P"), setting);
      assert.deepEqual([P.rows, P.cols], [shape.rows, shape.cols]);
      assert.deepEqual(onesOf(P), pairs(shape.triplet_row, shape.triplet_col));
      assert.deepEqual(explicitOf(parse("vec(phi(Z))"), setting).entries, shape.phi_of_1toN);
      assert.deepEqual(explicitOf(parse("P' * v"), setting).entries, shape.PTv);
    });
  }
});

/** "row col" of each one, counted from 1, sorted; any other entry that is not 0 shows its value. */
function onesOf({ rows, entries }: Explicit<number>): string[] {
  return entries
    .flatMap((x, k) =>
      x === 0 ? [] : [`${(k % rows) + 1} ${Math.floor(k / rows) + 1}${x === 1 ? "" : ` is ${x}`}`],
    )
    .sort();
}

function pairs(rows: readonly number[], cols: readonly number[]): string[] {
  return rows.map((row, k) => `${row} ${cols[k]}`).sort();
}

const padded = declare(`
  dims h s p d a b
  a_pad = a + 2*p; b_pad = b + 2*p
  a_out = floor((a_pad - h)/s) + 1; b_out = floor((b_pad - h)/s) + 1
  Z : d x a*b each;  V : h*h*d x a_out*b_out each
  pad, P_pad = padding(p, d, a, b)
  phi, P = conv(h, s, d, a_pad, b_pad)
`);

describe("padding and then phi", () => {
  for (const { a, b, d, p, h, s, l, ...known } of fixture("pad_pool").pad_phi) {
    it(`give another program's entries, and so do the transposes, at a = ${a}, b = ${b}, d = ${d}, p = ${p}, s = ${s}`, () => {
      for (let i = 1; i <= l; i++) {
        const part = (name: string) => ofInstance(known[name], i, l);
        const setting = given(padded, {
          sizes: { a, b, d, p, h, s },
          values: { Z: stacked(d, part("vecZ")), V: stacked(h * h * d, part("vecV")) },
        });
        const value = (text: string) => explicitOf(parse(text), setting).entries;
        assert.deepEqual(value("vec(phi(pad(Z)))"), part("vec_phi_pad_Z"));
        assert.deepEqual(value("P * P_pad * vec(Z)"), part("vec_phi_pad_Z"));
        assert.deepEqual(value("P' * vec(V)"), part("PphiT_V_padded"));
        assert.deepEqual(value("P_pad' * P' * vec(V)"), part("PpadT_PphiT_V"));
      }
    });
  }
});

function ofInstance(all: readonly number[], i: number, l: number): number[] {
  const count = all.length / l;
  return all.slice((i - 1) * count, i * count);
}

const pooled = declare(`
  dims q d a b
  a_out = floor(a/q); b_out = floor(b/q)
  Z : d x a*b;  R : d x a*b;  V : d x a_out*b_out
  pool, P_pool = maxpool(q, d, a, b)
  mean, P_mean = avgpool(q, d, a, b)
`);

describe("max pooling, given which entries are the largest,", () => {
  for (const { a, b, d, q, l, kind, ...known } of fixture("pad_pool").maxpool) {
    it(`gives another program's entries (${kind}) at a = ${a}, b = ${b}, d = ${d}, q = ${q}`, () => {
      for (let i = 1; i <= l; i++) {
        const part = (name: string) => ofInstance(known[name], i, l);
        const chosen = part("idx_pool"); // in one image, from 1: c + d (row + a col)
        const setting = given(pooled, {
          sizes: { a, b, d, q },
          values: { Z: stacked(d, part("vecZ")), R: stacked(d, part("vecR")), V: stacked(d, part("vecV")) },
          choice: (_map, _instance, entry) => {
            const pixel = Math.floor((chosen[entry] - 1) / d);
            return ((pixel % a) % q) + q * (Math.floor(pixel / a) % q);
          },
        });
        const value = (text: string) => explicitOf(parse(text), setting).entries;
        assert.deepEqual(value("vec(pool(Z))"), part("vec_pool"));
        assert.deepEqual(value("P_pool * vec(Z)"), part("vec_pool"));
        assert.deepEqual(value("vec(pool(R))"), part("vec_pool_R"));
        assert.deepEqual(value("P_pool' * vec(V)"), part("PpoolT_V"));
      }
    });
  }
});

describe("other index maps", () => {
  it("take the mean of each window, a remainder left out", () => {
    const setting = given(pooled, {
      sizes: { a: 2, b: 5, d: 1, q: 2 },
      values: { Z: [[1, 2, 3, 6, 10, 20, 30, 40, 99, 99]] },
    });
    assert.deepEqual(toRows(explicitOf(parse("mean(Z)"), setting)), [[3, 25]]);
    const quarter = [0.25, 0.25, 0.25, 0.25];
    assert.deepEqual(toRows(explicitOf(parse("P_mean"), setting)), [
      [...quarter, 0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, ...quarter, 0, 0],
    ]);
  });

  const own = declare(`
    dims h d a b
    a_out = a - 2*(h - 1); b_out = b - 2*(h - 1)
    Z : d x a*b
    map dil, P_dil(i:h, j:h, c:d; u:a_out, v:b_out) = (c; u + 2*i, v + 2*j) from d x a*b
    map flip, P_flip(c:d; y:a, x:b) = (c; a - 1 - y, x) from d x a*b
  `);
  const setting = given(own, { sizes: { h: 2, d: 1, a: 4, b: 3 }, values: { Z: [upTo(12)] } });

  it("leave out every second pixel in a dilated convolution", () => {
    // The image's columns are 1 2 3 4, 5 6 7 8, 9 10 11 12.
    assert.deepEqual(toRows(explicitOf(parse("dil(Z)"), setting)), [
      [1, 2],
      [3, 4],
      [9, 10],
      [11, 12],
    ]);
    assert.deepEqual(explicitOf(parse("P_dil * vec(Z)"), setting).entries, [1, 3, 9, 11, 2, 4, 10, 12]);
  });

  it("turn an image upside down", () => {
    assert.deepEqual(explicitOf(parse("flip(Z)"), setting).entries, [4, 3, 2, 1, 8, 7, 6, 5, 12, 11, 10, 9]);
    assert.deepEqual(explicitOf(parse("P_flip' * vec(flip(Z))"), setting).entries, upTo(12));
  });

  it("refuse an index outside of their source", () => {
    assert.throws(
      () => declare("dims a; map next(c:a; x:a) = (c; x + 1) from a x a"),
      /next has indices from 1 to \d+; needed from 0 to \d+, at a=\d; no sizes were found at which it stays inside/,
    );
    const outside = declare("dims a e; Z : 1 x a; map next(c:a; x:e) = (c; x + 1) from a x a");
    const beyond = given(outside, { sizes: { a: 2, e: 2 }, values: { Z: [[1, 2]] } });
    assert.throws(
      () => explicitOf(parse("P_next"), beyond),
      /next: the index 2 at x=1 c=0 with a=2 e=2; needed one from 0 to 1/,
    );
  });
});
