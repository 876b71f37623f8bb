import assert from "node:assert/strict";
import type { Converted } from "../../dist/kernel/pipe/languageWords.js";
import { BothWays, declarationsOf, loud, quiet } from "./programs.js";

describe("one program for the cells after the same declarations", function () {
  this.timeout(60_000);
  const both = new BothWays();
  before(() => both.begin());
  after(() => both.language.stop());

  it("checks and writes a cell that declares nothing as a program of its own does, whatever cells came before", () =>
    both.compareQuiet(quiet.slice(2, 16)));

  it("does so with one that declares something, after a pause in which the program was made, and without one", () =>
    both.compareLoud(loud.slice(0, 3)));

  it("keeps no declaration of a name that a cell declares anew, and all others as they are", async () => {
    const anew = declarationsOf(await both.language.convert(both.declared, "let n = 'text'; const more = 1"));
    assert.deepEqual(anew.match(/\bn: \w+/g), ["n: string"]);
    assert.match(anew, /\bw: 2 \| 1/);
    const more = declarationsOf(await both.language.convert(both.declared, "const more = 1"));
    assert.ok(more.endsWith(both.declared), more);
    assert.equal(declarationsOf(await both.language.convert(both.declared, "n + 1")), both.declared);
  });

  it("takes a fraction of the time where much is declared", async () => {
    const many = Array.from({ length: 1500 }, (_, i) => `const many${i} = ${i};`).join("\n");
    const before = declarationsOf(await both.language.convert(both.declared, many));
    const took = { together: Number.POSITIVE_INFINITY, alone: Number.POSITIVE_INFINITY };
    const time = async (convert: Promise<Converted>): Promise<number> => {
      const start = performance.now();
      await convert;
      return performance.now() - start;
    };
    for (let i = 0; i < 6; i++) {
      took.alone = Math.min(took.alone, await time(both.alone(`many1 + ${i}`, before)));
      await both.language.convert(before, `many2 + ${i}`);
      took.together = Math.min(took.together, await time(both.language.convert(before, `many3 + ${i}`)));
    }
    assert.ok(took.together < took.alone / 2, JSON.stringify(took));
  }).retries(2);
});
