// Mocha's spec report, then what was skipped by name, what was tried again, the files that took longest, what failed in a line each, the seed,
// and one plain line with the counts.
const { relative } = require("node:path");
const { Spec } = require("mocha/lib/reporters/index.cjs");

const longest = 15;
const longestWhy = 300;

/** The error of a test on one line. */
function whyOf({ err }) {
  const why = String(err?.message ?? err)
    .replaceAll(/\s+/g, " ")
    .trim();
  return why.length > longestWhy ? `${why.slice(0, longestWhy)} …` : why;
}

module.exports = class Report extends Spec {
  #milliseconds = new Map();
  #again = [];

  constructor(runner, options) {
    super(runner, options);
    let last = performance.now();
    const note = ({ file, parent }) => {
      const now = performance.now();
      const name = file ?? parent?.file ?? "";
      this.#milliseconds.set(name, (this.#milliseconds.get(name) ?? 0) + now - last);
      last = now;
    };
    runner.on("hook end", note).on("test end", note);
    runner.on("retry", (test, err) => this.#again.push(`${test.fullTitle()}: ${whyOf({ err })}`));
  }

  epilogue() {
    super.epilogue();
    const skipped = [];
    this.runner.suite.eachTest((test) => test.isPending() && skipped.push(test.fullTitle()));
    for (const title of skipped) console.log(`SKIPPED: ${title}`);
    for (const told of this.#again) console.log(`TRIED AGAIN: ${told}`);
    this.#tellFiles();
    for (const test of this.failures) console.log(`FAILED: ${test.fullTitle()}: ${whyOf(test)}`);
    const { passes, failures } = this.stats;
    const seed = process.env.PHILAB_SEED; // of hooks.ts
    if (seed)
      console.log(
        `seed ${seed}${failures > 0 ? `; PHILAB_SEED=${seed} before the command repeats this run` : ""}`,
      );
    console.log(`${passes} passed, ${failures} failed, ${skipped.length} skipped`);
  }

  #tellFiles() {
    const slow = [...this.#milliseconds].sort(([, x], [, y]) => y - x).slice(0, longest);
    const told = slow.map(([file, ms]) => `${relative(".", file)} ${(ms / 1000).toFixed(1)}`);
    console.log(`seconds by file: ${told.join(", ")}`);
  }
};
