import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { doubleOf } from "../../../src/symbolic/trial/fractions.js";
import { waysBetweenKinks } from "../../../src/symbolic/trial/kinks.js";

const world = declare("dims m; scalar t; x : m x 1");

/** The values of t at the places that are looked at, on the line of a seed. */
function placesOf(text: string, seed: number, m = 1): number[] {
  const ways = waysBetweenKinks(world, parseStatement(text), { m }, seed);
  return ways.map(({ entry }) => doubleOf(entry(seed, "t", 0, 0)));
}

const assertClose = (x: number, y: number) => assert.ok(Math.abs(x - y) < 1e-9, `${x} and ${y}`);
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

describe("the places between kinks on a line", () => {
  it("are halfway between two, and as far beyond the first as beyond the last", () => {
    for (const seed of seeds)
      for (const text of ["drelu(3*t - 1)*drelu(2 - 5*t) = 0", "relu(2 - 5*t) = relu(3*t - 1)"]) {
        const [before, middle, after, ...others] = placesOf(text, seed);
        assert.deepEqual(others, []);
        assertClose(middle!, (1 / 3 + 2 / 5) / 2);
        const [low, high] = [before!, after!].sort((a, b) => a - b);
        assert.ok(low! < 1 / 3 && high! > 2 / 5);
        assertClose(1 / 3 - low!, high! - 2 / 5);
      }
  });

  it("are on both sides of one, which counts once however often it is written", () => {
    for (const text of ["relu(t - 7) = 0", "relu(t - 7) + drelu(3*t - 21) = relu(drelu(t - 7)*0)"])
      for (const seed of seeds) {
        const places = placesOf(text, seed).sort((a, b) => a - b);
        assert.equal(places.length, 2);
        assert.ok(places[0]! < 7 && places[1]! > 7);
        assertClose((places[0]! + places[1]!) / 2, 7);
      }
  });

  it("are between the kinks of the arguments of relu, and of no other function", () =>
    assert.equal(placesOf("norm2(sigma(t - 2))*relu(t - 7) = vec(t - 5)", 1).length, 2));

  it("are two where there is no kink, or nothing changes along the line", () => {
    for (const text of ["t = t", "relu(m - 2)*t = 0"]) assert.equal(placesOf(text, 1).length, 2, text);
  });

  it("are in order, and 24 at most", () => {
    const entries = (m: number) => placesOf("relu(x - t*ones(m, 1)) = 0*x", 2, m);
    assert.deepEqual(
      [5, 22, 23, 24, 60].map((m) => entries(m).length),
      [6, 23, 24, 24, 24],
    );
    const places = entries(60);
    const steps = places.slice(1).map((place, k) => Math.sign(place - places[k]!));
    assert.ok(Math.abs(steps.reduce((sum, step) => sum + step)) === 23, `${places}`);
  });
});
