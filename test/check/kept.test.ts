import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { askChanged, digestOf, root } from "./kept.js";
import { readsOf, testsOfScript } from "./reads.js";

const name = "kept.test";
const forget = (): void => rmSync(join(root, `node_modules/.cache/philab/${name}.json`), { force: true });

/** What is asked of files with these digests. */
function asked(digests: Record<string, string | undefined>, passes = true): readonly string[] {
  let all: readonly string[] = [];
  const passed = askChanged(name, new Map(Object.entries(digests)), (changed) => {
    all = changed;
    return passes;
  });
  assert.equal(passed, passes || all.length === 0);
  return all;
}

describe("what npm run check asks", () => {
  beforeEach(forget);
  after(forget);

  it("is what has changed since it passed, and what cannot be told", () => {
    assert.deepEqual(asked({ a: "1", b: "1", c: undefined }), ["a", "b", "c"]);
    assert.deepEqual(asked({ a: "1", b: "2", c: undefined }), ["b", "c"]);
    assert.deepEqual(asked({ a: "1", b: "2" }), []);
  });

  it("is asked again where it failed, with all that was asked beside it", () => {
    asked({ a: "1", b: "1" });
    assert.deepEqual(asked({ a: "2", b: "2" }, false), ["a", "b"]);
    assert.deepEqual(asked({ a: "2", b: "1" }), ["a"]);
  });

  it("changes with a byte of a file, with its name and with what is said beside it", () => {
    const one = digestOf(["package.json"], "x");
    assert.equal(digestOf(["package.json"], "x"), one);
    for (const other of [digestOf(["package.json"]), digestOf(["tsconfig.json"], "x"), digestOf([], "x")])
      assert.notEqual(other, one);
  });
});

describe("what a test reads", () => {
  const [phi, hooks] = ["test/numeric/phi.test.ts", "test/hooks.test.ts"];
  const elsewhere = "test/long/pythonFrontEnds.test.ts";
  const reads = readsOf([phi, hooks, elsewhere]);

  it("is all that it imports, and what that imports", () => {
    const files = reads.get(phi)!;
    for (const file of [phi, "src/numeric/phi.ts", "src/shape.ts"]) assert.ok(files.includes(file), file);
    assert.ok(!files.some((file) => file.startsWith("src/symbolic/")), files.join(" "));
  });

  it("cannot be told of one that looks into folders, or at files that are none of the fixtures", () =>
    assert.deepEqual([reads.get(hooks), reads.get(elsewhere)], [undefined, undefined]));

  it("is looked up for the files that a script names, without those that it ignores", () => {
    const tests = testsOfScript(
      "mocha --ignore '**/*.slow.test.ts' 'test/{numeric,house}/**/*.test.ts' 'test/*.test.ts'",
    );
    for (const file of [phi, hooks, "test/house/links.test.ts"]) assert.ok(tests.includes(file), file);
    assert.ok(!tests.some((file) => /slow|symbolic/.test(file)), tests.join(" "));
  });
});
