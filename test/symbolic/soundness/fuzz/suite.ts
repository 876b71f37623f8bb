/** The tests of one run of the fuzz. */
import assert from "node:assert/strict";
import { fuzzed } from "./cases.js";
import type { Tally } from "./tally.js";

/** Cases of the run's seed as long as `hasTime` says of their number so far that there is; the first failure ends them. */
export function fuzzSuite(title: string, hasTime: (cases: number) => boolean, milliseconds: number): void {
  describe(title, () => {
    let tally: Tally;

    before("cases of the run's seed", () => {
      tally = fuzzed(Number(process.env.PHILAB_SEED), hasTime);
      for (const [what, times] of Object.entries(tally.counts).sort())
        console.log(`      ${times} × ${what}`);
    }).timeout(milliseconds);

    it("is true wherever it has a value", () => {
      assert.equal(tally.failures.length, 0, `\n${tally.failures.slice(0, 5).join("\n\n")}\n`);
    });

    it("is not refused by numbers where it is true by construction", () => {
      assert.equal(tally.doubts.length, 0, `\n${tally.doubts.slice(0, 5).join("\n\n")}\n`);
    });

    it("is there at all: accepted and refused, in statements and in derivations", () => {
      const kinds = [
        ...[
          "law: accepted by the prover",
          "rewriting: accepted by the prover",
          "slip: refused by the prover",
        ],
        ...["temptation: refused by the prover", "temptation: accepted by the prover"],
        ...["line: accepted", "line: refused", "answer: right"],
      ];
      for (const kind of kinds) assert.ok(tally.counts[kind] > 0, `0 × ${kind}`);
    });
  });
}
