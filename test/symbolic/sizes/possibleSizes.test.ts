import assert from "node:assert/strict";
import { declare } from "../../../src/symbolic/declare/declare.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { drawWhole } from "../../../src/symbolic/sizes/draws.js";
import { possibleSizes } from "../../../src/symbolic/sizes/possibleSizes.js";
import { relevantWorld } from "../../../src/symbolic/sizes/relevant.js";
import { sizeModel } from "../../../src/symbolic/sizes/sizeModel.js";
import { shapesFor } from "../../../src/symbolic/sizes/testShapes.js";
import { indexTable } from "../../../src/symbolic/trial/indexTable.js";
import { trial } from "../../../src/symbolic/trial/trial.js";
import type { World } from "../../../src/symbolic/world/world.js";

/** One index of a map: its counters, the place, and what the source has there. */
function drawnAxis(seed: number, axis: string): { counters: string; place: string; source: string } {
  const offset = drawWhole(0, 25, seed, axis, "offset");
  const moved = offset > 12 ? "" : ` + ${offset}`; // half of them large, half of them none
  const [p, i, n] = [`p${axis}`, `i${axis}`, `n${axis}`];
  const size = (counter: string) => `${counter}: s${counter}`;
  const kinds = [
    { counters: size(p), place: `${p}${moved}`, source: n },
    { counters: `${size(p)}, ${size(i)}`, place: `${p}*r + ${i}${moved}`, source: n },
    { counters: `${size(p)}, ${size(i)}`, place: `${p}*t + ${i}*r + ${offset}`, source: n },
    { counters: `${size(p)}, ${size(i)}`, place: `${p}*(r + 1) + ${i}*r - ${p}`, source: n },
    { counters: size(p), place: `${n} - 1 - ${p}`, source: n },
    { counters: size(p), place: `${n} - 3 - ${p}*r`, source: n },
    { counters: `k${axis}:1`, place: "0", source: "1" },
    { counters: `k${axis}:1`, place: "", source: "1" },
  ];
  return kinds[drawWhole(0, kinds.length - 1, seed, axis, "kind")];
}

function drawnMap(seed: number): string {
  const [x, y] = ["x", "y"].map((axis) => drawnAxis(seed, axis));
  const sizes = ["x", "y"].flatMap((axis) => [`sp${axis}`, `si${axis}`, `n${axis}`]).join(" ");
  const map = `map f, P(${x.counters}; ${y.counters}) = (${x.place}; ${y.place}) from ${x.source} x ${y.source}`;
  return `dims r t ${sizes}; ${map}; Z : ${x.source} x ${y.source}`;
}

const statement = parseStatement("vec(f(Z)) = P*vec(Z)");

function assertInside(world: World, text: string): void {
  const [map] = world.maps.values();
  const shapes = shapesFor(world, statement);
  for (const sizes of shapes) assert.doesNotThrow(() => indexTable(map, sizes), text);
}

describe("possible sizes", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const text = drawnMap(seed);
    it(`are found for ${text}`, () => {
      const world = declare(text);
      assertInside(world, text);
      assert.ok(trial(world, statement).passed, text);
    });
  }

  it("are found for a dilation whose sizes are all free, with steps above 1", () => {
    const text =
      "dims h r u v a b d; map f, P(i:h, j:h, c:d; p:u, q:v) = (c; p*r+i, q*r+j) from d x a*b; Z : d x a*b";
    const world = declare(text);
    assertInside(world, text);
    assert.ok(shapesFor(world, statement).some(({ r, u, h }) => r > 1 && u > 1 && h > 1));
  });

  it("may have to be large, and fit exactly", () => {
    const world = declare("dims a b u; map f, P(c:u; k:1) = (c + 700; 0) from a x 1");
    const model = sizeModel(relevantWorld(world, parseStatement("P = P")));
    assert.deepEqual(possibleSizes(model), { a: 701, u: 1 });
    assert.deepEqual(
      possibleSizes(model, (name) => (name === "u" ? 2 : 1)),
      { a: 702, u: 2 },
    );
  });

  for (const [why, text, sizes] of [
    [
      "where one size alone fits",
      "dims a b; map f, P(c:1; k:1) = (6, 7 - a; 0) from a*b x 1",
      { a: 7, b: 1 },
    ],
    [
      "where a divisor may be 0",
      "dims a b; n = 12/(a - b); map f, P(c:1; k:1) = (9; 0) from n x 1",
      { a: 2, b: 1 },
    ],
    ["where a size is taken off", "dims a; n = -(a - 9); map f, P(c:1; k:1) = (4; 0) from n x 1", { a: 1 }],
    ["where two differ", "dims a b; n = a - b; map f, P(c:1; k:1) = (4; 0) from n x 1", { a: 6, b: 1 }],
  ] as const)
    it(`are found ${why}`, () => {
      const model = sizeModel(relevantWorld(declare(text), parseStatement("P = P")));
      assert.deepEqual(possibleSizes(model), sizes);
    });

  for (const [place, why] of [
    ["p + 1", /needed a ≥ a \+ 1 for the place p \+ 1/],
    ["p - 1", /needed −1 ≥ 0 and a ≥ a − 1 for the place p − 1/],
    ["2*p", /needed a ≥ 2·a − 1 for the place 2·p/],
  ] as const)
    it(`are none where the place ${place} of p:a is outside at all sizes, which the error says`, () =>
      assert.throws(() => declare(`dims a d; map f(c:d; p:a) = (c; ${place}) from d x a`), why));

  it("are none for more places than indices, which the error says", () =>
    assert.throws(
      () => declare("dims a d; map f(c:d; p:a) = (c, p; ) from 1 x a"),
      /2 places for 0 indices .*where the source has 1/,
    ));
});
