import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { importsUnder, root } from "./imports.js";

describe("the lab's types", () => {
  it("are read anew by check where a type is changed that the lab has of src", () => {
    const { include } = JSON.parse(readFileSync(join(root, "test/lab/tsconfig.json"), "utf8"));
    const roots = new Set(include.map((path: string) => posix.join("test/lab", path)));
    const types = importsUnder("kernel/lab").filter(({ to }) => /^src\/(mime|symbolic)\//.test(to));
    assert.ok(types.length > 0);
    assert.deepEqual(
      types.filter(({ to }) => !roots.has(to)),
      [],
    );
  });
});
