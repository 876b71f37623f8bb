import assert from "node:assert/strict";
import { judge } from "../../../checker/judge.js";
import { checkStatement } from "../../../src/symbolic/check/check.js";
import { parseStatement } from "../../../src/symbolic/language/parse.js";
import { slips, truths, world } from "./otherWords.js";

describe("what is equal in other words, by all who judge", () => {
  for (const text of truths)
    it(`has the badge, and the second program finds nothing against it: ${text}`, () => {
      const verdict = checkStatement(world, parseStatement(text));
      assert.deepEqual([verdict.ok, verdict.level], [true, "all sizes"], verdict.why);
      const { verdict: second, why } = judge(JSON.parse(JSON.stringify(verdict.certificate())));
      assert.equal(second, "holds", why);
    });

  for (const text of slips)
    it(`is refused with numbers: ${text}`, () => {
      const { ok, counterexample } = checkStatement(world, parseStatement(text));
      assert.deepEqual([ok, counterexample !== undefined], [false, true]);
    });
});
