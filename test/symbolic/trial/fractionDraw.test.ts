import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { fractionDraw } from "../../../src/symbolic/trial/fractionDraw.js";
import type { InputWay } from "../../../src/symbolic/trial/ways.js";

const world = declare(`
  dims m l
  x : m x 1;  Z : m x 1 each
  g : m x 1;  xi(S) with gradient g
`);
const statement = parseStatement("d(xi(relu(x + Z)), x) = g'*(drelu(x + Z) .* dx)");
const way: InputWay = { words: "all inputs 2", entry: () => 2 };
const seeds = Array.from({ length: 24 }, (_, k) => k + 1);

/** The entries of a matrix for an instance, with each seed, as text. */
const drawn = (name: string, given: Partial<InputWay>, instance = 1, m = 3): string[] =>
  seeds.map((seed) => {
    const setting = fractionDraw(world, statement, { sizes: { m, l: 2 }, seed, way: { ...way, ...given } });
    return setting.value(name, instance).entries.join(" ");
  });

describe("a draw of fractions", () => {
  it("is in the way that is given, throughout", () => {
    for (const name of ["x", "Z", "g", "dx"]) assert.deepEqual(new Set(drawn(name, {})), new Set(["2 2 2"]));
  });

  it("has whole inputs of zeros where the way says so: others for each seed, matrix, instance and shape", () => {
    const each = [
      drawn("x", { orZero: true }),
      drawn("Z", { orZero: true }),
      drawn("Z", { orZero: true }, 2),
    ];
    for (const texts of each) assert.deepEqual(new Set(texts), new Set(["0 0 0", "2 2 2"]));
    const larger = drawn("x", { orZero: true }, 1, 4).map((text) => text.slice(2));
    assert.equal(new Set([...each, larger].map((texts) => texts.join())).size, 4);
  });

  it("never has a gradient of zeros, nor what an input moves along", () => {
    for (const name of ["g", "dx"])
      assert.deepEqual(new Set(drawn(name, { orZero: true })), new Set(["2 2 2"]));
  });

  it("has whole numbers from −9 to 9 in what is no input, where the way is of inputs alone", () => {
    assert.deepEqual(new Set(drawn("x", { inputs: true })), new Set(["2 2 2"]));
    for (const name of ["g", "dx"]) {
      const all = drawn(name, { inputs: true }).flatMap((text) => text.split(" ").map(Number));
      assert.ok(all.every((x) => Number.isInteger(x) && Math.abs(x) <= 9));
      assert.ok(Math.min(...all) < -5 && Math.max(...all) > 5);
    }
  });
});
