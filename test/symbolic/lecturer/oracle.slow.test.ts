import assert from "node:assert/strict";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { shapesFor } from "../../../src/symbolic/sizes/testShapes.js";
import { type FloatOutcome, tryInFloats } from "../../../src/symbolic/trial/floatTrial.js";
import type { World } from "../../../src/symbolic/world/world.js";
import * as layer from "./layer.js";
import * as network from "./network.js";

/** Both sides in doubles on explicit matrices at a generic shape, ours and mathjs's beside each other. */
function outcome(world: World, text: string): FloatOutcome {
  const statement = parseStatement(text);
  return tryInFloats(world, statement, shapesFor(world, statement)[1] ?? shapesFor(world, statement)[0]!, 7);
}

/** What has no value of its own, as a loss, and explicit matrices that would take mathjs seconds. */
const beyondMathjs = / is nothing mathjs knows$| is too slow$/;

for (const [name, { world, maps, differentials }] of Object.entries({
  "a network": { world: network.network, ...network },
  "a layer": { world: layer.layer, ...layer },
})) {
  describe(`what a lecturer writes about ${name}, on explicit small matrices`, function () {
    this.timeout(60_000);
    let asked = 0;
    for (const text of maps)
      it(`mathjs agrees: ${text}`, () => {
        const { error, mathjs } = outcome(world, text);
        assert.ok(error < 1e-10, String(error));
        if (typeof mathjs !== "number") return assert.match(mathjs.skipped, beyondMathjs);
        asked++;
        assert.ok(mathjs < 1e-10, String(mathjs));
      });
    it("mathjs was asked of nearly all", () =>
      assert.ok(asked > 0.9 * maps.length, `${asked} of ${maps.length}`));
    for (const text of differentials)
      it(`differences agree: ${text}`, () => {
        const { centralDifferences, complexStep } = outcome(world, text);
        if (centralDifferences !== undefined)
          assert.ok(centralDifferences < 1e-5, String(centralDifferences));
        if (complexStep !== undefined) assert.ok(complexStep < 1e-10, String(complexStep));
      });
  });
}
