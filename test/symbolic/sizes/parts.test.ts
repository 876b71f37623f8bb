import assert from "node:assert/strict";
import { checkStatement } from "../../../src/symbolic/check/check.js";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { drawnShapes, few } from "../../../src/symbolic/sizes/drawnShapes.js";
import { writtenParts } from "../../../src/symbolic/sizes/parts.js";
import { relevantWorld } from "../../../src/symbolic/sizes/relevant.js";
import { sizeModel } from "../../../src/symbolic/sizes/sizeModel.js";
import type { Sizes } from "../../../src/symbolic/sizes/sizes.js";
import { shapesFor } from "../../../src/symbolic/sizes/testShapes.js";

const world = declare(`
  dims h s d a b m n;  a_out = floor((a - h)/s) + 1;  b_out = floor((b - h)/s) + 1
  A : m x n;  Z : d x a*b
  phi, P = conv(h, s, d, a, b)
`);

const mostEntries = 400_000;

describe("sizes at which a statement is tried", () => {
  it("are those of its names where no part is large", () => {
    const names = shapesFor(world, parseStatement("P = P"));
    assert.deepEqual(shapesFor(world, parseStatement("P*vec(Z) = P*vec(Z)")), names);
  });

  for (const [text, part] of [
    ["kron(P, P)*kron(vec(Z), vec(Z)) = kron(P*vec(Z), P*vec(Z))", (p: number) => p ** 2],
    ["kron(kron(P, P), P) = kron(P, kron(P, P))", (p: number) => p ** 3],
    ["kron(kron(P, P), P)*ones(1, 1) = kron(P, kron(P, P))", (p: number) => p ** 3],
  ] as const)
    it(`are small where ${text} has large parts`, () => {
      for (const { h, d, a, b, a_out, b_out } of shapesFor(world, parseStatement(text)))
        assert.ok(part(h * h * d * a_out * b_out * d * a * b) <= mostEntries);
    });

  it("let it be proved and tried in a moment, and refused", () => {
    const said = (text: string) => checkStatement(world, parseStatement(text));
    assert.equal(said("kron(kron(P, P), P) = kron(P, kron(P, P))").level, "all sizes");
    assert.ok(!said("kron(kron(P, P), vec(P)) = kron(vec(P), kron(P, P))").ok);
  });

  it("are not looked for beyond what fits: an error says which part is how large", () => {
    const e = "ones(9*9, 9*9)";
    const text = `kron(kron(${e}, ${e}), ${e}) = kron(${e}, kron(${e}, ${e}))`;
    assert.throws(
      () => checkStatement(world, parseStatement(text)),
      /kron\(ones.* has 282429536481 entries; needed 400000 at most/,
    );
  });

  it("are small where they are drawn besides: K and I of a filter matrix have the square of its entries", () => {
    const filters = declare("dims h d k; W : k x h*h*d");
    const statement = parseStatement("(K(k, h*h*d) + I(k*h*h*d))*vec(W) = vec(W') + vec(W)");
    const relevant = relevantWorld(filters, statement);
    const { areSmall } = writtenParts(relevant, statement);
    const [all, small] = [() => true, areSmall].map((isWanted) =>
      drawnShapes(sizeModel(relevant), few, isWanted),
    );
    const entries = ({ h, d, k }: Sizes) => (h! * h! * d! * k!) ** 2;
    assert.equal(small!.length, all!.length);
    assert.ok(Math.max(...all!.map(entries)) > 100_000, "else nothing is seen here");
    assert.ok(Math.max(...small!.map(entries)) < 8_000);
  });
});
