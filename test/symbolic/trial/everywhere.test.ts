import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { drawnShapes, few } from "../../../src/symbolic/sizes/drawnShapes.js";
import { sizeModel } from "../../../src/symbolic/sizes/sizeModel.js";
import { tryEverywhere } from "../../../src/symbolic/trial/everywhere.js";
import { largestPrime } from "../../../src/symbolic/trial/primeField.js";

const world = declare("dims m; scalar c; x : m x 1");
const scalars = declare("scalar c");
const at = (m: number, seeds = [4, 5], signed?: boolean) => ({
  shapes: [{ m }],
  seeds,
  prime: largestPrime,
  ...(signed !== undefined && { signed }),
});
const tried = (text: string, options = at(1)) => tryEverywhere(world, parseStatement(text), options);

describe("a statement at the shapes that are given, and at drawn ones", () => {
  it("differs at a given shape first", () => {
    const { difference } = tried("x = x + x", at(3));
    assert.deepEqual([difference?.at, difference?.seed], [{ m: 3 }, 4]);
  });

  it("differs at a drawn one where it holds at those that are given, with the first seed", () => {
    const { difference, isZero } = tried("x = m*x");
    assert.ok(difference!.at.m! > 1);
    assert.deepEqual([difference?.seed, isZero], [4, false]);
    const atWholeNumbers = tried("relu(x) = m*relu(x)");
    assert.ok(atWholeNumbers.difference!.at.m! > 1);
  });

  it("is 0 = 0 only where it is at all of them", () => {
    assert.deepEqual(tried("x - x = 0*x"), { isZero: true });
    assert.deepEqual(tried("x = x"), { isZero: false });
    assert.deepEqual(tried("(m - 1)*x = x*(m - 1)"), { isZero: false });
    assert.deepEqual(tried("(m - 3)*x = x*(m - 3)", at(2)), { isZero: false });
    const signed = (text: string) =>
      tryEverywhere(scalars, parseStatement(text), { ...at(1, [1]), shapes: [{}] });
    assert.deepEqual(signed("relu(c) - relu(c) = 0*c"), { isZero: true });
    assert.deepEqual(signed("relu(c) = relu(c)"), { isZero: false });
  });

  it("is not 0 = 0 where something was seen at a shape larger than those that are drawn", () => {
    const upTo9 = Array.from({ length: 9 }, (_, k) => `(m - ${k + 1})`).join("*");
    for (const y of ["x", "relu(x)"]) {
      const shapes = [{ m: 1 }, { m: 10 }];
      const same = parseStatement(`${upTo9}*${y} = ${y}*${upTo9}`);
      assert.deepEqual(tryEverywhere(world, same, { ...at(1, [1]), shapes }), { isZero: false });
      const other = parseStatement(`${upTo9}*${y} = 0*x`);
      const { difference } = tryEverywhere(world, other, { ...at(1, [1]), shapes });
      assert.deepEqual(difference?.at, { m: 10 });
    }
  });

  it("is tried at drawn shapes also where its parts are never small", () => {
    const { difference } = tried("m*ones(100, 1)*ones(1, 100) = ones(100, 100)");
    assert.ok(difference && difference.at.m! > 1);
  });

  it("is tried at more shapes where all was 0 = 0 at few", () => {
    const seen = drawnShapes(sizeModel(world), few).map(({ m }) => m!);
    assert.equal(seen.length, few.shapes);
    const zero = seen.map((m) => `(m - ${m})`).join("*");
    const { difference } = tried(`${zero}*x = 0*x`, at(seen[0]!));
    assert.ok(difference && !seen.includes(difference.at.m!));
    const notZero = tried(`${zero}*x + x = x`, at(seen[0]!));
    assert.equal(notZero.difference, undefined); // x = x was seen
  });

  it("is tried with twice the seeds where signs decide, then with choices of signs, at the first shape", () => {
    // 2 is drawn with seed 4, not with seed 1; 3 with a choice of signs
    const isNever = (n: number) =>
      parseStatement(`drelu((x - ${n}*ones(m)) .* (x - ${n}*ones(m))) = ones(m)`);
    const options = { ...at(2, [1]), shapes: [{ m: 2 }, { m: 3 }] };
    assert.equal(tryEverywhere(world, isNever(2), options).difference?.seed, 4);
    const { difference } = tryEverywhere(world, isNever(3), options);
    assert.deepEqual([difference?.at, difference!.seed >= 2 ** 32], [{ m: 2 }, true]);
  });
});
