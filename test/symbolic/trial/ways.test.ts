import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { doubleOf, fractionText } from "../../../src/symbolic/trial/fractions.js";
import {
  type InputWay,
  inputsOf,
  isOnLine,
  seedsInAll,
  seedsOnLines,
  seedsWithSigns,
  waysOf,
} from "../../../src/symbolic/trial/ways.js";

const world = declare(`
  dims m
  x : m x 1;  y : m x 1;  A : m x 1;  B : m x 1;  C : m x 1
  g : m x 1;  H : m x m;  xi(S) with gradient g, hessian H
`);
const statement = parseStatement("relu(x - 5*ones(m, 1)) = 0*x");
const seeds = Array.from({ length: seedsInAll }, (_, k) => k + 1);

/** What is drawn in a way, each number once. */
const drawnIn = ({ entry }: InputWay, seed = 1): number[] => {
  const all = Array.from({ length: 6000 }, (_, at) => doubleOf(entry(seed, "x", 0, at)) + 0);
  return [...new Set(all)].sort((a, b) => a - b);
};

const wholeNumbers = (low: number, high: number): number[] =>
  Array.from({ length: high - low + 1 }, (_, k) => low + k);

describe("the ways in which inputs are drawn", () => {
  const all = seeds.flatMap((seed) => waysOf(world, statement, seed));

  it("are each of one seed in three, and the same three seeds later", () => {
    assert.deepEqual(all.map(({ words }) => words).sort(), [
      "all inputs 0",
      "fractions from 0 to 1",
      "fractions from −3 to 3",
      "inputs from 0 to 3",
      "inputs from −1 to 1",
      "inputs from −17 to 17",
      "inputs from −2 to 2, some of them 0",
      "inputs from −3 to 0",
      "inputs near quotients of the statement's numbers",
    ]);
    for (const seed of seeds) {
      const words = (at: number) => waysOf(world, statement, at).map((way) => way.words);
      assert.deepEqual(words(seed + seedsInAll), words(seed));
    }
  });

  for (const way of all) {
    const limits = /^(inputs|fractions) from (−?\d+) to (−?\d+)/.exec(way.words);
    if (!limits) continue;
    const [low, high] = [limits[2], limits[3]].map((text) => Number(text!.replace("−", "-"))) as [
      number,
      number,
    ];
    it(`draw what they say: ${way.words}`, () => {
      const drawn = drawnIn(way);
      if (limits[1] === "inputs") return assert.deepEqual(drawn, wholeNumbers(low, high));
      const fractions = wholeNumbers(2, 9).flatMap((under) =>
        wholeNumbers(low * under, high * under).map((over) => over / under),
      );
      return assert.deepEqual(
        drawn,
        [...new Set(fractions)].sort((a, b) => a - b),
      );
    });
  }

  it("draw quotients of the statement's numbers, a sixteenth or two beside them, with both signs", () => {
    const way = all.find(({ words }) => /quotients/.test(words));
    const near = [1, 5, 1 / 5].flatMap((x) => [-2, -1, 0, 1, 2].map((k) => x + k / 16));
    const expected = near.flatMap((x) => [x, -x]);
    const texts = (values: number[]) => [...new Set(values.map((x) => x.toFixed(9)))].sort();
    assert.deepEqual(texts(drawnIn(way!)), texts(expected));
  });

  it("draw nothing but 0 in one, and choose whole matrices of zeros in one", () => {
    assert.deepEqual(drawnIn(all.find(({ words }) => words === "all inputs 0")!), [0]);
    assert.deepEqual(
      all.filter(({ orZero }) => orZero).map(({ words }) => words),
      ["inputs from −2 to 2, some of them 0"],
    );
  });

  it("reach as far as the products of the statement's numbers, up to 2²⁰", () => {
    const farthest = (text: string) => Math.max(...drawnIn(waysOf(world, parseStatement(text), 1)[0]!));
    assert.equal(farthest("x = x"), 9);
    assert.equal(farthest("2*3*x = x*4*0"), 55);
    assert.match(waysOf(world, parseStatement("999999*999999*x = x"), 1)[0]!.words, / to 2097159$/);
  });
});

describe("a choice of signs", () => {
  const four = parseStatement("relu(x + y) = A + B");
  const five = parseStatement("relu(x + y) = A + B + C");
  const signs = { "<": -1, "=": 0, ">": 1 } as const;
  const waysWith = (of: typeof four) => seedsWithSigns(world, of).map((seed) => waysOf(world, of, seed));

  it("is each of 81 for four inputs, and of five inputs each sign of each", () => {
    const [ofFour, ofFive] = [four, five].map((of) => waysWith(of).map(([way]) => way!.words));
    assert.deepEqual([ofFour!.length, new Set(ofFour).size, ofFive!.length], [81, 81, 81]);
    for (const name of inputsOf(world, five))
      for (const sign of Object.keys(signs))
        assert.ok(
          ofFive!.some((words) => words.split(", ").includes(`${name} ${sign} 0`)),
          `${name} ${sign}`,
        );
  });

  it("draws each input with its sign, from 1 to 3, and does not concern other matrices", () => {
    for (const ways of waysWith(four)) {
      assert.equal(ways.length, 1);
      const [{ words, entry, inputs }] = ways as [InputWay];
      assert.ok(inputs);
      for (const text of words.split(", ")) {
        const [name, sign] = text.split(" ") as [string, keyof typeof signs];
        const drawn = new Set(Array.from({ length: 40 }, (_, at) => fractionText(entry(1, name, 0, at))));
        const expected = signs[sign] === 0 ? ["0"] : [1, 2, 3].map((n) => String(signs[sign] * n));
        assert.deepEqual([...drawn].sort(), expected.sort(), text);
      }
    }
  });

  it("is of inputs alone: what they move along is none, nor are gradient and Hessian of a loss", () => {
    const withLoss = parseStatement("d(xi(relu(x)), x) = g'*(drelu(x) .* dx) + 0*xi(relu(x))");
    assert.deepEqual(inputsOf(world, withLoss), ["x"]);
    assert.deepEqual(inputsOf(world, parseStatement("relu(g) = H*g")), []);
    assert.equal(seedsWithSigns(world, withLoss).length, 3);
  });

  it("has seeds of its own, and a line of inputs others", () => {
    assert.equal(seedsOnLines().length, 2);
    assert.ok(seedsOnLines().every(isOnLine));
    assert.ok(![...seeds, 1000, ...seedsWithSigns(world, five)].some(isOnLine));
  });
});
