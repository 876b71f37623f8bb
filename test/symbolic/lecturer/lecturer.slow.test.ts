import assert from "node:assert/strict";
import { checkStatement } from "../../../src/symbolic/check/check.js";
import type { Verdict } from "../../../src/symbolic/check/verdict.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import type { World } from "../../../src/symbolic/world/world.js";
import * as layer from "./layer.js";
import * as network from "./network.js";

const check = (world: World, text: string): Verdict => checkStatement(world, parseStatement(text));

/** A wrong statement is refused with both sizes and the part, or with an entry in which the sides differ. */
function assertRefused(world: World, text: string): void {
  const verdict = check(world, text);
  assert.equal(verdict.ok, false, text);
  const why = verdict.why ?? "";
  const isShape = /×[\s\S]*(×|needs as many)/.test(why) || /depends on the argument/.test(why);
  assert.ok(isShape || verdict.evidence.counterexample, `${text}: ${why}`);
  if (verdict.evidence.counterexample) {
    const { sizes } = verdict.evidence.counterexample;
    assert.ok(Math.max(...Object.values(sizes)) <= 6, `${text}: ${JSON.stringify(sizes)}`);
  }
  for (const { expression } of verdict.suggestions ?? []) {
    const repaired = `${text.split("=")[0]} = ${expression}`;
    assert.equal(check(world, repaired).level, "all sizes", repaired);
  }
}

for (const [name, { world, maps, differentials, wrong }] of Object.entries({
  "a network": { world: network.network, ...network },
  "a layer": { world: layer.layer, ...layer },
})) {
  describe(`what a lecturer writes about ${name}`, () => {
    for (const text of [...maps, ...differentials])
      it(`holds for all sizes: ${text}`, () => {
        const verdict = check(world, text);
        assert.ok(verdict.ok, verdict.why);
        assert.equal(verdict.level, "all sizes", verdict.evidence.outOfReach);
        // max pooling goes with a σ that does not decrease, as ReLU (X9); nothing else is to be known
        assert.ok(verdict.warning === undefined || /pool.*sigma|sigma.*pool/.test(text), verdict.warning);
        for (const caveat of verdict.caveats ?? []) assert.equal(caveat.kind, "rising");
      });
    for (const text of wrong) it(`is refused: ${text}`, () => assertRefused(world, text)).timeout(60_000);
  });
}
