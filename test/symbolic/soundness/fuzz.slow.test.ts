/**
 * Whatever is accepted is true: random declarations, statements and derivations, judged at random sizes by an evaluator
 * that shares nothing with the program but the parsed tree. PHILAB_FUZZ_SECONDS says for how long.
 */
import assert from "node:assert/strict";
import { fuzzed } from "./fuzz/cases.js";
import type { Tally } from "./fuzz/tally.js";

const seconds = Number(process.env.PHILAB_FUZZ_SECONDS || 20);

describe("a random statement or derivation that is accepted", () => {
  let tally: Tally;

  before("cases of the day's seed", () => {
    const begin = process.cpuUsage();
    const spent = () => {
      const { user, system } = process.cpuUsage(begin);
      return (user + system) / 1e6;
    };
    const isOver = () => spent() >= seconds || tally?.failures.length > 0;
    tally = fuzzed(Number(process.env.PHILAB_SEED), () => !isOver());
    for (const [what, times] of Object.entries(tally.counts).sort()) console.log(`      ${times} × ${what}`);
  }).timeout(seconds * 10_000 + 120_000);

  it("is true wherever it has a value", () => {
    assert.equal(tally.failures.length, 0, `\n${tally.failures.slice(0, 5).join("\n\n")}\n`);
  });

  it("is not refused by numbers where it is true by construction", () => {
    assert.equal(tally.doubts.length, 0, `\n${tally.doubts.slice(0, 5).join("\n\n")}\n`);
  });

  it("is there at all: accepted and refused, in statements and in derivations", () => {
    const kinds = [
      ...["law: accepted by the prover", "rewriting: accepted by the prover", "slip: refused by the prover"],
      ...["temptation: refused by the prover", "temptation: accepted by the prover"],
      ...["line: accepted", "line: refused", "answer: right"],
    ];
    for (const kind of kinds) assert.ok(tally.counts[kind] > 0, `0 × ${kind}`);
  });
});
