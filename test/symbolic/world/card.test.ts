import assert from "node:assert/strict";
import katex from "katex";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { cardLines } from "../../../src/symbolic/world/card.js";

const world = declare(`
  dims h s d a b q;  a_out = floor((a - h)/s) + 1;  b_out = floor((b - h)/s) + 1;  a_q = floor(a/q);  b_q = floor(b/q)
  a_pad = a + 2*h;  b_pad = b + 2*h
  Z : d x a*b each;  G : d x a_out*b_out;  H : d*a_out*b_out x d*a_out*b_out
  phi, P = conv(h, s, d, a, b);  pool, P_pool = maxpool(q, d, a, b);  mean, M = avgpool(q, d, a, b)
  pad, P_pad = padding(h, d, a, b);  xi(S) with gradient G, hessian H`);

describe("the card of a lecture", () => {
  const lines = cardLines(world);

  it("has a line for each name, sizes without a definition in one", () => {
    assert.deepEqual(
      lines.map(({ text }) => text),
      [
        "sizes h, s, d, a, b, q",
        "a_out = floor((a - h) / s) + 1",
        "b_out = floor((b - h) / s) + 1",
        "a_q = floor(a / q)",
        "b_q = floor(b / q)",
        "a_pad = a + 2 * h",
        "b_pad = b + 2 * h",
        "Z: d × a·b, one for each instance",
        "G: d × a_out·b_out",
        "H: d·a_out·b_out × d·a_out·b_out",
        "phi: d × a·b → h·h·d × a_out·b_out, (i, j, c; p, q) reads (c; p·s + i, q·s + j); P its matrix",
        "pool: d × a·b → d × a_q·b_q, (c; u, v) reads the largest over i, j of (c; q·u + i, q·v + j); P_pool its matrix",
        "mean: d × a·b → d × a_q·b_q, (c; u, v) reads the mean over i, j of (c; q·u + i, q·v + j); M its matrix",
        "pad: d × a·b → d × a_pad·b_pad, (c; y, x) goes to (c; h + y, h + x); P_pad its matrix",
        "xi(S): a number, gradient G, Hessian H",
      ],
    );
  });

  it("is TeX that KaTeX sets", () => {
    for (const { tex } of lines)
      assert.doesNotThrow(() => katex.renderToString(tex, { throwOnError: true }), tex);
    assert.match(lines[1].tex, /^a_\{\\text\{out\}\} = \\left\\lfloor \\frac\{a - h\}\{s\}/);
  });
});
