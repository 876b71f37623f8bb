/** The fast tests, those alone that read something that has changed since they passed. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { askChanged, digestOf, root } from "./kept.js";
import { filesUnder, readsOf, testsOfScript } from "./reads.js";

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** What every test reads: numbers of other programs, what stands around tests, and modules that nobody imports, as threads. */
function commonDigest(reads: ReadonlyMap<string, readonly string[] | undefined>): string {
  const imported = new Set([...reads.values()].flatMap((files) => files ?? []));
  const others = filesUnder("src").filter((file) => !imported.has(file));
  const around = ["package.json", "package-lock.json", "tsconfig.json", ".mocharc.json"];
  const besideTests = ["test/hooks.ts", "test/cases.ts", "test/reporter.cjs", ...filesUnder("test/fixtures")];
  const { PHILAB_SEED = "", PHILAB_RUNS = "" } = process.env;
  return digestOf([...around, ...besideTests, ...others], process.version, PHILAB_SEED, PHILAB_RUNS);
}

function digestsNow(): Map<string, string | undefined> {
  const reads = readsOf(testsOfScript(scripts["test:fast"]));
  const common = commonDigest(reads);
  return new Map([...reads].map(([test, files]) => [test, files ? digestOf(files, common) : undefined]));
}

const digests = digestsNow();
const passed = askChanged("test:changed", digests, (tests) => {
  const mocha = spawnSync("mocha", tests, { cwd: root, stdio: "inherit" });
  return mocha.status === 0;
});
process.exitCode = passed ? 0 : 1;
