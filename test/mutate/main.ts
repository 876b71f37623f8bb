/**
 * npm run mutate -- PATH …: changes one thing at a time in the named files or folders of `src`, runs the tests that belong
 * to them, and lists the changes that no test noticed. What was found before is kept for files and tests that are as
 * they were (`.stryker/`); `--force` begins anew.
 */

import { mkdirSync, statSync } from "node:fs";
import { Stryker } from "@stryker-mutator/core";
import { testsOf } from "./testsOf.js";

const paths = process.argv.slice(2).filter((word) => !word.startsWith("--"));
if (paths.length === 0) {
  console.error("mutate: needed a file or folder, as npm run mutate -- src/numeric");
  process.exit(2);
}
// Scores are compared from day to day: the same cases each time.
process.env.PHILAB_SEED ??= "1";
mkdirSync(".stryker", { recursive: true });
for (const given of paths) {
  const path = given.replace(/\/$/, "");
  const name = path.replaceAll("/", "-");
  const stryker = new Stryker({
    mutate: [statSync(path).isDirectory() ? `${path}/**/*.ts` : path],
    testFiles: testsOf(path),
    testRunner: "mocha12",
    plugins: ["./test/mutate/mochaRunner.ts"],
    testRunnerNodeArgs: ["--import", "tsx"],
    checkerNodeArgs: ["--import", "tsx"],
    coverageAnalysis: "perTest",
    // What only runs while modules load would need a process, and all tests, for each change.
    ignoreStatic: true,
    incremental: true,
    incrementalFile: `.stryker/${name}.json`,
    force: process.argv.includes("--force"),
    // Words of messages and titles: whether each is tested is not what is asked here.
    mutator: { excludedMutations: ["StringLiteral"] },
    ignorePatterns: ["/dist", "/kernel/lab", ".venv", ".stryker"],
    tempDirName: ".stryker/sandbox",
    reporters: ["clear-text", "progress-append-only"],
    clearTextReporter: {
      allowColor: false,
      allowEmojis: false,
      logTests: false,
      reportTests: false,
      skipFull: true,
    },
    concurrency: Number(process.env.PHILAB_THREADS ?? 2),
    timeoutMS: 8000,
    thresholds: { high: 90, low: 70, break: null },
  });
  await stryker.runMutationTest();
}
