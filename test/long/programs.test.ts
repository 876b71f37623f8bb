import { BothWays, loud, quiet } from "../kernel/programs.js";

describe("one program for the cells after the same declarations, with cells of every kind", function () {
  this.timeout(120_000);
  const both = new BothWays();
  before(() => both.begin());
  after(() => both.language.stop());

  it("checks and writes a cell that declares nothing as a program of its own does", () =>
    both.compareQuiet(quiet));
  it("does so with one that declares something", () => both.compareLoud(loud));
});
