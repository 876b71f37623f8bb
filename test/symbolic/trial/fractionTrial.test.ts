import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { completed } from "../../../src/symbolic/sizes/sizes.js";
import { tryInFractions } from "../../../src/symbolic/trial/fractionTrial.js";
import { trial } from "../../../src/symbolic/trial/trial.js";
import { seedsWithSigns } from "../../../src/symbolic/trial/ways.js";

const world = declare(`
  dims m n
  scalar t
  x : m x 1;  y : m x 1;  A : m x n;  B : m x n;  C : m x n;  D : m x n;  g : m x 1
  xi(S) with gradient g
`);
const sizes = completed(world, { m: 5, n: 4 });

/** How the inputs were drawn where the sides differ, with each seed; undefined where they do not. */
const waysThatTell = (text: string, seeds = [1, 2, 3]): (string | undefined)[] =>
  seeds.map((seed) => tryInFractions(world, parseStatement(text), sizes, seed).difference?.inputs);

const refused = (text: string): boolean => !trial(world, parseStatement(text)).passed;

describe("a trial in whole numbers and fractions", () => {
  it("draws inputs in a way that shows what the others hide", () => {
    assert.deepEqual(waysThatTell("relu(x - 4*ones(m, 1)) = 0*x"), [
      ...["inputs from −15 to 15, seed 1", undefined, undefined],
    ]);
    assert.deepEqual(waysThatTell("relu(x .* (ones(m, 1) - x)) = 0*x"), [
      ...["fractions from −3 to 3, seed 1", "fractions from 0 to 1, seed 2"],
      "inputs near quotients of the statement's numbers, seed 3",
    ]);
    assert.deepEqual(waysThatTell("drelu(x) + drelu(-x) = ones(m, 1)"), [
      "inputs from −2 to 2, some of them 0, seed 1",
      "inputs from −1 to 1, seed 2",
      "all inputs 0, seed 3",
    ]);
    assert.deepEqual(waysThatTell("relu(x - 2*ones(m, 1)) + relu(-x) = relu(-x)").slice(1), [
      ...["inputs from 0 to 3, seed 2", undefined],
    ]);
    assert.match(waysThatTell("relu(-x - 2*ones(m, 1)) = 0*x")[2]!, /inputs from −3 to 0/);
  });

  it("says where the sides differ, how often, and what they are there", () => {
    const { difference, isZero } = tryInFractions(world, parseStatement("relu(x) = x"), sizes, 3);
    assert.ok(difference && !isZero);
    const { entry, differing, entries, left } = difference;
    assert.deepEqual([entry, differing, entries, left], [[1, 1], 5, 5, 0]);
    assert.ok(difference.right >= -3 && difference.right < 0);
    assert.deepEqual(tryInFractions(world, parseStatement("0*relu(x) = 0*x"), sizes, 1), { isZero: true });
    assert.deepEqual(tryInFractions(world, parseStatement("relu(x) = relu(x)"), sizes, 1), { isZero: false });
  });

  it("leaves out a way in which a divisor is 0, and throws where that is so in each", () => {
    assert.deepEqual(waysThatTell("relu(x)/norm2(x) = relu(x)/norm2(x)"), [undefined, undefined, undefined]);
    assert.throws(() => waysThatTell("relu(x)/0 = relu(x)/0"), /a divisor is 0/);
  });

  it("reaches beyond the numbers of the statement: relu(x − 40 · 1) is not 0", () => {
    for (const text of [
      "relu(x - 10*ones(m, 1)) = 0*x",
      "relu(x - 40*ones(m, 1)) = 0*x",
      "relu(norm2(x) - 1000*m) = 0",
      "relu(y*x' - 20*25*ones(m, m)) = 0*y*x'",
    ])
      assert.ok(refused(text), text);
    assert.ok(!refused("relu(x - 40*ones(m, 1)) - relu(40*ones(m, 1) - x) = x - 40*ones(m, 1)"));
  });

  it("knows what holds at whole numbers alone: x (1 − x) is positive between 0 and 1", () => {
    for (const text of [
      "relu(x .* (ones(m, 1) - x)) = 0*x",
      "relu(x .* x - x) = x .* x - x",
      "relu(x) .* drelu(ones(m, 1) - x) = 0*x",
      "drelu(2*x - 3*ones(m, 1)) .* drelu(2*ones(m, 1) - x) = 0*x",
      "drelu(norm2(x))*drelu(1 - norm2(x)) = 0",
    ])
      assert.ok(refused(text), text);
    assert.ok(!refused("relu(x .* x) = x .* x"));
  });

  it("looks between kinks: 3t > 1 and 5t < 2 meet in no number that is drawn", () => {
    for (const text of [
      "drelu(3*t - 1)*drelu(2 - 5*t) = 0",
      "drelu(100*t - 41)*drelu(42 - 100*t) = 0",
      "drelu(3*x - ones(m, 1)) .* drelu(2*ones(m, 1) - 5*x) = 0*x",
      "relu(x'*y - 7)*relu(8 - x'*y) = 0",
    ])
      assert.ok(refused(text), text);
    assert.ok(!refused("drelu(3*t - 1)*drelu(1 - 5*t) = 0"));
  });

  it("tries all choices of signs of four inputs, where no draw may have them", () => {
    const isThere = (name: string): string => `drelu(norm2(${name}))`;
    const isZero = (name: string): string => `(1 - drelu(norm2(${name})))`;
    const all = ["A", "B", "C", "D"];
    for (const [k, last] of all.entries()) {
      const others = all.filter((name) => name !== last).map(isThere);
      const [left, right] = [[...others, isThere(last)], others].map((factors) => factors.join("*"));
      assert.ok(refused(`${left} = ${right}`), last);
      const mixed = all.map((name, at) => (at === k ? isZero(name) : isThere(name))).join("*");
      assert.ok(refused(`${mixed} = 0`), mixed);
    }
    assert.ok(refused(`${isZero("A")}*${isThere("B")}*${isZero("C")}*x = 0*x`));
    assert.ok(refused("drelu(x'*ones(m, 1))*drelu(-y'*ones(m, 1))*drelu(-norm2(A)) = drelu(1)"));
    assert.equal(seedsWithSigns(world, parseStatement("relu(x) = y")).length, 9);
    assert.equal(seedsWithSigns(world, parseStatement("relu(x) = A*B'*C*D'*y + g")).length, 81);
  });

  it("draws the gradient of a loss in the statement as any numbers: it is no input", () => {
    const text = "drelu(norm2(x))*xi(x)*g = xi(x)*g";
    const seeds = seedsWithSigns(world, parseStatement(text));
    assert.equal(seeds.length, 3);
    const told = waysThatTell(text, [3, ...seeds]);
    assert.deepEqual([told[0], told[2]], ["all inputs 0, seed 3", `x = 0, seed ${seeds[1]}`]);
    assert.deepEqual([told[1], told[3]], [undefined, undefined]);
  });
});
