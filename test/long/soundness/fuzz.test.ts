/**
 * Whatever is accepted is true: random declarations, statements and derivations, judged at random sizes by an evaluator
 * that shares nothing with the program but the parsed tree. PHILAB_FUZZ_SECONDS says for how long.
 */
import assert from "node:assert/strict";
import { fuzzed, type Tally } from "./fuzz/cases.js";

const seconds = Number(process.env.PHILAB_FUZZ_SECONDS || 20);

describe("a random statement or derivation that is accepted", () => {
  let tally: Tally;

  before("cases of the day's seed", () => {
    const begin = process.cpuUsage();
    const spent = () => {
      const { user, system } = process.cpuUsage(begin);
      return (user + system) / 1e6;
    };
    tally = fuzzed(Number(process.env.PHILAB_SEED), () => spent() < seconds);
    for (const [what, times] of Object.entries(tally.counts).sort()) console.log(`      ${times} × ${what}`);
  }).timeout(seconds * 10_000 + 120_000);

  it("is true wherever it has a value", () => {
    assert.equal(tally.failures.length, 0, `\n${tally.failures.slice(0, 10).join("\n\n")}\n`);
  });

  it("is there at all: proved for all sizes, refused, and in derivations", () => {
    const kinds = [
      "law: all sizes",
      "slip: refused",
      "temptation: refused",
      "line: all sizes",
      "line: refused",
    ];
    for (const kind of kinds) assert.ok(tally.counts[kind] > 0, `0 × ${kind}`);
  });
});
