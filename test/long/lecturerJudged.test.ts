/** Both programs on what a lecturer writes: the second judges the first one's certificates, and refuses what is wrong. */
import assert from "node:assert/strict";
import { judge } from "../../checker/judge.js";
import { checkStatement } from "../../src/symbolic/check/check.js";
import { parseStatement } from "../../src/symbolic/language/parse.js";
import * as layer from "../symbolic/lecturer/layer.js";
import * as network from "../symbolic/lecturer/network.js";

for (const [name, { world, maps, differentials, wrong }] of Object.entries({
  "a network": { world: network.network, ...network },
  "a layer": { world: layer.layer, ...layer },
})) {
  describe(`the second program, on ${name}`, function () {
    this.timeout(60_000);
    const certified = (text: string) => checkStatement(world, parseStatement(text)).certificate() as object;

    for (const text of [...maps, ...differentials])
      it(`holds: ${text}`, () => {
        const { verdict, why } = judge(certified(text));
        assert.deepEqual([verdict, why], ["holds", ""]);
      });

    const certificate = certified(maps[0]!);
    for (const statement of wrong)
      it(`differs: ${statement}`, () =>
        assert.equal(judge({ ...certificate, statement, shapes: [] }).verdict, "differs"));
  });
}
