import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  scripts: Record<string, string>;
};

/** The folders that a script's one pattern names. */
function foldersOf(script: string): string[] {
  return /'test\/\{([\w,]+)\}\/\*\*\/\*\.test\.ts'$/.exec(scripts[script]!)![1]!.split(",");
}

describe("npm test and npm run test:slow", () => {
  it("leave out no folder but long: what one leaves out is what the others are", () => {
    const leftOut = /--ignore 'test\/\{long,([\w,]+)\}\/\*\*' 'test\/\*\*\/\*\.test\.ts'$/.exec(
      scripts["test:mathematics"]!,
    );
    const others = [...foldersOf("test:browser"), ...foldersOf("test:kernel")].sort();
    assert.deepEqual(leftOut![1]!.split(",").sort(), others);
  });

  it("leave out no slow file: whoever does not run them, test:trials does", () => {
    for (const name of ["test:mathematics", "test:kernel", "test:browser"])
      assert.match(scripts[name]!, /--ignore '\*\*\/\*\.slow\.test\.ts'/, name);
    assert.equal(scripts["test:trials"], "mocha --ignore 'test/long/**' 'test/**/*.slow.test.ts'");
  });

  it("are both what CI runs", () => {
    const run = readFileSync(new URL("../../.ci/run", import.meta.url), "utf8");
    assert.match(run, /^npm test$/m);
    assert.match(run, /^npm run test:slow$/m);
  });
});
