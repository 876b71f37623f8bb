/** Random statements, most of them false: where the fuzz's own evaluator finds a difference the second program never says that they hold. */
import assert from "node:assert/strict";
import { judge } from "../../checker/judge.js";
import { printStatement } from "../../src/symbolic/language/print.js";
import { cases } from "../cases.js";
import { givenBy } from "../symbolic/soundness/fuzz/cases.js";
import { drawnFor } from "../symbolic/soundness/fuzz/drawn.js";
import { judge as evaluated } from "../symbolic/soundness/fuzz/judge.js";
import { Random } from "../symbolic/soundness/fuzz/random.js";
import { Terms } from "../symbolic/soundness/fuzz/terms.js";
import { drawDeclared } from "../symbolic/soundness/fuzz/themes.js";

const { numRuns } = cases(3);

/** What the second program says of statements about one draw of declarations, and where it says so of a false one. */
function tried(random: Random, counts: Record<string, number>): string[] {
  const declared = drawDeclared(random);
  const given = givenBy(declared, random);
  if (!given) return [];
  const terms = new Terms(random, declared);
  const rising = random.oneIn(3);
  const caveats = [{ kind: "vacuous" }, ...(rising ? [{ kind: "rising" }] : [])];
  const common = { version: 1, declarations: given.text, level: "all sizes", shapes: [], caveats };
  return drawnFor(given, terms).flatMap(({ statement }) => {
    const text = printStatement(statement);
    const { verdict } = judge({ ...common, statement: text });
    counts[verdict] = (counts[verdict] ?? 0) + 1;
    if (verdict !== "holds") return [];
    const claim = { declared, lines: [statement.left, statement.right], conditions: [], rising };
    const { difference } = evaluated(claim, given.places);
    return difference ? [`${given.text}\n${text}\n${JSON.stringify(difference)}`] : [];
  });
}

describe("the second program, on random statements", function () {
  this.timeout(numRuns * 20_000);

  it("says of none that it holds where the evaluator of the fuzz finds a difference", () => {
    const counts: Record<string, number> = {};
    for (let k = 0; k < numRuns; k++) {
      const random = new Random(Number(process.env.PHILAB_SEED), k);
      for (let m = 0; m < 3; m++) assert.deepEqual(tried(random, counts), []);
    }
    assert.ok(counts.holds > 0 && counts.differs > 0, JSON.stringify(counts));
  });
});
