/** Both programs on ReLU: its laws, also where an argument is 0, and where a sum's signs are those of its smaller terms. */
import assert from "node:assert/strict";
import { judge } from "../../checker/judge.js";
import { checkStatement } from "../../src/symbolic/check/check.js";
import { parseStatement } from "../../src/symbolic/language/parse.js";
import { proved, tried, world, wrong } from "../symbolic/relu/statements.js";

describe("the second program, on ReLU", function () {
  this.timeout(60_000);
  const certified = (text: string) => checkStatement(world, parseStatement(text)).certificate() as object;

  for (const text of [...proved, ...tried])
    it(`holds: ${text}`, () => {
      const { verdict, why } = judge(certified(text));
      assert.deepEqual([verdict, why], ["holds", ""]);
    });

  const certificate = certified(proved[0]!);
  for (const statement of wrong)
    it(`differs: ${statement}`, () =>
      assert.equal(judge({ ...certificate, statement, shapes: [] }).verdict, "differs"));
});
