import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../kernel/place/packageRoot.js";
import { promisesMarks, promisesTable } from "../promises.js";

describe("what is promised of bad input and faults", () => {
  it("is held by tests that are there, as test/README.md lists them (docs/generate/promises.ts writes it)", () => {
    const [begin, end] = promisesMarks;
    const page = readFileSync(join(packageRoot(), "test", "README.md"), "utf8");
    assert.equal(page.split(begin)[1]?.split(end)[0]?.trim(), promisesTable());
  });
});
