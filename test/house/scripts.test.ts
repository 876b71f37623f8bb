import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const { scripts } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  scripts: Record<string, string>;
};

describe("npm test", () => {
  it("leaves out no folder but long: what one half leaves out is what the other half is", () => {
    const leftOut = /--ignore 'test\/\{long,([\w,]+)\}\/\*\*' 'test\/\*\*\/\*\.test\.ts'$/.exec(
      scripts["test:mathematics"]!,
    );
    const rest = /'test\/\{([\w,]+)\}\/\*\*\/\*\.test\.ts'$/.exec(scripts["test:kernel"]!);
    assert.ok(leftOut && rest);
    assert.equal(leftOut[1], rest[1]);
  });
});
