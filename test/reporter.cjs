// Mocha's spec report, then what was skipped by name, then the seed, then one plain line with the counts.
const { Spec } = require("mocha/lib/reporters/index.cjs");

module.exports = class Report extends Spec {
  epilogue() {
    super.epilogue();
    const skipped = [];
    this.runner.suite.eachTest((test) => test.isPending() && skipped.push(test.fullTitle()));
    for (const title of skipped) console.log(`SKIPPED: ${title}`);
    const { passes, failures } = this.stats;
    const seed = process.env.PHILAB_SEED; // of hooks.ts
    if (seed)
      console.log(
        `seed ${seed}${failures > 0 ? `; PHILAB_SEED=${seed} before the command repeats this run` : ""}`,
      );
    console.log(`${passes} passed, ${failures} failed, ${skipped.length} skipped`);
  }
};
